import type { Tx } from '../../platform/database/database.js';
import { Prepared } from '../../platform/database/prepared.js';
import { LessonPosition } from './lesson-position.entity.js';

const COLUMNS = `enrollment_id AS "enrollmentId", lesson_key AS "lessonKey", lesson_position.version_id AS "versionId", block, video_seconds AS "videoSeconds", saved_at AS "savedAt"`;

const SAVE = new Prepared<object>(
  'lesson-position-save',
  `INSERT INTO lesson_position (enrollment_id, lesson_key, version_id, block, video_seconds, saved_at) VALUES ($1, $2, $3, $4, $5, $6)
   ON CONFLICT (enrollment_id, lesson_key) DO UPDATE
      SET version_id = EXCLUDED.version_id, block = EXCLUDED.block, video_seconds = EXCLUDED.video_seconds, saved_at = EXCLUDED.saved_at
    WHERE lesson_position.saved_at <= EXCLUDED.saved_at`,
);

/** Keeps where a learner is; of two devices the later one counts. */
export async function savePosition(tx: Tx, position: LessonPosition): Promise<void> {
  const { enrollmentId, lessonKey, versionId, block, videoSeconds, savedAt } = position;
  await SAVE.rows(tx, [enrollmentId, lessonKey, versionId, block, videoSeconds, savedAt]);
}

/** Where each of these enrollments was read last. */
export async function findLastPositions(
  tx: Tx,
  enrollmentIds: readonly string[],
): Promise<Map<string, LessonPosition>> {
  const rows: LessonPosition[] = await tx.query(
    `SELECT DISTINCT ON (enrollment_id) ${COLUMNS} FROM lesson_position WHERE enrollment_id = ANY($1)
      ORDER BY enrollment_id, saved_at DESC, lesson_key`,
    [enrollmentIds],
  );
  return new Map(rows.map((row) => [row.enrollmentId, row]));
}

/** Where a person was in each of these lessons, in their newest enrollment. */
export async function findPositions(
  tx: Tx,
  personId: string,
  lessonIds: readonly string[],
): Promise<Map<string, LessonPosition>> {
  const rows: (LessonPosition & { lessonId: string })[] = await tx.query(
    `SELECT lesson.id AS "lessonId", ${COLUMNS}
       FROM lesson JOIN course_version version ON version.id = lesson.version_id
       CROSS JOIN LATERAL (SELECT id FROM enrollment WHERE course_id = version.course_id AND person_id = $1
                            ORDER BY cycle DESC LIMIT 1) AS newest
       JOIN lesson_position ON lesson_position.enrollment_id = newest.id AND lesson_position.lesson_key = lesson.key
      WHERE lesson.id = ANY($2)`,
    [personId, lessonIds],
  );
  return new Map(rows.map(({ lessonId, ...row }) => [lessonId, row]));
}
