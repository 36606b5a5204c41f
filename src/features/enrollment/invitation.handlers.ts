import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CONFIG, type RunningConfig } from '../../config.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { inLocale } from '../../platform/locale.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { OnEvent, OnEventOutside, type EventMeta } from '../../platform/outbox/handlers.js';
import { Outlines } from '../catalog/outlines.js';
import { LearnerEnrolled } from './enrollment.events.js';
import { InvitationSent } from './invitation.events.js';
import { invitationMail } from './invitation.mail.js';
import { acceptByEnrolling, findInvitationToMail } from './invitation.queries.js';
import { hasBegun, isOver } from './invitation.rules.js';

@Injectable()
export class InvitationHandlers {
  constructor(
    @Inject(CONFIG) private readonly config: RunningConfig,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outlines: Outlines,
    private readonly mailer: Mailer,
  ) {}

  /** Looks again first: what was answered, withdrawn or mailed anew meanwhile is not mailed. */
  @OnEventOutside(InvitationSent, 'enrollment.mail-invitation')
  async mail(
    { invitationId, sentCount }: z.infer<typeof InvitationSent.schema>,
    { eventId }: EventMeta,
  ): Promise<void> {
    const invitation = await this.database.read((tx) => findInvitationToMail(tx, invitationId));
    if (invitation?.state !== 'INVITED' || invitation.sentCount !== sentCount) return;
    const now = this.clock.now();
    if (!invitation.versionId || isOver(invitation, now)) return;
    const { version } = await this.outlines.require(invitation.versionId);
    const { subject, text } = invitationMail(invitation.locale, (locale) => ({
      course: inLocale(version.titles, locale, version.defaultLocale) ?? invitation.courseSlug,
      program: inLocale(invitation.program, locale) ?? '',
      cohort: invitation.cohort,
      startsOn: hasBegun(invitation, now) ? null : invitation.startsOn,
      endsOn: invitation.endsOn,
      email: invitation.email,
      url: `${this.config.publicUrl}/learning`,
    }));
    await this.mailer.send({ to: invitation.email, subject, text, messageKey: eventId });
  }

  /** Whoever enrolled by themselves has answered. */
  @OnEvent(LearnerEnrolled, 'enrollment.settle-invitation')
  async settle({ enrollmentId }: z.infer<typeof LearnerEnrolled.schema>, tx: Tx): Promise<void> {
    await acceptByEnrolling(tx, enrollmentId, this.clock.now());
  }
}
