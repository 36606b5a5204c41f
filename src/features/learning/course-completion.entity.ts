import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import type { CompletionEvidence } from './completion.rules.js';

/** The fact that a course was completed. A trigger refuses to change or delete it. */
@ObjectType({ description: 'The fact that a course was completed. It never changes.' })
@Entity()
@Unique('course_completion_enrollment_id_key', ['enrollmentId'])
export class CourseCompletion {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Enrollment)
  enrollmentId!: string;

  @Column('uuid')
  @ForeignKey(() => CourseVersion)
  versionId!: string;

  @Field(() => Int, { description: 'Version of the criteria that were met.' })
  @Column('int')
  criteriaVersion!: number;

  /** What met the criteria, lesson by lesson. */
  @Column('jsonb')
  evidence!: CompletionEvidence[];

  @Field(() => DateTime, { description: 'When the last missing thing was done.' })
  @Column('timestamptz')
  occurredAt!: Date;

  @Field(() => DateTime, { description: 'When it was found that nothing was missing.' })
  @Column('timestamptz')
  evaluatedAt!: Date;
}
