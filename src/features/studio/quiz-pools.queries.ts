import type { Tx } from '../../platform/database/database.js';
import { Question } from '../catalog/question.entity.js';
import type { PoolCandidate } from './quiz-editing.rules.js';

/** What a quiz asks, in order: the newest version of a question, asked of everybody or in the pool of that index. */
export interface Placement {
  questionVersionId: string;
  pool: number | null;
}

/** Questions of a course's bank with their newest version, by key. */
export async function findNewestByKey(
  tx: Tx,
  courseId: string,
  keys: readonly string[],
): Promise<Map<string, PoolCandidate & { key: string; archived: boolean }>> {
  const rows: (PoolCandidate & { key: string; archived: boolean })[] = await tx.query(
    `SELECT question.id AS "questionId", question.key, question.tags, question.archived_at IS NOT NULL AS archived,
            (SELECT id FROM question_version WHERE question_id = question.id ORDER BY number DESC LIMIT 1)
              AS "questionVersionId"
       FROM question WHERE question.course_id = $1 AND question.key = ANY($2)`,
    [courseId, keys],
  );
  return new Map(rows.map((row) => [row.key, row]));
}

/** The questions that are offered under one of the tags, with their newest version, in the order they were made. */
export async function findPoolCandidates(
  tx: Tx,
  courseId: string,
  tags: readonly string[],
): Promise<PoolCandidate[]> {
  return tx.query(
    `SELECT question.id AS "questionId", question.tags,
            (SELECT id FROM question_version WHERE question_id = question.id ORDER BY number DESC LIMIT 1)
              AS "questionVersionId"
       FROM question WHERE question.course_id = $1 AND question.archived_at IS NULL AND question.tags && $2
      ORDER BY question.id`,
    [courseId, tags],
  );
}

/** What a quiz asks now, in order, with the key of each question. */
export async function findPlaced(
  tx: Tx,
  lessonIds: readonly string[],
): Promise<(Placement & { lessonId: string; questionId: string; key: string })[]> {
  return tx.query(
    `SELECT placed.lesson_id AS "lessonId", placed.question_version_id AS "questionVersionId", placed.pool,
            question.id AS "questionId", question.key
       FROM quiz_question placed JOIN question_version asked ON asked.id = placed.question_version_id
       JOIN question ON question.id = asked.question_id
      WHERE placed.lesson_id = ANY($1) ORDER BY placed.lesson_id, placed.position`,
    [lessonIds],
  );
}

/** Replaces what a quiz of a draft asks. */
export async function placeQuestions(tx: Tx, lessonId: string, placed: readonly Placement[]): Promise<void> {
  await tx.query(`DELETE FROM quiz_question WHERE lesson_id = $1`, [lessonId]);
  if (placed.length === 0) return;
  await tx.query(
    `INSERT INTO quiz_question (lesson_id, question_version_id, position, pool)
     SELECT $1, "questionVersionId", position, pool
       FROM jsonb_to_recordset($2::jsonb) AS placed ("questionVersionId" uuid, position integer, pool integer)`,
    [lessonId, JSON.stringify(placed.map((each, position) => ({ ...each, position })))],
  );
}

/** The questions of the bank that each quiz asks, in order. */
export async function findQuestionsAsked(
  tx: Tx,
  lessonIds: readonly string[],
): Promise<Map<string, { pool: number | null; question: Question }[]>> {
  const placed = await findPlaced(tx, lessonIds);
  const questions = await tx
    .createQueryBuilder(Question, 'question')
    .where('question.id = ANY(:ids)', { ids: placed.map(({ questionId }) => questionId) })
    .getMany();
  const byId = new Map(questions.map((question) => [question.id, question]));
  const byLesson = new Map<string, { pool: number | null; question: Question }[]>();
  for (const { lessonId, questionId, pool } of placed) {
    const own = byLesson.get(lessonId) ?? [];
    byLesson.set(lessonId, own);
    own.push({ pool, question: byId.get(questionId)! });
  }
  return byLesson;
}
