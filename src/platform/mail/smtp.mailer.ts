import { createTransport, type Transporter } from 'nodemailer';
import { Mailer, MailNotSentError, type Mail } from './mailer.js';

/** Nodemailer's codes for failures before the message was handed over. */
const BEFORE_DATA = new Set(['ECONNECTION', 'ECONNREFUSED', 'EDNS', 'ENOTFOUND', 'ETLS', 'EAUTH', 'EENVELOPE']);

/** Whether the server never took the message: it was not reached, or it said no (RFC 5321, replies 4xx and 5xx). */
function isRefusal(error: unknown): boolean {
  const { code = '', responseCode = 0 } = error as { code?: string; responseCode?: number };
  return BEFORE_DATA.has(code) || responseCode >= 400;
}

/** Milliseconds after which a mail server that says nothing is given up on: the job is tried again later. */
const TIMEOUT_MS = 15_000;

/** Sends mail through an SMTP server (RFC 5321). */
export class SmtpMailer extends Mailer {
  private readonly transport: Transporter;
  private readonly domain: string;

  /** @param publicUrl its host name makes Message-IDs that are ours. */
  constructor(
    smtpUrl: string,
    private readonly from: string,
    publicUrl: string,
  ) {
    super();
    this.domain = new URL(publicUrl).hostname;
    this.transport = createTransport({
      url: smtpUrl,
      connectionTimeout: TIMEOUT_MS,
      greetingTimeout: TIMEOUT_MS,
      socketTimeout: TIMEOUT_MS,
    });
  }

  override async send({ to, subject, text, messageKey }: Mail): Promise<void> {
    try {
      await this.transport.sendMail({
        from: this.from,
        to,
        subject,
        text,
        messageId: `<${messageKey}@${this.domain}>`,
        headers: { 'Auto-Submitted': 'auto-generated' }, // RFC 3834: no out-of-office answers to us
      });
    } catch (error) {
      if (isRefusal(error)) throw new MailNotSentError((error as Error).message, { cause: error });
      throw error;
    }
  }
}
