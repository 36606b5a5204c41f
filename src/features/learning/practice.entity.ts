import { Field, ID, ObjectType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Course } from '../catalog/course.entity.js';
import { Question, QuestionVersion } from '../catalog/question.entity.js';
import { Person } from '../identity/person.entity.js';
import type { AnswerPair } from './quiz-scoring.rules.js';

/**
 * An answer that a learner gave when they went over a question again. Never changed; when the question comes back follows from
 * these and from what was answered in quizzes, and is kept nowhere.
 */
@ObjectType({ description: 'An answer that the viewer gave when they went over a question again.' })
@Entity()
@Check('practice_answer_answered_at_check', 'answered_at <= claimed_at')
export class PracticeAnswer {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Person)
  personId!: string;

  /** Made by the device, so that an answer that is sent again is known. */
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
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

  /** Millionths of a point. */
  @Column('int')
  score!: number;

  /** The device's time, of an answer that waited for a line. */
  @Column('timestamptz', { nullable: true })
  claimedAt!: Date | null;

  /** What the device claims, and never later than the server had it. */
  @Field(() => DateTime)
  @Column('timestamptz')
  answeredAt!: Date;
}

/** A question that a learner does not want to go over. */
@Entity()
export class PracticeQuestionStop {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Person)
  personId!: string;

  @PrimaryColumn('uuid')
  @ForeignKey(() => Question)
  questionId!: string;

  @Column('timestamptz')
  stoppedAt!: Date;
}

/** A course whose questions a learner does not want to go over. */
@Entity()
export class PracticeCourseStop {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Person)
  personId!: string;

  @PrimaryColumn('uuid')
  @ForeignKey(() => Course)
  courseId!: string;

  @Column('timestamptz')
  stoppedAt!: Date;
}
