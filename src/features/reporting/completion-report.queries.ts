import type { Tx } from '../../platform/database/database.js';

/** What a report is about. Every filter applies to every figure of it. */
export interface ReportScope {
  programId: string;
  /** First and last calendar day of enrollment, in the program's time zone. */
  enrolledFrom: string | null;
  enrolledUntil: string | null;
  courseId: string | null;
  cohortId: string | null;
  /** ISO 3166-2 code; `NOT_STATED` for enrollments without a region. */
  regionCode: string | null;
  horizonDays: number;
  asOf: Date;
}

/** Counts of enrollments, for one course and region, or for all of the scope where both are null. */
export interface ReportCounts {
  isTotal: boolean;
  courseId: string | null;
  regionCode: string | null;
  enrolled: number;
  enrolledCompleted: number;
  started: number;
  startedCompleted: number;
  matured: number;
  maturedCompleted: number;
  quarter: number;
  half: number;
  threeQuarters: number;
  completed: number;
  badge: number;
}

export const NOT_STATED = 'NOT_STATED';

/**
 * Counts the enrollments of a program's cohorts, by course and region and in all, in one statement. Test accounts and those
 * with a role are left out. docs/definitions.md says what each count means.
 */
export async function countCompletions(tx: Tx, scope: ReportScope): Promise<ReportCounts[]> {
  return tx.query(
    `WITH learner AS (
       SELECT enrollment.id, enrollment.course_id, enrollment.version_id, enrollment.enrolled_at,
              coalesce(region.value, '${NOT_STATED}') AS region_code, completion.occurred_at,
              certificate.id IS NOT NULL AS has_badge
         FROM enrollment
         JOIN cohort ON cohort.id = enrollment.cohort_id
         JOIN program ON program.id = cohort.program_id
         JOIN person ON person.id = enrollment.person_id AND NOT person.is_test AND person.roles = '{}'
         LEFT JOIN course_completion completion ON completion.enrollment_id = enrollment.id
         LEFT JOIN certificate ON certificate.enrollment_id = enrollment.id
         -- The region that was true on the day of enrollment, by the latest statement.
         LEFT JOIN LATERAL (
           SELECT fact.value #>> '{}' AS value FROM business_fact fact
            WHERE fact.business_id = enrollment.business_id AND fact.kind = 'REGION'
              AND fact.as_of <= (enrollment.enrolled_at AT TIME ZONE program.time_zone)::date
            ORDER BY fact.as_of DESC, fact.recorded_at DESC, fact.id DESC LIMIT 1) region ON true
        WHERE program.id = $1
          AND ($2::date IS NULL OR (enrollment.enrolled_at AT TIME ZONE program.time_zone)::date >= $2::date)
          AND ($3::date IS NULL OR (enrollment.enrolled_at AT TIME ZONE program.time_zone)::date <= $3::date)
          AND ($4::uuid IS NULL OR enrollment.course_id = $4)
          AND ($5::uuid IS NULL OR enrollment.cohort_id = $5)
          AND enrollment.enrolled_at <= $8
     ), required AS (
       SELECT version_id, count(*) AS lessons FROM lesson
        WHERE required AND version_id IN (SELECT version_id FROM learner) GROUP BY version_id
     ), judged AS (
       SELECT learner.*, required.lessons AS required_lessons,
              -- A completion is a fact: whatever became of its lessons, it passed every stage before.
              CASE WHEN occurred_at IS NULL THEN done.lessons ELSE required.lessons END AS done_lessons,
              coalesce(occurred_at <= enrolled_at + make_interval(hours => 24 * $7), false) AS in_time,
              enrolled_at <= $8::timestamptz - make_interval(hours => 24 * $7) AS is_mature
         FROM learner JOIN required USING (version_id)
         CROSS JOIN LATERAL (
           SELECT count(*) AS lessons FROM lesson_completion done
             JOIN lesson ON lesson.version_id = learner.version_id AND lesson.key = done.lesson_key AND lesson.required
            WHERE done.enrollment_id = learner.id) done
        WHERE $6::text IS NULL OR learner.region_code = $6
     )
     SELECT grouping(course_id) = 1 AS "isTotal", course_id AS "courseId", region_code AS "regionCode",
            count(*)::int AS enrolled,
            count(*) FILTER (WHERE in_time)::int AS "enrolledCompleted",
            count(*) FILTER (WHERE done_lessons > 0)::int AS started,
            count(*) FILTER (WHERE done_lessons > 0 AND in_time)::int AS "startedCompleted",
            count(*) FILTER (WHERE is_mature)::int AS matured,
            count(*) FILTER (WHERE is_mature AND in_time)::int AS "maturedCompleted",
            count(*) FILTER (WHERE done_lessons * 4 >= required_lessons)::int AS quarter,
            count(*) FILTER (WHERE done_lessons * 2 >= required_lessons)::int AS half,
            count(*) FILTER (WHERE done_lessons * 4 >= required_lessons * 3)::int AS "threeQuarters",
            count(*) FILTER (WHERE occurred_at IS NOT NULL)::int AS completed,
            count(*) FILTER (WHERE has_badge)::int AS badge
       FROM judged GROUP BY GROUPING SETS ((course_id, region_code), ())
      ORDER BY "isTotal" DESC, course_id, region_code`,
    [
      scope.programId,
      scope.enrolledFrom,
      scope.enrolledUntil,
      scope.courseId,
      scope.cohortId,
      scope.regionCode,
      scope.horizonDays,
      scope.asOf,
    ],
  );
}
