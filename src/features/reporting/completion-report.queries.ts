import type { Tx } from '../../platform/database/database.js';
import type { FunnelStage } from './completion-report.rules.js';
import { JUDGED, scopeParameters } from './report-scope.queries.js';
import type { ReportScope } from './report-scope.rules.js';

/** Counts of enrollments, for one course and region, or for all of the scope where both are null. */
export interface ReportCounts {
  isTotal: boolean;
  courseId: string | null;
  regionCode: string | null;
  enrolled: number;
  enrolledCompleted: number;
  started: number;
  startedCompleted: number;
  matured: number;
  maturedCompleted: number;
  quarter: number;
  half: number;
  threeQuarters: number;
  completed: number;
  badge: number;
}

/** Whether a row of {@link JUDGED} reached a stage: what is counted is also who is listed. */
export const REACHED: Record<FunnelStage, string> = {
  ENROLLED: 'true',
  STARTED: 'done_lessons > 0',
  QUARTER_DONE: 'done_lessons * 4 >= required_lessons',
  HALF_DONE: 'done_lessons * 2 >= required_lessons',
  THREE_QUARTERS_DONE: 'done_lessons * 4 >= required_lessons * 3',
  COMPLETED: 'occurred_at IS NOT NULL',
  BADGE: 'has_badge',
};

/**
 * Counts the enrollments of a scope, by course and region and in all, in one statement.
 * @param horizonDays within which a completion counts for the rates.
 */
export async function countCompletions(
  tx: Tx,
  scope: ReportScope,
  horizonDays: number,
): Promise<ReportCounts[]> {
  return tx.query(
    `WITH ${JUDGED}, timed AS (
       SELECT judged.*, coalesce(occurred_at <= enrolled_at + make_interval(hours => 24 * $8), false) AS in_time,
              enrolled_at <= $7::timestamptz - make_interval(hours => 24 * $8) AS is_mature
         FROM judged
     )
     SELECT grouping(course_id) = 1 AS "isTotal", course_id AS "courseId", region_code AS "regionCode",
            count(*) FILTER (WHERE ${REACHED.ENROLLED})::int AS enrolled,
            count(*) FILTER (WHERE in_time)::int AS "enrolledCompleted",
            count(*) FILTER (WHERE ${REACHED.STARTED})::int AS started,
            count(*) FILTER (WHERE ${REACHED.STARTED} AND in_time)::int AS "startedCompleted",
            count(*) FILTER (WHERE is_mature)::int AS matured,
            count(*) FILTER (WHERE is_mature AND in_time)::int AS "maturedCompleted",
            count(*) FILTER (WHERE ${REACHED.QUARTER_DONE})::int AS quarter,
            count(*) FILTER (WHERE ${REACHED.HALF_DONE})::int AS half,
            count(*) FILTER (WHERE ${REACHED.THREE_QUARTERS_DONE})::int AS "threeQuarters",
            count(*) FILTER (WHERE ${REACHED.COMPLETED})::int AS completed,
            count(*) FILTER (WHERE ${REACHED.BADGE})::int AS badge
       FROM timed GROUP BY GROUPING SETS ((course_id, region_code), ())
      ORDER BY "isTotal" DESC, course_id, region_code`,
    [...scopeParameters(scope), horizonDays],
  );
}

/** The regions that occur in a scope, by code. */
export async function findRegionCodes(tx: Tx, scope: ReportScope): Promise<string[]> {
  const rows: { code: string }[] = await tx.query(
    `WITH ${JUDGED} SELECT DISTINCT region_code AS code FROM judged ORDER BY code`,
    scopeParameters(scope),
  );
  return rows.map(({ code }) => code);
}
