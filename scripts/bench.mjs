/** `npm run bench`: installs and compiles what is needed, the peers of bench/ too, then measures. Parameters go to bench/run.mjs. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { installIn, prepare, root } from './prepare.mjs';

prepare({ pages: true });
installIn('bench', 'Installing what Tremplin is measured against (once, about a minute) ...');
const bench = spawn(process.execPath, [join(root, 'bench', 'run.mjs'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
// Ctrl-C reaches the bench too, which stops its servers; this process only waits for it.
process.on('SIGINT', () => {});
bench.on('exit', (code) => process.exit(code ?? 1));
