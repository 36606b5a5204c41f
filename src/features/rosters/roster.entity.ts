import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import type { Locale } from '../../platform/locale.js';
import { Course } from '../catalog/course.entity.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { Invitation } from '../enrollment/invitation.entity.js';
import type { Sentence } from '../formats/import/import-problems.js';
import { LocaleEnum, Person } from '../identity/person.entity.js';
import { Cohort } from '../programs/program.entity.js';

export const ROSTER_STATES = ['UPLOADED', 'READY', 'FAILED', 'APPLYING', 'APPLIED', 'CANCELED'] as const;
export type RosterState = (typeof ROSTER_STATES)[number];
export const RosterStateEnum = Object.fromEntries(ROSTER_STATES.map((state) => [state, state]));
registerEnumType(RosterStateEnum, {
  name: 'RosterState',
  valuesMap: {
    UPLOADED: { description: 'Is being read. Nobody is enrolled or written to by it.' },
    READY: { description: 'Read: its rows say what would become of each.' },
    FAILED: { description: 'Nobody was or will be enrolled; `failure` says why.' },
    APPLYING: { description: 'Its people are being enrolled and invited.' },
    APPLIED: { description: 'Its rows say what became of each.' },
    CANCELED: { description: 'Given up. Nobody was enrolled.' },
  },
});

export const ROSTER_OUTCOMES = [
  'TO_ENROLL',
  'ENROLLED',
  'INVITED',
  'ALREADY_ENROLLED',
  'ALREADY_INVITED',
  'SKIPPED',
  'REFUSED',
] as const;
export type RosterOutcome = (typeof ROSTER_OUTCOMES)[number];
export const RosterOutcomeEnum = Object.fromEntries(ROSTER_OUTCOMES.map((outcome) => [outcome, outcome]));
registerEnumType(RosterOutcomeEnum, {
  name: 'RosterOutcome',
  valuesMap: {
    TO_ENROLL: { description: 'Would be enrolled, or invited where there is no account yet.' },
    ENROLLED: { description: 'Was enrolled by this file.' },
    INVITED: {
      description:
        'Was invited by this file, and is enrolled once they accept; `reason` says where they have to complete another course first.',
    },
    ALREADY_ENROLLED: { description: 'Takes the course already; nothing was changed.' },
    ALREADY_INVITED: { description: 'Has an invitation that waits for an answer; no other mail was sent.' },
    SKIPPED: { description: 'Is no learner by what the file says.' },
    REFUSED: { description: 'Cannot be enrolled; `reason` says why.' },
  },
});

/** A file with the people of a cohort, and what became of it. */
@ObjectType({ description: 'A file with the people of a cohort, and what became of it.' })
@Entity()
@Index('roster_one_per_file_key', ['cohortId', 'courseId', 'contentHash'], {
  unique: true,
  where: `state NOT IN ('FAILED', 'CANCELED')`,
})
@Index('roster_cohort_id_id_idx', ['cohortId', 'id'])
@Check('roster_state_check', `state IN ('UPLOADED', 'READY', 'FAILED', 'APPLYING', 'APPLIED', 'CANCELED')`)
@Check('roster_failure_check', `(state = 'FAILED') = (failure IS NOT NULL)`)
@Check('roster_content_check', `(state = 'UPLOADED') = (content IS NOT NULL)`)
@Check('roster_done_count_check', 'done_count BETWEEN 0 AND row_count')
export class Roster {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Cohort, { onDelete: 'CASCADE' })
  cohortId!: string;

  @Column('uuid')
  @ForeignKey(() => Course)
  courseId!: string;

  /** Who sent it. */
  @Column('uuid', { nullable: true })
  @ForeignKey(() => Person, { onDelete: 'SET NULL' })
  personId!: string | null;

  @Field(() => String, { description: 'As the manager calls it.' })
  @Column('text')
  fileName!: string;

  @Field(() => Int)
  @Column('int')
  bytes!: number;

  /** SHA-256 in hexadecimal: with the cohort and the course, the idempotency key of the file. */
  @Column('text')
  contentHash!: string;

  /** Kept only until it is read: it may hold more about people than is asked for. */
  @Column('bytea', { nullable: true, select: false })
  content?: Buffer | null;

  @Field(() => RosterStateEnum)
  @Column('text')
  state!: RosterState;

  @Column('jsonb', { nullable: true })
  failure!: Sentence | null;

  /** What a person should know of the file as a whole. */
  @Column('jsonb', { default: [] })
  notes!: Sentence[];

  @Field(() => Int, { description: 'People in it; 0 until it is read.' })
  @Column('int', { default: 0 })
  rowCount!: number;

  @Field(() => Int, { description: 'Rows whose outcome is final.' })
  @Column('int', { default: 0 })
  doneCount!: number;

  @Field(() => DateTime)
  @Column('timestamptz')
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When its state last changed.' })
  @Column('timestamptz')
  updatedAt!: Date;
}

/** One person of a roster. */
@ObjectType({ description: 'One person of a roster.' })
@Entity()
@Check('roster_row_locale_check', `locale IN ('en', 'fr')`)
@Check(
  'roster_row_outcome_check',
  `outcome IN ('TO_ENROLL', 'ENROLLED', 'INVITED', 'ALREADY_ENROLLED', 'ALREADY_INVITED', 'SKIPPED', 'REFUSED')`,
)
@Check('roster_row_reason_check', `(reason_code IS NULL) = (reason IS NULL)`)
@Index('roster_row_outcome_idx', ['rosterId', 'outcome', 'line'])
@Index('roster_row_waiting_idx', ['rosterId', 'line'], { where: 'NOT is_done' })
export class RosterRow {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Roster, { onDelete: 'CASCADE' })
  rosterId!: string;

  @Field(() => Int, { description: 'Of the file, from 1.' })
  @PrimaryColumn('int')
  line!: number;

  @Field(() => String, { description: 'As in the file where it is refused; else in lower case.' })
  @Column('text')
  email!: string;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  name!: string | null;

  @Field(() => LocaleEnum, { nullable: true })
  @Column('text', { nullable: true })
  locale!: Locale | null;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  registrationNumber!: string | null;

  @Field(() => RosterOutcomeEnum)
  @Column('text')
  outcome!: RosterOutcome;

  @Field(() => String, { nullable: true, description: 'Why, for programs.' })
  @Column('text', { nullable: true })
  reasonCode!: string | null;

  @Column('jsonb', { nullable: true })
  reason!: Sentence | null;

  @Column('boolean')
  isDone!: boolean;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => Enrollment)
  enrollmentId!: string | null;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => Invitation, { onDelete: 'SET NULL' })
  invitationId!: string | null;
}
