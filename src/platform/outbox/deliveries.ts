import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Database, type Tx } from '../database/database.js';
import { Handlers, type Handler } from './handlers.js';

/** One event owed to one handler. */
export interface DeliveryKey {
  eventId: string;
  handler: string;
}

/** A delivery is tried this often, over about half an hour, before it is parked. */
export const MOST_ATTEMPTS = 8;

interface EventRow {
  payload: unknown;
  occurred_at: Date;
}

/** Runs deliveries, each with one effect however often, and by however many workers, it is run. */
@Injectable()
export class Deliveries {
  constructor(
    private readonly database: Database,
    private readonly handlers: Handlers,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs one delivery. Returns quietly when it is done, parked or gone.
   * @throws whatever the handler threw, while tries are left, so that the queue backs off and runs it again.
   */
  async run(key: DeliveryKey): Promise<void> {
    // Counted before the work and outside its transaction: a delivery that kills its worker is parked in the end too.
    const attempts = await this.claim(key);
    if (attempts === undefined) return;
    try {
      if (attempts > MOST_ATTEMPTS) throw new Error('The worker died each time it ran this.');
      const handler = this.handlers.get(key.handler);
      if (!handler) throw new Error(`No handler is named ${key.handler}.`);
      await (handler.lane === 'work' ? this.runInside(key, handler) : this.runOutside(key, handler));
    } catch (error) {
      const park = attempts >= MOST_ATTEMPTS;
      await this.recordFailure(key, error, park);
      if (!park) throw error;
    }
  }

  /** Gives a parked delivery its tries back. @returns false when it was not parked. */
  async retry(tx: Tx, key: DeliveryKey): Promise<boolean> {
    const [, count] = await tx.query<[unknown, number]>(
      `UPDATE delivery SET state = 'PENDING', attempts = 0, queued_at = NULL
        WHERE event_id = $1 AND handler = $2 AND state = 'PARKED'`,
      [key.eventId, key.handler],
    );
    return count === 1;
  }

  private async claim({ eventId, handler }: DeliveryKey): Promise<number | undefined> {
    const [rows] = await this.database.dataSource.query<[{ attempts: number }[], number]>(
      `UPDATE delivery SET attempts = attempts + 1, state = 'QUEUED', queued_at = now()
        WHERE event_id = $1 AND handler = $2 AND state IN ('PENDING', 'QUEUED') RETURNING attempts`,
      [eventId, handler],
    );
    return rows[0]?.attempts;
  }

  private async runInside(key: DeliveryKey, handler: Handler): Promise<void> {
    await this.database.transaction(async (tx) => {
      // The row lock makes a second worker with the same job wait here, and then find it done.
      const event = await this.openEvent(tx, key, 'FOR UPDATE OF delivery');
      if (!event) return;
      await this.handle(handler, key, event, tx);
      await this.markDone(tx, key);
    });
  }

  private async runOutside(key: DeliveryKey, handler: Handler): Promise<void> {
    const event = await this.openEvent(this.database.dataSource.manager, key, '');
    if (!event) return;
    await this.handle(handler, key, event, null);
    await this.markDone(this.database.dataSource.manager, key);
  }

  private async handle(handler: Handler, key: DeliveryKey, event: EventRow, tx: Tx | null): Promise<void> {
    const payload = handler.eventType.schema.parse(event.payload);
    await handler.run(payload, { eventId: key.eventId, occurredAt: event.occurred_at }, tx);
  }

  private async openEvent(
    tx: Tx,
    { eventId, handler }: DeliveryKey,
    lock: string,
  ): Promise<EventRow | undefined> {
    const rows: EventRow[] = await tx.query(
      `SELECT event.payload, event.occurred_at FROM delivery JOIN outbox_event event ON event.id = delivery.event_id
        WHERE delivery.event_id = $1 AND delivery.handler = $2 AND delivery.state IN ('PENDING', 'QUEUED') ${lock}`,
      [eventId, handler],
    );
    return rows[0];
  }

  private async markDone(tx: Tx, { eventId, handler }: DeliveryKey): Promise<void> {
    await tx.query(
      `UPDATE delivery SET state = 'DONE', finished_at = $3, last_error = NULL WHERE event_id = $1 AND handler = $2`,
      [eventId, handler, this.clock.now()],
    );
  }

  private async recordFailure(
    { eventId, handler }: DeliveryKey,
    error: unknown,
    park: boolean,
  ): Promise<void> {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    await this.database.dataSource.query(
      `UPDATE delivery SET last_error = $3, state = CASE WHEN $4 THEN 'PARKED' ELSE state END
        WHERE event_id = $1 AND handler = $2 AND state <> 'DONE'`,
      [eventId, handler, reason.slice(0, 2000), park],
    );
  }
}
