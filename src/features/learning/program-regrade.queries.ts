import type { Tx } from '../../platform/database/database.js';
import { QuizRegrade } from './quiz-regrade.entity.js';
import type { RegradeEffect } from './quiz-regrade.rules.js';

/** Of the attempts of a program: those of enrollments in its cohorts. */
const OF_PROGRAM = `
  JOIN quiz_attempt attempt ON attempt.id = score.attempt_id
  JOIN enrollment ON enrollment.id = attempt.enrollment_id
  JOIN cohort ON cohort.id = enrollment.cohort_id AND cohort.program_id = $1`;

/** A regrade that looked at attempts of a program, with the course that it is of. */
export type ProgramRegradeRow = QuizRegrade & { courseId: string };

/** The next regrades that looked at attempts of a program, the newest first. @param id only this one */
export async function findProgramRegrades(
  tx: Tx,
  programId: string,
  { before, limit, id = null }: { before: string | null; limit: number; id?: string | null },
): Promise<ProgramRegradeRow[]> {
  const found: { id: string; courseId: string }[] = await tx.query(
    `SELECT regrade.id, question.course_id AS "courseId"
       FROM quiz_regrade regrade JOIN question ON question.id = regrade.question_id
      WHERE ($2::uuid IS NULL OR regrade.id < $2) AND ($4::uuid IS NULL OR regrade.id = $4)
        AND EXISTS (SELECT FROM quiz_score score ${OF_PROGRAM} WHERE score.regrade_id = regrade.id)
      ORDER BY regrade.id DESC LIMIT $3`,
    [programId, before, limit, id],
  );
  const regrades = await tx
    .createQueryBuilder(QuizRegrade, 'regrade')
    .where('regrade.id = ANY(:ids)', { ids: found.map((each) => each.id) })
    .getMany();
  const byId = new Map(regrades.map((regrade) => [regrade.id, regrade]));
  return found.map(({ courseId, ...each }) => Object.assign(byId.get(each.id)!, { courseId }));
}

/** How many attempts of a program a regrade had each effect on. @param keys of program and regrade, with a space between them */
export async function countProgramEffects(
  tx: Tx,
  keys: readonly string[],
): Promise<Map<string, { effect: RegradeEffect; count: number }[]>> {
  const pairs = keys.map((key) => key.split(' '));
  const rows: { key: string; effect: RegradeEffect; count: number }[] = await tx.query(
    `SELECT wanted.program_id || ' ' || wanted.regrade_id AS key, score.effect, count(*)::int AS count
       FROM unnest($1::uuid[], $2::uuid[]) AS wanted (program_id, regrade_id)
       JOIN quiz_score score ON score.regrade_id = wanted.regrade_id
       JOIN quiz_attempt attempt ON attempt.id = score.attempt_id
       JOIN enrollment ON enrollment.id = attempt.enrollment_id
       JOIN cohort ON cohort.id = enrollment.cohort_id AND cohort.program_id = wanted.program_id
      GROUP BY wanted.program_id, wanted.regrade_id, score.effect`,
    [pairs.map(([programId]) => programId), pairs.map(([, regradeId]) => regradeId)],
  );
  const byKey = new Map<string, { effect: RegradeEffect; count: number }[]>(keys.map((key) => [key, []]));
  for (const { key, ...counted } of rows) byKey.get(key)!.push(counted);
  return byKey;
}

/** The next attempts of a program that a regrade looked at, by id. @param effect only with this one; null for all. */
export async function findProgramDifferences(
  tx: Tx,
  { programId, regradeId, effect }: { programId: string; regradeId: string; effect: RegradeEffect | null },
  { after, limit }: { after: string | null; limit: number },
): Promise<{ attemptId: string; scoreBefore: number; scoreAfter: number; effect: RegradeEffect }[]> {
  return tx.query(
    `SELECT score.attempt_id AS "attemptId", score.score_before AS "scoreBefore", score.score_after AS "scoreAfter", score.effect
       FROM quiz_score score ${OF_PROGRAM}
      WHERE score.regrade_id = $2 AND ($3::text IS NULL OR score.effect = $3) AND ($4::uuid IS NULL OR score.attempt_id > $4)
      ORDER BY score.attempt_id LIMIT $5`,
    [programId, regradeId, effect, after, limit],
  );
}
