import type { Tx } from '../../platform/database/database.js';
import { inLocale, type Localized } from '../../platform/locale.js';
import type { QuestionKind } from '../catalog/course-content.js';
import { Question, QuestionVersion } from '../catalog/question.entity.js';

/** Which questions of a bank are meant. */
export interface QuestionFilter {
  /** A part of the prompt or of the key, in either case. */
  text?: string | null;
  tag?: string | null;
  kind?: QuestionKind | null;
  /** Only the archived ones; otherwise only the others. */
  archived?: boolean | null;
  /** Only those that neither the draft nor the published version asks. */
  unused?: boolean | null;
}

/** Where a question is asked now: in the draft or in the published version of its course. */
const ASKED_NOW = `
  question_version asked JOIN quiz_question placed ON placed.question_version_id = asked.id
  JOIN lesson ON lesson.id = placed.lesson_id JOIN course_version version ON version.id = lesson.version_id
  JOIN course ON course.id = version.course_id AND (version.published_at IS NULL OR version.id = course.published_version_id)`;

function matching(tx: Tx, courseId: string, { text, tag, kind, archived, unused }: QuestionFilter) {
  const query = tx
    .createQueryBuilder(Question, 'question')
    .where('question.course_id = :courseId', { courseId })
    .andWhere(`question.archived_at IS ${archived ? 'NOT NULL' : 'NULL'}`);
  const wanted = text?.trim();
  if (wanted) {
    const pattern = `%${wanted.replace(/[\\%_]/g, '\\$&')}%`;
    query.andWhere('(question.search_text ILIKE :pattern OR question.key ILIKE :pattern)', { pattern });
  }
  if (tag) query.andWhere(':tag = ANY(question.tags)', { tag });
  if (kind)
    query.andWhere(
      `(SELECT newest.kind FROM question_version newest WHERE newest.question_id = question.id
         ORDER BY newest.number DESC LIMIT 1) = :kind`,
      { kind },
    );
  if (unused) query.andWhere(`NOT EXISTS (SELECT FROM ${ASKED_NOW} WHERE asked.question_id = question.id)`);
  return query;
}

/** The newest first. @param beforeId where the page before ended. */
export async function findQuestions(
  tx: Tx,
  courseId: string,
  filter: QuestionFilter,
  { beforeId, limit }: { beforeId: string | null; limit: number },
): Promise<Question[]> {
  const query = matching(tx, courseId, filter).orderBy('question.id', 'DESC').limit(limit);
  if (beforeId) query.andWhere('question.id < :beforeId', { beforeId });
  return query.getMany();
}

export const countQuestions = (tx: Tx, courseId: string, filter: QuestionFilter): Promise<number> =>
  matching(tx, courseId, filter).getCount();

/** The newest version of each question. */
export async function findNewestVersions(
  tx: Tx,
  questionIds: readonly string[],
): Promise<Map<string, QuestionVersion>> {
  const rows = await tx
    .createQueryBuilder(QuestionVersion, 'version')
    .where('version.question_id = ANY(:ids)', { ids: [...questionIds] })
    .andWhere(
      'version.number = (SELECT max(number) FROM question_version WHERE question_id = version.question_id)',
    )
    .getMany();
  return new Map(rows.map((row) => [row.questionId, row]));
}

/** All versions of each question, the newest first. */
export async function findVersionsOfQuestions(
  tx: Tx,
  questionIds: readonly string[],
): Promise<Map<string, QuestionVersion[]>> {
  const rows = await tx
    .createQueryBuilder(QuestionVersion, 'version')
    .where('version.question_id = ANY(:ids)', { ids: [...questionIds] })
    .orderBy('version.number', 'DESC')
    .getMany();
  const byQuestion = new Map<string, QuestionVersion[]>(questionIds.map((id) => [id, []]));
  for (const row of rows) byQuestion.get(row.questionId)!.push(row);
  return byQuestion;
}

/** A quiz that asks a question. */
export interface FoundUse {
  questionId: string;
  /** Of the draft if it is there, else of the published version. */
  lessonId: string;
  titles: Localized;
  inDraft: boolean;
  inPublished: boolean;
  /** Not of everybody: it may be drawn. */
  drawn: boolean;
}

/** The quizzes of the draft and of the published version that ask each question. */
export async function findUses(tx: Tx, questionIds: readonly string[]): Promise<Map<string, FoundUse[]>> {
  const rows: FoundUse[] = await tx.query(
    `SELECT asked.question_id AS "questionId",
            (array_agg(lesson.id ORDER BY version.number DESC))[1] AS "lessonId",
            (array_agg(lesson.titles ORDER BY version.number DESC))[1] AS titles,
            bool_or(version.published_at IS NULL) AS "inDraft",
            bool_or(version.published_at IS NOT NULL) AS "inPublished",
            bool_and(placed.pool IS NOT NULL) AS drawn
       FROM ${ASKED_NOW}
      WHERE asked.question_id = ANY($1)
      GROUP BY asked.question_id, lesson.key ORDER BY min(lesson.position)`,
    [questionIds],
  );
  const byQuestion = new Map<string, FoundUse[]>();
  for (const row of rows) byQuestion.set(row.questionId, [...(byQuestion.get(row.questionId) ?? []), row]);
  return byQuestion;
}

export const titleOfUse = ({ titles }: FoundUse, locale: string): string => inLocale(titles, locale) ?? '';

/** The tags of a bank with how many questions are offered under each, by name. */
export async function countTags(tx: Tx, courseId: string): Promise<{ tag: string; count: number }[]> {
  return tx.query(
    `SELECT tag, count(*)::int AS count FROM question, unnest(tags) AS tag
      WHERE course_id = $1 AND archived_at IS NULL GROUP BY tag ORDER BY tag`,
    [courseId],
  );
}
