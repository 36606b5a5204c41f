import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import type { PackageValues } from './package-elements.rules.js';
import type { PackageStatus } from './package-result.rules.js';

/**
 * What a package reported in an enrollment: its run-time data, and what that comes down to. All of it is said by a program in the
 * learner's browser, as SCORM has it. By the lesson's key, so that it is carried into every version that has the lesson.
 */
@Entity()
@Check('package_record_status_check', `status IN ('INCOMPLETE', 'FAILED', 'COMPLETED', 'PASSED')`)
@Check('package_record_score_percent_check', 'score_percent BETWEEN 0 AND 100')
export class PackageRecord {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Enrollment)
  enrollmentId!: string;

  @PrimaryColumn('text')
  lessonKey!: string;

  /** SHA-256 of the package that the data is of: another one cannot read it. */
  @Column('text')
  file!: string;

  /** What it opens first: two items of one package have data of their own. */
  @Column('text')
  launch!: string;

  /** From 1; one more each time it is opened. Only the newest session writes its data. */
  @Column('int')
  session!: number;

  /** Of the last save of the session; what was sent before it and comes later is old. */
  @Column('int')
  sequence!: number;

  /** Whether the package ended its session itself. */
  @Column('boolean')
  isFinished!: boolean;

  @Column('jsonb')
  runtimeData!: PackageValues;

  @Column('text')
  status!: PackageStatus;

  /** The best one; null when it gave none. */
  @Column('int', { nullable: true })
  scorePercent!: number | null;

  /** Of all sessions before this one, in seconds. */
  @Column('int')
  totalSeconds!: number;

  @Column('timestamptz')
  openedAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;
}
