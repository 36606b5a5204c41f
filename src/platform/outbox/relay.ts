import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../database/database.js';
import type { DeliveryKey } from './deliveries.js';

const BATCH = 200;

/**
 * Moves owed deliveries into the job queue. Any number of relays may run: they skip each other's rows. One that dies
 * between enqueueing and committing leaves its rows pending, so they are enqueued again, and the ledger makes that harmless.
 */
@Injectable()
export class Relay {
  constructor(private readonly database: Database) {}

  /**
   * Enqueues one batch of pending deliveries.
   * @returns how many were moved; a full batch means that more may be waiting.
   */
  async moveBatch(enqueue: (keys: DeliveryKey[]) => Promise<void>): Promise<number> {
    return this.database.dataSource.transaction(async (tx) => {
      const keys = await pendingDeliveries(tx);
      if (keys.length === 0) return 0;
      await enqueue(keys);
      await tx.query(
        `UPDATE delivery SET state = 'QUEUED', queued_at = now()
           FROM unnest($1::uuid[], $2::text[]) AS moved (event_id, handler)
          WHERE delivery.event_id = moved.event_id AND delivery.handler = moved.handler AND state = 'PENDING'`,
        [keys.map((key) => key.eventId), keys.map((key) => key.handler)],
      );
      return keys.length;
    });
  }

  /**
   * Makes deliveries pending again that have been in the queue for longer than any backoff: the queue lost them (a Redis
   * that was flushed or restored). The database's clock is asked, because the rows were written by different machines.
   * @returns how many were found.
   */
  async sweepLost(olderThanSeconds: number): Promise<number> {
    const [, count] = (await this.database.dataSource.query(
      `UPDATE delivery SET state = 'PENDING' WHERE state = 'QUEUED' AND queued_at < now() - make_interval(secs => $1)`,
      [olderThanSeconds],
    )) as [unknown, number];
    return count;
  }
}

async function pendingDeliveries(tx: Tx): Promise<DeliveryKey[]> {
  return tx.query(
    `SELECT event_id AS "eventId", handler FROM delivery WHERE state = 'PENDING'
      ORDER BY event_id, handler LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`,
  );
}
