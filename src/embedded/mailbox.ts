import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import type { Clock } from '../platform/clock.js';
import { Mailer, type Mail } from '../platform/mail/mailer.js';

/** A mail that was not sent but kept to be read here. */
export interface KeptMail extends Mail {
  /** By the product's clock, which may be ahead of the machine's. */
  receivedAt: string;
}

/** Keeps mail instead of sending it: the embedded mode's post office, and the tests'. */
export abstract class Mailbox extends Mailer {
  /** What an address received, newest first; all mail without one. */
  abstract list(to?: string): KeptMail[];
}

/** A mailbox in a file of one JSON object per line. Like a good mail server it keeps one mail per Message-ID. */
export class FileMailbox extends Mailbox {
  private readonly mails: KeptMail[];
  private readonly keys: Set<string>;

  constructor(
    private readonly file: string,
    private readonly clock: Clock,
  ) {
    super();
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
    this.mails = lines.map((line) => JSON.parse(line) as KeptMail);
    this.keys = new Set(this.mails.map((mail) => mail.messageKey));
  }

  override async send(mail: Mail): Promise<void> {
    if (this.keys.has(mail.messageKey)) return;
    const kept = { ...mail, receivedAt: this.clock.now().toISOString() };
    appendFileSync(this.file, `${JSON.stringify(kept)}\n`);
    this.mails.push(kept);
    this.keys.add(mail.messageKey);
  }

  override list(to?: string): KeptMail[] {
    const wanted = to?.toLowerCase();
    return this.mails.filter((mail) => !wanted || mail.to.toLowerCase() === wanted).reverse();
  }
}

/** A mailbox that is forgotten with the process. */
export class MemoryMailbox extends Mailbox {
  private readonly mails: KeptMail[] = [];

  constructor(private readonly clock: Clock) {
    super();
  }

  override async send(mail: Mail): Promise<void> {
    if (this.mails.some((kept) => kept.messageKey === mail.messageKey)) return;
    this.mails.push({ ...mail, receivedAt: this.clock.now().toISOString() });
  }

  override list(to?: string): KeptMail[] {
    return this.mails.filter((mail) => !to || mail.to === to.toLowerCase()).reverse();
  }
}
