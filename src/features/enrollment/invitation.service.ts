import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { LOCALES, type Locale } from '../../platform/locale.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { emailIn } from '../identity/email.js';
import { Cohort } from '../programs/program.entity.js';
import { requireManager } from '../programs/program.policies.js';
import { Invitation, type InvitationState } from './invitation.entity.js';
import { InvitationSent } from './invitation.events.js';
import { lockManagedInvitation, requireIntake } from './invitation.policies.js';
import { countInvitations, findInvitations } from './invitation.queries.js';
import {
  invitationRefusals,
  MAIL_LIMITS,
  MOST_AT_ONCE,
  refusalToMail,
  stateOf,
  type InvitingOutcome,
} from './invitation.rules.js';
import { Inviting } from './inviting.js';

/** What became of one address that a manager asked to invite. */
export interface InvitationResult {
  /** As it was given, where it is none; else in lower case. */
  email: string;
  outcome: InvitingOutcome;
}

/** What the managers of a program do with its invitations. */
@Injectable()
export class InvitationService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
    private readonly inviting: Inviting,
  ) {}

  /**
   * Invites people to a course of a cohort. One address that cannot be invited loses none of the others, and the answer says
   * nothing about who has an account.
   * @param input.emails up to 100; an address given twice counts once. `locale` is for those who have no account.
   * @throws what {@link requireIntake} throws; DomainError `INVITATION_NOBODY`, `INVITATION_TOO_MANY`
   */
  async invite(
    viewer: Viewer,
    input: { cohortId: string; courseId: string; emails: string[]; locale?: Locale | null },
  ): Promise<InvitationResult[]> {
    const typed = [...new Set(input.emails.map((each) => each.trim()).filter(Boolean))];
    if (typed.length === 0) throw new DomainError(invitationRefusals.INVITATION_NOBODY);
    if (typed.length > MOST_AT_ONCE)
      throw new DomainError(invitationRefusals.INVITATION_TOO_MANY, { max: MOST_AT_ONCE });
    const locale = LOCALES.find((each) => each === input.locale) ?? null;
    const now = this.clock.now();
    return this.database.transaction(async (tx) => {
      const cohort = await requireIntake(tx, viewer, input, now);
      const to = { cohortId: cohort.id, courseId: parseId(input.courseId), invitedBy: viewer.personId, now };
      const emails = [...new Set(typed.map(emailIn).filter((email) => email !== null))];
      const invitees = emails.map((email) => ({ email, name: null, locale, registrationNumber: null }));
      const outcomes = await this.inviting.invite(tx, to, invitees);
      await this.audit.done(tx, {
        actorId: viewer.personId,
        action: 'invitationsCreate',
        subject: `cohort:${cohort.id}`,
        detail: {
          courseId: to.courseId,
          invited: outcomes.filter(({ outcome }) => outcome === 'INVITED').length,
        },
      });
      const refused = typed
        .filter((each) => emailIn(each) === null)
        .map((email) => ({ email: email.slice(0, 254), outcome: 'ADDRESS_INVALID' as const }));
      return [...outcomes, ...refused];
    });
  }

  /**
   * Mails an invitation once more.
   * @throws NotFoundError; DomainError `INVITATION_CLOSED`, `INVITATION_TOO_SOON`, `INVITATION_TOO_OFTEN`
   */
  async sendAgain(viewer: Viewer, id: string): Promise<Invitation> {
    return this.database.transaction(async (tx) => {
      const { invitation, cohort } = await lockManagedInvitation(tx, viewer, id);
      const now = this.clock.now();
      if (stateOf(invitation, cohort, now) !== 'INVITED')
        throw new DomainError(invitationRefusals.INVITATION_CLOSED);
      const refusal = refusalToMail(invitation, now);
      if (refusal) throw new DomainError(refusal, MAIL_LIMITS);
      const changes = { lastSentAt: now, sentCount: invitation.sentCount + 1 };
      await tx.update(Invitation, { id: invitation.id }, changes);
      await this.outbox.record(tx, InvitationSent, {
        invitationId: invitation.id,
        sentCount: changes.sentCount,
      });
      return Object.assign(invitation, changes);
    });
  }

  /**
   * Takes an invitation back. Asked again, the same.
   * @throws NotFoundError; DomainError `INVITATION_CLOSED` when it was answered.
   */
  async withdraw(viewer: Viewer, id: string): Promise<Invitation> {
    return this.database.transaction(async (tx) => {
      const { invitation } = await lockManagedInvitation(tx, viewer, id);
      if (invitation.state === 'WITHDRAWN') return invitation;
      if (invitation.state !== 'INVITED') throw new DomainError(invitationRefusals.INVITATION_CLOSED);
      const changes = { state: 'WITHDRAWN' as const, endedAt: this.clock.now() };
      await tx.update(Invitation, { id: invitation.id }, changes);
      await this.audit.done(tx, {
        actorId: viewer.personId,
        action: 'invitationWithdraw',
        subject: `invitation:${invitation.id}`,
      });
      return Object.assign(invitation, changes);
    });
  }

  /** What a manager asked to list. @throws NotFoundError when the program, or the cohort in it, is not the viewer's. */
  async requireScope(
    viewer: Viewer,
    filter: { programId: string; cohortId?: string | null },
  ): Promise<{ programId: string; cohortId: string | null; now: Date }> {
    return this.database.read(async (tx) => {
      const programId = await requireManager(tx, viewer, filter.programId);
      const cohortId = filter.cohortId ? parseId(filter.cohortId) : null;
      if (cohortId && !(await tx.existsBy(Cohort, { id: cohortId, programId }))) throw new NotFoundError();
      return { programId, cohortId, now: this.clock.now() };
    });
  }

  list(
    scope: { programId: string; cohortId: string | null; now: Date },
    state: InvitationState | null,
    beforeId: string | null,
    limit: number,
  ): Promise<Invitation[]> {
    return this.database.read((tx) => findInvitations(tx, { ...scope, state }, beforeId, limit));
  }

  count(scope: { programId: string; cohortId: string | null; now: Date }) {
    return this.database.read((tx) => countInvitations(tx, scope));
  }
}
