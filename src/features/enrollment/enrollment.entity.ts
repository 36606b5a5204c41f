import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Business } from '../businesses/business.entity.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { Course } from '../catalog/course.entity.js';
import { Person } from '../identity/person.entity.js';
import { Cohort } from '../programs/program.entity.js';

export const ENROLLMENT_STATES = ['ACTIVE', 'COMPLETED', 'WITHDRAWN', 'EXPIRED'] as const;
export type EnrollmentState = (typeof ENROLLMENT_STATES)[number];
export const EnrollmentStateEnum = Object.fromEntries(ENROLLMENT_STATES.map((state) => [state, state]));
registerEnumType(EnrollmentStateEnum, {
  name: 'EnrollmentState',
  valuesMap: {
    WITHDRAWN: {
      description: 'The learner left, and said why. It stays so: enrolling again is a new cycle.',
    },
    EXPIRED: { description: 'The time that the cohort had for learning was over. It stays so.' },
  },
});

/** Why a learner left a course. */
export const WITHDRAWAL_REASONS = [
  'NO_TIME',
  'NOT_WHAT_I_NEED',
  'TOO_HARD',
  'TOO_EASY',
  'TECHNICAL',
  'OTHER',
] as const;
export type WithdrawalReason = (typeof WITHDRAWAL_REASONS)[number];
export const WithdrawalReasonEnum = Object.fromEntries(WITHDRAWAL_REASONS.map((reason) => [reason, reason]));
registerEnumType(WithdrawalReasonEnum, {
  name: 'WithdrawalReason',
  description: 'Why a learner left a course.',
});

/** A person taking a course, pinned to the version it had when they enrolled or to a later one that they were moved to. */
@ObjectType({
  description:
    'A person taking a course, pinned to the version it had when they enrolled or that they were moved to.',
})
@Entity()
@Check('enrollment_state_check', `state IN ('ACTIVE', 'COMPLETED', 'WITHDRAWN', 'EXPIRED')`)
@Check('enrollment_ended_at_check', `(state IN ('WITHDRAWN', 'EXPIRED')) = (ended_at IS NOT NULL)`)
@Check('enrollment_withdrawal_check', `(state = 'WITHDRAWN') = (withdrawal_reason IS NOT NULL)`)
@Check(
  'enrollment_withdrawal_reason_check',
  `withdrawal_reason IN ('NO_TIME', 'NOT_WHAT_I_NEED', 'TOO_HARD', 'TOO_EASY', 'TECHNICAL', 'OTHER')`,
)
@Check('enrollment_withdrawal_note_check', `withdrawal_note IS NULL OR state = 'WITHDRAWN'`)
@Unique('enrollment_person_id_course_id_cycle_key', ['personId', 'courseId', 'cycle'])
@Index('enrollment_one_active_key', ['personId', 'courseId'], { unique: true, where: `state = 'ACTIVE'` })
@Index('enrollment_cohort_id_enrolled_at_idx', ['cohortId', 'enrolledAt'])
@Index('enrollment_active_cohort_id_idx', ['cohortId'], { where: `state = 'ACTIVE'` })
@Index('enrollment_course_id_id_idx', ['courseId', 'id'])
@Index('enrollment_idle_idx', ['lastActivityAt'], { where: `state = 'ACTIVE'` })
export class Enrollment {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Person)
  personId!: string;

  @Column('uuid')
  @ForeignKey(() => Course)
  courseId!: string;

  @Column('uuid')
  @ForeignKey(() => CourseVersion)
  versionId!: string;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => Business)
  businessId!: string | null;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => Cohort)
  cohortId!: string | null;

  @Field(() => Int, { description: 'From 1; one more each time the person takes the course again.' })
  @Column('int')
  cycle!: number;

  @Field(() => EnrollmentStateEnum)
  @Column('text')
  state!: EnrollmentState;

  @Field(() => DateTime)
  @Column('timestamptz')
  enrolledAt!: Date;

  @Field(() => DateTime, {
    description: 'When the learner last enrolled, completed a lesson or worked on a quiz.',
  })
  @Column('timestamptz')
  lastActivityAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was withdrawn or expired. Null while it is active or completed.',
  })
  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;

  @Field(() => WithdrawalReasonEnum, { nullable: true })
  @Column('text', { nullable: true })
  withdrawalReason!: WithdrawalReason | null;

  /** What the learner added, in their words: for those who improve the course, on no page of others. */
  @Column('text', { nullable: true })
  withdrawalNote!: string | null;
}
