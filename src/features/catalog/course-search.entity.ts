import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Course } from './course.entity.js';

/**
 * What the catalog searches in: the published version of a course in one of its languages. A trigger of `migrations/0030-course-search.ts`
 * writes it whenever another version is published; nothing else does.
 */
@Entity()
@Index('course_search_document_idx', ['document'], { type: 'gin' })
export class CourseSearch {
  /** BCP 47 tag. */
  @PrimaryColumn('text')
  locale!: string;

  @PrimaryColumn('uuid')
  @ForeignKey(() => Course, { onDelete: 'CASCADE' })
  courseId!: string;

  /** Whether this is the language that the others fall back to: true of one row of each course. */
  @Column('boolean')
  isDefault!: boolean;

  @Column('text', { array: true })
  topics!: string[];

  /** Of the required lessons. */
  @Column('int')
  minutes!: number;

  /** What excerpts are cut from, without typographic signs. */
  @Column('text')
  text!: string;

  /** Of the titles, the summary and the outcomes, in lower case: what a misspelled word is compared with. */
  @Column('text', { array: true })
  words!: string[];

  /** Weighed: title A, summary and outcomes B, modules and titles of lessons C, their texts D. */
  @Column('tsvector')
  document!: string;
}
