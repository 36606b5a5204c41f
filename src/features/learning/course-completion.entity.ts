import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { Person } from '../identity/person.entity.js';
import type { CompletionEvidence } from './completion.rules.js';

/**
 * The fact that a course was completed. A trigger refuses to change or delete it. One that was reversed stays, with its
 * `CompletionReversal` beside it; another may take its place.
 */
@ObjectType({ description: 'The fact that a course was completed. It never changes.' })
@Entity()
@Unique('course_completion_enrollment_id_number_key', ['enrollmentId', 'number'])
@Unique('course_completion_replaces_id_key', ['replacesId'])
@Check('course_completion_replaces_check', '(number = 1) = (replaces_id IS NULL)')
export class CourseCompletion {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Enrollment)
  enrollmentId!: string;

  /** From 1, in the enrollment. */
  @Column('int')
  number!: number;

  /** The reversed completion in whose place this one is; null for the first. */
  @Column('uuid', { nullable: true })
  @ForeignKey(() => CompletionReversal)
  replacesId!: string | null;

  @Column('uuid')
  @ForeignKey(() => CourseVersion)
  versionId!: string;

  @Field(() => Int, { description: 'Version of the criteria that were met.' })
  @Column('int')
  criteriaVersion!: number;

  /** What met the criteria, lesson by lesson. */
  @Column('jsonb')
  evidence!: CompletionEvidence[];

  @Field(() => DateTime, { description: 'When the last missing thing was done, or was no longer asked for.' })
  @Column('timestamptz')
  occurredAt!: Date;

  @Field(() => DateTime, { description: 'When it was found that nothing was missing.' })
  @Column('timestamptz')
  evaluatedAt!: Date;
}

/** A lesson done, as it was taken out of the learner's work. */
export interface SetAsideLesson {
  lessonKey: string;
  lessonId: string;
  /** RFC 3339. */
  completedAt: string;
  /** RFC 3339; the device's time. */
  claimedAt: string | null;
  attemptId: string | null;
}

/** The end of a completion that should not have been: it stands beside the fact, which stays. A trigger refuses to change or delete it. */
@Entity()
@Check('completion_reversal_asked_keys_check', 'cardinality(asked_keys) > 0')
export class CompletionReversal {
  @PrimaryColumn('uuid')
  @ForeignKey(() => CourseCompletion)
  completionId!: string;

  /** In the words of whoever reversed it. The learner reads it, and whoever opens the page of the badge. */
  @Column('text')
  reason!: string;

  /** The lessons to do again, in the order of the course. */
  @Column('text', { array: true })
  askedKeys!: string[];

  /** What was done of these lessons before: it counts again if the reversal turns out to be the mistake. */
  @Column('jsonb')
  setAside!: SetAsideLesson[];

  @Column('uuid')
  @ForeignKey(() => Person)
  reversedBy!: string;

  @Column('timestamptz')
  reversedAt!: Date;
}
