import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import { Ids } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { InvitationSent } from './invitation.events.js';
import {
  findEnrolledInProgram,
  findInvitationsOf,
  saveInvitations,
  type Invitee,
  type InvitingTo,
} from './invitation.queries.js';
import type { InvitingOutcome } from './invitation.rules.js';

/** What became of somebody who was to be invited. */
export interface Invited {
  email: string;
  outcome: InvitingOutcome;
  enrollmentId: string | null;
  invitationId: string | null;
}

/** Invites people, one or ten thousand: the statements do not grow with them. */
@Injectable()
export class Inviting {
  constructor(
    private readonly ids: Ids,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Invites people to a course of a cohort that is known to take them. The database's unique key decides, so that whoever is invited
   * twice at the same moment gets one mail.
   * @param invitees each address once.
   * @returns what became of each, in their order.
   */
  async invite(tx: Tx, to: InvitingTo, invitees: readonly Invitee[]): Promise<Invited[]> {
    const emails = invitees.map(({ email }) => email);
    const enrolled = await findEnrolledInProgram(tx, to, emails);
    const wanted = invitees
      .filter(({ email }) => enrolled.get(email)?.isOver !== false)
      .map((invitee) => ({ ...invitee, id: this.ids.next() }));
    const saved = await saveInvitations(tx, to, wanted);
    await this.outbox.recordAll(
      tx,
      InvitationSent,
      saved.map(({ id, sentCount }) => ({ invitationId: id, sentCount })),
    );
    const invited = new Map(saved.map(({ email, id }) => [email, id]));
    const others = await findInvitationsOf(tx, to, emails);
    return emails.map((email): Invited => {
      const invitation = others.get(email);
      const enrollment = enrolled.get(email);
      const result = { email, enrollmentId: null, invitationId: invitation?.id ?? null };
      if (enrollment && !enrollment.isOver)
        return { ...result, outcome: 'ALREADY_ENROLLED', enrollmentId: enrollment.enrollmentId };
      return { ...result, outcome: invited.has(email) ? 'INVITED' : OTHERWISE[invitation!.state] };
    });
  }
}

/** What an invitation that was there already means for whoever invites again. */
const OTHERWISE = {
  INVITED: 'ALREADY_INVITED',
  ACCEPTED: 'ACCEPTED_BEFORE',
  DECLINED: 'DECLINED',
  WITHDRAWN: 'TOO_SOON',
} as const;
