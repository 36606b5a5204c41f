import type { Tx } from '../../platform/database/database.js';
import { QuestionVersion } from '../catalog/question.entity.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { QuizAttempt } from './quiz-attempt.entity.js';
import { QuizRegrade, QuizScore } from './quiz-regrade.entity.js';
import type { ScoreChange } from './quiz-regrade.rules.js';
import { stillCounts } from './quiz.queries.js';

/** A version whose key was put in force. */
export type MendedVersion = QuestionVersion & { regradeId: string };

/** The versions of each question whose key was put in force by a regrade. */
export async function findMendedVersions(
  tx: Tx,
  questionIds: readonly string[],
): Promise<Map<string, MendedVersion[]>> {
  const { raw, entities } = await tx
    .createQueryBuilder(QuestionVersion, 'version')
    .innerJoin(QuizRegrade, 'regrade', 'regrade.question_version_id = version.id')
    .addSelect('regrade.id', 'regrade_id')
    .where('regrade.question_id = ANY(:ids)', { ids: [...questionIds] })
    .getRawAndEntities<{ version_id: string; regrade_id: string }>();
  const regradeIds = new Map(raw.map((row) => [row.version_id, row.regrade_id]));
  const byQuestion = new Map<string, MendedVersion[]>(questionIds.map((id) => [id, []]));
  for (const version of entities) {
    const regradeId = regradeIds.get(version.id)!;
    byQuestion.get(version.questionId)!.push(Object.assign(version, { regradeId }));
  }
  return byQuestion;
}

/** Of the lessons that ask a question, fixed or in a pool. */
export const ASKING = `attempt.lesson_id IN (
  SELECT placed.lesson_id FROM quiz_question placed JOIN question_version version ON version.id = placed.question_version_id
   WHERE version.question_id = $1::uuid)
  AND attempt.paper @> jsonb_build_array(jsonb_build_object('questionId', $1::uuid))`;

