import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import type { Tx } from '../database/database.js';
import { Ids } from '../ids.js';
import type { EventType } from './events.js';
import { Handlers } from './handlers.js';

/** Records events: the only way to start background work. */
@Injectable()
export class Outbox {
  constructor(
    private readonly handlers: Handlers,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Records an event in the transaction that makes it true, with a delivery owed to each handler: both become visible
   * with that transaction, or neither.
   * @param id given when the same fact may be recorded twice: an event that is there already is left as it is.
   */
  async record<P>(tx: Tx, eventType: EventType<P>, payload: P, id = this.ids.next()): Promise<void> {
    await tx.query(
      `WITH event AS (
         INSERT INTO outbox_event (id, type, payload, occurred_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO NOTHING RETURNING id
       )
       INSERT INTO delivery (event_id, handler, state) SELECT event.id, handler, 'PENDING'
         FROM event, unnest($5::text[]) AS handler`,
      [
        id,
        eventType.name,
        JSON.stringify(eventType.schema.parse(payload)),
        this.clock.now(),
        this.handlers.namesFor(eventType as EventType),
      ],
    );
  }

  /** As {@link record}, for many facts of one kind that became true together: one statement, however many they are. */
  async recordAll<P>(tx: Tx, eventType: EventType<P>, payloads: readonly P[]): Promise<void> {
    if (payloads.length === 0) return;
    await tx.query(
      `WITH event AS (
         INSERT INTO outbox_event (id, type, payload, occurred_at)
         SELECT id, $1, payload, $2 FROM unnest($3::uuid[], $4::jsonb[]) AS fact (id, payload) RETURNING id
       )
       INSERT INTO delivery (event_id, handler, state) SELECT event.id, handler, 'PENDING'
         FROM event, unnest($5::text[]) AS handler`,
      [
        eventType.name,
        this.clock.now(),
        payloads.map(() => this.ids.next()),
        payloads.map((payload) => JSON.stringify(eventType.schema.parse(payload))),
        this.handlers.namesFor(eventType as EventType),
      ],
    );
  }
}
