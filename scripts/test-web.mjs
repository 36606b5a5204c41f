/**
 * `npm run test:web`: opens the product in Chromium as its people would. Further parameters go to Playwright:
 * `npm run test:web -- owner`, and nothing else is run then.
 */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root, say } from './prepare.mjs';
import { findChromium, withProduct } from './product.mjs';

const chromium = findChromium();
const chosen = process.argv.slice(2);
process.exitCode = await withProduct((url) => {
  say('Opening it in Chromium ...');
  const tests = spawn(
    process.execPath,
    [
      join(root, 'node_modules/@playwright/test/cli.js'),
      'test',
      ...(chosen.length > 0 ? ['--no-deps', ...chosen] : []),
    ],
    {
      cwd: join(root, 'web'),
      stdio: 'inherit',
      env: { ...process.env, TREMPLIN_URL: url, CHROMIUM: chromium },
    },
  );
  return new Promise((resolve) => tests.on('exit', (status) => resolve(status ?? 1)));
});
