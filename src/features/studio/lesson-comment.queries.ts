import type { Tx } from '../../platform/database/database.js';
import { LessonComment } from './lesson-comment.entity.js';

/** Comments on a lesson in one language, each with its replies, oldest first. */
export async function findComments(
  tx: Tx,
  where: { courseId: string; lessonKey: string; locale: string },
): Promise<LessonComment[]> {
  const all = await tx.find(LessonComment, { where, order: { id: 'ASC' } });
  return all
    .filter(({ parentId }) => parentId === null)
    .map((comment) =>
      Object.assign(comment, {
        replies: all
          .filter(({ parentId }) => parentId === comment.id)
          .map((reply) => Object.assign(reply, { replies: [] })),
      }),
    );
}

/** A comment, locked: it is resolved and reopened one after the other. */
export async function lockComment(tx: Tx, id: string): Promise<LessonComment | null> {
  return tx
    .createQueryBuilder(LessonComment, 'comment')
    .setLock('pessimistic_write')
    .where('comment.id = :id', { id })
    .getOne();
}

/** How many comments on each lesson of some courses, by its key, nobody has dealt with; most recently commented first. */
export async function countOpenComments(
  tx: Tx,
  courseIds: readonly string[],
): Promise<Map<string, { lessonKey: string; locale: string; count: number }[]>> {
  const rows: { courseId: string; lessonKey: string; locale: string; count: number }[] = await tx.query(
    `SELECT course_id AS "courseId", lesson_key AS "lessonKey", locale, count(*)::int AS count
       FROM lesson_comment WHERE course_id = ANY($1) AND parent_id IS NULL AND resolved_at IS NULL
      GROUP BY course_id, lesson_key, locale ORDER BY max(id::text) DESC`,
    [courseIds],
  );
  return new Map(courseIds.map((id) => [id, rows.filter(({ courseId }) => courseId === id)]));
}
