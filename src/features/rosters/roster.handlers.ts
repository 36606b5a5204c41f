import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type RunningConfig } from '../../config.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { inLocale } from '../../platform/locale.js';
import { Mailer } from '../../platform/mail/mailer.js';
import { OnEvent, OnEventOutside, type EventMeta } from '../../platform/outbox/handlers.js';
import { HousekeepingDue } from '../../platform/outbox/housekeeping.js';
import { Outlines } from '../catalog/outlines.js';
import { RosterApplying } from './roster-applying.service.js';
import { RosterReading } from './roster-reading.service.js';
import { LearnerEnrolledByProgram, RosterBatchDue, RosterUploaded } from './roster.events.js';
import { enrolledMail } from './roster.mail.js';
import { findEnrolledToMail, forgetUnused } from './roster.queries.js';
import { UNUSED_DAYS } from './roster.rules.js';

/** What happens to rosters in the background. */
@Injectable()
export class RosterHandlers {
  constructor(
    private readonly reading: RosterReading,
    private readonly applying: RosterApplying,
    private readonly clock: Clock,
  ) {}

  @OnEvent(RosterUploaded, 'rosters.read')
  async read({ rosterId }: { rosterId: string }, tx: Tx): Promise<void> {
    await this.reading.read(tx, rosterId);
  }

  @OnEvent(RosterBatchDue, 'rosters.apply')
  async apply({ rosterId }: { rosterId: string }, tx: Tx): Promise<void> {
    await this.applying.applyBatch(tx, rosterId);
  }

  @OnEvent(HousekeepingDue, 'rosters.forget-unused')
  async forget(_event: object, tx: Tx): Promise<void> {
    const now = this.clock.now();
    await forgetUnused(tx, new Date(now.getTime() - UNUSED_DAYS * 86_400_000), now);
  }
}

@Injectable()
export class RosterMailHandlers {
  constructor(
    @Inject(CONFIG) private readonly config: RunningConfig,
    private readonly database: Database,
    private readonly outlines: Outlines,
    private readonly mailer: Mailer,
  ) {}

  /** Looks again first: who has left meanwhile is told nothing. */
  @OnEventOutside(LearnerEnrolledByProgram, 'rosters.mail-enrolled')
  async tell({ enrollmentId }: { enrollmentId: string }, { eventId }: EventMeta): Promise<void> {
    const enrolled = await this.database.read((tx) => findEnrolledToMail(tx, enrollmentId));
    if (!enrolled) return;
    const { email, locale, versionId, courseSlug, program, cohort } = enrolled;
    const { version } = await this.outlines.require(versionId);
    const { subject, text } = enrolledMail(locale, {
      course: inLocale(version.titles, locale, version.defaultLocale) ?? courseSlug,
      program: inLocale(program, locale) ?? '',
      cohort,
      url: `${this.config.publicUrl}/courses/${courseSlug}`,
    });
    await this.mailer.send({ to: email, subject, text, messageKey: eventId });
  }
}
