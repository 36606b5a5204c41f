import { MoreThan } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import { CohortCourse } from '../programs/program.entity.js';
import { CohortChange } from './cohort-change.entity.js';

/** How many people have a seat in each of these cohorts: they take a course in it, or completed one. */
export async function countSeatsTaken(tx: Tx, cohortIds: readonly string[]): Promise<Map<string, number>> {
  const rows: { id: string; taken: number }[] = await tx.query(
    `SELECT cohort_id AS id, count(DISTINCT person_id)::int AS taken FROM enrollment
      WHERE cohort_id = ANY($1) AND state IN ('ACTIVE', 'COMPLETED') GROUP BY cohort_id`,
    [cohortIds],
  );
  const taken = new Map(rows.map((row) => [row.id, row.taken]));
  return new Map(cohortIds.map((id) => [id, taken.get(id) ?? 0]));
}

/** Whether a person has a seat in a cohort already. */
export async function hasSeat(tx: Tx, cohortId: string, personId: string): Promise<boolean> {
  const rows: unknown[] = await tx.query(
    `SELECT 1 FROM enrollment WHERE cohort_id = $1 AND person_id = $2 AND state IN ('ACTIVE', 'COMPLETED') LIMIT 1`,
    [cohortId, personId],
  );
  return rows.length > 0;
}

/** The ids of the courses that a cohort chose to offer; null where all of its program's are. */
export async function findChosenIds(tx: Tx, cohortId: string): Promise<string[] | null> {
  const rows = await tx.findBy(CohortCourse, { cohortId });
  return rows.length === 0 ? null : rows.map(({ courseId }) => courseId);
}

/** What was changed of a cohort since a revision of it, in order. */
export async function findChangesSince(tx: Tx, cohortId: string, revision: number): Promise<CohortChange[]> {
  return tx.find(CohortChange, {
    where: { cohortId, revision: MoreThan(revision) },
    order: { revision: 'ASC' },
  });
}
