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
          ended_at AS "endedAt", withdrawal_reason AS "withdrawalReason", withdrawal_note AS "withdrawalNote",
          array_to_json(ARRAY(
            SELECT json_build_array(lesson_key, lesson_id, completed_at, attempt_id) FROM lesson_completion
             WHERE enrollment_id = enrollment.id ORDER BY completed_at, lesson_key)) AS done
     FROM enrollment JOIN unnest($1::uuid[], $2::uuid[]) AS asked (person_id, course_id) USING (person_id, course_id)
    ORDER BY cycle`,
);

/** Who, in which course. */
export interface Learner {
  personId: string;
  courseId: string;
}

const keyOf = ({ personId, courseId }: Learner): string => personId + courseId;

/**
 * What learners did in courses, in the order of the learners, each oldest enrollment first: all that a course page shows of
 * them, in one statement.
 */
export async function findLearningRecords(tx: Tx, learners: readonly Learner[]): Promise<LearningRecord[][]> {
  const records = new Map<string, LearningRecord[]>(learners.map((learner) => [keyOf(learner), []]));
  const asked = [...new Map(learners.map((learner) => [keyOf(learner), learner])).values()];
  const columns = [asked.map(({ personId }) => personId), asked.map(({ courseId }) => courseId)];
  for (const { done, ...enrollment } of await RECORDS.rows(tx, columns)) {
    const evidence = done.map(([lessonKey, lessonId, completedAt, attemptId]) => ({
      lessonKey,
      lessonId,
      completedAt: new Date(completedAt).toISOString(),
      attemptId,
    }));
    records.get(keyOf(enrollment))!.push({ enrollment, evidence });
  }
  return learners.map((learner) => records.get(keyOf(learner))!);
}
