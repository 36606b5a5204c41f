import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type RunningConfig } from '../../config.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { inLocale } from '../../platform/locale.js';
import { Mailer, MailNotSentError } from '../../platform/mail/mailer.js';
import { Outlines } from '../catalog/outlines.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { CompletionService } from '../learning/completion.service.js';
import { Reminder } from './reminder.entity.js';
import { idleReminderMail } from './reminder.mail.js';
import { lockReminder, type ReminderToSend } from './reminder.queries.js';
import { decideToSend, type DeclineReason } from './reminder.rules.js';

/** Sends reminders, at most once each. */
@Injectable()
export class SendingService {
  constructor(
    @Inject(CONFIG) private readonly config: RunningConfig,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly mailer: Mailer,
    private readonly outlines: Outlines,
    private readonly completions: CompletionService,
  ) {}

  /**
   * Looks again whether the reminder still makes sense, and sends it.
   *
   * That it is being sent is committed before the mail server is asked. A crash in between therefore loses a reminder
   * rather than sending it twice, which is the kinder mistake.
   * @throws when the mail surely was not sent, so that the job is tried again.
   */
  async send(reminderId: string): Promise<void> {
    const mail = await this.database.transaction((tx) => this.begin(tx, reminderId));
    if (!mail) return;
    try {
      await this.mailer.send(mail);
    } catch (error) {
      if (error instanceof MailNotSentError) await this.database.transaction((tx) => this.giveBack(tx, reminderId));
      else await this.database.transaction((tx) => this.decline(tx, reminderId, 'SEND_INTERRUPTED'));
      throw error;
    }
    await this.database.transaction((tx) => this.settleSent(tx, reminderId));
  }

  private async begin(tx: Tx, reminderId: string) {
    const reminder = await lockReminder(tx, reminderId);
    if (reminder?.state === 'SENDING') {
      await this.decline(tx, reminderId, 'SEND_INTERRUPTED');
      return null;
    }
    if (reminder?.state !== 'DUE') return null;
    const decision = decideToSend(reminder, this.clock.now());
    if ('declined' in decision) {
      await this.decline(tx, reminderId, decision.declined);
      return null;
    }
    if ('postponedTo' in decision) {
      await tx.update(Reminder, { id: reminderId }, { state: 'PLANNED', plannedFor: decision.postponedTo });
      return null;
    }
    await tx.update(Reminder, { id: reminderId }, { state: 'SENDING' });
    return this.write(tx, reminder);
  }

  private async write(tx: Tx, { id, email, locale, enrollmentId, courseSlug }: ReminderToSend) {
    const enrollment = await tx.findOneByOrFail(Enrollment, { id: enrollmentId });
    const { version, lessonById } = await this.outlines.require(enrollment.versionId, tx);
    const verdict = await this.completions.judge(tx, enrollment);
    const next = verdict.missing[0] && lessonById.get(verdict.missing[0].lessonId);
    const { subject, text } = idleReminderMail(locale, {
      course: inLocale(version.titles, locale, version.defaultLocale) ?? courseSlug,
      nextLesson: next ? (inLocale(next.titles, locale, version.defaultLocale) ?? next.key) : null,
      nextMinutes: next?.estimatedMinutes ?? 0,
      minutesLeft: verdict.minutesLeft,
      completed: verdict.completedLessons,
      required: verdict.requiredLessons,
      url: `${this.config.publicUrl}/courses/${courseSlug}`,
    });
    return { to: email, subject, text, messageKey: id };
  }

  /** A second job for it may have taken this one for dead meanwhile: the mail is out, whatever that one wrote. */
  private async settleSent(tx: Tx, id: string): Promise<void> {
    await tx.update(Reminder, { id }, { state: 'SENT', reason: null, settledAt: this.clock.now() });
  }

  private async giveBack(tx: Tx, id: string): Promise<void> {
    await tx.update(Reminder, { id, state: 'SENDING' }, { state: 'DUE' });
  }

  private async decline(tx: Tx, id: string, reason: DeclineReason): Promise<void> {
    await tx.update(Reminder, { id }, { state: 'DECLINED', reason, settledAt: this.clock.now() });
  }
}
