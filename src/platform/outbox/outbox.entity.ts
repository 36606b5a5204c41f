import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';

/** A recorded event. Written in the transaction that made it true, never changed. */
@Entity()
export class OutboxEvent {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  type!: string;

  @Column('jsonb')
  payload!: unknown;

  @Index('outbox_event_occurred_at_idx')
  @Column('timestamptz')
  occurredAt!: Date;
}

export const DELIVERY_STATES = ['PENDING', 'QUEUED', 'DONE', 'PARKED'] as const;

/**
 * The ledger of background work: one row for an event and a handler that hears it. `PENDING` waits for the relay,
 * `QUEUED` is in the job queue, `DONE` had its effect, `PARKED` failed too often and waits for an administrator.
 */
@Entity()
@Check('delivery_state_check', `state IN ('PENDING', 'QUEUED', 'DONE', 'PARKED')`)
@Index('delivery_pending_idx', ['eventId', 'handler'], { where: `state = 'PENDING'` })
@Index('delivery_queued_idx', ['queuedAt'], { where: `state = 'QUEUED'` })
@Index('delivery_parked_idx', ['eventId', 'handler'], { where: `state = 'PARKED'` })
export class Delivery {
  @PrimaryColumn('uuid')
  @ForeignKey(() => OutboxEvent, { onDelete: 'CASCADE' })
  eventId!: string;

  @PrimaryColumn('text')
  handler!: string;

  @Column('text')
  state!: (typeof DELIVERY_STATES)[number];

  @Column('int', { default: 0 })
  attempts!: number;

  @Column('timestamptz', { nullable: true })
  queuedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;

  @Column('text', { nullable: true })
  lastError!: string | null;
}
