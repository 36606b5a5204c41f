import type { Tx } from '../../platform/database/database.js';
import { Prepared } from '../../platform/database/prepared.js';
import type { Criteria, LearnerWork } from './completion.rules.js';
import { stillCounts } from './quiz.queries.js';

/** What a completion is judged from: the criteria, and what was done. */
export interface CompletionFacts extends LearnerWork {
  criteria: Criteria;
}

type Done = [lessonKey: string, lessonId: string, completedAt: string, attemptId: string | null];
type Graded = [
  attemptId: string,
  lessonKey: string,
  score: number,
  questionCount: number,
  submittedAt: string,
];

/** What {@link FACTS} selects. */
export interface FactsRow {
  done: Done[];
  /** Null where they are not asked for. */
  grades: Graded[] | null;
  /** Null for the criteria that every course begins with. */
  criteriaVersion: number | null;
  minimumPercent: number | null;
  criteriaSince: Date | null;
}

/**
 * SQL: the criteria of the course of `taken`, an enrollment.
 * @param asOf those that were in force at an instant, given as SQL
 */
export const CRITERIA = (asOf = 'NULL'): string => `
  LEFT JOIN LATERAL (
    SELECT version, overall_minimum_percent, decided_at FROM completion_criteria
     WHERE completion_criteria.course_id = taken.course_id
       AND (${asOf}::timestamptz IS NULL OR decided_at <= ${asOf})
     ORDER BY version DESC LIMIT 1) criteria ON true`;

/**
 * SQL: a {@link FactsRow} of `taken` with {@link CRITERIA}. Grades are read where a minimum is set, from the attempts that
 * count in the enrollment: also those of earlier cycles, and none that a reversal set aside.
 * @param withGrades SQL: whether they are read without a minimum too
 */
export const FACTS = (withGrades = 'false'): string => `
  criteria.version AS "criteriaVersion", criteria.overall_minimum_percent AS "minimumPercent",
  criteria.decided_at AS "criteriaSince",
  array_to_json(ARRAY(
    SELECT json_build_array(lesson_key, lesson_id, completed_at, attempt_id) FROM lesson_completion
     WHERE enrollment_id = taken.id ORDER BY completed_at, lesson_key)) AS done,
  CASE WHEN criteria.overall_minimum_percent IS NOT NULL OR ${withGrades} THEN array_to_json(ARRAY(
    SELECT json_build_array(attempt.id, attempt.lesson_key, attempt.score, jsonb_array_length(attempt.paper), attempt.submitted_at)
      FROM enrollment JOIN quiz_attempt attempt ON attempt.enrollment_id = enrollment.id
     WHERE enrollment.person_id = taken.person_id AND enrollment.course_id = taken.course_id
       AND enrollment.cycle <= taken.cycle AND attempt.score IS NOT NULL AND attempt.set_aside_at IS NULL
       AND ${stillCounts('taken.cycle')}
     ORDER BY enrollment.cycle, attempt.number)) END AS grades`;

const FACTS_OF = new Prepared<FactsRow & { enrollmentId: string }>(
  'completion-facts',
  `SELECT taken.id AS "enrollmentId", ${FACTS('$3::boolean')} FROM enrollment taken ${CRITERIA('$2')}
    WHERE taken.id = ANY($1)`,
);

const rfc3339 = (instant: string): string => new Date(instant).toISOString();

export function asFacts({ done, grades, ...criteria }: FactsRow): CompletionFacts {
  return {
    criteria: {
      version: criteria.criteriaVersion ?? 1,
      overallMinimumPercent: criteria.minimumPercent,
      since: criteria.criteriaSince,
    },
    done: done.map(([lessonKey, lessonId, completedAt, attemptId]) => ({
      lessonKey,
      lessonId,
      completedAt: rfc3339(completedAt),
      attemptId,
    })),
    grades: (grades ?? []).map(([attemptId, lessonKey, score, questionCount, submittedAt]) => ({
      attemptId,
      lessonKey,
      score,
      questionCount,
      submittedAt: rfc3339(submittedAt),
    })),
  };
}

/**
 * What each of these enrollments is judged from, in one statement.
 * @param options.asOf by the criteria in force then; left out: now
 * @param options.withGrades also where no minimum is set, to try one
 */
export async function findCompletionFacts(
  tx: Tx,
  enrollmentIds: readonly string[],
  { asOf = null, withGrades = false }: { asOf?: Date | null; withGrades?: boolean } = {},
): Promise<Map<string, CompletionFacts>> {
  const rows = await FACTS_OF.rows(tx, [enrollmentIds, asOf, withGrades]);
  return new Map(rows.map((row) => [row.enrollmentId, asFacts(row)]));
}
