import { Inject, Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { CONFIG, type RunningConfig } from '../../config.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { inLocale } from '../../platform/locale.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { OnEvent, OnEventOutside, type EventMeta } from '../../platform/outbox/handlers.js';
import { Outlines } from '../catalog/outlines.js';
import { EnrollmentExpired, EnrollmentExpiryDue } from './enrollment.events.js';
import { findExpired } from './enrollment.queries.js';
import { expiryMail } from './leaving.mail.js';
import { LeavingService } from './leaving.service.js';

@Injectable()
export class LeavingHandlers {
  constructor(
    @Inject(CONFIG) private readonly config: RunningConfig,
    private readonly leaving: LeavingService,
    private readonly database: Database,
    private readonly outlines: Outlines,
    private readonly mailer: Mailer,
  ) {}

  @OnEvent(EnrollmentExpiryDue, 'enrollment.expire')
  async expire(_event: object, tx: Tx): Promise<void> {
    await this.leaving.expire(tx);
  }

  /** Looks again first: somebody who is enrolled anew is told nothing. */
  @OnEventOutside(EnrollmentExpired, 'enrollment.mail-expired')
  async tell(
    { enrollmentId }: z.infer<typeof EnrollmentExpired.schema>,
    { eventId }: EventMeta,
  ): Promise<void> {
    const expired = await this.database.read((tx) => findExpired(tx, enrollmentId));
    if (!expired) return;
    const { email, locale, versionId, courseSlug } = expired;
    const { version } = await this.outlines.require(versionId);
    const { subject, text } = expiryMail(locale, {
      ...expired,
      course: inLocale(version.titles, locale, version.defaultLocale) ?? courseSlug,
      url: `${this.config.publicUrl}/courses/${courseSlug}`,
    });
    await this.mailer.send({ to: email, subject, text, messageKey: eventId });
  }
}
