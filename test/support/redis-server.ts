import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { eventually } from './eventually.js';

/** A Redis to test on, empty at first. */
export interface TestRedis {
  url: string;
  /** Kills the server as a crash would, so that it forgets everything, and starts it anew. Undefined when it is not ours. */
  crash: ((awayMs?: number) => Promise<void>) | undefined;
  stop(): Promise<void>;
}

const binary = (process.env.PATH ?? '')
  .split(delimiter)
  .map((folder) => join(folder, 'redis-server'))
  .find((file) => existsSync(file));

/** Whether there is a Redis to test on. CI sets REQUIRE_REDIS, so that its absence does not pass unnoticed. */
export const hasRedis = binary !== undefined || Boolean(process.env.REDIS_URL);
/** Whether the Redis of the tests is a server of their own, which they may kill. */
export const canCrashRedis = binary !== undefined;
if (!hasRedis && process.env.REQUIRE_REDIS) {
  throw new Error('REQUIRE_REDIS is set, but there is neither REDIS_URL nor a redis-server on the PATH.');
}

/** Starts a server of the suite's own or, when there is no program for it, takes one database of REDIS_URL. */
export async function startTestRedis(): Promise<TestRedis> {
  if (!binary) return sharedRedis();
  const port = await freePort();
  const url = `redis://127.0.0.1:${port}`;
  let server = await launch(binary, port);
  return {
    url,
    crash: async (awayMs = 0) => {
      await end(server, 'SIGKILL');
      await delay(awayMs);
      server = await launch(binary, port);
    },
    stop: () => end(server, 'SIGTERM'),
  };
}

async function sharedRedis(): Promise<TestRedis> {
  const database = Number(process.env.JEST_WORKER_ID ?? 1) % 16;
  const url = Object.assign(new URL(process.env.REDIS_URL!), { pathname: `/${database}` }).href;
  const client = new Redis(url);
  await client.flushdb();
  await client.quit();
  return { url, crash: undefined, stop: async () => {} };
}

async function launch(program: string, port: number): Promise<ChildProcess> {
  const settings = [
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--dir',
    tmpdir(),
  ];
  const server = spawn(program, settings, { stdio: 'ignore' });
  const client = new Redis(port, '127.0.0.1', { retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on('error', () => {});
  await eventually('redis-server answers', async () => (await client.ping()) === 'PONG');
  client.disconnect();
  return server;
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return; // its end is not announced a second time
  const ended = once(server, 'exit');
  server.kill(signal);
  await ended;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
