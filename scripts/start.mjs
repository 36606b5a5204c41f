/** `npm start`: from a fresh clone to the running product. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root, say } from './prepare.mjs';

say('Starting Tremplin ...');
prepare({ pages: true });

const server = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist', 'src', 'main.js')], {
  cwd: root,
  stdio: 'inherit',
});
// Ctrl-C reaches the server too, which stops cleanly; this process only waits for it.
process.on('SIGINT', () => {});
process.on('SIGTERM', () => server.kill('SIGTERM'));
server.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
