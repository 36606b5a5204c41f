import { In } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import { Prepared } from '../../platform/database/prepared.js';
import { CourseVersion } from './course-version.entity.js';
import { Course, CourseTrainer, type TeamRole } from './course.entity.js';
import { CourseModule, Lesson } from './lesson.entity.js';
import { courseOf, PREREQUISITES, type CourseRow } from './prerequisite.queries.js';

const BY_SLUG = new Prepared<CourseRow>(
  'catalog.courses-by-slug',
  `SELECT id, slug, published_version_id AS "publishedVersionId", created_at AS "createdAt", ${PREREQUISITES} AS prerequisites
     FROM course WHERE slug = ANY($1)`,
);

/** In the order of the slugs, with their prerequisites. */
export async function findCoursesBySlug(tx: Tx, slugs: readonly string[]): Promise<(Course | null)[]> {
  const rows = await BY_SLUG.rows(tx, [slugs]);
  const bySlug = new Map(rows.map((row) => [row.slug, courseOf(row)]));
  return slugs.map((slug) => bySlug.get(slug) ?? null);
}

export async function findCourses(tx: Tx, ids: readonly string[]): Promise<Map<string, Course>> {
  const rows = await tx
    .createQueryBuilder(Course, 'course')
    .where('course.id = ANY(:ids)', { ids: [...ids] })
    .getMany();
  return new Map(rows.map((row) => [row.id, row]));
}

/** The courses a person works on, by slug. */
export async function findCoursesOfTrainer(tx: Tx, personId: string): Promise<Course[]> {
  return tx
    .createQueryBuilder(Course, 'course')
    .innerJoin('course_trainer', 'trainer', 'trainer.course_id = course.id')
    .where('trainer.person_id = :personId', { personId })
    .orderBy('course.slug')
    .getMany();
}

/** What the person is in each of these courses; courses that they do not work on are left out. */
export async function findTeamRoles(
  tx: Tx,
  personId: string,
  courseIds: readonly string[],
): Promise<Map<string, TeamRole>> {
  const rows: { course_id: string; role: TeamRole }[] = await tx.query(
    `SELECT course_id, role FROM course_trainer WHERE person_id = $1 AND course_id = ANY($2)`,
    [personId, courseIds],
  );
  return new Map(rows.map((row) => [row.course_id, row.role]));
}

/** Adds a course that has no version yet, and its author. @returns false when the slug is taken; nothing is added then. */
export async function insertCourse(
  tx: Tx,
  course: Pick<Course, 'id' | 'slug' | 'createdAt'>,
  authorId: string,
): Promise<boolean> {
  const result = await tx
    .createQueryBuilder()
    .insert()
    .into(Course)
    .values(course)
    .orIgnore()
    .returning('id')
    .execute();
  const isNew = (result.raw as unknown[]).length === 1;
  const { id: courseId, createdAt } = course;
  if (isNew) await tx.insert(CourseTrainer, { courseId, personId: authorId, createdAt });
  return isNew;
}

/** The draft of a course, if it has one. */
export async function findDraft(tx: Tx, courseId: string): Promise<CourseVersion | null> {
  return tx
    .createQueryBuilder(CourseVersion, 'version')
    .where({ courseId })
    .andWhere('published_at IS NULL')
    .getOne();
}

/** Addresses of courses that begin so. */
export async function takenSlugs(tx: Tx, start: string): Promise<Set<string>> {
  const rows: { slug: string }[] = await tx.query(`SELECT slug FROM course WHERE starts_with(slug, $1)`, [
    start,
  ]);
  return new Set(rows.map(({ slug }) => slug));
}

