import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError } from '../../platform/errors.js';
import { parseInput } from '../../platform/input.js';
import { findBusinessesOf } from '../businesses/business.queries.js';
import { Cohort } from '../programs/program.entity.js';
import { Enrollment } from './enrollment.entity.js';
import { EnrollmentService } from './enrollment.service.js';
import { DECLINE_REASONS, Invitation, type DeclineReason } from './invitation.entity.js';
import { lockOwnInvitation } from './invitation.policies.js';
import { findOpenInvitations } from './invitation.queries.js';
import { invitationRefusals, stateOf } from './invitation.rules.js';

const declineSchema = z.object({ reason: z.enum(DECLINE_REASONS) });

/** What the owner of an address does with the invitations to it. */
@Injectable()
export class InvitationAnswerService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly enrollments: EnrollmentService,
    private readonly audit: AuditLog,
  ) {}

  /** The invitations that wait for the viewer, oldest first. */
  listOpen(viewer: Viewer): Promise<Invitation[]> {
    return this.database.read((tx) => findOpenInvitations(tx, viewer.email, this.clock.now()));
  }

  /**
   * Enrolls the viewer as the invitation says; asked again, the same enrollment. Whoever takes the course already keeps their
   * enrollment as it is.
   * @param chosenBusinessId left out: the one that the program named, or the viewer's only one.
   * @throws NotFoundError when the invitation is to another address; DomainError `INVITATION_CLOSED`; what enrolling throws
   */
  async accept(
    viewer: Viewer,
    id: string,
    chosenBusinessId?: string | null,
  ): Promise<{ invitation: Invitation; enrollment: Enrollment }> {
    return this.database.enclosing(async (tx) => {
      const invitation = await lockOwnInvitation(tx, viewer, id);
      if (invitation.enrollmentId) {
        const enrollment = await tx.findOneByOrFail(Enrollment, { id: invitation.enrollmentId });
        return { invitation, enrollment };
      }
      await this.requireOpen(tx, invitation);
      const { cohortId, courseId } = invitation;
      const businessId = chosenBusinessId || (await theInvitedBusiness(tx, viewer, invitation));
      const enrollment = await this.enrollments.enroll(viewer, { cohortId, courseId, businessId });
      const changes = {
        state: 'ACCEPTED' as const,
        enrollmentId: enrollment.id,
        endedAt: this.clock.now(),
      };
      await tx.update(Invitation, { id: invitation.id }, changes);
      return { invitation: Object.assign(invitation, changes), enrollment };
    });
  }

  /**
   * Says no, for good. Asked again, the first reason stays.
   * @throws NotFoundError when the invitation is to another address; DomainError `INVITATION_CLOSED`
   */
  async decline(viewer: Viewer, id: string, reason: DeclineReason): Promise<Invitation> {
    const { reason: declineReason } = parseInput(declineSchema, { reason });
    return this.database.transaction(async (tx) => {
      const invitation = await lockOwnInvitation(tx, viewer, id);
      if (invitation.state === 'DECLINED') return invitation;
      await this.requireOpen(tx, invitation);
      const changes = { state: 'DECLINED' as const, declineReason, endedAt: this.clock.now() };
      await tx.update(Invitation, { id: invitation.id }, changes);
      await this.audit.done(tx, {
        actorId: viewer.personId,
        action: 'invitationDecline',
        subject: `invitation:${invitation.id}`,
        detail: { reason: declineReason },
      });
      return Object.assign(invitation, changes);
    });
  }

  private async requireOpen(tx: Tx, invitation: Invitation): Promise<void> {
    const cohort = await tx.findOneByOrFail(Cohort, { id: invitation.cohortId });
    if (stateOf(invitation, cohort, this.clock.now()) !== 'INVITED')
      throw new DomainError(invitationRefusals.INVITATION_CLOSED);
  }
}

/** The business that the program named by its number, if the viewer acts for it; else the choice is that of every enrollment. */
async function theInvitedBusiness(
  tx: Tx,
  viewer: Viewer,
  { registrationNumber }: Invitation,
): Promise<string | undefined> {
  if (!registrationNumber) return undefined;
  const own = await findBusinessesOf(tx, viewer.personId);
  return own.find((business) => business.registrationNumber === registrationNumber)?.id;
}
