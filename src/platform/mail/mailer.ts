/** A mail to one person. */
export interface Mail {
  to: string;
  subject: string;
  text: string;
  /** The id of the event that asked for it: sent again, it is the same mail (RFC 5322 Message-ID). */
  messageKey: string;
}

/** Sends mail. A mail sent twice with one message key reaches the person once where the mail system allows. */
export abstract class Mailer {
  abstract send(mail: Mail): Promise<void>;
}

/** The mail surely was not taken by the mail system: sending it again cannot make two. */
export class MailNotSentError extends Error {}
