import type { Tx } from '../../platform/database/database.js';
import { Bookmark } from './bookmark.entity.js';

/** A person's bookmarks in each of these lessons, in whichever version they were set; the first ones first. */
export async function findBookmarksIn(
  tx: Tx,
  personId: string,
  lessonIds: readonly string[],
): Promise<Map<string, Bookmark[]>> {
  const rows: (Bookmark & { lessonId: string })[] = await tx.query(
    `SELECT lesson.id AS "lessonId", bookmark.id, bookmark.person_id AS "personId", bookmark.version_id AS "versionId",
            bookmark.lesson_key AS "lessonKey", bookmark.block, bookmark.created_at AS "createdAt"
       FROM lesson JOIN course_version version ON version.id = lesson.version_id
       JOIN bookmark ON bookmark.person_id = $1 AND bookmark.lesson_key = lesson.key
       JOIN course_version marked ON marked.id = bookmark.version_id AND marked.course_id = version.course_id
      WHERE lesson.id = ANY($2) ORDER BY bookmark.id`,
    [personId, lessonIds],
  );
  const found = new Map<string, Bookmark[]>();
  for (const { lessonId, ...row } of rows) found.set(lessonId, [...(found.get(lessonId) ?? []), row]);
  return found;
}

/** A person's bookmarks, those set last coming first. @param slug of the one course that they are in; null for all. */
export async function findBookmarksOf(
  tx: Tx,
  {
    personId,
    slug,
    beforeId,
    limit,
  }: { personId: string; slug: string | null; beforeId: string | null; limit: number },
): Promise<Bookmark[]> {
  const query = tx
    .createQueryBuilder(Bookmark, 'bookmark')
    .where('bookmark.person_id = :personId', { personId })
    .orderBy('bookmark.id', 'DESC')
    .limit(limit);
  if (beforeId) query.andWhere('bookmark.id < :beforeId', { beforeId });
  if (slug !== null)
    query.andWhere(
      `bookmark.version_id IN (SELECT version.id FROM course_version version JOIN course ON course.id = version.course_id
                                WHERE course.slug = :slug)`,
      { slug },
    );
  return query.getMany();
}
