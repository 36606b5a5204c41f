import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';
import { Database } from '../../src/platform/database/database.js';
import { migrate } from '../../src/platform/database/migrate.js';
import { Jobs } from '../../src/platform/jobs/jobs.js';
import { openQueueBackend } from '../../src/platform/jobs/queue-backend.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { eventually } from '../support/eventually.js';
import { hasRedis, startTestRedis } from '../support/redis-server.js';
import { Measured, openTrialApp, TABLES } from './trial-app.js';

/** Events a second, end to end: through outbox, relay and ledger, beside the bare queue doing the same insert. */
const EVENTS = 4_000;
const BATCH = 200;
const CONCURRENCY = 4;

const folder = mkdtempSync(join(tmpdir(), 'tremplin-throughput-'));
const postgres = await startEmbeddedPostgres({
  dataDir: join(folder, 'postgres'),
  database: 'trial',
  log: () => {},
});
await migrate({ databaseUrl: postgres.url }, () => {});

for (const backend of hasRedis ? ['postgresql', 'redis'] : ['postgresql']) {
  const redis = backend === 'redis' ? await startTestRedis() : undefined;
  const app = await openTrialApp(postgres.url, redis?.url);
  const database = app.get(Database).dataSource;
  await database.query(
    `DROP TABLE IF EXISTS effect_inside, effect_outside; TRUNCATE outbox_event CASCADE; ${TABLES}`,
  );
  const rate = async (table: string, start: number): Promise<number> => {
    await eventually(
      'all effects are there',
      async () => (await database.query(`SELECT count(*)::int AS count FROM ${table}`))[0].count >= EVENTS,
      120_000,
    );
    return EVENTS / ((performance.now() - start) / 1000);
  };

  const storage = await openQueueBackend({ databaseUrl: postgres.url, redisUrl: redis?.url });
  const queue = storage.queue<{ n: number }>('bare', { defaultJobOptions: { removeOnComplete: true } });
  await queue.waitUntilReady();
  const worker = storage.worker<{ n: number }>(
    'bare',
    async (job) => {
      await database.query('INSERT INTO effect_outside (n) VALUES ($1)', [job.data.n]);
    },
    { concurrency: CONCURRENCY },
  );
  await worker.waitUntilReady();
  const bareStart = performance.now();
  for (let first = 0; first < EVENTS; first += BATCH) {
    await queue.addBulk(
      Array.from({ length: BATCH }, (_, index) => ({ name: 'bare', data: { n: first + index } })),
    );
  }
  const bare = await rate('effect_outside', bareStart);
  await worker.close();
  await queue.close();
  await storage.close();

  await database.query('TRUNCATE effect_outside');
  await app.get(Jobs).start();
  const ownStart = performance.now();
  for (let first = 0; first < EVENTS; first += BATCH) {
    await app.get(Database).transaction(async (tx) => {
      for (let n = first; n < first + BATCH; n += 1) await app.get(Outbox).record(tx, Measured, { n });
    });
  }
  const recorded = EVENTS / ((performance.now() - ownStart) / 1000);
  const own = await rate('effect_inside', ownStart);
  console.log(
    `${backend}: bare ${bare.toFixed(0)}/s, ours ${own.toFixed(0)}/s (recording alone ${recorded.toFixed(0)}/s), ratio ${(own / bare).toFixed(2)}`,
  );
  await app.close();
  await redis?.stop();
}
await postgres.stop();
rmSync(folder, { recursive: true, force: true });
process.exit(0);
