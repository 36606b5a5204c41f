import type { Tx } from '../../platform/database/database.js';
import { Prepared } from '../../platform/database/prepared.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { asFacts, CRITERIA, FACTS, type CompletionFacts, type FactsRow } from './completion-facts.queries.js';

/** A person's enrollment, with what they did in it and what that is judged by. */
export interface LearningRecord {
  enrollment: Enrollment;
  facts: CompletionFacts;
}

const RECORDS = new Prepared<Enrollment & FactsRow>(
  'learning.records',
  `SELECT taken.id, person_id AS "personId", course_id AS "courseId", version_id AS "versionId", business_id AS "businessId",
          cohort_id AS "cohortId", cycle, state, enrolled_at AS "enrolledAt", last_activity_at AS "lastActivityAt",
          ended_at AS "endedAt", withdrawal_reason AS "withdrawalReason", withdrawal_note AS "withdrawalNote", ${FACTS()}
     FROM enrollment taken JOIN unnest($1::uuid[], $2::uuid[]) AS asked (person_id, course_id) USING (person_id, course_id)
     ${CRITERIA()}
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
  for (const row of await RECORDS.rows(tx, columns)) {
    const { done, grades, criteriaVersion, minimumPercent, criteriaSince, ...enrollment } = row;
    const facts = asFacts({ done, grades, criteriaVersion, minimumPercent, criteriaSince });
    records.get(keyOf(enrollment))!.push({ enrollment, facts });
  }
  return learners.map((learner) => records.get(keyOf(learner))!);
}
