import type { Tx } from '../../platform/database/database.js';
import type { Course } from './course.entity.js';

/** A course as statements of ours give it: JSON has no dates. */
export type CourseRow = Omit<Course, 'prerequisites'> & {
  prerequisites: (Omit<Course, 'createdAt'> & { createdAt: string })[];
};

/** A column with the courses to complete before `course`, in the order in which they were added: no page asks for them apart. */
export const PREREQUISITES = `array_to_json(ARRAY(
  SELECT json_build_object('id', required.id, 'slug', required.slug, 'publishedVersionId', required.published_version_id,
                           'createdAt', required.created_at)
    FROM course_prerequisite needed JOIN course required ON required.id = needed.required_id
   WHERE needed.course_id = course.id ORDER BY needed.created_at, required.id))`;

export const courseOf = ({ prerequisites, ...course }: CourseRow): Course => ({
  ...course,
  prerequisites: prerequisites.map((each) => ({ ...each, createdAt: new Date(each.createdAt) })),
});

/** The courses to complete before each of these, in the order in which they were added. */
export async function findPrerequisites(
  tx: Tx,
  courseIds: readonly string[],
): Promise<Map<string, Course[]>> {
  const rows: Pick<CourseRow, 'id' | 'prerequisites'>[] = await tx.query(
    `SELECT course.id, ${PREREQUISITES} AS prerequisites FROM course WHERE course.id = ANY($1)`,
    [courseIds],
  );
  return new Map(rows.map((row) => [row.id, courseOf(row as CourseRow).prerequisites!]));
}

/**
 * Which courses are needed directly before which: for these courses and for all that is needed before them, however far off. Courses
 * that need none are left out.
 */
export async function findPrerequisiteIds(
  tx: Tx,
  courseIds: readonly string[],
): Promise<Map<string, string[]>> {
  const rows: { courseId: string; requiredIds: string[] }[] = await tx.query(
    `WITH RECURSIVE earlier (id) AS (
       SELECT unnest($1::uuid[])
       UNION
       SELECT needed.required_id FROM earlier JOIN course_prerequisite needed ON needed.course_id = earlier.id)
     SELECT needed.course_id AS "courseId", array_agg(needed.required_id ORDER BY needed.created_at, needed.required_id) AS "requiredIds"
       FROM earlier JOIN course_prerequisite needed ON needed.course_id = earlier.id GROUP BY needed.course_id`,
    [courseIds],
  );
  return new Map(rows.map(({ courseId, requiredIds }) => [courseId, requiredIds]));
}

/** Lets one prerequisite be added at a time, whatever the course; the trigger on the table takes the same lock. */
export async function lockPrerequisites(tx: Tx): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('course-prerequisite', 0))`);
}
