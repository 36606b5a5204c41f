import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Course } from '../catalog/course.entity.js';

/**
 * What a translation was made from, for titles, summaries and questions; a lesson's is in its saves. It belongs to the course and
 * to keys, so that it outlives the versions. Without a row a translation was never touched since it came together with its source.
 */
@Entity()
export class TranslationBasis {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Course, { onDelete: 'CASCADE' })
  courseId!: string;

  /** `course TITLE`, `module <key> SUMMARY`, `question <key>`. */
  @PrimaryColumn('text')
  subject!: string;

  /** BCP 47 tag. */
  @PrimaryColumn('text')
  locale!: string;

  /** Of the translation that is meant: it says nothing about any other. */
  @Column('text')
  contentHash!: string;

  /** Of what it was made from; null when there was no text in the default language. */
  @Column('text', { nullable: true })
  sourceHash!: string | null;
}
