import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import type { Locale } from '../../platform/locale.js';
import { Course } from '../catalog/course.entity.js';
import { LocaleEnum, Person } from '../identity/person.entity.js';
import { Cohort } from '../programs/program.entity.js';
import { Enrollment } from './enrollment.entity.js';

/** What is stored. That the cohort's enrollment is over is told from its last day, so that nothing has to be brought up to date. */
export const STORED_INVITATION_STATES = ['INVITED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN'] as const;
export const INVITATION_STATES = [...STORED_INVITATION_STATES, 'EXPIRED'] as const;
export type InvitationState = (typeof INVITATION_STATES)[number];
export const InvitationStateEnum = Object.fromEntries(INVITATION_STATES.map((state) => [state, state]));
registerEnumType(InvitationStateEnum, {
  name: 'InvitationState',
  valuesMap: {
    INVITED: { description: 'Waits for an answer.' },
    ACCEPTED: { description: 'The person is enrolled.' },
    DECLINED: { description: 'The person said no, and why. It stays so.' },
    WITHDRAWN: { description: 'A manager took it back. The person may be invited again.' },
    EXPIRED: { description: 'Not answered by the last day on which one can enroll.' },
  },
});

/** Why a person says no. */
export const DECLINE_REASONS = [
  'NO_TIME',
  'NOT_WHAT_I_NEED',
  'ALREADY_KNOWN',
  'NOT_EXPECTED',
  'OTHER',
] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];
export const DeclineReasonEnum = Object.fromEntries(DECLINE_REASONS.map((reason) => [reason, reason]));
registerEnumType(DeclineReasonEnum, {
  name: 'InvitationDeclineReason',
  description: 'Why a person does not take up an invitation.',
});

/**
 * A place in a cohort that waits for the owner of an address. It is no enrollment yet: there may be no such person, no figure counts
 * them, and they take up nobody's seat. One for an address, cohort and course, whatever became of it.
 */
@ObjectType({
  description:
    'A place in a cohort that waits for the owner of an address. Seen by that person and by the program’s managers.',
})
@Entity()
@Unique('invitation_cohort_id_course_id_email_key', ['cohortId', 'courseId', 'email'])
@Check('invitation_email_check', `email = lower(email)`)
@Check('invitation_locale_check', `locale IN ('en', 'fr')`)
@Check('invitation_state_check', `state IN ('INVITED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN')`)
@Check('invitation_ended_at_check', `(state = 'INVITED') = (ended_at IS NULL)`)
@Check('invitation_accepted_check', `(state = 'ACCEPTED') = (enrollment_id IS NOT NULL)`)
@Check('invitation_declined_check', `(state = 'DECLINED') = (decline_reason IS NOT NULL)`)
@Check(
  'invitation_decline_reason_check',
  `decline_reason IN ('NO_TIME', 'NOT_WHAT_I_NEED', 'ALREADY_KNOWN', 'NOT_EXPECTED', 'OTHER')`,
)
@Index('invitation_open_email_idx', ['email'], { where: `state = 'INVITED'` })
@Index('invitation_cohort_id_id_idx', ['cohortId', 'id'])
export class Invitation {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Cohort, { onDelete: 'CASCADE' })
  cohortId!: string;

  @Column('uuid')
  @ForeignKey(() => Course)
  courseId!: string;

  @Field(() => String, { description: 'In lower case.' })
  @Column('text')
  email!: string;

  @Field(() => String, { nullable: true, description: 'As the program knows them.' })
  @Column('text', { nullable: true })
  name!: string | null;

  @Field(() => LocaleEnum, {
    nullable: true,
    description: 'To write in to somebody who has no account yet. Null: in both.',
  })
  @Column('text', { nullable: true })
  locale!: Locale | null;

  /** Of the business that the enrollment should be for, if the person acts for it when they accept. */
  @Column('text', { nullable: true })
  registrationNumber!: string | null;

  @Column('text')
  state!: (typeof STORED_INVITATION_STATES)[number];

  @Field(() => DeclineReasonEnum, { nullable: true })
  @Column('text', { nullable: true })
  declineReason!: DeclineReason | null;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => Enrollment)
  enrollmentId!: string | null;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => Person, { onDelete: 'SET NULL' })
  invitedBy!: string | null;

  @Field(() => DateTime)
  @Column('timestamptz')
  createdAt!: Date;

  @Field(() => DateTime)
  @Column('timestamptz')
  lastSentAt!: Date;

  @Field(() => Int, { description: 'Mails asked for, from 1.' })
  @Column('int', { default: 1 })
  sentCount!: number;

  @Field(() => DateTime, { nullable: true, description: 'When it was answered or withdrawn.' })
  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;
}
