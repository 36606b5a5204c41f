import { z } from 'zod';
import { Injectable } from '@nestjs/common';
import { Database } from '../../src/platform/database/database.js';
import { Deliveries, type DeliveryKey } from '../../src/platform/outbox/deliveries.js';
import { OnEvent } from '../../src/platform/outbox/handlers.js';
import { HousekeepingDue } from '../../src/platform/outbox/housekeeping.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { aPerson } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { aTestEvent } from '../support/declare.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const Failing = aTestEvent('test.failing', z.object({}));

@Injectable()
class FailingHandler {
  static fails = true;
  static handled = 0;

  @OnEvent(Failing, 'test.fail')
  async handle(): Promise<void> {
    if (FailingHandler.fails) throw new Error('the printer is on fire');
    FailingHandler.handled += 1;
  }
}

const PARKED =
  '{ parkedDeliveries(first: 10) { nodes { eventId handler eventType attempts lastError } pageInfo { hasNextPage } } }';

describe('background work that went wrong', () => {
  let app: TestApp;
  let admin: Client;
  beforeAll(async () => {
    app = await startTestApp({ providers: [FailingHandler] });
    admin = await aPerson(app, { name: 'admin', roles: ['ADMIN'] });
  });
  afterAll(() => app.close());

  const record = <P>(eventType: Parameters<Outbox['record']>[1], payload: P) =>
    app.get(Database).transaction((tx) => app.get(Outbox).record(tx, eventType as never, payload as never));

  /** Tries again at once what the queue would try again after a while. */
  const tryUntilParked = async (): Promise<Error[]> => {
    const errors = await app.drainOutbox();
    for (;;) {
      const failed = await app.sql<DeliveryKey>(
        `SELECT event_id AS "eventId", handler FROM delivery WHERE state = 'QUEUED'`,
      );
      if (failed.length === 0) return errors;
      for (const key of failed)
        await app
          .get(Deliveries)
          .run(key)
          .catch((error: Error) => errors.push(error));
    }
  };

  it('is parked after its tries, seen by an administrator with its error, and tried again at their word', async () => {
    await record(Failing as never, {});
    const errors = await tryUntilParked();
    expect(errors[0]!.message).toBe('the printer is on fire');
    const { parkedDeliveries } = await admin.ask(PARKED);
    expect(parkedDeliveries.nodes).toEqual([
      {
        eventId: expect.any(String),
        handler: 'test.fail',
        eventType: 'test.failing',
        attempts: 8,
        lastError: 'Error: the printer is on fire',
      },
    ]);
    FailingHandler.fails = false;
    const { eventId, handler } = parkedDeliveries.nodes[0];
    await admin.mutate('deliveryRetry', 'DeliveryRetryInput', { eventId, handler }, 'eventId');
    expect(await app.drainOutbox()).toEqual([]);
    expect(FailingHandler.handled).toBe(1);
    expect((await admin.ask(PARKED)).parkedDeliveries.nodes).toEqual([]);
    const retry = `mutation ($input: DeliveryRetryInput!) { deliveryRetry(input: $input) { eventId } }`;
    expect(await admin.errorCode(retry, { input: { eventId, handler } })).toBe('NOT_FOUND');
  });

  it('is read page by page', async () => {
    FailingHandler.fails = true;
    await record(Failing as never, {});
    await record(Failing as never, {});
    await tryUntilParked();
    const ONE = `query ($after: String) { parkedDeliveries(first: 1, after: $after) { nodes { eventId handler } pageInfo { hasNextPage endCursor } } }`;
    const { parkedDeliveries: first } = await admin.ask(ONE);
    expect(first.pageInfo.hasNextPage).toBe(true);
    const { parkedDeliveries: second } = await admin.ask(ONE, { after: first.pageInfo.endCursor });
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect(second.nodes[0].eventId > first.nodes[0].eventId).toBe(true);
    const forged = Buffer.from(`k:${first.nodes[0].eventId as string} a\u0000`).toString('base64url');
    for (const after of [forged, 'x']) expect(await admin.errorCode(ONE, { after })).toBe('BAD_USER_INPUT');
    FailingHandler.fails = false;
    for (const input of [...first.nodes, ...second.nodes])
      await admin.mutate('deliveryRetry', 'DeliveryRetryInput', input, 'eventId');
    expect(await app.drainOutbox()).toEqual([]);
  });

  it('is nobody else’s to see', async () => {
    const trainer = await aPerson(app, { roles: ['TRAINER', 'MANAGER'] });
    expect(await trainer.errorCode(PARKED)).toBe('FORBIDDEN');
    expect(await app.visitor().errorCode(PARKED)).toBe('UNAUTHENTICATED');
  });

  it('is forgotten thirty days after it was done, and not while it is parked', async () => {
    FailingHandler.fails = true;
    await record(Failing as never, {});
    await tryUntilParked();
    const types = async (): Promise<string[]> =>
      (await app.sql<{ type: string }>(`SELECT DISTINCT type FROM outbox_event ORDER BY type`)).map(
        ({ type }) => type,
      );
    expect(await types()).toContain('identity.sign-in-code-requested');
    app.clock.moveForward(31 * 86_400_000);
    await record(HousekeepingDue as never, {});
    expect(await app.drainOutbox()).toEqual([]);
    expect(await types()).toEqual(['platform.housekeeping-due', 'test.failing']);
  });
});