/** The next attempts that ask a question, in whatever state, in the order of their ids. @param after null to begin. */
export async function findAskingAttempts(
  tx: Tx,
  questionId: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<{ id: string; enrollmentId: string }[]> {
  return tx.query(
    `SELECT attempt.id, attempt.enrollment_id AS "enrollmentId" FROM quiz_attempt attempt
      WHERE ${ASKING} AND ($2::uuid IS NULL OR attempt.id > $2)
      ORDER BY attempt.id LIMIT $3`,
    [questionId, after, limit],
  );
}

/** Locks enrollments in the order of their ids, as whoever locks several does. */
export async function lockEnrollments(tx: Tx, ids: readonly string[]): Promise<Map<string, Enrollment>> {
  const rows = await tx
    .createQueryBuilder(Enrollment, 'enrollment')
    .setLock('pessimistic_write')
    .where('enrollment.id = ANY(:ids)', { ids: [...new Set(ids)] })
    .orderBy('enrollment.id')
    .getMany();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Those of these attempts that are graded. */
export async function findGradedAttempts(tx: Tx, ids: readonly string[]): Promise<QuizAttempt[]> {
  return tx
    .createQueryBuilder(QuizAttempt, 'attempt')
    .where(`attempt.id = ANY(:ids) AND attempt.state = 'GRADED'`, { ids: [...ids] })
    .orderBy('attempt.id')
    .getMany();
}

/** Which of these attempts a regrade was recorded for. */
export async function findRecorded(
  tx: Tx,
  regradeId: string,
  attemptIds: readonly string[],
): Promise<Set<string>> {
  const rows: { id: string }[] = await tx.query(
    `SELECT attempt_id AS id FROM quiz_score WHERE regrade_id = $1 AND attempt_id = ANY($2)`,
    [regradeId, attemptIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Records what a regrade makes of attempts and gives each its new score, in three statements however many they are. */
export async function saveScoreChanges(
  tx: Tx,
  regradeId: string,
  changes: readonly ScoreChange[],
  now: Date,
): Promise<void> {
  if (changes.length === 0) return;
  const rows = JSON.stringify(changes);
  const CHANGES = `jsonb_to_recordset($1::jsonb) AS change ("attemptId" uuid, "questionVersionId" uuid, "pointsBefore" int,
    "pointsAfter" int, "scoreBefore" int, "scoreAfter" int, effect text, passed boolean)`;
  await tx.query(
    `INSERT INTO quiz_score (attempt_id, regrade_id, points_before, points_after, score_before, score_after, effect, graded_at)
     SELECT "attemptId", $2, "pointsBefore", "pointsAfter", "scoreBefore", "scoreAfter", effect, $3 FROM ${CHANGES}`,
    [rows, regradeId, now],
  );
  await tx.query(
    `UPDATE quiz_attempt SET score = change."scoreAfter", passed = change.passed
       FROM ${CHANGES} WHERE quiz_attempt.id = change."attemptId"`,
    [rows],
  );
  await tx.query(
    `UPDATE quiz_answer SET score = change."pointsAfter" FROM ${CHANGES}
      WHERE quiz_answer.attempt_id = change."attemptId" AND quiz_answer.question_version_id = change."questionVersionId"`,
    [rows],
  );
}

/** The attempts that count for a learner in a quiz, oldest first. */
export interface QuizOfLearner {
  enrollmentId: string;
  lessonKey: string;
  attempts: QuizAttempt[];
}

/** For the quizzes and the enrollments of these attempts, all attempts that count there, those of earlier cycles too. */
export async function findQuizzesOf(tx: Tx, attemptIds: readonly string[]): Promise<QuizOfLearner[]> {
  const { raw, entities } = await tx
    .createQueryBuilder(QuizAttempt, 'attempt')
    .innerJoin('enrollment', 'enrollment', 'enrollment.id = attempt.enrollment_id')
    .innerJoin(
      'enrollment',
      'current',
      `current.person_id = enrollment.person_id AND current.course_id = enrollment.course_id
         AND current.cycle >= enrollment.cycle`,
    )
    .addSelect('current.id', 'current_id')
    .where(
      `(current.id, attempt.lesson_key) IN
         (SELECT one.enrollment_id, one.lesson_key FROM quiz_attempt one WHERE one.id = ANY(:ids))`,
      { ids: [...attemptIds] },
    )
    .andWhere(stillCounts('current.cycle'))
    .orderBy('enrollment.cycle')
    .addOrderBy('attempt.number')
    .getRawAndEntities<{ attempt_id: string; current_id: string }>();
  const byId = new Map(entities.map((attempt) => [attempt.id, attempt]));
  const quizzes = new Map<string, QuizOfLearner>();
  for (const row of raw) {
    const attempt = byId.get(row.attempt_id)!;
    const { lessonKey } = attempt;
    const key = `${row.current_id} ${lessonKey}`;
    const quiz = quizzes.get(key) ?? { enrollmentId: row.current_id, lessonKey, attempts: [] };
    quiz.attempts.push(attempt);
    quizzes.set(key, quiz);
  }
  return [...quizzes.values()];
}

/** A regrade of one attempt, as its learner reads it. */
export interface AttemptRegrade extends QuizScore {
  reason: string;
  questionId: string;
  /** Of the key. */
  questionVersionId: string;
}

/** What regrades made of each of these attempts, the newest first. */
export async function findRegradesOfAttempts(
  tx: Tx,
  attemptIds: readonly string[],
): Promise<Map<string, AttemptRegrade[]>> {
  const rows: AttemptRegrade[] = await tx.query(
    `SELECT score.attempt_id AS "attemptId", score.regrade_id AS "regradeId", points_before AS "pointsBefore",
            points_after AS "pointsAfter", score_before AS "scoreBefore", score_after AS "scoreAfter", effect,
            graded_at AS "gradedAt", regrade.reason, regrade.question_id AS "questionId",
            regrade.question_version_id AS "questionVersionId"
       FROM quiz_score score JOIN quiz_regrade regrade ON regrade.id = score.regrade_id
      WHERE score.attempt_id = ANY($1) ORDER BY score.graded_at DESC, regrade.requested_at DESC, regrade.id DESC`,
    [attemptIds],
  );
  const byAttempt = new Map<string, AttemptRegrade[]>(attemptIds.map((id) => [id, []]));
  for (const row of rows) byAttempt.get(row.attemptId)!.push(row);
  return byAttempt;
}
