import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database, type Tx } from '../../src/platform/database/database.js';
import { Jobs } from '../../src/platform/jobs/jobs.js';
import { openQueueBackend } from '../../src/platform/jobs/queue-backend.js';
import { ScheduleRunner } from '../../src/platform/jobs/schedule-runner.js';
import { declaredSchedules } from '../../src/platform/jobs/schedules.js';
import { Deliveries, MOST_ATTEMPTS, type DeliveryKey } from '../../src/platform/outbox/deliveries.js';
import { OnEvent, OnEventOutside, type EventMeta } from '../../src/platform/outbox/handlers.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { Relay } from '../../src/platform/outbox/relay.js';
import { aTestEvent, aTestSchedule } from '../support/declare.js';
import { eventually } from '../support/eventually.js';
import { canCrashRedis, hasRedis, startTestRedis, type TestRedis } from '../support/redis-server.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const Happened = aTestEvent('test.happened', z.object({ label: z.string(), n: z.number() }));
const Flaky = aTestEvent('test.flaky', z.object({ label: z.string() }));
const Poison = aTestEvent('test.poison', z.object({ label: z.string() }));
const Ticked = aTestEvent('test.ticked', z.object({}));
aTestSchedule({ name: 'test.schedule', everyMs: 200, eventType: Ticked });

let failuresLeft = 0;
let poisonous = true;
const swallowed = new Map<string, number>();
/** The last try of poison waits for this, so that what is done before it was not held up by poison. */
let lastTry = Promise.resolve();

@Injectable()
class Listener {
  @OnEvent(Happened, 'test.write')
  async write({ label, n }: { label: string; n: number }, tx: Tx): Promise<void> {
    await tx.query('INSERT INTO effect (label, n) VALUES ($1, $2)', [label, n]);
  }

  @OnEventOutside(Happened, 'test.call')
  async call(_payload: object, _meta: EventMeta): Promise<void> {}

  @OnEvent(Flaky, 'test.stumble')
  async stumble({ label }: { label: string }, tx: Tx): Promise<void> {
    await tx.query('INSERT INTO effect (label, n) VALUES ($1, 0)', [label]);
    failuresLeft -= 1;
    if (failuresLeft >= 0) throw new Error('not yet');
  }

  @OnEvent(Poison, 'test.swallow')
  async swallow({ label }: { label: string }, tx: Tx, { eventId }: EventMeta): Promise<void> {
    const tries = (swallowed.get(eventId) ?? 0) + 1;
    swallowed.set(eventId, tries);
    if (tries === MOST_ATTEMPTS) await lastTry;
    if (poisonous) throw new Error('bitter');
    await tx.query('INSERT INTO effect (label, n) VALUES ($1, 0)', [label]);
  }

  @OnEvent(Ticked, 'test.tick')
  async tick(_payload: object, tx: Tx): Promise<void> {
    await tx.query(`INSERT INTO effect (label, n) VALUES ('tick', 0)`);
  }
}

const timings = {
  firstBackoffMs: 10,
  relayPollMs: 20,
  sweepEveryMs: 100,
  offerAgainAfterSeconds: 0.5,
  lockMs: 2_000,
  stalledCheckMs: 500,
};

const backends = hasRedis ? ['postgresql', 'redis'] : ['postgresql'];

