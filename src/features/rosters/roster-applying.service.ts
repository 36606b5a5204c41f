import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError } from '../../platform/errors.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { EnrollingMany } from '../enrollment/enrolling-many.js';
import { EnrollmentService } from '../enrollment/enrollment.service.js';
import { findInvitationsOf } from '../enrollment/invitation.queries.js';
import { hasBegun, isOver } from '../enrollment/invitation.rules.js';
import { Inviting, type Invited } from '../enrollment/inviting.js';
import { findPeople } from '../identity/identity.queries.js';
import type { Person } from '../identity/person.entity.js';
import { Cohort } from '../programs/program.entity.js';
import { reasonOf, reasons, type Reason } from './roster-reasons.rules.js';
import { Roster, type RosterRow } from './roster.entity.js';
import { LearnerEnrolledByProgram, RosterBatchDue } from './roster.events.js';
import {
  findAccounts,
  findOwnBusinesses,
  findWaiting,
  lockAccounts,
  lockRoster,
  saveResults,
  type Account,
  type RowResult,
} from './roster.queries.js';

/** Rows of one transaction. What is done stays done when its worker is killed, and the next one goes on behind it. */
const BATCH = 500;

type Result = Omit<RowResult, 'line'>;

/**
 * Enrolls and invites the people of a roster, batch by batch. People with an account who are new to the course are enrolled together
 * where nothing speaks against it; the rest of them go through the enrollment that everybody goes through, one by one, so that its
 * refusals are theirs. The others are invited together.
 */
@Injectable()
export class RosterApplying {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly enrollments: EnrollmentService,
    private readonly enrollingMany: EnrollingMany,
    private readonly inviting: Inviting,
  ) {}

  /** Sees to the next rows, and to those after them; the roster's row lock lets one worker do so at a time. */
  async applyBatch(tx: Tx, rosterId: string): Promise<void> {
    const roster = await lockRoster(tx, rosterId);
    if (roster?.state !== 'APPLYING') return;
    const rows = await findWaiting(tx, rosterId, BATCH);
    const results = await this.resultsOf(tx, roster, rows);
    const saved = rows.map((row) => ({ line: row.line, ...results.get(row.email)! }));
    await saveResults(tx, rosterId, saved);
    const enrolled = saved.filter(({ outcome }) => outcome === 'ENROLLED');
    await this.outbox.recordAll(
      tx,
      LearnerEnrolledByProgram,
      enrolled.map(({ enrollmentId }) => ({ enrollmentId: enrollmentId! })),
    );
    const isLast = rows.length < BATCH;
    await tx.update(
      Roster,
      { id: rosterId },
      {
        doneCount: roster.doneCount + rows.length,
        ...(isLast && { state: 'APPLIED' as const, updatedAt: this.clock.now() }),
      },
    );
    if (!isLast) await this.outbox.record(tx, RosterBatchDue, { rosterId });
  }

  /** What becomes of each address. */
  private async resultsOf(tx: Tx, roster: Roster, rows: readonly RosterRow[]): Promise<Map<string, Result>> {
    const now = this.clock.now();
    const results = new Map<string, Result>();
    const cohort = await tx.findOneByOrFail(Cohort, { id: roster.cohortId });
    if (isOver(cohort, now)) return new Map(rows.map(({ email }) => [email, refused(reasons.COHORT_OVER())]));
    const emails = rows.map(({ email }) => email);
    await lockAccounts(tx, emails);
    const accounts = await findAccounts(tx, roster.courseId, emails);
    const invitations = await findInvitationsOf(tx, roster, emails);
    for (const { email } of rows) {
      const answer = answerOf(accounts.get(email), invitations.get(email));
      if (answer) results.set(email, answer);
    }
    const open = rows.filter(({ email }) => !results.has(email));
    // Before its first day a cohort takes nobody: everybody is invited, and can accept from then on.
    const isForAccounts = hasBegun(cohort, now);
    const [toEnroll, toInvite] = [true, false].map((hasAccount) =>
      open.filter(({ email }) => (isForAccounts && accounts.has(email)) === hasAccount),
    ) as [RosterRow[], RosterRow[]];
    for (const [email, result] of await this.enroll(tx, roster, toEnroll, accounts))
      results.set(email, result);
    // Who has to complete another course first is not kept out: the invitation waits, and says so to both sides.
    const notYet = toEnroll.filter(({ email }) => isHeldUp(results.get(email)!));
    const to = {
      cohortId: roster.cohortId,
      courseId: roster.courseId,
      invitedBy: roster.personId,
      now,
    };
    for (const invited of await this.inviting.invite(tx, to, [...toInvite, ...notYet])) {
      const { reasonCode, reason } = results.get(invited.email) ?? EMPTY;
      const result = resultOf(invited);
      results.set(invited.email, result.outcome === 'INVITED' ? { ...result, reasonCode, reason } : result);
    }
    return results;
  }

  /** Who can be is enrolled at once; the others in the order of their addresses: two rosters with the same people never wait in a circle. */
  private async enroll(
    tx: Tx,
    { cohortId, courseId }: Roster,
    rows: readonly RosterRow[],
    accounts: ReadonlyMap<string, Account>,
  ): Promise<Map<string, Result>> {
    const results = new Map<string, Result>();
    const wanted = rows.flatMap(({ email, registrationNumber }) =>
      registrationNumber ? [{ personId: accounts.get(email)!.personId, registrationNumber }] : [],
    );
    const businesses = await findOwnBusinesses(tx, wanted);
    const people = await findPeople(
      tx,
      rows.map(({ email }) => accounts.get(email)!.personId),
    );
    const ownBusiness = ({ email, registrationNumber }: RosterRow): string | undefined =>
      businesses.get(`${accounts.get(email)!.personId} ${registrationNumber}`);
    const enrolled = await this.enrollingMany.enrollNew(
      tx,
      { courseId, cohortId },
      rows
        .filter(({ email }) => accounts.get(email)!.state === null)
        .map((row) => ({ personId: accounts.get(row.email)!.personId, businessId: ownBusiness(row) })),
    );
    for (const { email } of rows) {
      const enrollmentId = enrolled.get(accounts.get(email)!.personId);
      if (enrollmentId) results.set(email, { ...EMPTY, outcome: 'ENROLLED', enrollmentId });
    }
    const inOrder = rows
      .filter(({ email }) => !results.has(email))
      .sort((a, b) => (a.email < b.email ? -1 : 1));
    await this.database.within(tx, async () => {
      for (const row of inOrder) {
        const { email } = row;
        const person = people.get(accounts.get(email)!.personId)!;
        const businessId = ownBusiness(row);
        try {
          const { id } = await this.enrollments.enroll(viewerOf(person), { courseId, cohortId, businessId });
          results.set(email, { ...EMPTY, outcome: 'ENROLLED', enrollmentId: id });
        } catch (error) {
          if (!(error instanceof DomainError)) throw error;
          results.set(email, refused(reasonOf(error)));
        }
      }
    });
    return results;
  }
}

