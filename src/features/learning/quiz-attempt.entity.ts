import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { QuestionVersion } from '../catalog/question.entity.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';

export const ATTEMPT_STATES = ['IN_PROGRESS', 'GRADED'] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];
export const AttemptStateEnum = Object.fromEntries(ATTEMPT_STATES.map((state) => [state, state]));
registerEnumType(AttemptStateEnum, { name: 'QuizAttemptState' });

/** A question as it stands in one attempt: frozen when the attempt starts. */
export interface PaperQuestion {
  questionId: string;
  questionVersionId: string;
  /** In the order shown. */
  optionKeys: string[];
}

/** One try at a quiz. What was asked is frozen at its start; every attempt is kept. */
@ObjectType({ description: 'One try at a quiz. What was asked is frozen at its start.' })
@Entity()
@Unique('quiz_attempt_enrollment_id_lesson_key_number_key', ['enrollmentId', 'lessonKey', 'number'])
@Index('quiz_attempt_one_in_progress_key', ['enrollmentId', 'lessonKey'], {
  unique: true,
  where: `state = 'IN_PROGRESS'`,
})
@Check('quiz_attempt_state_check', `state IN ('IN_PROGRESS', 'GRADED')`)
@Check('quiz_attempt_graded_check', `(state = 'GRADED') = (score IS NOT NULL AND submitted_at IS NOT NULL)`)
export class QuizAttempt {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Enrollment)
  enrollmentId!: string;

  @Column('uuid')
  @ForeignKey(() => Lesson)
  lessonId!: string;

  @Column('text')
  lessonKey!: string;

  @Field(() => Int, { description: 'From 1.' })
  @Column('int')
  number!: number;

  @Field(() => AttemptStateEnum)
  @Column('text')
  state!: AttemptState;

  @Column('text')
  seed!: string;

  @Column('jsonb')
  paper!: PaperQuestion[];

  @Field(() => Int, { description: 'Share of the points needed to pass, 1 to 100.' })
  @Column('int')
  passPercent!: number;

  @Field(() => DateTime)
  @Column('timestamptz')
  startedAt!: Date;

  @Field(() => DateTime, { nullable: true })
  @Column('timestamptz', { nullable: true })
  submittedAt!: Date | null;

  /** Millionths of a point, each question being worth one point; null until graded. */
  @Column('int', { nullable: true })
  score!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: '0 to 100, rounded down to two decimals. Null until graded.',
  })
  scorePercent?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Null until graded.' })
  @Column('boolean', { nullable: true })
  passed!: boolean | null;
}

/** An answer as it was last saved. */
@Entity()
export class QuizAnswer {
  @PrimaryColumn('uuid')
  @ForeignKey(() => QuizAttempt)
  attemptId!: string;

  @PrimaryColumn('uuid')
  @ForeignKey(() => QuestionVersion)
  questionVersionId!: string;

  @Column('text', { array: true })
  optionKeys!: string[];

  @Column('timestamptz')
  savedAt!: Date;

  /** Millionths of a point; null until graded. */
  @Column('int', { nullable: true })
  score!: number | null;
}
