import type { Tx } from '../../platform/database/database.js';
import { LEARNER, scopeParameters } from './report-scope.queries.js';
import { NOT_STATED, type ReportScope } from './report-scope.rules.js';

/** How many of a scope were invited, what became of them, and how many enrolled without. */
export interface InvitedCounts {
  /** The sum of the six below. */
  invited: number;
  enrolled: number;
  leftEarly: number;
  waiting: number;
  declined: number;
  withdrawn: number;
  expired: number;
  /** Of those enrolled on the days of the scope, those who had been invited, on whatever day; with the next one, all of them. */
  enrolledInvited: number;
  enrolledUninvited: number;
}

/**
 * Counts the invited of a scope, in one statement. `asked` has a row for each time that somebody was asked in: by an invitation, or
 * by a roster that enrolled them at once. `invited` has each person once for an enrollment, and once while there is none.
 */
export async function countInvited(tx: Tx, scope: ReportScope): Promise<InvitedCounts> {
  const rows: InvitedCounts[] = await tx.query(
    `WITH ${LEARNER}, asked AS (
       SELECT invitation.course_id, invitation.email, invitation.created_at AS asked_at,
              coalesce(invitation.enrollment_id, follower.id) AS enrollment_id,
              CASE WHEN invitation.state = 'INVITED' AND ($7::timestamptz AT TIME ZONE cohort.time_zone)::date > cohort.ends_on
                   THEN 'EXPIRED' ELSE invitation.state END AS state
         FROM invitation JOIN cohort ON cohort.id = invitation.cohort_id
         LEFT JOIN person ON person.email = invitation.email
         -- Who was invited to one cohort and enrolled in another one, or on their own before answering, came all the same.
         LEFT JOIN LATERAL (
           SELECT enrollment.id FROM enrollment JOIN cohort joined ON joined.id = enrollment.cohort_id
            WHERE enrollment.person_id = person.id AND enrollment.course_id = invitation.course_id
              AND joined.program_id = $1 AND ($5::uuid IS NULL OR joined.id = $5)
              AND enrollment.enrolled_at BETWEEN invitation.created_at AND $7
            ORDER BY enrollment.cycle LIMIT 1) follower ON invitation.enrollment_id IS NULL
        WHERE cohort.program_id = $1 AND ($4::uuid IS NULL OR invitation.course_id = $4)
          AND ($5::uuid IS NULL OR cohort.id = $5) AND invitation.created_at <= $7
          AND NOT coalesce(person.is_test, false) AND coalesce(person.roles, '{}') = '{}'
       UNION ALL
       SELECT member.course_id, roster_row.email, member.enrolled_at, member.id, 'ACCEPTED'
         FROM roster_row JOIN member ON member.id = roster_row.enrollment_id
        WHERE roster_row.outcome = 'ENROLLED'
     ), invited AS (
       SELECT enrollment_id, min(asked_at) AS asked_at,
              -- Of several that led to no enrollment: the one that waits, else the last.
              (array_agg(state ORDER BY state = 'INVITED' DESC, asked_at DESC))[1] AS state
         FROM asked GROUP BY course_id, enrollment_id, CASE WHEN enrollment_id IS NULL THEN email END
     ), answered AS (
       SELECT CASE WHEN member.left_early THEN 'LEFT_EARLY' WHEN member.id IS NOT NULL THEN 'ENROLLED' ELSE invited.state END AS answer
         FROM invited CROSS JOIN program LEFT JOIN member ON member.id = invited.enrollment_id
        WHERE program.id = $1 AND (invited.enrollment_id IS NULL OR member.id IS NOT NULL)
          AND ($2::date IS NULL OR (invited.asked_at AT TIME ZONE program.time_zone)::date >= $2::date)
          AND ($3::date IS NULL OR (invited.asked_at AT TIME ZONE program.time_zone)::date <= $3::date)
          AND ($6::text IS NULL OR coalesce(member.region_code, '${NOT_STATED}') = $6)
     ), entered AS (
       SELECT EXISTS (SELECT FROM invited WHERE invited.enrollment_id = learner.id) AS was_invited
         FROM learner WHERE $6::text IS NULL OR learner.region_code = $6
     )
     SELECT answers.*, entries.* FROM (
       SELECT count(*)::int AS invited,
              count(*) FILTER (WHERE answer = 'ENROLLED')::int AS enrolled,
              count(*) FILTER (WHERE answer = 'LEFT_EARLY')::int AS "leftEarly",
              count(*) FILTER (WHERE answer = 'INVITED')::int AS waiting,
              count(*) FILTER (WHERE answer = 'DECLINED')::int AS declined,
              count(*) FILTER (WHERE answer = 'WITHDRAWN')::int AS withdrawn,
              count(*) FILTER (WHERE answer = 'EXPIRED')::int AS expired
         FROM answered) answers
       CROSS JOIN (
       SELECT count(*) FILTER (WHERE was_invited)::int AS "enrolledInvited",
              count(*) FILTER (WHERE NOT was_invited)::int AS "enrolledUninvited"
         FROM entered) entries`,
    scopeParameters(scope),
  );
  return rows[0]!;
}
