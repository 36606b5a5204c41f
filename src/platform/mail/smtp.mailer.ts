import { createTransport, type Transporter } from 'nodemailer';
import { Mailer, MailNotSentError, type Mail } from './mailer.js';

/** Nodemailer's codes for failures that can only come before the message is handed over. */
const BEFORE_DATA = new Set(['EDNS', 'ETLS', 'EAUTH', 'EENVELOPE']);

/** Its timeouts of that phase; `SOCKET_TIMEOUT` may come after the message was taken. */
const TIMEOUTS_BEFORE_DATA = new Set(['CONNECT_TIMEOUT', 'GREETING_TIMEOUT', 'UPGRADE_TIMEOUT']);

interface SmtpFailure {
  code?: string;
  /** Of the server's last reply; `false` without one. */
  responseCode?: number | false;
  /** The system call that failed, for errors of the socket. */
  syscall?: string;
  timeoutType?: string;
}

/**
 * Whether the server never took the message: it was not reached, or it said no (RFC 5321, replies 4xx and 5xx). A
 * connection that was lost is no such proof, since it may be lost between the message and the reply that takes it.
 */
function isRefusal(error: unknown): boolean {
  const { code = '', responseCode, syscall, timeoutType = '' } = error as SmtpFailure;
  if (responseCode) return responseCode >= 400;
  return BEFORE_DATA.has(code) || syscall === 'connect' || TIMEOUTS_BEFORE_DATA.has(timeoutType);
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
