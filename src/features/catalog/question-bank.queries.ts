import type { Tx } from '../../platform/database/database.js';
import type { Ids } from '../../platform/ids.js';
import type { QuestionContent } from './course-content.js';
import { contentHash } from './course.rules.js';
import { QuestionVersion } from './question.entity.js';
import { searchTextOf } from './question.rules.js';

/** A question in a quiz: asked of everybody, or in the pool of that index. */
export interface PlacedQuestion {
  pool: number | null;
  question: QuestionContent;
}

/** The questions of these quizzes in order, in one statement. A quiz without questions is not in the map. */
export async function readPlacedQuestions(
  tx: Tx,
  lessonIds: readonly string[],
): Promise<Map<string, PlacedQuestion[]>> {
  const rows: (QuestionContent & { lessonId: string; pool: number | null })[] = await tx.query(
    `SELECT quiz.lesson_id AS "lessonId", quiz.pool, question.key, version.kind, version.prompts AS prompt, version.options,
            version.explanations AS explanation
       FROM quiz_question quiz JOIN question_version version ON version.id = quiz.question_version_id
       JOIN question ON question.id = version.question_id
      WHERE quiz.lesson_id = ANY($1) ORDER BY quiz.lesson_id, quiz.position`,
    [lessonIds],
  );
  return byLesson(rows);
}

function byLesson(
  rows: (QuestionContent & { lessonId: string; pool: number | null })[],
): Map<string, PlacedQuestion[]> {
  const lessons = new Map<string, PlacedQuestion[]>();
  for (const { lessonId, pool, ...question } of rows) {
    const own = lessons.get(lessonId) ?? [];
    lessons.set(lessonId, own);
    own.push({ pool, question });
  }
  return lessons;
}

/**
 * What the pools of these versions ($1) hold today: the latest version of each question of the course's bank that bears the tag
 * and is not archived. A question stands in one place of a quiz: asked of everybody, or else in the first pool that has it.
 */
const POOLS_TODAY = `
  SELECT DISTINCT ON (lesson.id, question.id) lesson.id AS lesson_id, (pool.n - 1)::int AS pool, question.key, latest.*,
         (SELECT coalesce(max(position) + 1, 0) FROM quiz_question WHERE lesson_id = lesson.id AND pool IS NULL) AS start
    FROM lesson JOIN course_version ON course_version.id = lesson.version_id
   CROSS JOIN LATERAL jsonb_array_elements(lesson.quiz_pools) WITH ORDINALITY AS pool (drawn, n)
    JOIN question ON question.course_id = course_version.course_id AND question.archived_at IS NULL
     AND (pool.drawn ->> 'tag') = ANY (question.tags)
   CROSS JOIN LATERAL (SELECT id AS question_version_id, kind, prompts, options, explanations FROM question_version
                        WHERE question_id = question.id ORDER BY number DESC LIMIT 1) AS latest
   WHERE lesson.version_id = ANY ($1) AND NOT EXISTS (
           SELECT 1 FROM quiz_question fixed JOIN question_version asked ON asked.id = fixed.question_version_id
            WHERE fixed.lesson_id = lesson.id AND fixed.pool IS NULL AND asked.question_id = question.id)
   ORDER BY lesson.id, question.id, pool.n`;

/** Fills the pools of a draft with what the bank has today; publishing then freezes them. Two statements. */
export async function refreshPools(tx: Tx, versionId: string): Promise<void> {
  await tx.query(
    `DELETE FROM quiz_question USING lesson
      WHERE lesson.id = quiz_question.lesson_id AND lesson.version_id = $1 AND quiz_question.pool IS NOT NULL`,
    [versionId],
  );
  await tx.query(
    `INSERT INTO quiz_question (lesson_id, question_version_id, position, pool)
     SELECT lesson_id, question_version_id, start + row_number() OVER (PARTITION BY lesson_id ORDER BY pool, key) - 1, pool
       FROM (${POOLS_TODAY}) AS today`,
    [[versionId]],
  );
}

/** The questions that {@link refreshPools} would put into the pools of these versions, by lesson, in one statement. */
export async function readPoolsToday(
  tx: Tx,
  versionIds: readonly string[],
): Promise<Map<string, PlacedQuestion[]>> {
  const rows: (QuestionContent & { lessonId: string; pool: number })[] = await tx.query(
    `SELECT lesson_id AS "lessonId", pool, key, kind, prompts AS prompt, options, explanations AS explanation
       FROM (${POOLS_TODAY}) AS today ORDER BY lesson_id, pool, key`,
    [versionIds],
  );
  return byLesson(rows);
}

/** Rows of one INSERT: PostgreSQL takes 65,535 parameters at most. */
const ROWS_AT_ONCE = 1_000;

