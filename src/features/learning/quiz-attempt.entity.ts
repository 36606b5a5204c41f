import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import type { QuizSettings } from '../catalog/course-content.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { QuestionVersion } from '../catalog/question.entity.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import type { PaperQuestion } from './quiz-paper.rules.js';
import type { AnswerPair } from './quiz-scoring.rules.js';

/**
 * How an attempt is kept. A machine grades it in the transaction that hands it in, so that there is nothing between the two;
 * that its end is past follows from the clock and is not kept.
 */
export type KeptAttemptState = 'IN_PROGRESS' | 'GRADED' | 'ABANDONED';

/** How an attempt is told. */
export type AttemptState = KeptAttemptState | 'OVERDUE';
export const AttemptStateEnum = {
  IN_PROGRESS: 'IN_PROGRESS',
  OVERDUE: 'OVERDUE',
  GRADED: 'GRADED',
  ABANDONED: 'ABANDONED',
} as const satisfies { [State in AttemptState]: State };
registerEnumType(AttemptStateEnum, {
  name: 'QuizAttemptState',
  valuesMap: {
    OVERDUE: {
      description:
        'Its end is past. It may be handed in until `submitBy`, with what was saved; after that it is closed without anybody.',
    },
    GRADED: { description: 'Handed in, or closed with the answers that were saved.' },
    ABANDONED: {
      description: 'Its time went by without an answer. It has no score, and counts as one of the attempts.',
    },
  },
});

/** One try at a quiz. What was asked is frozen at its start; every attempt is kept. */
@ObjectType({ description: 'One try at a quiz. What was asked is frozen at its start.' })
@Entity()
@Unique('quiz_attempt_enrollment_id_lesson_key_number_key', ['enrollmentId', 'lessonKey', 'number'])
@Index('quiz_attempt_one_in_progress_key', ['enrollmentId', 'lessonKey'], {
  unique: true,
  where: `state = 'IN_PROGRESS'`,
})
@Index('quiz_attempt_lesson_id_id_idx', ['lessonId', 'id'])
@Index('quiz_attempt_expiring_idx', ['expiresAt'], { where: `state = 'IN_PROGRESS'` })
@Check('quiz_attempt_state_check', `state IN ('IN_PROGRESS', 'GRADED', 'ABANDONED')`)
@Check('quiz_attempt_graded_check', `(state = 'GRADED') = (score IS NOT NULL AND submitted_at IS NOT NULL)`)
@Check('quiz_attempt_window_check', `(ends_at IS NULL) = (expires_at IS NULL) AND ends_at <= expires_at`)
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

  @Column('text')
  state!: KeptAttemptState;

  @Column('text')
  seed!: string;

  @Column('jsonb')
  paper!: PaperQuestion[];

  /** As they were at the start: they hold for this attempt. */
  @Column('jsonb')
  settings!: QuizSettings;

  @Field(() => Int, { description: 'Share of the points needed to pass, 1 to 100.' })
  @Column('int')
  passPercent!: number;

  @Field(() => DateTime)
  @Column('timestamptz')
  startedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The last instant at which an answer is taken: the time limit or the close, whichever is first. Null: none.',
  })
  @Column('timestamptz', { nullable: true })
  endsAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    name: 'submitBy',
    description:
      'The end with the grace in which it may be handed in but not changed. Null exactly when there is no end.',
  })
  @Column('timestamptz', { nullable: true })
  expiresAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was handed in; for one that was closed, its end. Null while it is neither.',
  })
  @Column('timestamptz', { nullable: true })
  submittedAt!: Date | null;

  /**
   * Millionths of a point, each question being worth one point; null until graded. The newest: those before a regrade are in
   * {@link QuizScore}.
   */
  @Column('int', { nullable: true })
  score!: number | null;

  @Field(() => Float, {
    nullable: true,
    description: '0 to 100, rounded down to two decimals. Null until graded.',
  })
  scorePercent?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Null until graded. A regrade makes it true, never false.',
  })
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

  /** The choices made; of an ordering, the items in the order given. */
  @Column('text', { array: true })
  optionKeys!: string[];

  /** Of a short text or a number, as it was typed. */
  @Column('text', { nullable: true })
  text!: string | null;

  /** Of a matching. */
  @Column('jsonb', { nullable: true })
  pairs!: AnswerPair[] | null;

  @Column('timestamptz')
  savedAt!: Date;

  /** Millionths of a point; null until graded. */
  @Column('int', { nullable: true })
  score!: number | null;
}
