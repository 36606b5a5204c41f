import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Person } from '../identity/person.entity.js';
import { Course } from '../catalog/course.entity.js';

/**
 * What somebody of the team says about a block of a lesson, or about the lesson. It belongs to the lesson's key, so that it is still
 * there in the next version.
 */
@ObjectType({ description: 'What somebody of the team says about a block of a lesson, or about the lesson.' })
@Entity()
@Index('lesson_comment_course_id_lesson_key_idx', ['courseId', 'lessonKey'])
@Check('lesson_comment_resolved_check', '(resolved_at IS NULL) = (resolved_by IS NULL)')
@Check('lesson_comment_reply_check', 'parent_id IS NULL OR resolved_at IS NULL')
export class LessonComment {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Course, { onDelete: 'CASCADE' })
  courseId!: string;

  @Column('text')
  lessonKey!: string;

  @Field(() => String, { description: 'BCP 47 tag of the text that it is about.' })
  @Column('text')
  locale!: string;

  /** Where the block was when the comment was written, from 0; null for a comment on the whole lesson. */
  @Column('int', { nullable: true })
  blockIndex!: number | null;

  @Field(() => String, {
    description: 'How the block began when the comment was written; empty for the whole lesson.',
  })
  @Column('text')
  excerpt!: string;

  /** Of a reply: what it answers, which is no reply itself. */
  @Column('uuid', { nullable: true })
  @ForeignKey('LessonComment', { onDelete: 'CASCADE' })
  parentId!: string | null;

  @Column('uuid')
  @ForeignKey(() => Person)
  authorId!: string;

  @Field(() => String)
  @Column('text')
  text!: string;

  @Field(() => DateTime)
  @Column('timestamptz')
  createdAt!: Date;

  @Field(() => DateTime, { nullable: true })
  @Column('timestamptz', { nullable: true })
  resolvedAt!: Date | null;

  @Column('uuid', { nullable: true })
  @ForeignKey(() => Person)
  resolvedBy!: string | null;

  /** In the text as it is now. */
  @Field(() => Int, {
    nullable: true,
    description: 'Where the block is now, from 0; null when it is no longer there, and for the whole lesson.',
  })
  block?: number | null;

  @Field(() => [LessonComment], { description: 'Oldest first; replies have none.' })
  replies?: LessonComment[];
}
