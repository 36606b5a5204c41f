import type { Tx } from '../../platform/database/database.js';
import { Prepared } from '../../platform/database/prepared.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import type { CompletionEvidence } from './completion.rules.js';

/** A person's enrollment, with what they did in it in the order they did it. */
export interface LearningRecord {
  enrollment: Enrollment;
  evidence: CompletionEvidence[];
}

type Done = [lessonKey: string, lessonId: string, completedAt: string, attemptId: string | null];

const RECORDS = new Prepared<Enrollment & { done: Done[] }>(
  'learning.records',
  `SELECT id, person_id AS "personId", course_id AS "courseId", version_id AS "versionId", business_id AS "businessId",
          cohort_id AS "cohortId", cycle, state, enrolled_at AS "enrolledAt", last_activity_at AS "lastActivityAt",
          array_to_json(ARRAY(
            SELECT json_build_array(lesson_key, lesson_id, completed_at, attempt_id) FROM lesson_completion
             WHERE enrollment_id = enrollment.id ORDER BY completed_at, lesson_key)) AS done
     FROM enrollment WHERE person_id = $1 AND course_id = ANY($2) ORDER BY cycle`,
);

/** What a person did in each of these courses, oldest enrollment first: all of it in one statement, which every page sends. */
export async function findLearningRecords(
  tx: Tx,
  personId: string,
  courseIds: readonly string[],
): Promise<Map<string, LearningRecord[]>> {
  const records = new Map<string, LearningRecord[]>(courseIds.map((id) => [id, []]));
  for (const { done, ...enrollment } of await RECORDS.rows(tx, [personId, courseIds])) {
    const evidence = done.map(([lessonKey, lessonId, completedAt, attemptId]) => ({
      lessonKey,
      lessonId,
      completedAt: new Date(completedAt).toISOString(),
      attemptId,
    }));
    records.get(enrollment.courseId)!.push({ enrollment, evidence });
  }
  return records;
}