/** Who adds to the bank, and when. */
export interface Writing {
  ids: Ids;
  at: Date;
  /** Id of a person; left out when an import does. */
  by?: string;
}

/**
 * Makes sure that the bank has each question as it is now; of two with one key the last counts. Tags that are given replace
 * those before.
 * @returns the id of the version to use, by question key.
 */
export async function keepQuestions(
  tx: Tx,
  { ids, at, by }: Writing,
  courseId: string,
  wanted: readonly QuestionContent[],
): Promise<Map<string, string>> {
  const byKey = new Map(wanted.map((question) => [question.key, question]));
  const bank = await keepKeys(tx, ids, courseId, [...byKey.values()]);
  const known: { id: string; questionId: string; number: number; contentHash: string }[] = await tx.query(
    `SELECT id, question_id AS "questionId", number, content_hash AS "contentHash"
       FROM question_version WHERE question_id = ANY($1) ORDER BY number`,
    [[...bank.values()]],
  );
  const versionsOf = new Map<string, (typeof known)[number][]>();
  for (const version of known)
    versionsOf.set(version.questionId, [...(versionsOf.get(version.questionId) ?? []), version]);
  const chosen = new Map<string, string>();
  const added: QuestionVersion[] = [];
  for (const { key, kind, prompt, options, explanation } of byKey.values()) {
    const questionId = bank.get(key)!;
    const versions = versionsOf.get(questionId) ?? [];
    const hash = contentHash({ kind, prompt, options, explanation });
    const same = versions.find((version) => version.contentHash === hash);
    const id = same?.id ?? ids.next();
    chosen.set(key, id);
    if (same) continue;
    const number = (versions.at(-1)?.number ?? 0) + 1;
    added.push({
      id,
      questionId,
      number,
      kind,
      prompts: prompt,
      options,
      explanations: explanation,
      contentHash: hash,
      createdAt: at,
      createdBy: by ?? null,
    });
  }
  for (const rows of chunks(added)) await tx.insert(QuestionVersion, rows);
  // What is added is the newest. What was there stays: a draft made of a published version brings back no older wording.
  if (added.length > 0) await keepSearchTexts(tx, added);
  return chosen;
}

/** @returns the id of the question with each key. */
async function keepKeys(
  tx: Tx,
  ids: Ids,
  courseId: string,
  wanted: readonly QuestionContent[],
): Promise<Map<string, string>> {
  const rows: { id: string; key: string }[] = await tx.query(
    `INSERT INTO question (id, course_id, key, tags, search_text)
     SELECT id, $1, key, coalesce(tags, '{}'), ''
       FROM jsonb_to_recordset($2::jsonb) AS wanted (id uuid, key text, tags text[])
     ON CONFLICT (course_id, key) DO UPDATE SET tags =
       CASE WHEN EXCLUDED.key = ANY($3) THEN EXCLUDED.tags ELSE question.tags END
     RETURNING id, key`,
    [
      courseId,
      JSON.stringify(wanted.map(({ key, tags }) => ({ id: ids.next(), key, tags }))),
      wanted.filter(({ tags }) => tags !== undefined).map(({ key }) => key),
    ],
  );
  return new Map(rows.map(({ id, key }) => [key, id]));
}

/** Notes the words of these versions as what their questions are found by. */
async function keepSearchTexts(tx: Tx, versions: readonly QuestionVersion[]): Promise<void> {
  await tx.query(
    `UPDATE question SET search_text = found.text
       FROM jsonb_to_recordset($1::jsonb) AS found (id uuid, text text) WHERE question.id = found.id`,
    [
      JSON.stringify(
        versions.map(({ questionId, prompts }) => ({ id: questionId, text: searchTextOf(prompts) })),
      ),
    ],
  );
}

/** Makes each quiz of a draft ask the newest version of its questions. The caller holds the lock of the course. */
export async function takeLatestQuestions(tx: Tx, draftId: string, questionId?: string): Promise<void> {
  await tx.query(
    `UPDATE quiz_question AS placed SET question_version_id = newest.id
       FROM lesson, question_version AS asked, question_version AS newest
      WHERE lesson.version_id = $1 AND placed.lesson_id = lesson.id AND asked.id = placed.question_version_id
        AND ($2::uuid IS NULL OR asked.question_id = $2)
        AND newest.question_id = asked.question_id AND newest.number > asked.number
        AND newest.number = (SELECT max(number) FROM question_version WHERE question_id = asked.question_id)`,
    [draftId, questionId ?? null],
  );
}

const chunks = <T>(rows: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(rows.length / ROWS_AT_ONCE) }, (_, index) =>
    rows.slice(index * ROWS_AT_ONCE, (index + 1) * ROWS_AT_ONCE),
  );
