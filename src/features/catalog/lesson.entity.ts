import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import type { Localized } from '../../platform/locale.js';
import type { BlockDocument } from './block-document.js';
import {
  LESSON_KINDS,
  type ActivityContent,
  type LessonKind,
  type PackageContent,
  type QuizSettings,
} from './course-content.js';
import { CourseVersion } from './course-version.entity.js';

export const LessonKindEnum = Object.fromEntries(LESSON_KINDS.map((kind) => [kind, kind]));
registerEnumType(LessonKindEnum, { name: 'LessonKind' });

/** What a learner may know of a quiz before starting it. */
@ObjectType({ description: 'What a learner may know of a quiz before starting it.' })
export class Quiz {
  @Field(() => Int, { description: 'Share of the points needed to pass, 1 to 100.' })
  passPercent!: number;

  @Field(() => Int)
  questionCount!: number;
}

/** A step of a course. Its key stays the same from version to version, so that work can be carried over. */
@ObjectType({ description: 'A step of a course version. Its key is the same in every version.' })
@Entity()
@Unique('lesson_version_id_key_key', ['versionId', 'key'])
@Unique('lesson_version_id_position_key', ['versionId', 'position'], { deferrable: 'INITIALLY DEFERRED' })
@Index('lesson_module_id_idx', ['moduleId'])
@Check('lesson_kind_check', `kind IN ('READING', 'VIDEO', 'QUIZ', 'ACTIVITY', 'PACKAGE')`)
@Check('lesson_quiz_check', `(kind = 'QUIZ') = (quiz_pass_percent IS NOT NULL)`)
@Check('lesson_activity_check', `(kind = 'ACTIVITY') = (activity IS NOT NULL)`)
@Check('lesson_package_check', `(kind = 'PACKAGE') = (package IS NOT NULL)`)
@Check('lesson_estimated_minutes_check', 'estimated_minutes BETWEEN 1 AND 600')
export class Lesson {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => CourseVersion, { onDelete: 'CASCADE' })
  versionId!: string;

  @Column('uuid')
  @ForeignKey(() => CourseModule, { onDelete: 'CASCADE' })
  moduleId!: string;

  @Field(() => String)
  @Column('text')
  key!: string;

  /** In the whole version, from 0. */
  @Column('int')
  position!: number;

  @Field(() => LessonKindEnum)
  @Column('text')
  kind!: LessonKind;

  @Field(() => Boolean, { description: 'Whether the course cannot be completed without it.' })
  @Column('boolean')
  required!: boolean;

  @Field(() => Int)
  @Column('int')
  estimatedMinutes!: number;

  @Column('jsonb')
  titles!: Localized;

  /** Null for a quiz. Not part of the outline: read when the lesson is opened. */
  @Column('jsonb', { nullable: true, select: false })
  bodies!: Record<string, BlockDocument> | null;

  @Column('int', { nullable: true })
  quizPassPercent!: number | null;

  /** Those that differ from the usual; null when none does. */
  @Column('jsonb', { nullable: true })
  quizSettings!: Partial<QuizSettings> | null;

  /** What is drawn at random; its questions are those of `quiz_question` with the pool's index. Null when nothing is. */
  @Column('jsonb', { nullable: true })
  quizPools!: { tag: string; count: number }[] | null;

  @Column('jsonb', { nullable: true })
  activity!: ActivityContent | null;

  @Column('jsonb', { nullable: true })
  package!: PackageContent | null;

  @Field(() => Int, { description: 'From 1; one more each time the lesson is saved.' })
  @Column('int', { default: 1 })
  revision!: number;

  /** In the language of the outline that it was read from. */
  @Field(() => String)
  title!: string;

  @Field(() => Quiz, { nullable: true })
  quiz?: Quiz | null;
}

/** A chapter of a course version. */
@ObjectType('Module', { description: 'A chapter of a course version.' })
@Entity()
@Unique('course_module_version_id_key_key', ['versionId', 'key'])
@Unique('course_module_version_id_position_key', ['versionId', 'position'], {
  deferrable: 'INITIALLY DEFERRED',
})
export class CourseModule {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => CourseVersion, { onDelete: 'CASCADE' })
  versionId!: string;

  @Field(() => String)
  @Column('text')
  key!: string;

  @Column('int')
  position!: number;

  @Column('jsonb')
  titles!: Localized;

  @Column('jsonb')
  summaries!: Localized;

  @Field(() => String)
  title!: string;

  @Field(() => String)
  summary!: string;

  @Field(() => [Lesson])
  lessons!: Lesson[];
}
