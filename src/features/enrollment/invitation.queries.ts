import type { Tx } from '../../platform/database/database.js';
import type { Locale, Localized } from '../../platform/locale.js';
import { Invitation, type InvitationState } from './invitation.entity.js';
import { HOURS_BETWEEN_MAILS, MOST_MAILS } from './invitation.rules.js';

/** Somebody to invite. The address is in lower case. */
export interface Invitee {
  email: string;
  name: string | null;
  locale: Locale | null;
  registrationNumber: string | null;
}

/** Whom a cohort invites to what, and who does it. */
export interface InvitingTo {
  cohortId: string;
  courseId: string;
  invitedBy: string;
  now: Date;
}

/**
 * Invites these people, in one statement: adds those who have no invitation, and opens those again that were withdrawn, if another
 * mail may be sent. What waits or was answered stays as it is.
 * @returns the invitations that are to be mailed.
 */
export async function saveInvitations(
  tx: Tx,
  { cohortId, courseId, invitedBy, now }: InvitingTo,
  invitees: readonly (Invitee & { id: string })[],
): Promise<{ id: string; email: string; sentCount: number }[]> {
  return tx.query(
    `INSERT INTO invitation (id, cohort_id, course_id, email, name, locale, registration_number, state, invited_by, created_at, last_sent_at)
     SELECT id, $1, $2, email, name, locale, registration_number, 'INVITED', $3, $4, $4
       FROM unnest($5::uuid[], $6::text[], $7::text[], $8::text[], $9::text[])
              AS wanted (id, email, name, locale, registration_number)
      ORDER BY email -- two who invite the same people wait for each other, and never in a circle
     ON CONFLICT (cohort_id, course_id, email) DO UPDATE
        SET state = 'INVITED', ended_at = NULL, invited_by = $3, last_sent_at = $4, sent_count = invitation.sent_count + 1,
            name = coalesce(excluded.name, invitation.name), locale = coalesce(excluded.locale, invitation.locale),
            registration_number = coalesce(excluded.registration_number, invitation.registration_number)
      WHERE invitation.state = 'WITHDRAWN' AND invitation.sent_count < $10
        AND invitation.last_sent_at <= $4 - make_interval(hours => $11)
     RETURNING id, email, sent_count AS "sentCount"`,
    [
      cohortId,
      courseId,
      invitedBy,
      now,
      invitees.map(({ id }) => id),
      invitees.map(({ email }) => email),
      invitees.map(({ name }) => name),
      invitees.map(({ locale }) => locale),
      invitees.map(({ registrationNumber }) => registrationNumber),
      MOST_MAILS,
      HOURS_BETWEEN_MAILS,
    ],
  );
}

/** The invitations of these addresses to a course of a cohort, by address. */
export async function findInvitationsOf(
  tx: Tx,
  { cohortId, courseId }: Pick<InvitingTo, 'cohortId' | 'courseId'>,
  emails: readonly string[],
): Promise<Map<string, Pick<Invitation, 'id' | 'state'>>> {
  const rows: Pick<Invitation, 'id' | 'state' | 'email'>[] = await tx.query(
    `SELECT id, email, state FROM invitation WHERE cohort_id = $1 AND course_id = $2 AND email = ANY($3)`,
    [cohortId, courseId, emails],
  );
  return new Map(rows.map((row) => [row.email, row]));
}

/**
 * The newest enrollment in a course of each of these addresses, of those that the cohort's program sees: what other programs know
 * of a person is not told to this one.
 */
export async function findEnrolledInProgram(
  tx: Tx,
  { cohortId, courseId }: Pick<InvitingTo, 'cohortId' | 'courseId'>,
  emails: readonly string[],
): Promise<Map<string, { enrollmentId: string; isOver: boolean }>> {
  const rows: { email: string; enrollmentId: string; isOver: boolean }[] = await tx.query(
    `SELECT DISTINCT ON (person.email) person.email, enrollment.id AS "enrollmentId",
            enrollment.state IN ('WITHDRAWN', 'EXPIRED') AS "isOver"
       FROM person
       JOIN enrollment ON enrollment.person_id = person.id AND enrollment.course_id = $2
       JOIN cohort ON cohort.id = enrollment.cohort_id
        AND cohort.program_id = (SELECT program_id FROM cohort WHERE id = $1)
      WHERE person.email = ANY($3) ORDER BY person.email, enrollment.cycle DESC`,
    [cohortId, courseId, emails],
  );
  return new Map(rows.map(({ email, ...row }) => [email, row]));
}

/** An invitation, locked: of an answer and a withdrawal at the same moment one happens. */
export async function lockInvitation(tx: Tx, id: string): Promise<Invitation | null> {
  return tx.createQueryBuilder(Invitation, 'invitation').setLock('pessimistic_write').where({ id }).getOne();
}

