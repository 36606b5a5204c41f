import { In } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { GrantCall } from '../grants/grant-call.entity.js';
import type { UnfinishedFacts } from './at-risk.rules.js';
import { REACHED } from './completion-report.queries.js';
import type { FunnelStage } from './completion-report.rules.js';
import { JUDGED, scopeParameters } from './report-scope.queries.js';
import type { ReportScope } from './report-scope.rules.js';

/** An enrollment of a program, and what the report knows of it. */
export interface LearnerRow {
  enrollmentId: string;
  /** NOT_STATED without a region. */
  regionCode: string;
}

/** Enrollments that reached a stage of the funnel, in the order they were made, after an id. */
export async function findInStage(
  tx: Tx,
  scope: ReportScope,
  stage: FunnelStage,
  { afterId, limit }: { afterId: string | null; limit: number },
): Promise<LearnerRow[]> {
  return tx.query(
    `WITH ${JUDGED} SELECT id AS "enrollmentId", region_code AS "regionCode" FROM judged
      WHERE ${REACHED[stage]} AND ($8::uuid IS NULL OR id > $8) ORDER BY id LIMIT $9`,
    [...scopeParameters(scope), afterId, limit],
  );
}

export type UnfinishedRow = LearnerRow & { courseId: string } & Omit<UnfinishedFacts, 'deadline'>;

/** Every active enrollment of a scope, with the facts that its risk is judged by. */
export async function findUnfinished(tx: Tx, scope: ReportScope): Promise<UnfinishedRow[]> {
  return tx.query(
    `WITH ${JUDGED}
     SELECT id AS "enrollmentId", course_id AS "courseId", region_code AS "regionCode", enrolled_at AS "enrolledAt",
            last_activity_at AS "lastActivityAt", required_lessons::int AS "requiredLessons",
            done_lessons::int AS "doneLessons", failed.quiz AS "failedQuiz"
       FROM judged
       LEFT JOIN LATERAL (
         SELECT jsonb_build_object('lessonKey', attempt.lesson_key, 'attempts', count(*)) AS quiz
           FROM quiz_attempt attempt
           JOIN lesson ON lesson.version_id = judged.version_id AND lesson.key = attempt.lesson_key AND lesson.required
          WHERE attempt.enrollment_id = judged.id AND attempt.state = 'GRADED' AND NOT attempt.passed
            AND NOT EXISTS (SELECT FROM lesson_completion done
                             WHERE done.enrollment_id = judged.id AND done.lesson_key = attempt.lesson_key)
          GROUP BY attempt.lesson_key ORDER BY count(*) DESC, attempt.lesson_key LIMIT 1) failed ON true
      WHERE state = 'ACTIVE' AND occurred_at IS NULL`,
    scopeParameters(scope),
  );
}

/** Enrollments by id. */
export async function findEnrollments(tx: Tx, ids: readonly string[]): Promise<Map<string, Enrollment>> {
  const rows = await tx.findBy(Enrollment, { id: In([...ids]) });
  return new Map(rows.map((row) => [row.id, row]));
}

/** The calls of a program, open or not. */
export function findCallsOf(tx: Tx, programId: string): Promise<GrantCall[]> {
  return tx.findBy(GrantCall, { programId });
}
