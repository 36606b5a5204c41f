import type { Tx } from '../../platform/database/database.js';
import { Prepared } from '../../platform/database/prepared.js';
import { CourseCompletion } from './course-completion.entity.js';
import type { LessonCompletion } from './lesson-completion.entity.js';

/** Notes that a lesson was done. @returns false when it was done before: sending it twice is the same as once. */
export async function insertLessonCompletion(tx: Tx, completion: LessonCompletion): Promise<boolean> {
  const { enrollmentId, lessonKey, lessonId, completedAt, claimedAt, attemptId } = completion;
  const values = [enrollmentId, lessonKey, lessonId, completedAt, claimedAt, attemptId];
  return (await LESSON_DONE.rows(tx, values)).length === 1;
}

const LESSON_DONE = new Prepared<object>(
  'lesson-completion-insert',
  `INSERT INTO lesson_completion (enrollment_id, lesson_key, lesson_id, completed_at, claimed_at, attempt_id)
   VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING lesson_key`,
);

/**
 * Adds the completion fact: the first one, or the one that takes the place of a completion that was reversed.
 * @returns false when the enrollment has one that holds.
 */
export async function insertCourseCompletion(
  tx: Tx,
  completion: Omit<CourseCompletion, 'number' | 'replacesId'>,
): Promise<boolean> {
  const { id, enrollmentId, versionId, criteriaVersion, evidence, occurredAt, evaluatedAt } = completion;
  const rows: object[] = await tx.query(
    `INSERT INTO course_completion (id, enrollment_id, version_id, criteria_version, evidence, occurred_at, evaluated_at,
       number, replaces_id)
     SELECT $1, $2, $3, $4, $5, $6, $7, coalesce(last.number, 0) + 1, last.id
       FROM (VALUES (true)) one LEFT JOIN LATERAL (
         SELECT id, number FROM course_completion WHERE enrollment_id = $2 ORDER BY number DESC LIMIT 1) last ON true
      WHERE last.id IS NULL OR EXISTS (SELECT FROM completion_reversal WHERE completion_id = last.id)
     ON CONFLICT DO NOTHING RETURNING id`,
    [id, enrollmentId, versionId, criteriaVersion, JSON.stringify(evidence), occurredAt, evaluatedAt],
  );
  return rows.length === 1;
}

/** The completion that holds, of each of these enrollments that has one. */
export async function findCourseCompletions(
  tx: Tx,
  enrollmentIds: readonly string[],
): Promise<Map<string, CourseCompletion>> {
  const rows = await tx
    .createQueryBuilder(CourseCompletion, 'completion')
    .where('completion.enrollment_id = ANY(:ids)', { ids: [...enrollmentIds] })
    .andWhere(
      'NOT EXISTS (SELECT FROM completion_reversal reversal WHERE reversal.completion_id = completion.id)',
    )
    .getMany();
  return new Map(rows.map((row) => [row.enrollmentId, row]));
}

/** When a person completed each of these lessons in the cycle they are in, in whichever version that has them. */
export async function findCompletionTimes(
  tx: Tx,
  personId: string,
  lessonIds: readonly string[],
): Promise<Map<string, Date>> {
  const rows: { lessonId: string; completedAt: Date }[] = await tx.query(
    `SELECT lesson.id AS "lessonId", done.completed_at AS "completedAt"
       FROM lesson JOIN course_version version ON version.id = lesson.version_id
       JOIN enrollment ON enrollment.course_id = version.course_id AND enrollment.person_id = $1
       JOIN lesson_completion done ON done.enrollment_id = enrollment.id AND done.lesson_key = lesson.key
      WHERE lesson.id = ANY($2) AND enrollment.ended_at IS NULL
        AND NOT EXISTS (SELECT 1 FROM enrollment newer WHERE newer.person_id = enrollment.person_id
                           AND newer.course_id = enrollment.course_id AND newer.cycle > enrollment.cycle)`,
    [personId, lessonIds],
  );
  return new Map(rows.map((row) => [row.lessonId, row.completedAt]));
}

/** The version that each of these lessons belongs to. */
export async function findVersionIds(tx: Tx, lessonIds: readonly string[]): Promise<Map<string, string>> {
  const rows: { id: string; version_id: string }[] = await tx.query(
    `SELECT id, version_id FROM lesson WHERE id = ANY($1)`,
    [lessonIds],
  );
  return new Map(rows.map((row) => [row.id, row.version_id]));
}

/** How many people take something, and how many completed it; somebody may be both. */
export interface LearnerCounts {
  inProgress: number;
  completed: number;
}

/**
 * For each of these versions, the people who take an earlier version of its course, and those who completed one; somebody
 * may be both. Test accounts and people with a role are left out, as in reports. A version that nobody took before is not
 * in the map.
 */
export async function countEarlierLearners(
  tx: Tx,
  versionIds: readonly string[],
): Promise<Map<string, LearnerCounts>> {
  const rows: (LearnerCounts & { versionId: string })[] = await tx.query(
    `SELECT version.id AS "versionId",
            count(DISTINCT person.id) FILTER (WHERE enrollment.state = 'ACTIVE')::int AS "inProgress",
            count(DISTINCT person.id) FILTER (WHERE enrollment.state = 'COMPLETED')::int AS completed
       FROM course_version version
       JOIN course_version earlier ON earlier.course_id = version.course_id AND earlier.number < version.number
       JOIN enrollment ON enrollment.version_id = earlier.id
       JOIN person ON person.id = enrollment.person_id AND NOT person.is_test AND person.roles = '{}'
      WHERE version.id = ANY($1) GROUP BY version.id`,
    [versionIds],
  );
  return new Map(rows.map(({ versionId, ...learners }) => [versionId, learners]));
}

/** For each of these courses, its people by where they are; courses that nobody takes are not in the map. */
export async function countCourseLearners(
  tx: Tx,
  courseIds: readonly string[],
): Promise<Map<string, LearnerCounts>> {
  const rows: (LearnerCounts & { courseId: string })[] = await tx.query(
    `SELECT course_id AS "courseId",
            count(DISTINCT person.id) FILTER (WHERE enrollment.state = 'ACTIVE')::int AS "inProgress",
            count(DISTINCT person.id) FILTER (WHERE enrollment.state = 'COMPLETED')::int AS completed
       FROM enrollment
       JOIN person ON person.id = enrollment.person_id AND NOT person.is_test AND person.roles = '{}'
      WHERE course_id = ANY($1) GROUP BY course_id`,
    [courseIds],
  );
  return new Map(rows.map(({ courseId, ...learners }) => [courseId, learners]));
}
