import { MoreThan } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import { insertIfAbsent } from '../../platform/database/insert-if-absent.js';
import { Prepared } from '../../platform/database/prepared.js';
import type { Locale } from '../../platform/locale.js';
import { Enrollment } from './enrollment.entity.js';

/**
 * Adds an enrollment, unless the person has one for this course and cycle. The unique indexes decide, so fifty requests
 * at once make one.
 * @returns whether it was added.
 */
export function insertEnrollment(tx: Tx, enrollment: Enrollment): Promise<boolean> {
  return insertIfAbsent(tx, Enrollment, enrollment);
}

/**
 * Adds the first enrollments of people in a course, in one statement. Who has one already gets no other.
 * @returns the enrollment of each person who got one.
 */
export async function insertFirstEnrollments(
  tx: Tx,
  {
    courseId,
    versionId,
    cohortId,
    now,
  }: { courseId: string; versionId: string; cohortId: string; now: Date },
  people: readonly { id: string; personId: string; businessId: string | null }[],
): Promise<Map<string, string>> {
  const rows: { id: string; personId: string }[] = await tx.query(
    `INSERT INTO enrollment (id, person_id, course_id, version_id, business_id, cohort_id, cycle, state, enrolled_at, last_activity_at)
     SELECT id, person_id, $1, $2, business_id, $3, 1, 'ACTIVE', $4, $4
       FROM unnest($5::uuid[], $6::uuid[], $7::uuid[]) AS wanted (id, person_id, business_id)
     ON CONFLICT DO NOTHING RETURNING id, person_id AS "personId"`,
    [
      courseId,
      versionId,
      cohortId,
      now,
      people.map(({ id }) => id),
      people.map(({ personId }) => personId),
      people.map(({ businessId }) => businessId),
    ],
  );
  return new Map(rows.map(({ id, personId }) => [personId, id]));
}

