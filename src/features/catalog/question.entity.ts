import { registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Localized } from '../../platform/locale.js';
import type { BlockDocument } from './block-document.js';
import { QUESTION_KINDS, type QuestionKind, type QuestionOption } from './course-content.js';
import { Course } from './course.entity.js';
import { Lesson } from './lesson.entity.js';

export const QuestionKindEnum = Object.fromEntries(QUESTION_KINDS.map((kind) => [kind, kind]));
registerEnumType(QuestionKindEnum, { name: 'QuestionKind' });

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

  /** In lower case, sorted, each once. */
  @Column('text', { array: true, default: () => "'{}'" })
  tags!: string[];

  /** Kept for what asks it, and no longer offered. */
  @Column('timestamptz', { nullable: true })
  archivedAt!: Date | null;
}

/** A question as it was at a time. Never changed: attempts keep pointing at what was asked. */
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

  /** Index of the pool that it may be drawn from; null when everybody is asked. */
  @Column('int', { nullable: true })
  pool!: number | null;
}
