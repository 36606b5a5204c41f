import { Injectable } from '@nestjs/common';
import { Clock, MovableClock } from '../platform/clock.js';
import { Jobs } from '../platform/jobs/jobs.js';
import { Mailer } from '../platform/mail/mailer.js';
import { DemoTools } from '../web/demo-tools.js';
import { Mailbox, type KeptMail } from './mailbox.js';

/** Ten years: further, and every session and signature has ended anyway. */
export const FURTHEST_SECONDS = 10 * 366 * 86_400;

/** What the embedded mode has instead of a mail server and of patience. */
@Injectable()
export class EmbeddedDemoTools extends DemoTools {
  constructor(
    private readonly clock: Clock,
    private readonly mailer: Mailer,
    private readonly jobs: Jobs,
  ) {
    super();
  }

  override mails(to?: string): KeptMail[] {
    return this.mailer instanceof Mailbox ? this.mailer.list(to) : [];
  }

  override async moveClock(seconds: number): Promise<boolean> {
    const isFit = seconds >= 0 && seconds <= FURTHEST_SECONDS;
    if (!isFit || !(this.clock instanceof MovableClock)) return false;
    this.clock.moveForward(seconds * 1000);
    await this.jobs.tickAll();
    return true;
  }
}
