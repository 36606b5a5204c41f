import { registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Localized } from '../../platform/locale.js';
import type { BlockDocument } from './block-document.js';
import { Course } from './course.entity.js';
import { Lesson } from './lesson.entity.js';

export const QUESTION_KINDS = ['SINGLE_CHOICE', 'MULTIPLE_CHOICE', 'TRUE_FALSE'] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];
export const QuestionKindEnum = Object.fromEntries(QUESTION_KINDS.map((kind) => [kind, kind]));
registerEnumType(QuestionKindEnum, { name: 'QuestionKind' });

/** One way to answer. Never sent to a browser as it is: it says which is right. */
export interface QuestionOption {
  /** Unique in the question and the same in each of its versions. */
  key: string;
  text: Localized;
  feedback: Localized | null;
  correct: boolean;
}

/** A question of a course's bank. */
@Entity()
@Unique('question_course_id_key_key', ['courseId', 'key'])
export class Question {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Course)
  courseId!: string;

  @Column('text')
  key!: string;
}

/** A question as it was at a time. Never changed: attempts keep pointing at what was asked. */
@Entity()
@Unique('question_version_question_id_number_key', ['questionId', 'number'])
@Check('question_version_kind_check', `kind IN ('SINGLE_CHOICE', 'MULTIPLE_CHOICE', 'TRUE_FALSE')`)
export class QuestionVersion {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Question)
  questionId!: string;

  /** From 1. */
  @Column('int')
  number!: number;

  @Column('text')
  kind!: QuestionKind;

  @Column('jsonb')
  prompts!: Record<string, BlockDocument>;

  @Column('jsonb')
  options!: QuestionOption[];

  @Column('jsonb', { nullable: true })
  explanations!: Localized | null;

  /** SHA-256, in hexadecimal, of the canonical content: an unchanged question gets no new version. */
  @Column('text')
  contentHash!: string;
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
}
