import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/database.js';
import type { DeliveryKey } from './deliveries.js';

const BATCH = 200;

/** Puts deliveries into the job queue. One that the queue still holds must be left as it is. */
export type Enqueue = (keys: DeliveryKey[]) => Promise<void>;

/**
 * Moves owed deliveries into the job queue. Any number of relays may run: they skip each other's rows. One that dies
 * between enqueueing and committing leaves its rows as they were, so they are enqueued again, and the ledger makes that
 * harmless.
 */
@Injectable()
export class Relay {
  constructor(private readonly database: Database) {}

  /**
   * Enqueues one batch of pending deliveries, the oldest first.
   * @returns whether it was a full one: more may be waiting.
   */
  async moveBatch(enqueue: Enqueue): Promise<boolean> {
    return this.enqueueRows(enqueue, `state = 'PENDING' ORDER BY event_id, handler`, []);
  }

  /**
   * Offers deliveries to the queue again that it should have had for a while, in case it lost them (a Redis that was
   * killed, flushed or restored): one batch, and others while `goOn` says so. What it still holds it ignores.
   */
  async offerAgain(enqueue: Enqueue, olderThanSeconds: number, goOn: () => Promise<boolean>): Promise<void> {
    // The database's clock, read once: the rows were written by different machines, and what is offered here gets younger.
    const [{ before }] = await this.database.dataSource.query<[{ before: Date }]>(
      `SELECT now() - make_interval(secs => $1) AS before`,
      [olderThanSeconds],
    );
    const batch = (): Promise<boolean> =>
      this.enqueueRows(enqueue, `state = 'QUEUED' AND queued_at <= $1 ORDER BY queued_at`, [before]);
    while ((await batch()) && (await goOn()));
  }

  /** How many deliveries the queue should hold. */
  async countQueued(): Promise<number> {
    const [row] = await this.database.dataSource.query<[{ count: number }]>(
      `SELECT count(*)::int AS count FROM delivery WHERE state = 'QUEUED'`,
    );
    return row.count;
  }

  private async enqueueRows(enqueue: Enqueue, which: string, parameters: unknown[]): Promise<boolean> {
    return this.database.dataSource.transaction(async (tx) => {
      const keys = await lockDeliveries(tx, which, parameters);
      if (keys.length === 0) return false;
      await enqueue(keys);
      await tx.query(
        `UPDATE delivery SET state = 'QUEUED', queued_at = now()
           FROM unnest($1::uuid[], $2::text[]) AS moved (event_id, handler)
          WHERE delivery.event_id = moved.event_id AND delivery.handler = moved.handler`,
        [keys.map((key) => key.eventId), keys.map((key) => key.handler)],
      );
      return keys.length === BATCH;
    });
  }
}

/** A row that another relay moves, or that a handler runs on, is skipped. */
async function lockDeliveries(tx: Tx, which: string, parameters: unknown[]): Promise<DeliveryKey[]> {
  return tx.query(
    `SELECT event_id AS "eventId", handler FROM delivery WHERE ${which} LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
    parameters,
  );
}
