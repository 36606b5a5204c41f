import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Clock } from '../../platform/clock.js';
import { Mailer } from '../../platform/mail/mailer.js';
import type { Tx } from '../../platform/database/database.js';
import { OnEvent, OnEventOutside, type EventMeta } from '../../platform/outbox/handlers.js';
import { HousekeepingDue } from '../../platform/outbox/housekeeping.js';
import { SignInCodeRequested } from './identity.events.js';
import { SignInService } from './sign-in.service.js';
import { CODE_MINUTES } from './sign-in.rules.js';

const MAIL = {
  en: (code: string) => ({
    subject: `${code} is your sign-in code`,
    text: `Your Tremplin sign-in code:\n\n    ${code}\n\nIt works for ${CODE_MINUTES} minutes, in the browser where you asked for it.\nIf you did not ask for it, ignore this mail: nobody can sign in without it.\n`,
  }),
  fr: (code: string) => ({
    subject: `${code} est votre code de connexion`,
    text: `Votre code de connexion à Tremplin :\n\n    ${code}\n\nIl est valable ${CODE_MINUTES} minutes, dans le navigateur où vous l’avez demandé.\nSi vous ne l’avez pas demandé, ignorez cet e-mail : personne ne peut se connecter sans lui.\n`,
  }),
};

@Injectable()
export class IdentityHandlers {
  constructor(
    private readonly signIn: SignInService,
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  @OnEventOutside(SignInCodeRequested, 'identity.mail-sign-in-code')
  async mailCode(event: z.infer<typeof SignInCodeRequested.schema>, { eventId }: EventMeta): Promise<void> {
    if (new Date(event.expiresAt) <= this.clock.now()) return; // a code that no longer works would only confuse
    const { subject, text } = MAIL[event.locale](this.signIn.openCode(event.sealedCode));
    await this.mailer.send({ to: event.email, subject, text, messageKey: eventId });
  }

  /** Expired sessions and codes that no limit counts any more. */
  @OnEvent(HousekeepingDue, 'identity.forget-old-sign-ins')
  async forget(_event: object, tx: Tx): Promise<void> {
    const now = this.clock.now();
    await tx.query(`DELETE FROM session WHERE expires_at < $1`, [now]);
    await tx.query(`DELETE FROM sign_in_code WHERE created_at < $1`, [new Date(now.getTime() - 86_400_000)]);
  }
}
