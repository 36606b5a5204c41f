import type { Tx } from '../../platform/database/database.js';
import type { EnrollmentState } from '../enrollment/enrollment.entity.js';
import type { ReadRow } from './roster-rows.rules.js';
import { Roster, RosterRow, type RosterOutcome } from './roster.entity.js';

/** A roster, locked: what else is done to it waits. */
export async function lockRoster(tx: Tx, id: string): Promise<Roster | null> {
  return tx.createQueryBuilder(Roster, 'roster').setLock('pessimistic_write').where({ id }).getOne();
}

/**
 * Keeps a file, unless the cohort has it already for this course: the unique index decides.
 * @returns the roster with this content.
 */
export async function insertRoster(
  tx: Tx,
  roster: Pick<Roster, 'id' | 'cohortId' | 'courseId' | 'personId' | 'fileName' | 'bytes' | 'contentHash'>,
  content: Buffer,
  now: Date,
): Promise<Roster> {
  const { id, cohortId, courseId, personId, fileName, bytes, contentHash } = roster;
  await tx.query(
    `INSERT INTO roster (id, cohort_id, course_id, person_id, file_name, bytes, content_hash, content, state, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'UPLOADED', $9, $9)
     ON CONFLICT (cohort_id, course_id, content_hash) WHERE state NOT IN ('FAILED', 'CANCELED') DO NOTHING`,
    [id, cohortId, courseId, personId, fileName, bytes, contentHash, content, now],
  );
  return tx
    .createQueryBuilder(Roster, 'roster')
    .where({ cohortId, courseId, contentHash })
    .andWhere(`roster.state NOT IN ('FAILED', 'CANCELED')`)
    .getOneOrFail();
}

/** The file of a roster that is to be read. */
export async function findContent(tx: Tx, id: string): Promise<Buffer> {
  const [row] = await tx.query<[{ content: Buffer }]>(`SELECT content FROM roster WHERE id = $1`, [id]);
  return row.content;
}

/** Rosters of a program, newest first: their ids rise with time. */
export async function findRosters(
  tx: Tx,
  programId: string,
  beforeId: string | null,
  limit: number,
): Promise<Roster[]> {
  const query = tx
    .createQueryBuilder(Roster, 'roster')
    .innerJoin('cohort', 'cohort', 'cohort.id = roster.cohort_id')
    .where('cohort.program_id = :programId', { programId })
    .orderBy('roster.id', 'DESC')
    .limit(limit);
  if (beforeId) query.andWhere('roster.id < :beforeId', { beforeId });
  return query.getMany();
}

/** How a row is kept when it is read: final where nothing but another file can change it. */
export type NewRow = ReadRow & { isDone: boolean };

/** Keeps rows of a file, in one statement. */
export async function insertRows(tx: Tx, rosterId: string, rows: readonly NewRow[]): Promise<void> {
  await tx.query(
    `INSERT INTO roster_row (roster_id, line, email, name, locale, registration_number, outcome, reason_code, reason, is_done)
     SELECT $1, * FROM unnest($2::int[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::jsonb[], $10::bool[])`,
    [
      rosterId,
      rows.map(({ line }) => line),
      rows.map(({ email }) => email),
      rows.map(({ name }) => name),
      rows.map(({ locale }) => locale),
      rows.map(({ registrationNumber }) => registrationNumber),
      rows.map(({ outcome }) => outcome),
      rows.map(({ reasonCode }) => reasonCode),
      rows.map(({ reason }) => reason && JSON.stringify(reason)),
      rows.map(({ isDone }) => isDone),
    ],
  );
}

/** The next rows that wait to be enrolled or invited, by line. */
export async function findWaiting(tx: Tx, rosterId: string, limit: number): Promise<RosterRow[]> {
  return tx
    .createQueryBuilder(RosterRow, 'row')
    .where('row.roster_id = :rosterId AND NOT row.is_done', { rosterId })
    .orderBy('row.line')
    .limit(limit)
    .getMany();
}

/** What became of a row. */
export type RowResult = Pick<
  RosterRow,
  'line' | 'outcome' | 'reasonCode' | 'reason' | 'enrollmentId' | 'invitationId'
>;

/** Notes what became of rows, for good, in one statement. */
export async function saveResults(tx: Tx, rosterId: string, results: readonly RowResult[]): Promise<void> {
  await tx.query(
    `UPDATE roster_row SET is_done = true, outcome = result.outcome, reason_code = result.reason_code, reason = result.reason,
            enrollment_id = result.enrollment_id, invitation_id = result.invitation_id
       FROM unnest($2::int[], $3::text[], $4::text[], $5::jsonb[], $6::uuid[], $7::uuid[])
              AS result (line, outcome, reason_code, reason, enrollment_id, invitation_id)
      WHERE roster_id = $1 AND roster_row.line = result.line`,
    [
      rosterId,
      results.map(({ line }) => line),
      results.map(({ outcome }) => outcome),
      results.map(({ reasonCode }) => reasonCode),
      results.map(({ reason }) => reason && JSON.stringify(reason)),
      results.map(({ enrollmentId }) => enrollmentId),
      results.map(({ invitationId }) => invitationId),
    ],
  );
}

