import type { Tx } from '../../platform/database/database.js';
import { CompletionReversal, CourseCompletion, type SetAsideLesson } from './course-completion.entity.js';

/** A completion with its reversal, if it was reversed. */
export interface RecordedCompletion {
  completion: CourseCompletion;
  reversal: CompletionReversal | null;
}

/** Every completion of these enrollments, oldest first, those that were reversed included. */
export async function findCompletionHistory(
  tx: Tx,
  enrollmentIds: readonly string[],
): Promise<Map<string, RecordedCompletion[]>> {
  const completions = await tx
    .createQueryBuilder(CourseCompletion, 'completion')
    .where('completion.enrollment_id = ANY(:ids)', { ids: [...enrollmentIds] })
    .orderBy('completion.number')
    .getMany();
  const reversals = await tx
    .createQueryBuilder(CompletionReversal, 'reversal')
    .where('reversal.completion_id = ANY(:ids)', { ids: completions.map(({ id }) => id) })
    .getMany();
  const byCompletion = new Map(reversals.map((reversal) => [reversal.completionId, reversal]));
  const history = new Map<string, RecordedCompletion[]>(enrollmentIds.map((id) => [id, []]));
  for (const completion of completions) {
    const reversal = byCompletion.get(completion.id) ?? null;
    history.get(completion.enrollmentId)!.push({ completion, reversal });
  }
  return history;
}

/** The reversals by which these enrollments are in progress again; of those completed since, or never reversed, none. */
export async function findStandingReversals(
  tx: Tx,
  enrollmentIds: readonly string[],
): Promise<Map<string, CompletionReversal>> {
  const rows = await tx
    .createQueryBuilder(CompletionReversal, 'reversal')
    .innerJoin(CourseCompletion, 'completion', 'completion.id = reversal.completion_id')
    .addSelect('completion.enrollment_id', 'enrollment_id')
    .where('completion.enrollment_id = ANY(:ids)', { ids: [...enrollmentIds] })
    .andWhere('NOT EXISTS (SELECT FROM course_completion later WHERE later.replaces_id = completion.id)')
    .getRawAndEntities<{ enrollment_id: string }>();
  const raw = rows.raw as { enrollment_id: string }[];
  return new Map(rows.entities.map((reversal, index) => [raw[index]!.enrollment_id, reversal]));
}

/** Takes lessons out of what a learner did, and their ended attempts out of what counts. @returns the lessons. */
export async function setAsideWork(
  tx: Tx,
  enrollmentId: string,
  keys: readonly string[],
  at: Date,
): Promise<SetAsideLesson[]> {
  await tx.query(
    `UPDATE quiz_attempt SET set_aside_at = $3
      WHERE enrollment_id = $1 AND lesson_key = ANY($2) AND state <> 'IN_PROGRESS' AND set_aside_at IS NULL`,
    [enrollmentId, keys, at],
  );
  await tx.query(
    `UPDATE activity_submission SET set_aside_at = $3
      WHERE enrollment_id = $1 AND lesson_key = ANY($2) AND set_aside_at IS NULL`,
    [enrollmentId, keys, at],
  );
  const rows: (Omit<SetAsideLesson, 'completedAt' | 'claimedAt'> & {
    completedAt: Date;
    claimedAt: Date | null;
  })[] = await tx.query(
    `WITH removed AS (DELETE FROM lesson_completion WHERE enrollment_id = $1 AND lesson_key = ANY($2) RETURNING *)
     SELECT lesson_key AS "lessonKey", lesson_id AS "lessonId", completed_at AS "completedAt",
            claimed_at AS "claimedAt", attempt_id AS "attemptId" FROM removed`,
    [enrollmentId, keys],
  );
  return rows.map((row) => ({
    ...row,
    completedAt: row.completedAt.toISOString(),
    claimedAt: row.claimedAt?.toISOString() ?? null,
  }));
}

/** Counts again what a reversal set aside, as it was; what was done anew meanwhile gives way to it. */
export async function putBackWork(
  tx: Tx,
  enrollmentId: string,
  { setAside, askedKeys, reversedAt }: CompletionReversal,
  now: Date,
): Promise<void> {
  const before: { id: string }[] = await tx.query(
    `SELECT id FROM activity_submission WHERE enrollment_id = $1 AND lesson_key = ANY($2) AND set_aside_at = $3`,
    [enrollmentId, askedKeys, reversedAt],
  );
  if (before.length > 0) {
    await tx.query(
      `UPDATE activity_submission SET set_aside_at = $3
        WHERE enrollment_id = $1 AND lesson_key = ANY($2) AND set_aside_at IS NULL`,
      [enrollmentId, askedKeys, now],
    );
    await tx.query(`UPDATE activity_submission SET set_aside_at = NULL WHERE id = ANY($1)`, [
      before.map(({ id }) => id),
    ]);
  }
  await tx.query(
    `UPDATE quiz_attempt SET set_aside_at = NULL WHERE enrollment_id = $1 AND set_aside_at = $2`,
    [enrollmentId, reversedAt],
  );
  await tx.query(
    `INSERT INTO lesson_completion (enrollment_id, lesson_key, lesson_id, completed_at, claimed_at, attempt_id)
     SELECT $1, done."lessonKey", done."lessonId", done."completedAt", done."claimedAt", done."attemptId"
       FROM jsonb_to_recordset($2::jsonb) AS done ("lessonKey" text, "lessonId" uuid, "completedAt" timestamptz,
                                                   "claimedAt" timestamptz, "attemptId" uuid)
     ON CONFLICT (enrollment_id, lesson_key) DO UPDATE SET lesson_id = excluded.lesson_id,
       completed_at = excluded.completed_at, claimed_at = excluded.claimed_at, attempt_id = excluded.attempt_id`,
    [enrollmentId, JSON.stringify(setAside)],
  );
}
