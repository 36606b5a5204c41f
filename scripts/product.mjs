/** The product with a database of its own, for whoever looks at it from outside and throws it away: browser tests, the page bench. */
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

/** Path of the browser of this machine. Stops with what to do when there is none. */
export function findChromium() {
  const found = CHROMIUM_PLACES.find((place) => place && existsSync(place));
  if (found) return found;
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
    const isReady = await fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => setTimeout(resolve, 1000));
  }
  throw new Error(`The product was not ready after ${READY_SECONDS} s.`);
}

/**
 * Builds and starts the product on a free port, with the demonstration in a new database.
 * @template T @param {(url: string) => Promise<T>} use what to do with it; afterwards it is stopped and its data deleted
 * @returns {Promise<T>}
 */
export async function withProduct(use) {
  prepare({ pages: true });
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const dataDir = mkdtempSync(join(tmpdir(), 'tremplin-web-'));
  // PostgreSQL may run as another user, who must be able to pass through.
  chmodSync(dataDir, 0o755);
  say(`Starting the product on ${url}, with a database of its own ...`);
  const server = spawn(process.execPath, ['--enable-source-maps', join(root, 'dist/src/main.js')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { PATH: process.env.PATH, HOME: process.env.HOME, PORT: String(port), DATA_DIR: dataDir },
  });
  const stopped = new Promise((resolve) => server.on('exit', resolve));
  const interrupted = () => server.kill('SIGTERM');
  process.on('SIGINT', interrupted);
  try {
    await untilReady(url, server);
    return await use(url);
  } finally {
    server.kill('SIGTERM');
    await stopped;
    process.off('SIGINT', interrupted);
    rmSync(dataDir, { recursive: true, force: true });
  }
}
