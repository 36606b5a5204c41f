import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Database, type Tx } from '../../src/platform/database/database.js';
import { Deliveries, MOST_ATTEMPTS, type DeliveryKey } from '../../src/platform/outbox/deliveries.js';
import { OnEvent, type EventMeta } from '../../src/platform/outbox/handlers.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { aTestEvent } from '../support/declare.js';
import { eventually } from '../support/eventually.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const Happened = aTestEvent('test.happened', z.object({ n: z.number() }));

/** Called by a handler before it writes. */
let beforeWriting = async (): Promise<void> => {};

@Injectable()
class Listener {
  @OnEvent(Happened, 'test.write-effect')
  async write({ n }: { n: number }, tx: Tx, { eventId }: EventMeta): Promise<void> {
    await beforeWriting();
    await tx.query('INSERT INTO effect (event_id, n) VALUES ($1, $2)', [eventId, n]);
  }
}

@Injectable()
class Namesake {
  @OnEvent(Happened, 'test.write-effect')
  async write(): Promise<void> {}
}

@Injectable()
class Shouter {
  @OnEvent(Happened, 'test:colon')
  async write(): Promise<void> {}
}

describe('starting up', () => {
  it('fails when an event has nobody to hear it', async () => {
    await expect(startTestApp()).rejects.toThrow('Nothing handles the event test.happened.');
  });

  it('fails when two handlers bear one name', async () => {
    await expect(startTestApp({ providers: [Listener, Namesake] })).rejects.toThrow(
      'Two handlers are named test.write-effect.',
    );
  });

  it('fails when a handler has a name that the queue would refuse', async () => {
    await expect(startTestApp({ providers: [Listener, Shouter] })).rejects.toThrow('test:colon');
  });
});

describe('the delivery ledger', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ providers: [Listener] });
    await app.sql('CREATE TABLE effect (event_id uuid NOT NULL, n integer NOT NULL)');
  });
  afterAll(() => app.close());

  const record = async (n: number, id?: string): Promise<void> =>
    app.get(Database).transaction((tx) => app.get(Outbox).record(tx, Happened, { n }, id));
  const effects = async (n: number): Promise<number> =>
    (await app.sql('SELECT 1 FROM effect WHERE n = $1', [n])).length;
  const deliveryOf = async (
    n: number,
  ): Promise<DeliveryKey & { state: string; last_error: string | null }> => {
    const [row] = await app.sql<DeliveryKey & { state: string; last_error: string | null }>(
      `SELECT event_id AS "eventId", handler, state, last_error
         FROM delivery JOIN outbox_event ON id = event_id WHERE payload->>'n' = $1`,
      [String(n)],
    );
    return row!;
  };

  it('owes nothing for an event whose transaction was rolled back', async () => {
    const failing = app.get(Database).transaction(async (tx) => {
      await app.get(Outbox).record(tx, Happened, { n: 1 });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await app.drainOutbox()).toEqual([]);
    expect(await effects(1)).toBe(0);
  });

  it('has one effect when workers run a delivery at once', async () => {
    await record(2);
    const key = await deliveryOf(2);
    // The handler goes on when the other workers have come as far as they can: to a lock, or into the handler too.
    let inHandler = 0;
    const waiting = async (): Promise<number> =>
      (
        await app.sql(
          `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
        )
      ).length;
    beforeWriting = async () => {
      inHandler += 1;
      await eventually('all have come', async () => inHandler + (await waiting()) >= 4);
    };
    await Promise.all(Array.from({ length: 4 }, () => app.get(Deliveries).run(key)));
    beforeWriting = async () => {};
    expect(await effects(2)).toBe(1);
    expect((await deliveryOf(2)).state).toBe('DONE');
  });

  it('records an event with a given id once', async () => {
    const id = '01999999-0000-7000-8000-000000000001';
    await record(3, id);
    await record(3, id);
    await app.drainOutbox();
    expect(await effects(3)).toBe(1);
  });

  it('parks a delivery that killed its worker each time, and has its effect once it is retried', async () => {
    await record(4);
    const key = await deliveryOf(4);
    // A worker that dies leaves nothing but the count of its try.
    await app.sql(`UPDATE delivery SET attempts = $1, state = 'QUEUED' WHERE event_id = $2`, [
      MOST_ATTEMPTS,
      key.eventId,
    ]);
    await app.get(Deliveries).run(key);
    expect(await deliveryOf(4)).toMatchObject({
      state: 'PARKED',
      last_error: 'Error: The worker died each time it ran this.',
    });
    expect(await effects(4)).toBe(0);
    expect(await app.get(Database).transaction((tx) => app.get(Deliveries).retry(tx, key))).toBe(true);
    await app.drainOutbox();
    expect(await effects(4)).toBe(1);
  });

  it('leaves a delivery alone that is not parked', async () => {
    await record(5);
    await app.drainOutbox();
    const key = await deliveryOf(5);
    expect(await app.get(Database).transaction((tx) => app.get(Deliveries).retry(tx, key))).toBe(false);
    expect((await deliveryOf(5)).state).toBe('DONE');
  });
});
