import { In } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import type { Localized } from '../../platform/locale.js';
import { Question } from '../catalog/question.entity.js';
import { ASKING } from './quiz-regrade.queries.js';
import { QuizRegrade } from './quiz-regrade.entity.js';
import type { GradedAnswer, GradedFacts, PlacedVersions, RegradeEffect } from './quiz-regrade.rules.js';

/** Attempts that ask a question, in whatever state. */
export async function countAskingAttempts(tx: Tx, questionId: string): Promise<number> {
  const rows: { count: number }[] = await tx.query(
    `SELECT count(*)::int AS count FROM quiz_attempt attempt WHERE ${ASKING}`,
    [questionId],
  );
  return rows[0]!.count;
}

/** The questions of a course that have more than one version, the last changed first. */
export async function findQuestionsWithVersions(tx: Tx, courseId: string): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    `SELECT question.id FROM question JOIN question_version version ON version.question_id = question.id
      WHERE question.course_id = $1 GROUP BY question.id HAVING max(version.number) > 1
      ORDER BY max(version.created_at) DESC, question.id DESC`,
    [courseId],
  );
  return rows.map(({ id }) => id);
}

/** Which of these versions were asked in an attempt that has or may get a score. */
export async function findAskedVersions(tx: Tx, versionIds: readonly string[]): Promise<Set<string>> {
  const rows: { id: string }[] = await tx.query(
    `SELECT asked.id FROM unnest($1::uuid[]) AS asked (id)
      WHERE EXISTS (SELECT FROM quiz_question placed JOIN quiz_attempt attempt ON attempt.lesson_id = placed.lesson_id
                     WHERE placed.question_version_id = asked.id AND attempt.state <> 'ABANDONED'
                       AND attempt.paper @> jsonb_build_array(jsonb_build_object('questionVersionId', asked.id)))`,
    [versionIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** The regrades of each course, the newest first. */
export async function findRegradesOf(
  tx: Tx,
  courseIds: readonly string[],
): Promise<Map<string, QuizRegrade[]>> {
  const { raw, entities } = await tx
    .createQueryBuilder(QuizRegrade, 'regrade')
    .innerJoin('question', 'question', 'question.id = regrade.question_id')
    .addSelect('question.course_id', 'course_id')
    .where('question.course_id = ANY(:ids)', { ids: [...courseIds] })
    .orderBy('regrade.id', 'DESC')
    .getRawAndEntities<{ regrade_id: string; course_id: string }>();
  const courseOf = new Map(raw.map((row) => [row.regrade_id, row.course_id]));
  const byCourse = new Map<string, QuizRegrade[]>(courseIds.map((id) => [id, []]));
  for (const regrade of entities) byCourse.get(courseOf.get(regrade.id)!)!.push(regrade);
  return byCourse;
}

/** How many attempts each of these regrades had each effect on. */
export async function countEffects(
  tx: Tx,
  regradeIds: readonly string[],
): Promise<Map<string, { effect: RegradeEffect; count: number }[]>> {
  const rows: { regradeId: string; effect: RegradeEffect; count: number }[] = await tx.query(
    `SELECT regrade_id AS "regradeId", effect, count(*)::int AS count FROM quiz_score
      WHERE regrade_id = ANY($1) GROUP BY regrade_id, effect`,
    [regradeIds],
  );
  const byRegrade = new Map<string, { effect: RegradeEffect; count: number }[]>(
    regradeIds.map((id) => [id, []]),
  );
  for (const { regradeId, ...counted } of rows) byRegrade.get(regradeId)!.push(counted);
  return byRegrade;
}

/** Of an attempt, what a report of differences tells beside its scores. */
export interface AttemptFacts {
  attemptId: string;
  enrollmentId: string;
  personId: string;
  number: number;
  questionCount: number;
  submittedAt: Date;
  /** Of the quiz. */
  titles: Localized;
  /** Whether the course is completed. */
  isCompleted: boolean;
}

export async function findAttemptFacts(
  tx: Tx,
  attemptIds: readonly string[],
): Promise<Map<string, AttemptFacts>> {
  const rows: AttemptFacts[] = await tx.query(
    `SELECT attempt.id AS "attemptId", enrollment.id AS "enrollmentId", enrollment.person_id AS "personId", attempt.number,
            jsonb_array_length(attempt.paper) AS "questionCount", attempt.submitted_at AS "submittedAt", lesson.titles,
            EXISTS (SELECT FROM course_completion WHERE enrollment_id = enrollment.id) AS "isCompleted"
       FROM quiz_attempt attempt JOIN enrollment ON enrollment.id = attempt.enrollment_id
       JOIN lesson ON lesson.id = attempt.lesson_id
      WHERE attempt.id = ANY($1)`,
    [attemptIds],
  );
  return new Map(rows.map((row) => [row.attemptId, row]));
}

/** The next attempts that a regrade changed or looked at, by id. @param effect only with this one; null for all. */
export async function findDifferences(
  tx: Tx,
  regradeId: string,
  { effect, after, limit }: { effect: RegradeEffect | null; after: string | null; limit: number },
): Promise<{ attemptId: string; scoreBefore: number; scoreAfter: number; effect: RegradeEffect }[]> {
  return tx.query(
    `SELECT attempt_id AS "attemptId", score_before AS "scoreBefore", score_after AS "scoreAfter", effect
       FROM quiz_score
      WHERE regrade_id = $1 AND ($2::text IS NULL OR effect = $2) AND ($3::uuid IS NULL OR attempt_id > $3)
      ORDER BY attempt_id LIMIT $4`,
    [regradeId, effect, after, limit],
  );
}

/** These questions, in this order. */
export async function findQuestionsById(tx: Tx, ids: readonly string[]): Promise<Question[]> {
  const rows = await tx.findBy(Question, { id: In([...ids]) });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

/** Graded attempts that asked a question and are alike in all that decides what a key makes of them. */
export interface AlikeAttempts extends GradedFacts {
  placed: PlacedVersions;
  /** To the question; null: none was given. */
  answer: GradedAnswer | null;
  count: number;
  /** The first of them. */
  ids: string[];
}

/**
 * The graded attempts that asked a question, those alike together: of a choice there are few kinds, however many took the quiz.
 * One statement.
 * @param most ids of each kind, the first
 */
export async function findAlikeAttempts(tx: Tx, questionId: string, most: number): Promise<AlikeAttempts[]> {
  return tx.query(
    `SELECT jsonb_strip_nulls(jsonb_build_object('questionVersionId', asked, 'keyVersionId', key)) AS placed,
            CASE WHEN answered THEN jsonb_build_object('optionKeys', option_keys, 'text', text, 'pairs', pairs, 'score', points)
            END AS answer,
            score, passed, pass_percent AS "passPercent", questions AS "questionCount", count(*)::int AS count,
            (array_agg(id ORDER BY id))[1:$2] AS ids
       FROM (SELECT attempt.id, attempt.score, attempt.passed, attempt.pass_percent, jsonb_array_length(attempt.paper) AS questions,
                    placed->>'questionVersionId' AS asked, placed->>'keyVersionId' AS key,
                    answer.attempt_id IS NOT NULL AS answered, answer.option_keys, answer.text, answer.pairs, answer.score AS points
               FROM quiz_attempt attempt
               CROSS JOIN LATERAL jsonb_path_query_first(attempt.paper, '$[*] ? (@.questionId == $id)',
                                                         jsonb_build_object('id', $1::uuid)) placed
               LEFT JOIN quiz_answer answer ON answer.attempt_id = attempt.id
                AND answer.question_version_id = (placed->>'questionVersionId')::uuid
              WHERE ${ASKING} AND attempt.state = 'GRADED') graded
      GROUP BY asked, key, answered, option_keys, text, pairs, points, score, passed, pass_percent, questions`,
    [questionId, most],
  );
}