describe.each(backends)(`background work on %s (of ${backends.join(' and ')})`, (backend) => {
  let redis: TestRedis | undefined;
  let app: TestApp;
  /** Set, the relay dies after it has enqueued and before it has committed, this often. */
  let relayDeaths = 0;

  beforeAll(async () => {
    redis = backend === 'redis' ? await startTestRedis() : undefined;
    app = await startTestApp({ providers: [Listener], config: { redisUrl: redis?.url }, timings });
    await app.sql('CREATE TABLE effect (label text NOT NULL, n integer NOT NULL)');
    const relay = app.get(Relay);
    const moveBatch = relay.moveBatch.bind(relay);
    relay.moveBatch = (enqueue) =>
      moveBatch(async (keys) => {
        await enqueue(keys);
        if (relayDeaths > 0) throw new Error(`dies, and ${(relayDeaths -= 1)} times more`);
      });
    await app.get(Jobs).start();
  });

  afterAll(async () => {
    await app.close();
    await redis?.stop();
  });

  const record = async (label: string, count = 1): Promise<void> =>
    app.get(Database).transaction(async (tx) => {
      for (let n = 0; n < count; n += 1) await app.get(Outbox).record(tx, Happened, { label, n });
    });
  const recordOne = async (eventType: typeof Flaky, label: string): Promise<void> =>
    app.get(Database).transaction((tx) => app.get(Outbox).record(tx, eventType, { label }));
  const effects = async (label: string): Promise<number> =>
    (
      await app.sql<{ count: number }>('SELECT count(*)::int AS count FROM effect WHERE label = $1', [label])
    )[0]!.count;
  const unfinished = async (label: string): Promise<number> =>
    (
      await app.sql(
        `SELECT 1 FROM delivery JOIN outbox_event ON id = event_id WHERE payload->>'label' = $1 AND state <> 'DONE'`,
        [label],
      )
    ).length;
  const done = async (label: string): Promise<void> =>
    eventually(`all of ${label} is done`, async () => (await unfinished(label)) === 0);
  const openQueue = async (name: string) => {
    const storage = await openQueueBackend(app.config);
    const queue = storage.queue<DeliveryKey>(name, {});
    await queue.waitUntilReady();
    return {
      queue,
      close: async () => {
        await queue.close();
        await storage.close();
      },
    };
  };

  it('has one effect for an event', async () => {
    await record('once');
    await done('once');
    expect(await effects('once')).toBe(1);
  });

  it('has none for an event whose transaction was rolled back', async () => {
    const failing = app.get(Database).transaction(async (tx) => {
      await app.get(Outbox).record(tx, Happened, { label: 'rolled back', n: 0 });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await record('after the rollback');
    await done('after the rollback');
    expect(await effects('rolled back')).toBe(0);
  });

  it('has one effect each when the relay dies between enqueueing and marking', async () => {
    relayDeaths = 2;
    await record('relay dies', 20);
    await eventually('the relay died', () => relayDeaths === 0);
    await done('relay dies');
    expect(await effects('relay dies')).toBe(20);
  });

  it('has one effect when a handler fails twice and then works', async () => {
    failuresLeft = 2;
    await recordOne(Flaky, 'flaky');
    await done('flaky');
    expect(await effects('flaky')).toBe(1);
    const [delivery] = await app.sql(
      `SELECT attempts, last_error FROM delivery WHERE handler = 'test.stumble'`,
    );
    expect(delivery).toEqual({ attempts: 3, last_error: null });
  });

  it('parks poison after its tries, and meanwhile gets on with the rest', async () => {
    poisonous = true;
    let allowLastTry = (): void => {};
    lastTry = new Promise((resolve) => (allowLastTry = resolve));
    for (let count = 0; count < 3; count += 1) await recordOne(Poison, 'poison');
    await record('beside poison', 20);
    await done('beside poison');
    const states = (): Promise<Record<string, unknown>[]> =>
      app.sql(`SELECT DISTINCT state, attempts, last_error FROM delivery WHERE handler = 'test.swallow'`);
    allowLastTry();
    const parked = { state: 'PARKED', attempts: MOST_ATTEMPTS, last_error: 'Error: bitter' };
    await eventually('all poison is parked', async () => {
      const found = await states();
      return found.length === 1 && found[0]!.state === 'PARKED';
    });
    expect(await states()).toEqual([parked]);
    expect(await effects('poison')).toBe(0);

    poisonous = false;
    const keys = await app.sql<DeliveryKey>(
      `SELECT event_id AS "eventId", handler FROM delivery WHERE handler = 'test.swallow'`,
    );
    for (const key of keys) await app.get(Database).transaction((tx) => app.get(Deliveries).retry(tx, key));
    await done('poison');
    expect(await effects('poison')).toBe(3);
  });

  it('brings back what the queue lost', async () => {
    const work = await openQueue('work');
    await work.queue.pause();
    await record('lost', 30);
    await eventually('the queue has them', async () => {
      const rows = await app.sql(
        `SELECT 1 FROM delivery JOIN outbox_event ON id = event_id
          WHERE payload->>'label' = 'lost' AND handler = 'test.write' AND state = 'QUEUED'`,
      );
      return rows.length === 30;
    });
    await work.queue.obliterate({ force: true });
    expect(await effects('lost')).toBe(0);
    await work.queue.resume();
    await work.close();
    await done('lost');
    expect(await effects('lost')).toBe(30);
  });

  it('has one effect each when two processes relay and work', async () => {
    const second = await startTestApp({
      providers: [Listener],
      config: { redisUrl: redis?.url, databaseUrl: app.config.databaseUrl },
      timings,
    });
    try {
      await second.get(Jobs).start();
      await record('two relays', 200);
      await done('two relays');
      const rows = await app.sql(`SELECT n FROM effect WHERE label = 'two relays' ORDER BY n`);
      expect(rows).toEqual(Array.from({ length: 200 }, (_, n) => ({ n })));
    } finally {
      await second.close();
    }
  });

  it('ticks by its schedule, also after the queue lost that', async () => {
    const ticks = async (count: number): Promise<void> => {
      const before = await effects('tick');
      await eventually(`${count} ticks more`, async () => (await effects('tick')) >= before + count);
    };
    await ticks(2);
    const schedules = await openQueue('schedules');
    await schedules.queue.obliterate({ force: true });
    await schedules.queue.resume();
    await schedules.close();
    await ticks(2);
  });

  it('drops a schedule that is no longer declared', async () => {
    const schedules = await openQueue('schedules');
    try {
      await schedules.queue.upsertJobScheduler('test.former', { every: 3_600_000 }, { name: 'test.former' });
      const names = async (): Promise<string[]> =>
        (await schedules.queue.getJobSchedulers()).map(({ key }) => key);
      await eventually('it is gone', async () => !(await names()).includes('test.former'));
      expect((await names()).sort()).toEqual([...declaredSchedules().keys()].sort());
    } finally {
      await schedules.close();
    }
  });

  it('records one event for a tick, however often its job runs', async () => {
    const instant = Date.parse('2031-01-01T00:00:00Z');
    await app.get(ScheduleRunner).tick('test.schedule', `repeat:test.schedule:${instant}`);
    await app.get(ScheduleRunner).tick('test.schedule', `repeat:test.schedule:${instant}`);
    // A version 7 UUID begins with its instant: 48 bits of milliseconds (RFC 9562).
    const rows = await app.sql(`SELECT 1 FROM outbox_event WHERE replace(id::text, '-', '') LIKE $1`, [
      `${instant.toString(16).padStart(12, '0')}%`,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('starts in two processes at once where there was nothing, and stops soon', async () => {
    const first = await startTestApp({ providers: [Listener], config: { redisUrl: redis?.url }, timings });
    const { databaseUrl } = first.config;
    const second = await startTestApp({
      providers: [Listener],
      config: { redisUrl: redis?.url, databaseUrl },
      timings,
    });
    await first.sql('CREATE TABLE effect (label text NOT NULL, n integer NOT NULL)');
    await Promise.all([first.get(Jobs).start(), second.get(Jobs).start()]);
    await eventually('its schedule ticks', async () => (await first.sql('SELECT 1 FROM effect')).length > 0);
    const start = performance.now();
    await second.close();
    await first.close();
    expect(performance.now() - start).toBeLessThan(4_000); // less than the 5 s for which an idle worker blocks
  });

  it('goes on after PostgreSQL broke off every connection', async () => {
    await record('before the break', 50);
    await app.sql(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    );
    await record('after the break', 50);
    await done('before the break');
    await done('after the break');
    expect([await effects('before the break'), await effects('after the break')]).toEqual([50, 50]);
  });

  if (backend === 'redis' && canCrashRedis) {
    it('brings back what Redis lost when it was killed', async () => {
      const work = await openQueue('work');
      await work.queue.pause();
      await record('killed', 50);
      await eventually('Redis has them', async () => (await work.queue.count()) >= 50);
      await redis!.crash!();
      await work.close();
      await done('killed');
      expect(await effects('killed')).toBe(50);
    });
  }
});
