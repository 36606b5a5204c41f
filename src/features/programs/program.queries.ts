import { In } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import type { Course } from '../catalog/course.entity.js';
import { findCourses } from '../catalog/course.queries.js';
import { Cohort, Program, ProgramCourse } from './program.entity.js';

/**
 * Cohorts that offer a course and take enrollments at an instant, each judged by the date in its own time zone.
 * @param cohortId only this one, if given.
 */
export async function findOpenCohorts(
  tx: Tx,
  courseId: string,
  at: Date,
  cohortId?: string,
): Promise<Cohort[]> {
  const query = tx
    .createQueryBuilder(Cohort, 'cohort')
    .innerJoin('program_course', 'offered', 'offered.program_id = cohort.program_id')
    .where('offered.course_id = :courseId', { courseId })
    .andWhere(
      '(:at::timestamptz AT TIME ZONE cohort.time_zone)::date BETWEEN cohort.starts_on AND cohort.ends_on',
      { at },
    )
    .orderBy('cohort.id');
  if (cohortId) query.andWhere('cohort.id = :cohortId', { cohortId });
  return query.getMany();
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
