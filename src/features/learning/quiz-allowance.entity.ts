import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { Person } from '../identity/person.entity.js';

/**
 * More time, more attempts or a later close for one learner in one quiz. Append-only: the newest of an enrollment and a lesson
 * counts, and those before tell what was given when.
 */
@ObjectType({ description: 'More time, more attempts or a later close for one learner in one quiz.' })
@Entity()
@Index('quiz_allowance_newest_idx', ['enrollmentId', 'lessonKey', 'id'])
@Check('quiz_allowance_extra_check', 'extra_minutes BETWEEN 0 AND 1440 AND extra_attempts BETWEEN 0 AND 100')
@Check('quiz_allowance_reason_check', `reason <> ''`)
export class QuizAllowance {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Enrollment)
  enrollmentId!: string;

  @Column('text')
  lessonKey!: string;

  @Field(() => Int, { description: 'Added to the time limit of each attempt.' })
  @Column('int')
  extraMinutes!: number;

  @Field(() => Int, { description: 'Added to the limit of attempts.' })
  @Column('int')
  extraAttempts!: number;

  @Field(() => DateTime, {
    nullable: true,
    description: 'In place of an earlier close. Null: as for everybody.',
  })
  @Column('timestamptz', { nullable: true })
  closesAt!: Date | null;

  @Field(() => String, { description: 'Why; the learner reads it.' })
  @Column('text')
  reason!: string;

  @Column('uuid')
  @ForeignKey(() => Person)
  givenBy!: string;

  @Field(() => DateTime)
  @Column('timestamptz')
  givenAt!: Date;
}