/** The invitations that wait for the owner of an address, oldest first. */
export async function findOpenInvitations(tx: Tx, email: string, now: Date): Promise<Invitation[]> {
  return tx
    .createQueryBuilder(Invitation, 'invitation')
    .innerJoin('cohort', 'cohort', 'cohort.id = invitation.cohort_id')
    .where(`invitation.email = :email AND invitation.state = 'INVITED'`, { email })
    .andWhere(`${DAY} <= cohort.ends_on`, { now })
    .orderBy('invitation.id')
    .getMany();
}

const DAY = '(CAST(:now AS timestamptz) AT TIME ZONE cohort.time_zone)::date';

/** Which invitations of a program to list. */
export interface InvitationFilter {
  programId: string;
  cohortId: string | null;
  state: InvitationState | null;
  now: Date;
}

/** Invitations of a program, newest first: their ids rise with time. */
export async function findInvitations(
  tx: Tx,
  { programId, cohortId, state, now }: InvitationFilter,
  beforeId: string | null,
  limit: number,
): Promise<Invitation[]> {
  const query = tx
    .createQueryBuilder(Invitation, 'invitation')
    .innerJoin('cohort', 'cohort', 'cohort.id = invitation.cohort_id')
    .where('cohort.program_id = :programId', { programId })
    .orderBy('invitation.id', 'DESC')
    .limit(limit);
  if (cohortId) query.andWhere('cohort.id = :cohortId', { cohortId });
  if (state) query.andWhere('invitation.state = :state', { state: state === 'EXPIRED' ? 'INVITED' : state });
  if (state === 'INVITED') query.andWhere(`${DAY} <= cohort.ends_on`, { now });
  if (state === 'EXPIRED') query.andWhere(`${DAY} > cohort.ends_on`, { now });
  if (beforeId) query.andWhere('invitation.id < :beforeId', { beforeId });
  return query.getMany();
}

/** How many invitations of a program are in each state, for those in which there are some. docs/definitions.md says what is counted. */
export async function countInvitations(
  tx: Tx,
  { programId, cohortId, now }: Omit<InvitationFilter, 'state'>,
): Promise<{ state: InvitationState; count: number }[]> {
  return tx.query(
    `SELECT CASE WHEN invitation.state = 'INVITED' AND ($3::timestamptz AT TIME ZONE cohort.time_zone)::date > cohort.ends_on
                 THEN 'EXPIRED' ELSE invitation.state END AS state, count(*)::int AS count
       FROM invitation JOIN cohort ON cohort.id = invitation.cohort_id
      WHERE cohort.program_id = $1 AND ($2::uuid IS NULL OR cohort.id = $2) GROUP BY 1 ORDER BY 1`,
    [programId, cohortId, now],
  );
}

/** Takes an enrollment as the answer to the invitation to its course and cohort, if one waits for its person. */
export async function acceptByEnrolling(tx: Tx, enrollmentId: string, now: Date): Promise<void> {
  await tx.query(
    `UPDATE invitation SET state = 'ACCEPTED', enrollment_id = enrollment.id, ended_at = $2
       FROM enrollment JOIN person ON person.id = enrollment.person_id
      WHERE enrollment.id = $1 AND invitation.email = person.email AND invitation.state = 'INVITED'
        AND invitation.course_id = enrollment.course_id AND invitation.cohort_id = enrollment.cohort_id`,
    [enrollmentId, now],
  );
}

/** What the mail about an invitation says, and to whom. */
export interface InvitationToMail {
  email: string;
  sentCount: number;
  state: InvitationState;
  /** The person's own language where they have an account, else the one they were invited in. */
  locale: Locale | null;
  courseSlug: string;
  versionId: string | null;
  program: Localized;
  cohort: string;
  startsOn: string;
  endsOn: string;
  timeZone: string;
}

/** An invitation with what its mail says; null when there is none. */
export async function findInvitationToMail(tx: Tx, id: string): Promise<InvitationToMail | null> {
  const rows: InvitationToMail[] = await tx.query(
    `SELECT invitation.email, invitation.sent_count AS "sentCount", invitation.state,
            coalesce(person.locale, invitation.locale) AS locale, course.slug AS "courseSlug",
            course.published_version_id AS "versionId", program.names AS program, cohort.name AS cohort,
            cohort.starts_on::text AS "startsOn", cohort.ends_on::text AS "endsOn", cohort.time_zone AS "timeZone"
       FROM invitation JOIN cohort ON cohort.id = invitation.cohort_id JOIN program ON program.id = cohort.program_id
       JOIN course ON course.id = invitation.course_id LEFT JOIN person ON person.email = invitation.email
      WHERE invitation.id = $1`,
    [id],
  );
  return rows[0] ?? null;
}
