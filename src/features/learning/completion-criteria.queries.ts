import type { Tx } from '../../platform/database/database.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { CompletionCriteria, CompletionReevaluation } from './completion-criteria.entity.js';
import { FIRST_CRITERIA, type Criteria } from './completion.rules.js';

/** The criteria of a course that were decided, newest first; those it began with are not among them. */
export async function findDecidedCriteria(
  tx: Tx,
  courseIds: readonly string[],
): Promise<Map<string, CompletionCriteria[]>> {
  const rows = await tx
    .createQueryBuilder(CompletionCriteria, 'criteria')
    .where('criteria.course_id = ANY(:ids)', { ids: [...courseIds] })
    .orderBy('criteria.version', 'DESC')
    .getMany();
  const byCourse = new Map<string, CompletionCriteria[]>(courseIds.map((id) => [id, []]));
  for (const row of rows) byCourse.get(row.courseId)!.push(row);
  return byCourse;
}

/** The criteria in force. */
export async function findCriteriaInForce(tx: Tx, courseId: string): Promise<Criteria> {
  const newest = await tx.findOne(CompletionCriteria, { where: { courseId }, order: { version: 'DESC' } });
  if (!newest) return FIRST_CRITERIA;
  const { version, overallMinimumPercent, decidedAt } = newest;
  return { version, overallMinimumPercent, since: decidedAt };
}

/** The minimum that a version of a course's criteria asks for, in percent; null: none. */
export async function findMinimumPercent(tx: Tx, courseId: string, version: number): Promise<number | null> {
  if (version === FIRST_CRITERIA.version) return FIRST_CRITERIA.overallMinimumPercent;
  const criteria = await tx.findOneBy(CompletionCriteria, { courseId, version });
  return criteria?.overallMinimumPercent ?? null;
}

/** By the criteria that they judge by. */
export async function findReevaluations(
  tx: Tx,
  criteriaIds: readonly string[],
): Promise<Map<string, CompletionReevaluation>> {
  const rows = await tx
    .createQueryBuilder(CompletionReevaluation, 'reevaluation')
    .where('reevaluation.criteria_id = ANY(:ids)', { ids: [...criteriaIds] })
    .getMany();
  return new Map(rows.map((row) => [row.criteriaId, row]));
}

/** How many take a course now, and how many completed it in their newest cycle or an earlier one. */
export async function countByState(
  tx: Tx,
  courseId: string,
): Promise<{ inProgress: number; completed: number }> {
  const rows: { inProgress: number; completed: number }[] = await tx.query(
    `SELECT count(*) FILTER (WHERE state = 'ACTIVE')::int AS "inProgress",
            count(DISTINCT person_id) FILTER (WHERE state = 'COMPLETED')::int AS completed
       FROM enrollment WHERE course_id = $1`,
    [courseId],
  );
  return rows[0]!;
}

/**
 * The next who take a course, in the order of their enrollments.
 * @param options.after the enrollment before the first one; null to begin.
 * @param options.lock locks them. What happened to one while the lock was waited for is seen.
 */
export async function findActiveEnrollments(
  tx: Tx,
  courseId: string,
  { after, limit, lock = false }: { after: string | null; limit: number; lock?: boolean },
): Promise<Enrollment[]> {
  const query = tx
    .createQueryBuilder(Enrollment, 'enrollment')
    .where(`enrollment.course_id = :courseId AND enrollment.state = 'ACTIVE'`, { courseId })
    .andWhere('(CAST(:after AS uuid) IS NULL OR enrollment.id > :after)', { after })
    .orderBy('enrollment.id')
    .limit(limit);
  return (lock ? query.setLock('pessimistic_write') : query).getMany();
}
