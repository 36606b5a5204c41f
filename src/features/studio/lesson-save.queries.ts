import { In } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import { LessonSave } from './lesson-save.entity.js';

/** Whose saves: a lesson of a course in all its versions. */
export interface LessonIdentity {
  courseId: string;
  lessonKey: string;
}

/** Saves of a lesson in a language before another one, newest first, without their texts. */
export async function findSaves(
  tx: Tx,
  { courseId, lessonKey }: LessonIdentity,
  locale: string,
  { beforeId, limit }: { beforeId: string | null; limit: number },
): Promise<LessonSave[]> {
  const query = tx
    .createQueryBuilder(LessonSave, 'save')
    .where({ courseId, lessonKey, locale })
    .orderBy('save.id', 'DESC')
    .limit(limit);
  if (beforeId) query.andWhere('save.id < :beforeId', { beforeId });
  return query.getMany();
}

/** Saves with their texts, by id. */
export async function findSavesWithBodies(tx: Tx, ids: readonly string[]): Promise<Map<string, LessonSave>> {
  const rows = await tx
    .createQueryBuilder(LessonSave, 'save')
    .addSelect('save.body')
    .where({ id: In(ids) })
    .getMany();
  return new Map(rows.map((row) => [row.id, row]));
}

/** For each of these saves the one before it, of the same lesson in the same language, with its text. */
export async function findSavesBefore(tx: Tx, ids: readonly string[]): Promise<Map<string, LessonSave>> {
  const rows: { id: string; before: string }[] = await tx.query(
    `SELECT save.id, earlier.id AS before
       FROM lesson_save save
      CROSS JOIN LATERAL (
        SELECT id FROM lesson_save
         WHERE (course_id, lesson_key, locale) = (save.course_id, save.lesson_key, save.locale) AND id < save.id
         ORDER BY id DESC LIMIT 1) earlier
      WHERE save.id = ANY($1)`,
    [ids],
  );
  const saves = await findSavesWithBodies(
    tx,
    rows.map(({ before }) => before),
  );
  return new Map(rows.map(({ id, before }) => [id, saves.get(before)!]));
}

/** The last save of each lesson in each language, without texts. @param lessonKeys null: of all lessons */
export async function findLastSaves(
  tx: Tx,
  courseId: string,
  lessonKeys: readonly string[] | null,
): Promise<LessonSave[]> {
  const query = tx
    .createQueryBuilder(LessonSave, 'save')
    .distinctOn(['save.lesson_key', 'save.locale'])
    .where({ courseId, ...(lessonKeys && { lessonKey: In(lessonKeys) }) })
    .orderBy('save.lesson_key')
    .addOrderBy('save.locale')
    .addOrderBy('save.id', 'DESC');
  return query.getMany();
}
