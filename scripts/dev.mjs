/** `npm run dev`: as `npm start`, building again what changed and starting again. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root, say } from './prepare.mjs';

prepare({ pages: true });
say('Watching the sources; Ctrl-C stops.');

/** @param {string[]} parameters @param {string} cwd */
const node = (parameters, cwd = root) => spawn(process.execPath, parameters, { cwd, stdio: 'inherit' });

const children = [
  node([join(root, 'node_modules/typescript/bin/tsc'), '-p', root, '--watch', '--preserveWatchOutput']),
  node(
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--watch', '--logLevel', 'warn'],
    join(root, 'web'),
  ),
  node([
    '--watch',
    '--watch-preserve-output',
    '--watch-path=dist/src',
    '--watch-path=web/build',
    '--enable-source-maps',
    join(root, 'dist/src/main.js'),
  ]),
];
process.on('SIGINT', () => {});
process.on('SIGTERM', () => children.forEach((child) => child.kill('SIGTERM')));
await Promise.all(children.map((child) => new Promise((resolve) => child.on('exit', resolve))));
