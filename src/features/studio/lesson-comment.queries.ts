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
