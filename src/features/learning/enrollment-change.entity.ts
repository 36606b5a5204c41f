import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';

/** `MOVED`: the learner goes on in the version. `OFFERED`: they completed an earlier one, and may do what is new. */
export const ENROLLMENT_CHANGE_KINDS = ['MOVED', 'OFFERED'] as const;
export type EnrollmentChangeKind = (typeof ENROLLMENT_CHANGE_KINDS)[number];

/** What publishing a version changed for one learner. Kept for ever; told until they have seen it. */
@Entity()
@Check('enrollment_change_kind_check', `kind IN ('MOVED', 'OFFERED')`)
@Index('enrollment_change_unseen_idx', ['enrollmentId'], { where: 'seen_at IS NULL' })
export class EnrollmentChange {
  @PrimaryColumn('uuid')
  @ForeignKey(() => Enrollment)
  enrollmentId!: string;

  /** The new one. */
  @PrimaryColumn('uuid')
  @ForeignKey(() => CourseVersion)
  versionId!: string;

  @Column('uuid')
  @ForeignKey(() => CourseVersion)
  fromVersionId!: string;

  @Column('text')
  kind!: EnrollmentChangeKind;

  /** Lessons that the version before did not have. */
  @Column('text', { array: true })
  addedKeys!: string[];

  /** Lessons whose texts, minutes, questions or whose being required differ. */
  @Column('text', { array: true })
  changedKeys!: string[];

  /** Lessons that are no longer there. */
  @Column('text', { array: true })
  removedKeys!: string[];

  /** Lessons done before that count in the new version. */
  @Column('int')
  keptCount!: number;

  @Column('timestamptz')
  occurredAt!: Date;

  /** When the learner said that they read it; of an offer also when a newer one took its place. */
  @Column('timestamptz', { nullable: true })
  seenAt!: Date | null;
}
