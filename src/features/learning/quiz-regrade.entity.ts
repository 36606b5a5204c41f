import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Question, QuestionVersion } from '../catalog/question.entity.js';
import { Person } from '../identity/person.entity.js';
import { QuizAttempt } from './quiz-attempt.entity.js';
import { REGRADE_EFFECTS, type RegradeEffect } from './quiz-regrade.rules.js';

export const RegradeEffectEnum = Object.fromEntries(REGRADE_EFFECTS.map((effect) => [effect, effect]));
registerEnumType(RegradeEffectEnum, {
  name: 'RegradeEffect',
  description: 'What a mended key makes of an attempt.',
  valuesMap: {
    PASSES_NOW: { description: 'It did not reach the pass mark before, and does now.' },
    STAYS_PASSED: { description: 'It is below the pass mark now, and stays passed: nothing is taken away.' },
    RAISED: { description: 'A higher score, on the same side of the pass mark.' },
    LOWERED: { description: 'A lower score, on the same side of the pass mark.' },
    SAME: { description: 'The same score.' },
  },
});

/**
 * That the answer key of a question's version is put in force for what was asked before it. It covers every attempt at the question:
 * those graded are graded anew in the background, those in progress when they are handed in. Once for a version.
 */
@ObjectType({
  description: 'Attempts graded anew by the mended answer key of a question. For the trainers of its course.',
})
@Entity()
@Unique('quiz_regrade_question_version_id_key', ['questionVersionId'])
@Check('quiz_regrade_reason_check', `reason <> ''`)
export class QuizRegrade {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Index('quiz_regrade_question_id_idx')
  @Column('uuid')
  @ForeignKey(() => Question)
  questionId!: string;

  /** Whose key is in force since. */
  @Column('uuid')
  @ForeignKey(() => QuestionVersion)
  questionVersionId!: string;

  @Field(() => String, { description: 'Why; learners read it.' })
  @Column('text')
  reason!: string;

  @Column('uuid')
  @ForeignKey(() => Person)
  requestedBy!: string;

  @Field(() => DateTime)
  @Column('timestamptz')
  requestedAt!: Date;

  @Field(() => Int, { description: 'Attempts that asked the question, to go through.' })
  @Column('int')
  attemptsFound!: number;

  @Field(() => Int, { description: 'Attempts gone through.' })
  @Column('int', { default: 0 })
  attemptsDone!: number;

  /** That the last batch ended with; null before the first. */
  @Column('uuid', { nullable: true })
  lastAttemptId!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'Null while it goes on.' })
  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;
}

/** What a regrade made of one attempt. Append-only: the first score and every later one stay on record. */
@Entity()
@Index('quiz_score_regrade_id_effect_idx', ['regradeId', 'effect', 'attemptId'])
@Check('quiz_score_effect_check', `effect IN ('PASSES_NOW', 'STAYS_PASSED', 'RAISED', 'LOWERED', 'SAME')`)
@Check('quiz_score_sum_check', 'score_after - score_before = points_after - points_before')
export class QuizScore {
  @PrimaryColumn('uuid')
  @ForeignKey(() => QuizAttempt)
  attemptId!: string;

  @PrimaryColumn('uuid')
  @ForeignKey(() => QuizRegrade)
  regradeId!: string;

  /** Of the answer to the question, in millionths of a point. */
  @Column('int')
  pointsBefore!: number;

  @Column('int')
  pointsAfter!: number;

  /** Of the attempt, in millionths of a point. */
  @Column('int')
  scoreBefore!: number;

  @Column('int')
  scoreAfter!: number;

  @Column('text')
  effect!: RegradeEffect;

  @Column('timestamptz')
  gradedAt!: Date;
}
