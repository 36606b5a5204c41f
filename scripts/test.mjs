/** `npm test`: installs and compiles what is needed, then runs jest. Further parameters go to jest. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { prepare, root, say } from './prepare.mjs';

prepare({ pages: false });
say('Running the tests, in two time zones ...');
const jest = spawn(
  process.execPath,
  [join(root, 'node_modules/jest/bin/jest.js'), ...process.argv.slice(2)],
  { cwd: root, stdio: 'inherit' },
);
process.on('SIGINT', () => {});
jest.on('exit', (code) => process.exit(code ?? 1));
