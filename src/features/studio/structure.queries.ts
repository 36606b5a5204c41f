import type { Tx } from '../../platform/database/database.js';
import type { OutlineOrder } from './structure.rules.js';

/** The order of a draft that the caller holds locked. */
export async function readOrder(tx: Tx, versionId: string): Promise<OutlineOrder> {
  return tx.query(
    `SELECT module.id AS "moduleId",
            coalesce(array_agg(lesson.id ORDER BY lesson.position) FILTER (WHERE lesson.id IS NOT NULL), '{}') AS "lessonIds"
       FROM course_module module LEFT JOIN lesson ON lesson.module_id = module.id
      WHERE module.version_id = $1 GROUP BY module.id ORDER BY module.position`,
    [versionId],
  );
}

/** Gives every module and lesson the place that the order says, touching only those that have another. Two statements. */
export async function writeOrder(tx: Tx, versionId: string, order: OutlineOrder): Promise<void> {
  await tx.query(
    `UPDATE course_module module SET position = placed.n - 1
       FROM unnest($2::uuid[]) WITH ORDINALITY AS placed (id, n)
      WHERE module.id = placed.id AND module.version_id = $1 AND module.position <> placed.n - 1`,
    [versionId, order.map(({ moduleId }) => moduleId)],
  );
  await tx.query(
    `UPDATE lesson SET module_id = placed.module_id, position = placed.n - 1
       FROM unnest($2::uuid[], $3::uuid[]) WITH ORDINALITY AS placed (id, module_id, n)
      WHERE lesson.id = placed.id AND lesson.version_id = $1
        AND (lesson.position <> placed.n - 1 OR lesson.module_id <> placed.module_id)`,
    [
      versionId,
      order.flatMap(({ lessonIds }) => lessonIds),
      order.flatMap(({ moduleId, lessonIds }) => lessonIds.map(() => moduleId)),
    ],
  );
}

/**
 * Lesson keys that begin so and have a meaning already: in any version of the course, since work done carries over by key and
 * must not count for another lesson, and among what was deleted from the draft and may come back.
 */
export async function takenLessonKeys(tx: Tx, versionId: string, start: string): Promise<Set<string>> {
  const rows: { key: string }[] = await tx.query(
    `SELECT lesson.key FROM course_version version
       JOIN course_version each ON each.course_id = version.course_id JOIN lesson ON lesson.version_id = each.id
      WHERE version.id = $1 AND starts_with(lesson.key, $2)
     UNION SELECT lesson ->> 'key' FROM outline_trash, jsonb_array_elements(content -> 'lessons') AS lesson
      WHERE version_id = $1 AND starts_with(lesson ->> 'key', $2)`,
    [versionId, start],
  );
  return new Set(rows.map(({ key }) => key));
}

/** As {@link takenLessonKeys}, of modules. */
export async function takenModuleKeys(tx: Tx, versionId: string, start: string): Promise<Set<string>> {
  const rows: { key: string }[] = await tx.query(
    `SELECT module.key FROM course_version version
       JOIN course_version each ON each.course_id = version.course_id
       JOIN course_module module ON module.version_id = each.id
      WHERE version.id = $1 AND starts_with(module.key, $2)
     UNION SELECT content -> 'module' ->> 'key' FROM outline_trash
      WHERE version_id = $1 AND starts_with(content -> 'module' ->> 'key', $2)`,
    [versionId, start],
  );
  return new Set(rows.map(({ key }) => key));
}

/**
 * Copies a lesson with its texts and the questions of its quiz.
 * @param columns what the copy has of its own, by column name.
 */
export async function copyLesson(
  tx: Tx,
  lessonId: string,
  columns: { id: string; key: string; titles: object; position: number; revision: number },
): Promise<void> {
  await tx.query(
    `INSERT INTO lesson SELECT (jsonb_populate_record(lesson, $2::jsonb)).* FROM lesson WHERE id = $1`,
    [lessonId, JSON.stringify(columns)],
  );
  await tx.query(
    `INSERT INTO quiz_question (lesson_id, question_version_id, position, pool)
     SELECT $2, question_version_id, position, pool FROM quiz_question WHERE lesson_id = $1`,
    [lessonId, columns.id],
  );
}
