import type { Tx } from '../../platform/database/database.js';
import { PackageRecord } from './package-record.entity.js';
import type { PackageStatus } from './package-result.rules.js';

export async function findPackageRecord(
  tx: Tx,
  enrollmentId: string,
  lessonKey: string,
): Promise<PackageRecord | null> {
  return tx.findOneBy(PackageRecord, { enrollmentId, lessonKey });
}

/** Writes a record, new or known. The caller holds the enrollment's lock. */
export async function savePackageRecord(tx: Tx, record: PackageRecord): Promise<void> {
  await tx.upsert(PackageRecord, record, ['enrollmentId', 'lessonKey']);
}

/** Where a learner stands in a package: in their newest enrollment in its course. */
export interface PackagePlace {
  enrollmentId: string;
  /** Null before it was opened, and so is the score where it gave none. */
  status: PackageStatus | null;
  scorePercent: number | null;
}

/** For each of these lessons whose course the person takes. */
export async function findPackagePlaces(
  tx: Tx,
  personId: string,
  lessonIds: readonly string[],
): Promise<Map<string, PackagePlace>> {
  const rows: (PackagePlace & { lessonId: string })[] = await tx.query(
    `SELECT DISTINCT ON (lesson.id) lesson.id AS "lessonId", enrollment.id AS "enrollmentId", record.status,
       record.score_percent AS "scorePercent"
       FROM lesson JOIN course_version version ON version.id = lesson.version_id
       JOIN enrollment ON enrollment.course_id = version.course_id AND enrollment.person_id = $1
       LEFT JOIN package_record record ON record.enrollment_id = enrollment.id AND record.lesson_key = lesson.key
      WHERE lesson.id = ANY($2) ORDER BY lesson.id, enrollment.cycle DESC`,
    [personId, lessonIds],
  );
  return new Map(rows.map(({ lessonId, ...place }) => [lessonId, place]));
}
