import type { Tx } from '../../platform/database/database.js';
import type { QuestionContent } from '../catalog/course-content.js';

/** The questions of a course's bank as they are now, by key; tags are left out where there are none. */
export async function findBankQuestions(tx: Tx, courseId: string): Promise<QuestionContent[]> {
  const rows: (QuestionContent & { tags: string[] })[] = await tx.query(
    `SELECT DISTINCT ON (question.key COLLATE "C") question.key, version.kind, version.prompts AS prompt, version.options,
            version.explanations AS explanation, question.tags
       FROM question JOIN question_version version ON version.question_id = question.id
      WHERE question.course_id = $1 AND question.archived_at IS NULL
      ORDER BY question.key COLLATE "C", version.number DESC`,
    [courseId],
  );
  return rows.map(({ tags, ...question }) => (tags.length > 0 ? { ...question, tags } : question));
}
