import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Person } from '../identity/person.entity.js';
import type { BlockDocument } from '../catalog/block-document.js';
import { Course } from '../catalog/course.entity.js';

export const LESSON_SAVE_KINDS = ['FOUND', 'SAVE', 'AUTOSAVE', 'RESTORE'] as const;
export type LessonSaveKind = (typeof LESSON_SAVE_KINDS)[number];
export const LessonSaveKindEnum = Object.fromEntries(LESSON_SAVE_KINDS.map((kind) => [kind, kind]));
registerEnumType(LessonSaveKindEnum, {
  name: 'LessonSaveKind',
  description: 'How a text came to be saved.',
  valuesMap: {
    FOUND: { description: 'It was there before the next save, from an import or an earlier time.' },
    SAVE: { description: 'Somebody pressed the button.' },
    AUTOSAVE: { description: 'While somebody was writing; what one person wrote within two minutes is one.' },
    RESTORE: { description: 'Somebody took an old save back.' },
  },
});

/**
 * What a lesson said in one language once it was saved. It belongs to the course and the lesson's key, so that it outlives the
 * versions. Append-only: a trigger lets nothing but an autosave grow, for two minutes.
 */
@ObjectType({
  description: 'What a lesson said in one language once it was saved. Nothing ever takes it away.',
})
@Entity()
@Index('lesson_save_lesson_idx', ['courseId', 'lessonKey', 'locale', 'id'])
@Check('lesson_save_kind_check', `kind IN ('FOUND', 'SAVE', 'AUTOSAVE', 'RESTORE')`)
@Check('lesson_save_saved_by_check', `(kind = 'FOUND') = (saved_by IS NULL)`)
export class LessonSave {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Course)
  courseId!: string;

  @Field(() => String, { description: 'The same in every version of the course.' })
  @Column('text')
  lessonKey!: string;

  @Field(() => String, { description: 'BCP 47 tag.' })
  @Column('text')
  locale!: string;

  @Field(() => LessonSaveKindEnum)
  @Column('text')
  kind!: LessonSaveKind;

  @Field(() => Int, { description: 'Of the version that was being written.' })
  @Column('int')
  versionNumber!: number;

  /** That the lesson had from then on in that version. */
  @Column('int')
  revision!: number;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  title!: string | null;

  /** Not read where saves are listed. Null for a quiz. */
  @Column('jsonb', { nullable: true, select: false })
  body!: BlockDocument | null;

  /** Of title and body. */
  @Column('text')
  contentHash!: string;

  /** {@link contentHash} of what the lesson said in the default language at that time; null for that language itself. */
  @Column('text', { nullable: true })
  sourceHash!: string | null;

  /** Null when nobody saved it: see FOUND. */
  @Column('uuid', { nullable: true })
  @ForeignKey(() => Person)
  savedBy!: string | null;

  /** When the first of the autosaves that it is made of was saved. */
  @Column('timestamptz')
  startedAt!: Date;

  @Field(() => DateTime)
  @Column('timestamptz')
  savedAt!: Date;
}
