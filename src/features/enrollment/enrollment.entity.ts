import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Business } from '../businesses/business.entity.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { Course } from '../catalog/course.entity.js';
import { Person } from '../identity/person.entity.js';
import { Cohort } from '../programs/program.entity.js';

export const ENROLLMENT_STATES = ['ACTIVE', 'COMPLETED'] as const;
export type EnrollmentState = (typeof ENROLLMENT_STATES)[number];
export const EnrollmentStateEnum = Object.fromEntries(ENROLLMENT_STATES.map((state) => [state, state]));
registerEnumType(EnrollmentStateEnum, { name: 'EnrollmentState' });

/** A person taking a course, pinned to the version it had when they enrolled or to a later one that they were moved to. */
@ObjectType({
  description:
    'A person taking a course, pinned to the version it had when they enrolled or that they were moved to.',
})
@Entity()
@Check('enrollment_state_check', `state IN ('ACTIVE', 'COMPLETED')`)
@Unique('enrollment_person_id_course_id_cycle_key', ['personId', 'courseId', 'cycle'])
@Index('enrollment_one_active_key', ['personId', 'courseId'], { unique: true, where: `state = 'ACTIVE'` })
@Index('enrollment_cohort_id_enrolled_at_idx', ['cohortId', 'enrolledAt'])
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
}