/** Takes a language with its texts out of a draft, in three statements. */
export async function forgetLocale(tx: Tx, versionId: string, locale: string): Promise<void> {
  await tx.query(
    `UPDATE course_version SET locales = array_remove(locales, $2), partial_locales = array_remove(partial_locales, $2),
            titles = titles - $2, summaries = summaries - $2, outcomes = outcomes - $2, descriptions = descriptions - $2,
            revision = revision + 1
      WHERE id = $1`,
    [versionId, locale],
  );
  await tx.query(
    `UPDATE course_module SET titles = titles - $2, summaries = summaries - $2
      WHERE version_id = $1 AND (titles ? $2 OR summaries ? $2)`,
    [versionId, locale],
  );
  await tx.query(
    `UPDATE lesson SET titles = titles - $2, bodies = bodies - $2
      WHERE version_id = $1 AND (titles ? $2 OR bodies ? $2)`,
    [versionId, locale],
  );
}

/**
 * A version, locked so that nobody edits it while it is published, nor publishes it while it is edited. Rows that only refer to it or
 * to its course may come in meanwhile (`FOR NO KEY UPDATE`): an edit holds the version and then adds such a row, while a publication
 * holds the course and waits for the version.
 */
export async function lockVersion(tx: Tx, versionId: string): Promise<CourseVersion | null> {
  return tx
    .createQueryBuilder(CourseVersion, 'version')
    .setLock('for_no_key_update')
    .where('version.id = :versionId', { versionId })
    .getOne();
}

/** A course, locked: drafts of one course are made one at a time. */
export async function lockCourse(tx: Tx, where: { id: string } | { slug: string }): Promise<Course | null> {
  return tx.createQueryBuilder(Course, 'course').setLock('for_no_key_update').where(where).getOne();
}

/** Lessons with their texts, by id. */
export async function findLessonsWithBodies(tx: Tx, ids: readonly string[]): Promise<Map<string, Lesson>> {
  const rows = await tx
    .createQueryBuilder(Lesson, 'lesson')
    .addSelect('lesson.bodies')
    .where('lesson.id = ANY(:ids)', { ids: [...ids] })
    .getMany();
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findVersions(
  tx: Tx,
  courseIds: readonly string[],
): Promise<Map<string, CourseVersion[]>> {
  const rows = await tx
    .createQueryBuilder(CourseVersion, 'version')
    .where('version.course_id = ANY(:ids)', { ids: [...courseIds] })
    .orderBy('version.number', 'DESC')
    .getMany();
  const byCourse = new Map<string, CourseVersion[]>(courseIds.map((id) => [id, []]));
  for (const row of rows) byCourse.get(row.courseId)!.push(row);
  return byCourse;
}

/** The rows that outlines are made of, for many versions at once, in four statements. */
export async function findOutlineRows(tx: Tx, versionIds: string[]) {
  const versions = await tx.findBy(CourseVersion, { id: In(versionIds) });
  const ofVersions = { where: { versionId: In(versionIds) }, order: { position: 'ASC' } } as const;
  const modules = await tx.find(CourseModule, ofVersions);
  const lessons = await tx.find(Lesson, ofVersions);
  const counts: { lesson_id: string; count: number }[] = await tx.query(
    `SELECT lesson_id, count(*)::int AS count FROM quiz_question WHERE lesson_id = ANY($1) AND pool IS NULL GROUP BY lesson_id`,
    [lessons.map((lesson) => lesson.id)],
  );
  return {
    versions,
    modules,
    lessons,
    questionCounts: new Map(counts.map((row) => [row.lesson_id, row.count])),
  };
}

/** Who works on these courses, in the order in which they came. */
export async function findTeams(tx: Tx, courseIds: readonly string[]): Promise<Map<string, CourseTrainer[]>> {
  const rows = await tx
    .createQueryBuilder(CourseTrainer, 'trainer')
    .where('trainer.course_id = ANY(:ids)', { ids: [...courseIds] })
    .orderBy({ 'trainer.created_at': 'ASC', 'trainer.person_id': 'ASC' })
    .getMany();
  const byCourse = new Map<string, CourseTrainer[]>(courseIds.map((id) => [id, []]));
  for (const row of rows) byCourse.get(row.courseId)!.push(row);
  return byCourse;
}
