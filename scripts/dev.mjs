/** `npm run dev`: as `npm start`, compiling again and starting again at each change. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root, say } from './prepare.mjs';

prepare();
say('Watching the sources; Ctrl-C stops.');
const children = [
  spawn(
    process.execPath,
    [join(root, 'node_modules/typescript/bin/tsc'), '-p', root, '--watch', '--preserveWatchOutput'],
    { cwd: root, stdio: 'inherit' },
  ),
  spawn(
    process.execPath,
    ['--watch', '--watch-preserve-output', '--enable-source-maps', join(root, 'dist/src/main.js')],
    { cwd: root, stdio: 'inherit' },
  ),
];
process.on('SIGINT', () => {});
process.on('SIGTERM', () => children.forEach((child) => child.kill('SIGTERM')));
await Promise.all(children.map((child) => new Promise((resolve) => child.on('exit', resolve))));
