import { COOLING_DAYS } from '../enrollment/enrollment.rules.js';
import { NOT_STATED, type ReportScope } from './report-scope.rules.js';

/**
 * Common table expressions that every figure and every list of people begins with, so that they can never be about different
 * enrollments. docs/definitions.md says what each column means. Their parameters are {@link scopeParameters}.
 * `member` has a row for each enrollment of the program, course and cohort, whenever it was made, with those who left early. Test
 * accounts and those with a role are left out.
 */
const MEMBER = `
  member AS (
    SELECT enrollment.id, enrollment.person_id, enrollment.cohort_id, enrollment.course_id, enrollment.version_id,
           enrollment.state, enrollment.enrolled_at, enrollment.last_activity_at,
           coalesce(region.value, '${NOT_STATED}') AS region_code, completion.occurred_at,
           certificate.id IS NOT NULL AS has_badge,
           (enrollment.enrolled_at AT TIME ZONE program.time_zone)::date AS enrolled_on,
           enrollment.state = 'WITHDRAWN'
             AND enrollment.ended_at <= enrollment.enrolled_at + make_interval(hours => 24 * ${COOLING_DAYS}) AS left_early
      FROM enrollment
      JOIN cohort ON cohort.id = enrollment.cohort_id
      JOIN program ON program.id = cohort.program_id
      JOIN person ON person.id = enrollment.person_id AND NOT person.is_test AND person.roles = '{}'
      LEFT JOIN course_completion completion ON completion.enrollment_id = enrollment.id
        AND NOT EXISTS (SELECT FROM completion_reversal reversal WHERE reversal.completion_id = completion.id)
      LEFT JOIN certificate ON certificate.enrollment_id = enrollment.id AND certificate.status = 'VALID'
      -- The region that was true on the day of enrollment, by the latest statement.
      LEFT JOIN LATERAL (
        SELECT fact.value #>> '{}' AS value FROM business_fact fact
         WHERE fact.business_id = enrollment.business_id AND fact.kind = 'REGION'
           AND fact.as_of <= (enrollment.enrolled_at AT TIME ZONE program.time_zone)::date
         ORDER BY fact.as_of DESC, fact.recorded_at DESC, fact.id DESC LIMIT 1) region ON true
     WHERE program.id = $1
       AND ($4::uuid IS NULL OR enrollment.course_id = $4)
       AND ($5::uuid IS NULL OR enrollment.cohort_id = $5)
       AND enrollment.enrolled_at <= $7
  )`;

/** `learner`: of the members, those who enrolled on the days of the scope, in whatever region. */
export const LEARNER = `${MEMBER}, learner AS (
    SELECT * FROM member
     WHERE ($2::date IS NULL OR enrolled_on >= $2::date) AND ($3::date IS NULL OR enrolled_on <= $3::date)
       -- Who leaves later stays in every denominator: removing people never raises a rate.
       AND NOT coalesce(left_early, false)
  )`;

/** `judged`: of the learners, those of the region of the scope, with what they did. */
export const JUDGED = `${LEARNER}, required AS (
    SELECT version_id, count(*) AS lessons FROM lesson
     WHERE required AND version_id IN (SELECT version_id FROM learner) GROUP BY version_id
  ), judged AS (
    SELECT learner.*, required.lessons AS required_lessons,
           -- A completion that holds is a fact: whatever became of its lessons, it passed every stage before.
           CASE WHEN occurred_at IS NULL THEN done.lessons ELSE required.lessons END AS done_lessons
      FROM learner JOIN required USING (version_id)
      CROSS JOIN LATERAL (
        SELECT count(*) AS lessons FROM lesson_completion done
          JOIN lesson ON lesson.version_id = learner.version_id AND lesson.key = done.lesson_key AND lesson.required
         WHERE done.enrollment_id = learner.id) done
     WHERE $6::text IS NULL OR learner.region_code = $6
  )`;

/** The parameters $1 to $7 of {@link JUDGED}. */
export function scopeParameters(scope: ReportScope): unknown[] {
  const { programId, enrolledFrom, enrolledUntil, courseId, cohortId, regionCode, asOf } = scope;
  return [programId, enrolledFrom, enrolledUntil, courseId, cohortId, regionCode, asOf];
}
