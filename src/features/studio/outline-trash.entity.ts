import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Person } from '../identity/person.entity.js';
import { CourseVersion } from '../catalog/course-version.entity.js';

/** Rows as `to_jsonb` wrote them: columns that are added later need no change here. */
export interface TrashedRows {
  /** Null where a lesson alone was deleted. */
  module: Record<string, unknown> | null;
  /** In order. */
  lessons: Record<string, unknown>[];
  /** Of `quiz_question`. */
  questions: Record<string, unknown>[];
}

/** A lesson, or a module with its lessons, that was deleted from a draft and may come back until the draft is published. */
@Entity()
export class OutlineTrash {
  /** That of the lesson or of the module. */
  @PrimaryColumn('uuid')
  id!: string;

  @Index('outline_trash_version_id_idx')
  @Column('uuid')
  @ForeignKey(() => CourseVersion, { onDelete: 'CASCADE' })
  versionId!: string;

  /** Where a lesson stood; null for a module. */
  @Column('uuid', { nullable: true })
  moduleId!: string | null;

  /** In its module, or among the modules, from 0. */
  @Column('int')
  position!: number;

  @Column('jsonb')
  content!: TrashedRows;

  @Column('timestamptz')
  deletedAt!: Date;

  @Column('uuid')
  @ForeignKey(() => Person)
  deletedBy!: string;
}
