import type { Tx } from '../../platform/database/database.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { EnrollmentChange } from './enrollment-change.entity.js';

/** A lesson of any published version of a course, by its id. */
export async function findLessonOfCourse(
  tx: Tx,
  lessonId: string,
  courseId: string,
): Promise<{ key: string; versionId: string; versionNumber: number } | undefined> {
  const rows: { key: string; versionId: string; versionNumber: number }[] = await tx.query(
    `SELECT lesson.key, lesson.version_id AS "versionId", version.number AS "versionNumber" FROM lesson
       JOIN course_version version ON version.id = lesson.version_id
      WHERE lesson.id = $1 AND version.course_id = $2 AND version.published_at IS NOT NULL`,
    [lessonId, courseId],
  );
  return rows[0];
}

/**
 * Locks the next learners of earlier versions than this one, in the order of their enrollments: those in progress, and where
 * asked for those whose newest enrollment is completed. What happened to one while the lock was waited for is seen.
 * @param after the enrollment before the first one; null to begin.
 */
export async function lockEarlierEnrollments(
  tx: Tx,
  version: { id: string; courseId: string; number: number },
  { after, completed, limit }: { after: string | null; completed: boolean; limit: number },
): Promise<Enrollment[]> {
  return tx
    .createQueryBuilder(Enrollment, 'enrollment')
    .setLock('pessimistic_write')
    .where('enrollment.course_id = :courseId AND enrollment.state = ANY(:states)', {
      courseId: version.courseId,
      states: completed ? ['ACTIVE', 'COMPLETED'] : ['ACTIVE'],
    })
    .andWhere('(CAST(:after AS uuid) IS NULL OR enrollment.id > :after)', { after })
    .andWhere(
      `enrollment.version_id IN (SELECT earlier.id FROM course_version earlier
                                  WHERE earlier.course_id = :courseId AND earlier.number < :number)`,
      { number: version.number },
    )
    .andWhere(
      `NOT EXISTS (SELECT 1 FROM enrollment newer WHERE newer.person_id = enrollment.person_id
                      AND newer.course_id = enrollment.course_id AND newer.cycle > enrollment.cycle)`,
    )
    .orderBy('enrollment.id')
    .limit(limit)
    .getMany();
}

/** Pins enrollments to a version, in one statement. */
export async function pinToVersion(tx: Tx, ids: readonly string[], versionId: string): Promise<void> {
  await tx.query(`UPDATE enrollment SET version_id = $2 WHERE id = ANY($1)`, [ids, versionId]);
}

/** Keeps what changed for learners, in one statement; what is kept already stays as it is. A newer offer takes the place of one. */
export async function insertChanges(tx: Tx, changes: readonly EnrollmentChange[], now: Date): Promise<void> {
  if (changes.length === 0) return;
  await tx
    .createQueryBuilder()
    .insert()
    .into(EnrollmentChange)
    .values([...changes])
    .orIgnore()
    .execute();
  const offers = changes.filter(({ kind }) => kind === 'OFFERED');
  if (offers.length === 0) return;
  await tx.query(
    `UPDATE enrollment_change SET seen_at = $3
      WHERE enrollment_id = ANY($1) AND version_id <> $2 AND kind = 'OFFERED' AND seen_at IS NULL`,
    [offers.map(({ enrollmentId }) => enrollmentId), changes[0]!.versionId, now],
  );
}

/** What changed in these enrollments and was not seen yet, newest first. */
export async function findUnseenChanges(
  tx: Tx,
  enrollmentIds: readonly string[],
): Promise<Map<string, EnrollmentChange[]>> {
  const rows = await tx
    .createQueryBuilder(EnrollmentChange, 'change')
    .where('change.enrollment_id = ANY(:ids) AND change.seen_at IS NULL', { ids: [...enrollmentIds] })
    .orderBy('change.occurredAt', 'DESC')
    .addOrderBy('change.versionId', 'DESC')
    .getMany();
  const changes = new Map<string, EnrollmentChange[]>(enrollmentIds.map((id) => [id, []]));
  for (const row of rows) changes.get(row.enrollmentId)!.push(row);
  return changes;
}

/** What is new to those who completed an earlier version: the newest offer of each enrollment that has one. */
export async function findOffers(
  tx: Tx,
  enrollmentIds: readonly string[],
): Promise<Map<string, EnrollmentChange>> {
  const rows = await tx
    .createQueryBuilder(EnrollmentChange, 'change')
    .where(`change.enrollment_id = ANY(:ids) AND change.kind = 'OFFERED'`, { ids: [...enrollmentIds] })
    .orderBy('change.occurredAt')
    .addOrderBy('change.versionId')
    .getMany();
  return new Map(rows.map((row) => [row.enrollmentId, row])); // the last one of an enrollment wins
}

/** Notes that the learner read what changed. */
export async function markChangesSeen(tx: Tx, enrollmentId: string, now: Date): Promise<void> {
  await tx.query(
    `UPDATE enrollment_change SET seen_at = $2 WHERE enrollment_id = $1 AND seen_at IS NULL AND kind = 'MOVED'`,
    [enrollmentId, now],
  );
}
