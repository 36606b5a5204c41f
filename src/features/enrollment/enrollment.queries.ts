import { MoreThan } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import { insertIfAbsent } from '../../platform/database/insert-if-absent.js';
import { Prepared } from '../../platform/database/prepared.js';
import { Enrollment } from './enrollment.entity.js';

/**
 * Adds an enrollment, unless the person has one for this course and cycle. The unique indexes decide, so fifty requests
 * at once make one.
 * @returns whether it was added.
 */
export function insertEnrollment(tx: Tx, enrollment: Enrollment): Promise<boolean> {
  return insertIfAbsent(tx, Enrollment, enrollment);
}

/** A person's newest enrollment in each of these courses. */
export async function findNewestEnrollments(
  tx: Tx,
  personId: string,
  courseIds: readonly string[],
): Promise<Map<string, Enrollment>> {
  const rows = await tx
    .createQueryBuilder(Enrollment, 'enrollment')
    .where('enrollment.person_id = :personId AND enrollment.course_id = ANY(:courseIds)', {
      personId,
      courseIds: [...courseIds],
    })
    .orderBy('enrollment.cycle')
    .getMany();
  return new Map(rows.map((row) => [row.courseId, row])); // the last one of a course wins
}

/** A person's enrollments, newest first. */
export async function findEnrollmentsOf(tx: Tx, personId: string): Promise<Enrollment[]> {
  return tx.find(Enrollment, { where: { personId }, order: { enrolledAt: 'DESC', id: 'DESC' } });
}

const TOUCH = new Prepared<Enrollment>(
  'enrollment-touch',
  `UPDATE enrollment SET last_activity_at = greatest(last_activity_at, $2) WHERE id = $1
   RETURNING id, person_id AS "personId", course_id AS "courseId", version_id AS "versionId",
     business_id AS "businessId", cohort_id AS "cohortId", cycle, state, enrolled_at AS "enrolledAt",
     last_activity_at AS "lastActivityAt"`,
);

/**
 * Notes that the learner was active, and locks the row until the transaction ends: the serialization point of one
 * learner's course. One statement does both.
 * @returns null when there is no such enrollment.
 */
export async function touchEnrollment(tx: Tx, id: string, at: Date): Promise<Enrollment | null> {
  const [row] = await TOUCH.rows(tx, [id, at]);
  return row ? tx.create(Enrollment, row) : null;
}

/** Locks an enrollment for work that its learner did not do: their activity stays as it was. */
export async function lockEnrollment(tx: Tx, id: string): Promise<Enrollment> {
  return tx
    .createQueryBuilder(Enrollment, 'enrollment')
    .setLock('pessimistic_write')
    .where({ id })
    .getOneOrFail();
}

export async function markCompleted(tx: Tx, id: string): Promise<void> {
  await tx.update(Enrollment, { id }, { state: 'COMPLETED' });
}

/** Makes an enrollment that was completed one in progress again, in the version that it has. */
export async function markActive(tx: Tx, id: string): Promise<void> {
  await tx.update(Enrollment, { id }, { state: 'ACTIVE' });
}

/** Whether the person took the course again after this enrollment. */
export function hasNewerEnrollment(tx: Tx, { personId, courseId, cycle }: Enrollment): Promise<boolean> {
  return tx.existsBy(Enrollment, { personId, courseId, cycle: MoreThan(cycle) });
}

/** Whether a person runs the program that an enrollment is in. One without a cohort is in none. */
export async function managesEnrollment(
  tx: Tx,
  personId: string,
  { cohortId }: Pick<Enrollment, 'cohortId'>,
): Promise<boolean> {
  if (cohortId === null) return false;
  const rows: object[] = await tx.query(
    `SELECT 1 FROM cohort JOIN program_manager manager ON manager.program_id = cohort.program_id
      WHERE cohort.id = $1 AND manager.person_id = $2`,
    [cohortId, personId],
  );
  return rows.length > 0;
}

/** The enrollments of each of these people, newest first. */
export async function findEnrollmentsOfPeople(
  tx: Tx,
  personIds: readonly string[],
): Promise<Map<string, Enrollment[]>> {
  const rows = await tx
    .createQueryBuilder(Enrollment, 'enrollment')
    .where('enrollment.person_id = ANY(:personIds)', { personIds: [...personIds] })
    .orderBy('enrollment.enrolled_at', 'DESC')
    .addOrderBy('enrollment.id', 'DESC')
    .getMany();
  const byPerson = new Map<string, Enrollment[]>(personIds.map((id) => [id, []]));
  for (const row of rows) byPerson.get(row.personId)!.push(row);
  return byPerson;
}
