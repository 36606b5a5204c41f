import type { Tx } from '../../platform/database/database.js';
import type { QuestionContent } from '../catalog/course-content.js';
import { TranslationBasis } from './translation-basis.entity.js';
import type { Basis, BasisNote } from './translation.rules.js';

/** Notes what translations were made from, in one statement. The caller holds a lock under which these texts are changed. */
export async function noteBases(
  tx: Tx,
  courseId: string,
  notes: readonly (BasisNote & { subject: string })[],
): Promise<void> {
  if (notes.length === 0) return;
  await tx.query(
    `INSERT INTO translation_basis AS known (course_id, subject, locale, content_hash, source_hash)
     SELECT $1, subject, locale, "contentHash", "sourceHash"
       FROM jsonb_to_recordset($2::jsonb) AS note (subject text, locale text, "contentHash" text, "sourceHash" text)
     ON CONFLICT (course_id, subject, locale) DO UPDATE
        SET content_hash = excluded.content_hash, source_hash = excluded.source_hash
      WHERE known.content_hash <> excluded.content_hash
         OR (known.subject, known.locale) IN
            (SELECT subject, locale FROM jsonb_to_recordset($2::jsonb) AS fresh (subject text, locale text, "isFresh" boolean)
              WHERE "isFresh")`,
    [courseId, JSON.stringify(notes)],
  );
}

/** What is known of a course's translations. @returns by subject and language */
export async function findBases(
  tx: Tx,
  courseId: string,
): Promise<(subject: string, locale: string) => Basis | undefined> {
  const rows = await tx.findBy(TranslationBasis, { courseId });
  const bases = new Map(rows.map((row) => [`${row.locale} ${row.subject}`, row]));
  return (subject, locale) => bases.get(`${locale} ${subject}`);
}

/** A question of a bank as it is now. */
export interface FoundQuestion extends QuestionContent {
  id: string;
  /** Whether this version of the course asks it, of everybody or by drawing it. */
  asked: boolean;
}

/**
 * The questions that are worth translating, those that a version asks first, in its order: all but what is archived and asked by
 * no quiz of the version. A draft's pools hold what the bank has today, as publishing fills them.
 */
export async function findQuestionsToTranslate(
  tx: Tx,
  { id, courseId }: { id: string; courseId: string },
): Promise<FoundQuestion[]> {
  return tx.query(
    `WITH quiz AS (SELECT lesson.id, lesson.position, lesson.quiz_pools, version.published_at IS NULL AS is_draft
                     FROM lesson JOIN course_version version ON version.id = lesson.version_id
                    WHERE lesson.version_id = $1 AND lesson.kind = 'QUIZ'),
          asked AS (
            SELECT version.question_id, quiz.position AS lesson, placed.position AS place
              FROM quiz JOIN quiz_question placed ON placed.lesson_id = quiz.id AND (placed.pool IS NULL OR NOT quiz.is_draft)
              JOIN question_version version ON version.id = placed.question_version_id
             UNION ALL
            SELECT question.id, quiz.position, NULL
              FROM quiz CROSS JOIN LATERAL jsonb_array_elements(quiz.quiz_pools) AS pool
              JOIN question ON question.course_id = $2 AND question.archived_at IS NULL AND (pool ->> 'tag') = ANY (question.tags)
             WHERE quiz.is_draft),
          first AS (SELECT DISTINCT ON (question_id) * FROM asked ORDER BY question_id, lesson, place)
     SELECT question.id, question.key, newest.kind, newest.prompts AS prompt, newest.options, newest.explanations AS explanation,
            first.question_id IS NOT NULL AS asked
       FROM question LEFT JOIN first ON first.question_id = question.id
      CROSS JOIN LATERAL (SELECT * FROM question_version WHERE question_id = question.id ORDER BY number DESC LIMIT 1) newest
      WHERE question.course_id = $2 AND (question.archived_at IS NULL OR first.question_id IS NOT NULL)
      ORDER BY first.lesson, first.place, question.key`,
    [id, courseId],
  );
}
