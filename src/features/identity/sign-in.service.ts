import { randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type RunningConfig } from '../../config.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { DomainError } from '../../platform/errors.js';
import { Ids } from '../../platform/ids.js';
import type { Locale } from '../../platform/locale.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { Sealing } from '../../platform/sealing.js';
import { parseEmail } from './email.js';
import { SignInCodeRequested } from './identity.events.js';
import { countCodes, findOrCreatePerson, lockEmail, lockNewestCode, makeAdmin } from './identity.queries.js';
import type { Person } from './person.entity.js';
import { Sessions, sha256 } from './sessions.js';
import { SignInCode } from './sign-in-code.entity.js';
import { CODE_MINUTES, isTimeZone, refusalToSend, refusalToVerify, signInRefusals } from './sign-in.rules.js';

const SEAL = 'sign-in-code';

/** Where a sign-in comes from. */
export interface SignInOrigin {
  /** Secret of the browser's `sign-in` cookie, if it has one already. */
  browserSecret: string | undefined;
  ip: string | null;
  locale: Locale;
}

/** Sign-in by a six-digit code sent by mail. There is no password to lose, and an unknown address becomes a new person. */
@Injectable()
export class SignInService {
  // eslint-disable-next-line no-restricted-syntax -- a seventh: the configuration
  constructor(
    @Inject(CONFIG) private readonly config: RunningConfig,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly outbox: Outbox,
    private readonly sealing: Sealing,
    private readonly sessions: Sessions,
  ) {}

  /**
   * Mails a code, and ties it to the browser that asked. The answer is the same whether or not the address is known.
   * @returns the browser's secret and when the code ends.
   * @throws DomainError `EMAIL_INVALID`, `SIGN_IN_TOO_OFTEN`
   */
  async start(rawEmail: string, origin: SignInOrigin): Promise<{ browserSecret: string; expiresAt: Date }> {
    const email = parseEmail(rawEmail);
    const browserSecret = origin.browserSecret ?? randomBytes(32).toString('base64url');
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + CODE_MINUTES * 60_000);
    await this.database.transaction(async (tx) => {
      await lockEmail(tx, email);
      // On a machine of one's own every browser comes from one address: that says nothing about who asks.
      const ip = this.config.embedded ? null : origin.ip;
      const asked = await countCodes(tx, new Date(now.getTime() - 3_600_000), email, ip);
      const refusal = refusalToSend(asked);
      if (refusal) throw new DomainError(refusal);
      await tx.insert(SignInCode, {
        id: this.ids.next(),
        email,
        codeHash: this.sealing.digest(SEAL, code),
        browserHash: sha256(browserSecret),
        ip: origin.ip,
        locale: origin.locale,
        createdAt: now,
        expiresAt,
        usedAt: null,
      });
      await this.outbox.record(tx, SignInCodeRequested, {
        email,
        sealedCode: this.sealing.seal(SEAL, code),
        locale: origin.locale,
        expiresAt: expiresAt.toISOString(),
      });
    });
    return { browserSecret, expiresAt };
  }

  /** The code of an event, for the mail. */
  openCode(sealedCode: string): string {
    return this.sealing.open(SEAL, sealedCode);
  }

  /**
   * Signs in with a code. A wrong guess is counted even though it is refused.
   * @throws DomainError `CODE_WRONG`, `CODE_EXPIRED`, `EMAIL_INVALID`, `TIME_ZONE_UNKNOWN`
   */
  async verify(
    input: { email: string; code: string; timeZone?: string },
    origin: SignInOrigin,
  ): Promise<{ person: Person; sessionSecret: string }> {
    const email = parseEmail(input.email);
    const timeZone = input.timeZone ?? 'Europe/Paris';
    if (!isTimeZone(timeZone)) throw new DomainError(signInRefusals.TIME_ZONE_UNKNOWN);
    const digest = this.sealing.digest(SEAL, input.code.replace(/\s/g, ''));
    const outcome = await this.database.transaction(async (tx) => {
      const found = origin.browserSecret
        ? await lockNewestCode(tx, email, sha256(origin.browserSecret))
        : null;
      const now = this.clock.now();
      const facts = found && { ...found, matches: timingSafeEqual(found.codeHash, digest) };
      const refusal = refusalToVerify(facts, now);
      if (refusal) {
        // Returned, not thrown: the count of tries must be committed.
        if (found) await tx.increment(SignInCode, { id: found.id }, 'tries', 1);
        return { refusal };
      }
      await tx.update(SignInCode, { id: found!.id }, { usedAt: now });
      const person = await findOrCreatePerson(tx, {
        id: this.ids.next(),
        email,
        locale: found!.locale,
        timeZone,
        createdAt: now,
      });
      if (this.config.adminEmails.includes(email)) await makeAdmin(tx, person);
      return { person, sessionSecret: await this.sessions.open(tx, person.id) };
    });
    if (outcome.refusal) throw new DomainError(outcome.refusal);
    return outcome;
  }

  async signOut(sessionHash: Buffer): Promise<void> {
    await this.database.transaction((tx) => this.sessions.close(tx, sessionHash));
  }
}
