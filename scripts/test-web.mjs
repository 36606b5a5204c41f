/**
 * `npm run test:web`: starts the product with a database of its own, opens it in Chromium as its people would, and stops it.
 * Further parameters go to Playwright: `npm run test:web -- owner`.
 */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepare, root, say } from './prepare.mjs';

const CHROMIUM_PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const READY_SECONDS = 240;

const chromium = CHROMIUM_PLACES.find((place) => place && existsSync(place));
if (!chromium) {
  console.error(
    '  No Chromium was found. Install it (Debian: apt-get install chromium), or set CHROMIUM to its path.',
  );
  process.exit(1);
}

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });

/** @param {string} url @param {import('node:child_process').ChildProcess} server */
async function untilReady(url, server) {
  for (let second = 0; second < READY_SECONDS; second++) {
    if (server.exitCode !== null) throw new Error('The product ended by itself; see above.');
    if (
      await fetch(`${url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error(`The product was not ready after ${READY_SECONDS} s.`);
}

prepare({ pages: true });
const port = await freePort();
const url = `http://localhost:${port}`;
const dataDir = mkdtempSync(join(tmpdir(), 'tremplin-web-'));
// PostgreSQL may run as another user, who must be able to pass through.
chmodSync(dataDir, 0o755);

say(`Starting the product for the browser tests on ${url} ...`);
const server = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/src/main.js')], {
  cwd: root,
  stdio: ['ignore', 'ignore', 'inherit'],
  env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(port), DATA_DIR: dataDir },
});
const stopped = new Promise((resolve) => server.on('exit', resolve));
let code = 1;
try {
  await untilReady(url, server);
  say('Opening it in Chromium ...');
  const tests = spawn(
    process.execPath,
    [join(root, 'node_modules/@playwright/test/cli.js'), 'test', ...process.argv.slice(2)],
    {
      cwd: join(root, 'web'),
      stdio: 'inherit',
      env: { ...process.env, TREMPLIN_URL: url, CHROMIUM: chromium },
    },
  );
  code = await new Promise((resolve) => tests.on('exit', (status) => resolve(status ?? 1)));
} catch (error) {
  console.error(`  ${error instanceof Error ? error.message : String(error)}`);
} finally {
  server.kill('SIGTERM');
  await stopped;
  rmSync(dataDir, { recursive: true, force: true });
}
process.exit(code);
