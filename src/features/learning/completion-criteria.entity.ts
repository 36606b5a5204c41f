import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn, Unique } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Course } from '../catalog/course.entity.js';
import { Person } from '../identity/person.entity.js';

/**
 * What completing a course takes from some instant on. Append-only: a change is the next version, and a completion keeps the version
 * that it was judged by. Version 1, of every course, is no row: see {@link FIRST_CRITERIA}.
 */
@Entity()
@Unique('completion_criteria_course_id_version_key', ['courseId', 'version'])
@Check('completion_criteria_version_check', 'version > 1')
@Check('completion_criteria_minimum_check', 'overall_minimum_percent BETWEEN 1 AND 100')
@Check('completion_criteria_reason_check', `reason <> ''`)
export class CompletionCriteria {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Course)
  courseId!: string;

  @Column('int')
  version!: number;

  /** Over the graded quizzes, 1 to 100; null: none. */
  @Column('int', { nullable: true })
  overallMinimumPercent!: number | null;

  @Column('text')
  reason!: string;

  @Column('uuid')
  @ForeignKey(() => Person)
  decidedBy!: string;

  /** From when on they are in force. */
  @Column('timestamptz')
  decidedAt!: Date;
}

/** How far it is judged anew who completes a course by criteria that came into force. */
@ObjectType({
  description: 'Learners in progress judged anew by criteria that changed, in the background.',
})
@Entity()
export class CompletionReevaluation {
  @PrimaryColumn('uuid')
  @ForeignKey(() => CompletionCriteria)
  criteriaId!: string;

  @Field(() => Int, { description: 'In progress when the criteria changed.' })
  @Column('int')
  learnersFound!: number;

  @Field(() => Int, { description: 'Judged so far.' })
  @Column('int', { default: 0 })
  learnersDone!: number;

  @Field(() => Int, { description: 'Of those judged, who completed the course by it.' })
  @Column('int', { default: 0 })
  learnersCompleted!: number;

  /** That the last batch ended with; null before the first. */
  @Column('uuid', { nullable: true })
  lastEnrollmentId!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Null while it goes on.' })
  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;
}
