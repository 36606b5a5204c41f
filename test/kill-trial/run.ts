import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { INestApplicationContext } from '@nestjs/common';
import { v7 } from 'uuid';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';
import { Database } from '../../src/platform/database/database.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { eventually } from '../support/eventually.js';
import { hasRedis, startTestRedis } from '../support/redis-server.js';
import { countLosses, measureDelay, type Delay } from './measures.js';
import { Happened, openTrialApp, TABLES } from './trial-app.js';
import { WorkerProcesses } from './worker-process.js';

/**
 * Kills workers and storage with SIGKILL while events are recorded, and counts what was lost, what was repeated and how
 * long it took. Usage: node dist/test/kill-trial/run.js [postgresql] [redis]
 */
const CALM_EVENTS = 400;
const WORKER_KILLS = 25;
const EVENTS_PER_KILL = 80;
const STORAGE_EVENTS = 400;
const STORAGE_BURST = 100;
const REDIS_AWAY_MS = 2_000;
const BURST = 20;
const BURST_EVERY_MS = 600;
const WORKERS = 2;

const say = (line: string): void => console.log(line);

/** Records one event, and goes on until PostgreSQL has it: an id of its own makes a repeated try harmless. */
async function record(app: INestApplicationContext, n: number): Promise<void> {
  const id = v7();
  for (;;) {
    try {
      return await app.get(Database).transaction((tx) => app.get(Outbox).record(tx, Happened, { n }, id));
    } catch {
      await delay(100);
    }
  }
}

async function produce(
  app: INestApplicationContext,
  first: number,
  count: number,
  burst = BURST,
): Promise<number> {
  for (let n = first; n < first + count; n += burst) {
    await Promise.all(Array.from({ length: burst }, (_, index) => record(app, n + index)));
    await delay(BURST_EVERY_MS);
  }
  return first + count - 1;
}

async function postmasterPid(app: INestApplicationContext): Promise<number> {
  const [row] = await app
    .get(Database)
    .dataSource.query(`SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid`);
  return Number((row as { pid: string }).pid);
}

async function trial(backend: 'postgresql' | 'redis'): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), 'tremplin-kill-trial-'));
  const startPostgres = (): Promise<EmbeddedPostgres> =>
    startEmbeddedPostgres({ dataDir: join(folder, 'postgres'), database: 'trial', log: () => {} });
  let postgres = await startPostgres();
  const { url } = postgres;
  await migrate({ databaseUrl: url }, () => {});
  const redis = backend === 'redis' ? await startTestRedis() : undefined;
  const app = await openTrialApp(url, redis?.url);
  const database = app.get(Database).dataSource;
  await database.query(TABLES);
  const logFile = join(tmpdir(), `kill-trial-${backend}.log`);
  rmSync(logFile, { force: true });
  const workers = new WorkerProcesses({ DATABASE_URL: url, REDIS_URL: redis?.url ?? '' }, logFile);
  // At once, on a database without BullMQ's tables: both migrate.
  await Promise.all(Array.from({ length: WORKERS }, () => workers.add()));
  const unfinished = async (): Promise<number> => {
    const [row] = await database
      .query(`SELECT count(*)::int AS count FROM delivery WHERE state <> 'DONE'`)
      .catch(() => [{ count: 1 }]);
    return (row as { count: number }).count;
  };
  const calmDown = (): Promise<void> =>
    eventually('everything is done', async () => (await unfinished()) === 0, 180_000);

  const calmEnd = await produce(app, 1, CALM_EVENTS);
  await calmDown();

  let killEnd = calmEnd;
  for (let kill = 1; kill <= WORKER_KILLS; kill += 1) {
    const producing = produce(app, killEnd + 1, EVENTS_PER_KILL);
    // Soon after one of the bursts has begun, so that the kill finds work in hand.
    await delay(BURST_EVERY_MS * Math.floor(Math.random() * 3) + Math.random() * 400);
    await workers.kill();
    killEnd = await producing;
  }
  await calmDown();

  const killStorage = async (): Promise<void> => {
    const states = await database.query(
      `SELECT state, count(*)::int FROM delivery WHERE state <> 'DONE' GROUP BY state ORDER BY state`,
    );
    const killed = performance.now();
    if (redis) await redis.crash!(REDIS_AWAY_MS);
    else {
      process.kill(await postmasterPid(app), 'SIGKILL');
      await postgres.stop();
      postgres = await startPostgres();
    }
    say(
      `storage killed with ${JSON.stringify(states)}, away for ${((performance.now() - killed) / 1000).toFixed(2)} s`,
    );
  };
  const ends = [killEnd];
  for (const workersToo of [false, true]) {
    const producing = produce(app, ends.at(-1)! + 1, STORAGE_EVENTS, STORAGE_BURST);
    await delay(BURST_EVERY_MS + 200 + Math.random() * 400);
    const replaced = workersToo ? workers.kill(WORKERS) : undefined;
    await killStorage();
    await replaced;
    ends.push(await producing);
    await calmDown();
  }
  const [, storageEnd, bothEnd] = ends as [number, number, number];

  const [connections] = await database.query(
    `SELECT count(*)::int AS count FROM pg_stat_activity WHERE datname = current_database()`,
  );
  const ownConnections = (
    await database.query(
      `SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name = 'tremplin'`,
    )
  )[0];
  const inside = await countLosses(database, 'effect_inside');
  const outside = await countLosses(database, 'effect_outside');
  const [parked] = await database.query(
    `SELECT count(*)::int AS count, max(attempts) AS attempts FROM delivery WHERE state = 'PARKED' OR attempts > 1`,
  );
  const show = ({ events, p50, p95, p99, max }: Delay): string =>
    `${events} | ${[p50, p95, p99, max].map((seconds) => seconds.toFixed(2)).join(' | ')}`;
  say(`\n## ${backend}: ${inside.recorded} events, ${WORKER_KILLS} workers and twice the storage killed\n`);
  say(
    `lost inside ${inside.lost}, outside ${outside.lost}; repeated inside ${inside.repeated}, outside ${outside.repeated}`,
  );
  say(`deliveries tried more than once ${parked.count}, at most ${parked.attempts} times`);
  say(`workers that ended by themselves: ${workers.unexpectedEnds}`);
  say(
    `connections to PostgreSQL of ${WORKERS} workers and the producer: ${connections.count}, of them pools of the product: ${ownConnections.count}`,
  );
  say(`worker log: ${logFile}\n`);
  say('| delay in seconds | events | p50 | p95 | p99 | max |\n|---|---|---|---|---|---|');
  for (const [name, first, last] of [
    ['calm', 1, calmEnd],
    ['workers killed', calmEnd + 1, killEnd],
    ['storage killed', killEnd + 1, storageEnd],
    ['storage and all workers killed', storageEnd + 1, bothEnd],
  ] as const) {
    for (const table of ['inside', 'outside']) {
      say(`| ${name}, ${table} | ${show(await measureDelay(database, `effect_${table}`, first, last))} |`);
    }
  }
  await workers.stop();
  await app.close();
  await redis?.stop();
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
  return inside.lost + outside.lost + inside.repeated + workers.unexpectedEnds === 0;
}

const wanted = process.argv.slice(2);
const backends = (['postgresql', 'redis'] as const).filter(
  (name) => wanted.length === 0 || wanted.includes(name),
);
let sound = true;
for (const backend of backends) {
  if (backend === 'redis' && !hasRedis) say('No redis-server here: that half is left out.');
  else sound = (await trial(backend)) && sound;
}
say(sound ? '\nSound.' : '\nNOT sound.');
process.exit(sound ? 0 : 1);
