import type { Tx } from '../../platform/database/database.js';
import { LessonNote } from './lesson-note.entity.js';

/** The course, the version and the key of a published lesson of a course that a person takes or took. */
export async function findTakenLesson(
  tx: Tx,
  personId: string,
  lessonId: string,
): Promise<{ courseId: string; versionId: string; lessonKey: string } | undefined> {
  const rows: { courseId: string; versionId: string; lessonKey: string }[] = await tx.query(
    `SELECT version.course_id AS "courseId", version.id AS "versionId", lesson.key AS "lessonKey"
       FROM lesson JOIN course_version version ON version.id = lesson.version_id
      WHERE lesson.id = $2 AND version.published_at IS NOT NULL
        AND EXISTS (SELECT 1 FROM enrollment WHERE course_id = version.course_id AND person_id = $1)`,
    [personId, lessonId],
  );
  return rows[0];
}

/** A person's note in each of these lessons. */
export async function findNotes(
  tx: Tx,
  personId: string,
  lessonIds: readonly string[],
): Promise<Map<string, LessonNote>> {
  const rows: { lessonId: string; id: string }[] = await tx.query(
    `SELECT lesson.id AS "lessonId", note.id FROM lesson JOIN course_version version ON version.id = lesson.version_id
       JOIN lesson_note note ON note.person_id = $1 AND note.course_id = version.course_id AND note.lesson_key = lesson.key
      WHERE lesson.id = ANY($2)`,
    [personId, lessonIds],
  );
  if (rows.length === 0) return new Map();
  const notes = await tx
    .createQueryBuilder(LessonNote, 'note')
    .where('note.id = ANY(:ids)', { ids: rows.map(({ id }) => id) })
    .getMany();
  const byId = new Map(notes.map((note) => [note.id, note]));
  return new Map(rows.map(({ lessonId, id }) => [lessonId, byId.get(id)!]));
}

/** A person's notes, what was begun last coming first. */
export async function findNotesOf(
  tx: Tx,
  personId: string,
  beforeId: string | null,
  limit: number,
): Promise<LessonNote[]> {
  const query = tx
    .createQueryBuilder(LessonNote, 'note')
    .where('note.person_id = :personId', { personId })
    .orderBy('note.id', 'DESC')
    .limit(limit);
  if (beforeId) query.andWhere('note.id < :beforeId', { beforeId });
  return query.getMany();
}

/** The version in which a person takes, or took last, each of these courses. */
export async function findFollowedVersions(
  tx: Tx,
  personId: string,
  courseIds: readonly string[],
): Promise<Map<string, string>> {
  const rows: { courseId: string; versionId: string }[] = await tx.query(
    `SELECT DISTINCT ON (course_id) course_id AS "courseId", version_id AS "versionId"
       FROM enrollment WHERE person_id = $1 AND course_id = ANY($2) ORDER BY course_id, cycle DESC`,
    [personId, courseIds],
  );
  return new Map(rows.map((row) => [row.courseId, row.versionId]));
}
