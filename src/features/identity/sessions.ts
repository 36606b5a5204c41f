import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ViewerSource, type Role, type Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { Prepared } from '../../platform/database/prepared.js';
import type { Locale } from '../../platform/locale.js';
import { Cookies } from './cookies.js';
import { SESSION_DAYS } from './sign-in.rules.js';

const DAY_MS = 86_400_000;

export const sha256 = (secret: string): Buffer => createHash('sha256').update(secret).digest();

interface SessionRow {
  personId: string;
  email: string;
  roles: Role[];
  locale: Locale;
  timeZone: string;
  expiresAt: Date;
}

const VIEWER = new Prepared<SessionRow>(
  'identity.viewer',
  `SELECT person.id AS "personId", email, roles, locale, time_zone AS "timeZone", session.expires_at AS "expiresAt"
     FROM session JOIN person ON person.id = session.person_id
    WHERE session.id_hash = $1 AND session.expires_at > $2`,
);

/** Opaque sessions: the browser holds a random secret, the database its digest. */
@Injectable()
export class Sessions extends ViewerSource {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly cookies: Cookies,
  ) {
    super();
  }

  override async viewerOf(cookieHeader: string | undefined): Promise<Viewer | null> {
    const secret = this.cookies.read(cookieHeader, 'session');
    if (!secret) return null;
    const sessionHash = sha256(secret);
    const now = this.clock.now();
    const [row] = await this.database.read((tx) => VIEWER.rows(tx, [sessionHash, now]));
    if (!row) return null;
    if (row.expiresAt.getTime() - now.getTime() < (SESSION_DAYS / 2) * DAY_MS)
      await this.renew(sessionHash, now);
    const { personId, email, locale, timeZone } = row;
    return { personId, email, locale, timeZone, roles: new Set(row.roles), sessionHash };
  }

  /** Signs a person in. @returns the secret for the cookie, which is stored nowhere. */
  async open(tx: Tx, personId: string): Promise<string> {
    const secret = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    await tx.query(
      `INSERT INTO session (id_hash, person_id, created_at, expires_at) VALUES ($1, $2, $3, $4)`,
      [sha256(secret), personId, now, this.endOf(now)],
    );
    return secret;
  }

  async close(tx: Tx, sessionHash: Buffer): Promise<void> {
    await tx.query(`DELETE FROM session WHERE id_hash = $1`, [sessionHash]);
  }

  private async renew(sessionHash: Buffer, now: Date): Promise<void> {
    await this.database.dataSource.query(`UPDATE session SET expires_at = $2 WHERE id_hash = $1`, [
      sessionHash,
      this.endOf(now),
    ]);
  }

  private endOf(now: Date): Date {
    return new Date(now.getTime() + SESSION_DAYS * DAY_MS);
  }
}
