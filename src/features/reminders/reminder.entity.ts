import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { Person } from '../identity/person.entity.js';
import type { DeclineReason } from './reminder.rules.js';

export const REMINDER_STATES = ['PLANNED', 'DUE', 'SENDING', 'SENT', 'DECLINED'] as const;

/**
 * The ledger of what was or will be written to whom. One row for a person, an obligation, a kind and a channel: whatever
 * runs twice, nobody is written to twice.
 *
 * `PLANNED` waits for its time, `DUE` waits for its job, `SENDING` is handed to the mail server, `SENT` was taken by it,
 * `DECLINED` will not be sent, and the reason is kept.
 */
@Entity()
@Unique('reminder_person_id_kind_obligation_channel_key', ['personId', 'kind', 'obligation', 'channel'])
@Index('reminder_planned_idx', ['plannedFor'], { where: `state = 'PLANNED'` })
@Index('reminder_enrollment_id_idx', ['enrollmentId'])
@Check('reminder_state_check', `state IN ('PLANNED', 'DUE', 'SENDING', 'SENT', 'DECLINED')`)
@Check('reminder_reason_check', `(state = 'DECLINED') = (reason IS NOT NULL)`)
export class Reminder {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Person)
  personId!: string;

  @Column('text')
  kind!: 'COURSE_IDLE';

  /** What it is about: an enrollment and the last activity before the idle spell. */
  @Column('text')
  obligation!: string;

  @Column('text')
  channel!: 'EMAIL';

  @Column('uuid')
  @ForeignKey(() => Enrollment)
  enrollmentId!: string;

  /** The learner's last activity when it was planned. */
  @Column('timestamptz')
  idleSince!: Date;

  @Column('timestamptz')
  plannedFor!: Date;

  @Column('text')
  state!: (typeof REMINDER_STATES)[number];

  @Column('text', { nullable: true })
  reason!: DeclineReason | null;

  @Column('timestamptz')
  createdAt!: Date;

  /** When it was sent or declined. */
  @Column('timestamptz', { nullable: true })
  settledAt!: Date | null;
}
