import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, JSONObject } from '../../platform/graphql/scalars.js';
import type { Localized } from '../../platform/locale.js';
import { Person } from '../identity/person.entity.js';
import type { BlockDocument } from './block-document.js';
import {
  QUESTION_KINDS,
  type NumberAnswer,
  type QuestionKind,
  type QuestionOption,
} from './course-content.js';
import { Course } from './course.entity.js';
import { Lesson } from './lesson.entity.js';

export const QuestionKindEnum = Object.fromEntries(QUESTION_KINDS.map((kind) => [kind, kind]));
registerEnumType(QuestionKindEnum, { name: 'QuestionKind' });

@ObjectType('NumberAnswer', { description: 'Right when it is at most the tolerance away from the value.' })
class NumberAnswerType implements NumberAnswer {
  @Field(() => Float)
  value!: number;

  @Field(() => Float, { description: '0 or more.' })
  tolerance!: number;
}

@ObjectType('QuestionVersionOption', {
  description: 'One part of the answer to a question, in all languages, as its trainers see it.',
})
export class QuestionVersionOption implements QuestionOption {
  @Field(() => String, { description: 'Unique in the question, and the same in each of its versions.' })
  key!: string;

  @Field(() => JSONObject, { description: 'By BCP 47 tag. Empty for a number, and for true and false.' })
  text!: Localized;

  @Field(() => JSONObject, { nullable: true, description: 'By BCP 47 tag.' })
  feedback!: Localized | null;

  @Field(() => Boolean)
  correct!: boolean;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of the point that it gives, in percent, -100 to 100. Null: the usual share.',
  })
  weight?: number;

  @Field(() => JSONObject, {
    nullable: true,
    description: 'Of a pair, what belongs to its text, by BCP 47 tag.',
  })
  match?: Localized;

  @Field(() => NumberAnswerType, { nullable: true })
  number?: NumberAnswer;
}

/** A question of a course's bank. */
@ObjectType('BankQuestion', { description: "A question of a course's bank, for the trainers of the course." })
@Entity()
@Unique('question_course_id_key_key', ['courseId', 'key'])
@Index('question_course_id_id_idx', ['courseId', 'id'])
export class Question {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Course)
  courseId!: string;

  @Field(() => String, { description: 'Unique in the course, and the same in every version.' })
  @Column('text')
  key!: string;

  /** In lower case, sorted, each once. */
  @Field(() => [String], { description: 'In lower case, sorted, each once.' })
  @Column('text', { array: true, default: () => "'{}'" })
  tags!: string[];

  /** Kept for what asks it, and no longer offered. */
  @Field(() => DateTime, {
    nullable: true,
    description: 'Since when it is no longer offered; what asks it keeps it.',
  })
  @Column('timestamptz', { nullable: true })
  archivedAt!: Date | null;

  /** The words of the newest prompt in all languages. */
  @Column('text')
  searchText!: string;
}

/** A question as it was at a time. Never changed: attempts keep pointing at what was asked. */
@ObjectType({ description: 'A question as it was at a time, in all languages. It never changes.' })
@Entity()
@Unique('question_version_question_id_number_key', ['questionId', 'number'])
@Check(
  'question_version_kind_check',
  `kind IN ('SINGLE_CHOICE', 'MULTIPLE_CHOICE', 'TRUE_FALSE', 'SHORT_TEXT', 'NUMBER', 'MATCHING', 'ORDERING')`,
)
export class QuestionVersion {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Question)
  questionId!: string;

  @Field(() => Int, { description: 'From 1.' })
  @Column('int')
  number!: number;

  @Field(() => QuestionKindEnum)
  @Column('text')
  kind!: QuestionKind;

  @Field(() => JSONObject, {
    name: 'prompt',
    description: 'Block trees in the ProseMirror shape, by BCP 47 tag.',
  })
  @Column('jsonb')
  prompts!: Record<string, BlockDocument>;

  @Field(() => [QuestionVersionOption], { description: "In the author's order." })
  @Column('jsonb')
  options!: QuestionOption[];

  @Field(() => JSONObject, { name: 'explanation', nullable: true, description: 'By BCP 47 tag.' })
  @Column('jsonb', { nullable: true })
  explanations!: Localized | null;

  /** SHA-256, in hexadecimal, of the canonical content: an unchanged question gets no new version. */
  @Column('text')
  contentHash!: string;

  @Field(() => DateTime)
  @Column('timestamptz')
  createdAt!: Date;

  /** Null when an import made it. */
  @Column('uuid', { nullable: true })
  @ForeignKey(() => Person)
  createdBy!: string | null;
}

/** A question's place in a quiz. */
@Entity()
@Unique('quiz_question_lesson_id_position_key', ['lessonId', 'position'])
export class QuizQuestion {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Lesson, { onDelete: 'CASCADE' })
  lessonId!: string;

  @Index('quiz_question_question_version_id_idx')
  @PrimaryColumn('uuid')
  @ForeignKey(() => QuestionVersion)
  questionVersionId!: string;

  @Column('int')
  position!: number;

  /** Index of the pool that it may be drawn from; null when everybody is asked. */
  @Column('int', { nullable: true })
  pool!: number | null;
}
