import type { Tx } from '../../platform/database/database.js';
import { OutlineTrash } from './outline-trash.entity.js';

/** What was deleted, when and by whom; and where it stood. */
type Deletion = Omit<OutlineTrash, 'content'>;

/**
 * Takes a lesson, or a module with its lessons, out of a draft. All of it is kept: texts, quiz, keys, ids and revisions.
 * @param deletion its `id` is that of the lesson or module.
 */
export async function throwAway(tx: Tx, deletion: Deletion): Promise<void> {
  const { id, versionId, moduleId, position, deletedAt, deletedBy } = deletion;
  await tx.query(
    `INSERT INTO outline_trash (id, version_id, module_id, position, deleted_at, deleted_by, content)
     SELECT $1, $2, $3, $4, $5, $6, jsonb_build_object(
       'module', (SELECT to_jsonb(module) FROM course_module module WHERE module.id = $1),
       'lessons', (SELECT coalesce(jsonb_agg(to_jsonb(lesson) ORDER BY lesson.position), '[]')
                     FROM lesson WHERE lesson.id = $1 OR lesson.module_id = $1),
       'questions', (SELECT coalesce(jsonb_agg(to_jsonb(quiz)), '[]') FROM quiz_question quiz
                       JOIN lesson ON lesson.id = quiz.lesson_id WHERE lesson.id = $1 OR lesson.module_id = $1))`,
    [id, versionId, moduleId, position, deletedAt, deletedBy],
  );
  await tx.query(moduleId ? `DELETE FROM lesson WHERE id = $1` : `DELETE FROM course_module WHERE id = $1`, [
    id,
  ]);
}

/** What was thrown away of this id; null when nothing was, or it is back. */
export async function findTrash(tx: Tx, id: string): Promise<OutlineTrash | null> {
  return tx.findOneBy(OutlineTrash, { id });
}

/** What was deleted from these drafts, the latest first. */
export async function findTrashOfVersions(
  tx: Tx,
  versionIds: readonly string[],
): Promise<Map<string, OutlineTrash[]>> {
  const rows = await tx
    .createQueryBuilder(OutlineTrash, 'trash')
    .where('trash.version_id = ANY(:ids)', { ids: [...versionIds] })
    .orderBy('trash.deleted_at', 'DESC')
    .addOrderBy('trash.id')
    .getMany();
  const byVersion = new Map<string, OutlineTrash[]>(versionIds.map((id) => [id, []]));
  for (const row of rows) byVersion.get(row.versionId)!.push(row);
  return byVersion;
}

/** Whether the draft has one of these lessons or modules again, by key: an import brings back what its files hold. */
export async function hasKeyOf(tx: Tx, { versionId, content }: OutlineTrash): Promise<boolean> {
  const rows: { found: boolean }[] = await tx.query(
    `SELECT EXISTS (SELECT 1 FROM lesson WHERE version_id = $1 AND key = ANY($2))
         OR EXISTS (SELECT 1 FROM course_module WHERE version_id = $1 AND key = $3) AS found`,
    [versionId, content.lessons.map(({ key }) => key), content.module?.key ?? null],
  );
  return rows[0]!.found;
}

/**
 * Brings back what was thrown away, as it was. The caller then gives everything its place.
 * @param moduleId of the module that takes a lesson; a module's lessons come back in their own.
 */
export async function bringBack(tx: Tx, { id }: OutlineTrash, moduleId: string | null): Promise<void> {
  if (moduleId === null)
    await tx.query(
      `INSERT INTO course_module SELECT row.* FROM outline_trash trash
        CROSS JOIN LATERAL jsonb_populate_record(NULL::course_module, trash.content -> 'module') AS row
        WHERE trash.id = $1`,
      [id],
    );
  await tx.query(
    `INSERT INTO lesson SELECT row.* FROM outline_trash trash
      CROSS JOIN LATERAL jsonb_array_elements(trash.content -> 'lessons') AS kept
      CROSS JOIN LATERAL jsonb_populate_record(NULL::lesson,
        kept || jsonb_strip_nulls(jsonb_build_object('module_id', $2::uuid))) AS row
      WHERE trash.id = $1`,
    [id, moduleId],
  );
  await tx.query(
    `INSERT INTO quiz_question SELECT row.* FROM outline_trash trash
      CROSS JOIN LATERAL jsonb_populate_recordset(NULL::quiz_question, trash.content -> 'questions') AS row
      WHERE trash.id = $1`,
    [id],
  );
  await tx.query(`DELETE FROM outline_trash WHERE id = $1`, [id]);
}

/** A version that is published has nothing to bring back. */
export async function emptyTrash(tx: Tx, versionId: string): Promise<void> {
  await tx.query(`DELETE FROM outline_trash WHERE version_id = $1`, [versionId]);
}
