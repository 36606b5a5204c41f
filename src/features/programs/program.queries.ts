import { In } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import type { Course } from '../catalog/course.entity.js';
import { findCourses } from '../catalog/course.queries.js';
import { Cohort, CohortCourse, Program, ProgramCourse } from './program.entity.js';

/** SQL: whether `cohort` offers a course: its program does, and it chose no others. */
const offers = (courseId: string): string => `
  EXISTS (SELECT 1 FROM program_course offered
           WHERE offered.program_id = cohort.program_id AND offered.course_id = ${courseId})
  AND (NOT EXISTS (SELECT 1 FROM cohort_course chosen WHERE chosen.cohort_id = cohort.id)
       OR EXISTS (SELECT 1 FROM cohort_course chosen
                   WHERE chosen.cohort_id = cohort.id AND chosen.course_id = ${courseId}))`;

/** The cohort, if it offers the course, whatever the day. */
export async function findCohortOffering(tx: Tx, cohortId: string, courseId: string): Promise<Cohort | null> {
  return tx
    .createQueryBuilder(Cohort, 'cohort')
    .where('cohort.id = :cohortId', { cohortId })
    .andWhere(offers(':courseId'), { courseId })
    .getOne();
}

/**
 * The cohorts that offer each of these courses and are not over, by their first day. Of those that ended within a day of the
 * instant some are among them: whether one is open is for {@link cohortPhase} to say, in its own zone.
 */
export async function findCohortsOffering(
  tx: Tx,
  courseIds: readonly string[],
  at: Date,
): Promise<Map<string, Cohort[]>> {
  const { entities, raw } = await tx
    .createQueryBuilder(Cohort, 'cohort')
    .innerJoin('course', 'course', 'course.id = ANY(:courseIds)', { courseIds: [...courseIds] })
    .where(offers('course.id'))
    // No clock on earth is more than a day from UTC.
    .andWhere("cohort.ends_on >= (:at::timestamptz AT TIME ZONE 'UTC')::date - 1", { at })
    .addSelect('course.id', 'asked_course_id')
    .orderBy('cohort.starts_on')
    .addOrderBy('cohort.id')
    .getRawAndEntities();
  const byId = new Map(entities.map((cohort) => [cohort.id, cohort]));
  const byCourse = new Map<string, Cohort[]>(courseIds.map((id) => [id, []]));
  for (const row of raw as { asked_course_id: string; cohort_id: string }[])
    byCourse.get(row.asked_course_id)!.push(byId.get(row.cohort_id)!);
  return byCourse;
}

/**
 * Locks a cohort. Those who change it, or take one of its last seats, come one after the other; `SHARED`, only who changes it
 * has to wait.
 */
export async function lockCohort(
  tx: Tx,
  id: string,
  how: 'ALONE' | 'SHARED' = 'ALONE',
): Promise<Cohort | null> {
  const lock = how === 'ALONE' ? 'pessimistic_write' : 'pessimistic_read';
  return tx.createQueryBuilder(Cohort, 'cohort').setLock(lock).where({ id }).getOne();
}

/** The courses that each of these cohorts chose to offer, by slug; empty where all of the program's are. */
export async function findChosenCourses(
  tx: Tx,
  cohortIds: readonly string[],
): Promise<Map<string, Course[]>> {
  const rows = await tx.findBy(CohortCourse, { cohortId: In([...cohortIds]) });
  const courses = await findCourses(
    tx,
    rows.map(({ courseId }) => courseId),
  );
  const byCohort = new Map<string, Course[]>(cohortIds.map((id) => [id, []]));
  for (const { cohortId, courseId } of rows) byCohort.get(cohortId)!.push(courses.get(courseId)!);
  for (const chosen of byCohort.values()) chosen.sort((a, b) => (a.slug < b.slug ? -1 : 1));
  return byCohort;
}

/** The programs that a person runs, by slug. */
export async function findProgramsOfManager(tx: Tx, personId: string): Promise<Program[]> {
  return tx
    .createQueryBuilder(Program, 'program')
    .innerJoin('program_manager', 'manager', 'manager.program_id = program.id')
    .where('manager.person_id = :personId', { personId })
    .orderBy('program.slug')
    .getMany();
}

/** The program at an address, if the person runs it. */
export async function findProgramOfManager(tx: Tx, personId: string, slug: string): Promise<Program | null> {
  return tx
    .createQueryBuilder(Program, 'program')
    .innerJoin('program_manager', 'manager', 'manager.program_id = program.id')
    .where('manager.person_id = :personId AND program.slug = :slug', { personId, slug })
    .getOne();
}

/** Which of these programs the person runs. */
export async function managedProgramIds(
  tx: Tx,
  personId: string,
  programIds: string[],
): Promise<Set<string>> {
  const rows: { program_id: string }[] = await tx.query(
    `SELECT program_id FROM program_manager WHERE person_id = $1 AND program_id = ANY($2)`,
    [personId, programIds],
  );
  return new Set(rows.map((row) => row.program_id));
}

/** Programs by id. */
export async function findPrograms(tx: Tx, ids: readonly string[]): Promise<Map<string, Program>> {
  const rows = await tx.findBy(Program, { id: In([...ids]) });
  return new Map(rows.map((row) => [row.id, row]));
}

/** Cohorts by id. */
export async function findCohorts(tx: Tx, ids: readonly string[]): Promise<Map<string, Cohort>> {
  const rows = await tx.findBy(Cohort, { id: In([...ids]) });
  return new Map(rows.map((row) => [row.id, row]));
}

export async function findCohortsOf(tx: Tx, programIds: readonly string[]): Promise<Map<string, Cohort[]>> {
  const rows = await tx
    .createQueryBuilder(Cohort, 'cohort')
    .where('cohort.program_id = ANY(:ids)', { ids: [...programIds] })
    .orderBy('cohort.starts_on')
    .addOrderBy('cohort.id')
    .getMany();
  const byProgram = new Map<string, Cohort[]>(programIds.map((id) => [id, []]));
  for (const row of rows) byProgram.get(row.programId)!.push(row);
  return byProgram;
}

/** The courses that each of these programs offers, by slug. */
export async function findCoursesOf(tx: Tx, programIds: readonly string[]): Promise<Map<string, Course[]>> {
  const offers = await tx.findBy(ProgramCourse, { programId: In([...programIds]) });
  const courses = await findCourses(
    tx,
    offers.map(({ courseId }) => courseId),
  );
  const byProgram = new Map<string, Course[]>(programIds.map((id) => [id, []]));
  for (const { programId, courseId } of offers) byProgram.get(programId)!.push(courses.get(courseId)!);
  for (const offered of byProgram.values()) offered.sort((a, b) => (a.slug < b.slug ? -1 : 1));
  return byProgram;
}

/** The program that a cohort is an intake of. */
export async function findProgramOfCohort(tx: Tx, cohortId: string): Promise<Program> {
  return tx
    .createQueryBuilder(Program, 'program')
    .innerJoin('cohort', 'cohort', 'cohort.program_id = program.id')
    .where('cohort.id = :cohortId', { cohortId })
    .getOneOrFail();
}

/** Whether a person runs a program that offers a course. */
export async function managesCourse(tx: Tx, personId: string, courseId: string): Promise<boolean> {
  const rows: object[] = await tx.query(
    `SELECT 1 FROM program_manager manager JOIN program_course offered ON offered.program_id = manager.program_id
      WHERE manager.person_id = $1 AND offered.course_id = $2 LIMIT 1`,
    [personId, courseId],
  );
  return rows.length > 0;
}
