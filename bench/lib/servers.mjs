import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { nodeBinary } from './places.mjs';

const START_MS = 60_000;

async function freePort() {
  const probe = createServer();
  await new Promise((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

const isListening = (port) =>
  new Promise((resolve) => {
    const probe = connect(port, '127.0.0.1', () => resolve(probe.destroy() && true));
    probe.once('error', () => resolve(false));
  });

/**
 * Starts a contestant in a process of its own and waits until it takes connections.
 * @returns its port, its memory in MB and how to stop it.
 */
export async function startServer({ name, script, environment = {} }, databaseUrl) {
  const port = await freePort();
  const child = spawn(nodeBinary(), [...(process.env.BENCH_NODE_OPTIONS?.split(' ') ?? []), script], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      GRAPHILE_ENV: 'production',
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const stop = async () => {
    child.kill('SIGTERM');
    await Promise.race([ended, delay(5_000, undefined, { ref: false })]);
    child.kill('SIGKILL');
  };
  for (const from = performance.now(); !(await isListening(port)); await delay(100)) {
    if (child.exitCode === null && performance.now() - from < START_MS) continue;
    await stop();
    throw new Error(`${name} did not start:\n${said}`);
  }
  return { name, port, stop };
}