/** Somebody with an account, as enrolling them needs it. */
export interface Account {
  personId: string;
  email: string;
  /** Newest enrollment in the course, in whatever cohort. */
  state: EnrollmentState | null;
  enrollmentId: string | null;
}

/**
 * Locks the accounts of these addresses, so that nobody is enrolled in anything meanwhile, by themselves or by another roster:
 * an enrollment's foreign key waits for it. In one order, so that two who lock the same people never wait in a circle.
 */
export async function lockAccounts(tx: Tx, emails: readonly string[]): Promise<void> {
  await tx.query(`SELECT id FROM person WHERE email = ANY($1) ORDER BY email FOR UPDATE`, [emails]);
}

/** The accounts of these addresses, with what each did of the course. */
export async function findAccounts(
  tx: Tx,
  courseId: string,
  emails: readonly string[],
): Promise<Map<string, Account>> {
  const rows: Account[] = await tx.query(
    `SELECT person.id AS "personId", person.email, newest.state, newest.id AS "enrollmentId"
       FROM person LEFT JOIN LATERAL (
         SELECT id, state FROM enrollment WHERE person_id = person.id AND course_id = $1
          ORDER BY cycle DESC LIMIT 1) newest ON true
      WHERE person.email = ANY($2)`,
    [courseId, emails],
  );
  return new Map(rows.map((row) => [row.email, row]));
}

/** Of these people and registration numbers, the businesses that a person acts for: `<person> <number>` to the business's id. */
export async function findOwnBusinesses(
  tx: Tx,
  wanted: readonly { personId: string; registrationNumber: string }[],
): Promise<Map<string, string>> {
  if (wanted.length === 0) return new Map();
  const rows: { key: string; id: string }[] = await tx.query(
    `SELECT member.person_id || ' ' || business.registration_number AS key, business.id
       FROM unnest($1::uuid[], $2::text[]) AS wanted (person_id, registration_number)
       JOIN business ON business.registration_number = wanted.registration_number
       JOIN business_member member ON member.business_id = business.id AND member.person_id = wanted.person_id`,
    [wanted.map(({ personId }) => personId), wanted.map(({ registrationNumber }) => registrationNumber)],
  );
  return new Map(rows.map(({ key, id }) => [key, id]));
}

/** Rows of a roster after a line, of one outcome if given. */
export async function findRows(
  tx: Tx,
  rosterId: string,
  { outcome, afterLine, limit }: { outcome: RosterOutcome | null; afterLine: number; limit: number },
): Promise<RosterRow[]> {
  const query = tx
    .createQueryBuilder(RosterRow, 'row')
    .where('row.roster_id = :rosterId AND row.line > :afterLine', { rosterId, afterLine })
    .orderBy('row.line')
    .limit(limit);
  if (outcome) query.andWhere('row.outcome = :outcome', { outcome });
  return query.getMany();
}

/** How many rows of a roster have each outcome, for those that some have. */
export async function countOutcomes(
  tx: Tx,
  rosterId: string,
): Promise<{ outcome: RosterOutcome; count: number }[]> {
  return tx.query(
    `SELECT outcome, count(*)::int AS count FROM roster_row WHERE roster_id = $1 GROUP BY outcome ORDER BY outcome`,
    [rosterId],
  );
}

/** Gives up rosters that nobody applied, and forgets the people of all that were given up. */
export async function forgetUnused(tx: Tx, before: Date, now: Date): Promise<void> {
  await tx.query(
    `UPDATE roster SET state = 'CANCELED', updated_at = $2 WHERE state = 'READY' AND created_at < $1`,
    [before, now],
  );
  await tx.query(
    `DELETE FROM roster_row USING roster
      WHERE roster.id = roster_row.roster_id AND roster.state IN ('CANCELED', 'FAILED')`,
  );
}

/** What the mail to somebody who was enrolled by a manager says. */
export async function findEnrolledToMail(tx: Tx, enrollmentId: string): Promise<EnrolledToMail | null> {
  const rows: EnrolledToMail[] = await tx.query(
    `SELECT person.email, person.locale, enrollment.version_id AS "versionId", course.slug AS "courseSlug",
            program.names AS program, cohort.name AS cohort
       FROM enrollment JOIN person ON person.id = enrollment.person_id JOIN course ON course.id = enrollment.course_id
       JOIN cohort ON cohort.id = enrollment.cohort_id JOIN program ON program.id = cohort.program_id
      WHERE enrollment.id = $1 AND enrollment.state = 'ACTIVE'`,
    [enrollmentId],
  );
  return rows[0] ?? null;
}

export interface EnrolledToMail {
  email: string;
  locale: 'en' | 'fr';
  versionId: string;
  courseSlug: string;
  program: Record<string, string>;
  cohort: string;
}