/** Those of these people who have to complete another course before they may enter one. */
export async function findHeldUp(
  tx: Tx,
  personIds: readonly string[],
  courseId: string,
): Promise<Set<string>> {
  const rows: { personId: string }[] = await tx.query(
    `SELECT wanted.person_id AS "personId" FROM unnest($1::uuid[]) AS wanted (person_id)
      WHERE EXISTS (SELECT FROM course_prerequisite needed WHERE needed.course_id = $2
         AND NOT EXISTS (SELECT FROM enrollment WHERE person_id = wanted.person_id AND course_id = needed.required_id
                            AND state = 'COMPLETED'))`,
    [personIds, courseId],
  );
  return new Set(rows.map(({ personId }) => personId));
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

/**
 * The courses that a person has to complete before they may enter one, in the order in which its authors added them. A completion in
 * whatever cycle counts, unless it was reversed: the state of its enrollment says so.
 * @returns ids of their published versions.
 */
export async function findMissingPrerequisites(
  tx: Tx,
  personId: string,
  courseId: string,
): Promise<string[]> {
  const rows: { versionId: string }[] = await tx.query(
    `SELECT course.published_version_id AS "versionId"
       FROM course_prerequisite needed JOIN course ON course.id = needed.required_id
      WHERE needed.course_id = $2
        AND NOT EXISTS (SELECT FROM enrollment WHERE person_id = $1 AND course_id = course.id AND state = 'COMPLETED')
      ORDER BY needed.created_at, course.id`,
    [personId, courseId],
  );
  return rows.map(({ versionId }) => versionId);
}

/** Which of these courses a person completed, in whatever cycle, by a completion that was not reversed. */
export async function findCompletedCourseIds(
  tx: Tx,
  personId: string,
  courseIds: readonly string[],
): Promise<Set<string>> {
  const rows: { courseId: string }[] = await tx.query(
    `SELECT DISTINCT course_id AS "courseId" FROM enrollment
      WHERE person_id = $1 AND course_id = ANY($2) AND state = 'COMPLETED'`,
    [personId, courseIds],
  );
  return new Set(rows.map(({ courseId }) => courseId));
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
     last_activity_at AS "lastActivityAt", ended_at AS "endedAt", withdrawal_reason AS "withdrawalReason",
     withdrawal_note AS "withdrawalNote"`,
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

/** Locks an enrollment for what is no learning: the learner's activity stays as it was. */
export async function lockEnrollment(tx: Tx, id: string): Promise<Enrollment | null> {
  return tx.createQueryBuilder(Enrollment, 'enrollment').setLock('pessimistic_write').where({ id }).getOne();
}

export async function markCompleted(tx: Tx, id: string): Promise<void> {
  await tx.update(Enrollment, { id }, { state: 'COMPLETED' });
}

/** Makes an enrollment that was completed before one that is completed again, also where it was left or expired since. */
export async function markCompletedAgain(
  tx: Tx,
  { id, versionId }: Pick<Enrollment, 'id' | 'versionId'>,
): Promise<Partial<Enrollment>> {
  const changes = {
    state: 'COMPLETED' as const,
    versionId,
    endedAt: null,
    withdrawalReason: null,
    withdrawalNote: null,
  };
  await tx.update(Enrollment, { id }, changes);
  return changes;
}

/**
 * Takes the completion from an enrollment: it is in progress again; or over, where its learner has taken the course again since.
 * The caller holds the course's lock.
 */
export async function markUncompleted(
  tx: Tx,
  { id, personId, courseId, cycle }: Enrollment,
  now: Date,
): Promise<Partial<Enrollment>> {
  const isOver = await tx.existsBy(Enrollment, { personId, courseId, cycle: MoreThan(cycle) });
  const changes = isOver ? { state: 'EXPIRED' as const, endedAt: now } : { state: 'ACTIVE' as const };
  await tx.update(Enrollment, { id }, changes);
  return changes;
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

/**
 * Ends active enrollments of cohorts whose last day of learning is over in the cohort's own zone. Those that somebody works on
 * at this moment are left to the next round.
 * @returns the ids of those that ended, `limit` at most.
 */
export async function expireEnrollments(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const [rows] = await tx.query<[{ id: string }[], number]>(
    `UPDATE enrollment SET state = 'EXPIRED', ended_at = $1 WHERE id IN (
       SELECT enrollment.id FROM cohort JOIN enrollment ON enrollment.cohort_id = cohort.id AND enrollment.state = 'ACTIVE'
        WHERE ($1::timestamptz AT TIME ZONE cohort.time_zone)::date > cohort.learning_ends_on
        LIMIT $2 FOR UPDATE OF enrollment SKIP LOCKED)
     RETURNING id`,
    [now, limit],
  );
  return rows.map(({ id }) => id);
}

/** What the mail to a learner whose enrollment expired says. */
export interface ExpiredEnrollment {
  email: string;
  locale: Locale;
  versionId: string;
  courseSlug: string;
  cohort: string;
  endedAt: Date;
  /** IANA time zone of the cohort. */
  timeZone: string;
}

/** An expired enrollment by its id; null when it did not expire, or the learner is enrolled again. */
export async function findExpired(tx: Tx, id: string): Promise<ExpiredEnrollment | null> {
  const rows: ExpiredEnrollment[] = await tx.query(
    `SELECT person.email, person.locale, enrollment.version_id AS "versionId", course.slug AS "courseSlug",
            cohort.name AS cohort, enrollment.ended_at AS "endedAt", cohort.time_zone AS "timeZone"
       FROM enrollment JOIN person ON person.id = enrollment.person_id JOIN course ON course.id = enrollment.course_id
       JOIN cohort ON cohort.id = enrollment.cohort_id
      WHERE enrollment.id = $1 AND enrollment.state = 'EXPIRED'
        AND NOT EXISTS (SELECT 1 FROM enrollment newer WHERE newer.person_id = enrollment.person_id
                           AND newer.course_id = enrollment.course_id AND newer.cycle > enrollment.cycle)`,
    [id],
  );
  return rows[0] ?? null;
}