const EMPTY = { reasonCode: null, reason: null, enrollmentId: null, invitationId: null };
const isHeldUp = ({ reasonCode }: Result): boolean => reasonCode === 'PREREQUISITE_MISSING';
const refused = (reason: Reason): Result => ({ ...EMPTY, outcome: 'REFUSED', ...reason });

/** What is so already, and what people decided for themselves: no file goes against it. */
function answerOf(
  account: Account | undefined,
  invitation: { id: string; state: string } | undefined,
): Result | null {
  if (account?.state === 'ACTIVE')
    return { ...EMPTY, outcome: 'ALREADY_ENROLLED', enrollmentId: account.enrollmentId };
  if (invitation?.state === 'INVITED')
    return { ...EMPTY, outcome: 'ALREADY_INVITED', invitationId: invitation.id };
  if (invitation?.state === 'DECLINED') return refused(reasons.DECLINED());
  return account?.state === 'WITHDRAWN' ? refused(reasons.LEFT()) : null;
}

function resultOf({ outcome, enrollmentId, invitationId }: Invited): Result {
  switch (outcome) {
    case 'INVITED':
    case 'ALREADY_INVITED':
      return { ...EMPTY, outcome, invitationId };
    case 'ALREADY_ENROLLED':
      return { ...EMPTY, outcome, enrollmentId };
    case 'DECLINED':
      return refused(reasons.DECLINED());
    case 'TOO_SOON':
      return refused(reasons.TOO_SOON());
    default:
      return refused(reasons.LEFT());
  }
}

/** The learner, who is not there while they are enrolled. */
const viewerOf = ({ id, email, roles, locale, timeZone }: Person): Viewer => ({
  personId: id,
  email,
  roles: new Set(roles),
  locale,
  timeZone,
  sessionHash: Buffer.alloc(0),
});
