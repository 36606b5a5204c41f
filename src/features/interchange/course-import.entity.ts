import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Person } from '../identity/person.entity.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { Course } from '../catalog/course.entity.js';
import type { ImportProblem, Sentence } from '../formats/import/import-problems.js';
import type { ImportSummary } from '../formats/import/read-source.js';

export const IMPORT_STATES = [
  'UPLOADED',
  'READING',
  'READY',
  'FAILED',
  'APPLYING',
  'APPLIED',
  'CANCELED',
] as const;
export type ImportState = (typeof IMPORT_STATES)[number];
export const ImportStateEnum = Object.fromEntries(IMPORT_STATES.map((state) => [state, state]));
registerEnumType(ImportStateEnum, {
  name: 'CourseImportState',
  valuesMap: {
    UPLOADED: { description: 'Waits to be read.' },
    READING: { description: 'Is being read. Nothing is changed by it.' },
    READY: { description: 'Read: the report says what would be taken over.' },
    FAILED: { description: 'Nothing was or will be changed; `failure` says why.' },
    APPLYING: { description: 'Is being taken over.' },
    APPLIED: { description: 'Is in the course’s draft, all of it.' },
    CANCELED: { description: 'Given up. Nothing was changed.' },
  },
});

export const IMPORT_STEPS = ['UNPACKING', 'READING', 'WRITING'] as const;
export type ImportStep = (typeof IMPORT_STEPS)[number];
export const ImportStepEnum = Object.fromEntries(IMPORT_STEPS.map((step) => [step, step]));
registerEnumType(ImportStepEnum, {
  name: 'CourseImportStep',
  description: 'What is being done with a file.',
});

/** A quiz to make of the questions that an import brings for the bank. */
export interface QuizChoice {
  /** Title of a module of the course, or of a new one at its end. */
  moduleTitle: string;
  lessonTitle: string;
}

/** A file that a trainer sent to be imported, and what became of it. */
@ObjectType('CourseImportJob', {
  description: 'A file that a trainer sent to be imported, and what became of it.',
})
@Entity()
@Index('course_import_person_id_idx', ['personId', 'id'])
@Index('course_import_has_upload_idx', ['createdAt'], { where: 'has_upload' })
@Check(
  'course_import_state_check',
  `state IN ('UPLOADED', 'READING', 'READY', 'FAILED', 'APPLYING', 'APPLIED', 'CANCELED')`,
)
@Check('course_import_step_check', `step IN ('UNPACKING', 'READING', 'WRITING')`)
@Check('course_import_progress_percent_check', 'progress_percent BETWEEN 0 AND 100')
@Check('course_import_summary_check', `state NOT IN ('READY', 'APPLYING', 'APPLIED') OR summary IS NOT NULL`)
export class CourseImport {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Person, { onDelete: 'CASCADE' })
  personId!: string;

  /** The course whose draft it goes into; null for one that does not exist yet. */
  @Column('uuid', { nullable: true })
  @ForeignKey(() => Course, { onDelete: 'CASCADE' })
  courseId!: string | null;

  @Field(() => String, { description: 'Of the course that it goes into.' })
  @Column('text')
  slug!: string;

  @Field(() => String, { description: 'BCP 47 tag, for a format that does not say in which language it is.' })
  @Column('text')
  locale!: string;

  @Field(() => String, { description: 'As the trainer calls it.' })
  @Column('text')
  fileName!: string;

  @Field(() => Int)
  @Column('int')
  bytes!: number;

  @Field(() => ImportStateEnum)
  @Column('text')
  state!: ImportState;

  @Field(() => ImportStepEnum, { nullable: true, description: 'While READING or APPLYING.' })
  @Column('text', { nullable: true })
  step!: ImportStep | null;

  @Field(() => Int, { description: 'Of the reading, or of the applying, 0 to 100.' })
  @Column('int', { default: 0 })
  progressPercent!: number;

  @Field(() => String, {
    nullable: true,
    description:
      'That it was recognized as, such as MARKDOWN. Null until it is read, and when it is none that is known.',
  })
  @Column('text', { nullable: true })
  format!: string | null;

  @Column('jsonb', { nullable: true })
  summary!: ImportSummary | null;

  /** Up to thousands: read only where they are asked for. */
  @Column('jsonb', { nullable: true, select: false })
  problems?: ImportProblem[] | null;

  @Column('jsonb', { nullable: true })
  failure!: Sentence | null;

  @Column('jsonb', { nullable: true })
  quiz!: QuizChoice | null;

  /** Of the run that reads or applies it now: one that finds another here gives up. */
  @Column('uuid', { nullable: true })
  runId!: string | null;

  /** Runs of this reading, or of this applying, that began. */
  @Column('int', { default: 0 })
  tries!: number;

  /** The draft that it went into. */
  @Column('uuid', { nullable: true })
  @ForeignKey(() => CourseVersion, { onDelete: 'SET NULL' })
  versionId!: string | null;

  /** The file is still kept. */
  @Column('boolean', { default: true })
  hasUpload!: boolean;

  @Field(() => DateTime)
  @Column('timestamptz')
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When its state last changed.' })
  @Column('timestamptz')
  updatedAt!: Date;
}
