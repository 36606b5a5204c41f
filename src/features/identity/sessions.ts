import { hash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ViewerSource, type Role, type Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { Prepared } from '../../platform/database/prepared.js';
import { together } from '../../platform/database/together.js';
import type { Locale } from '../../platform/locale.js';
import { Cookies } from './cookies.js';
import { SESSION_DAYS } from './sign-in.rules.js';

const DAY_MS = 86_400_000;

export const sha256 = (secret: string): Buffer => hash('sha256', secret, 'buffer');

interface SessionRow {
  hash: string;
  personId: string;
  email: string;
  roles: Role[];
  locale: Locale;
  timeZone: string;
  expiresAt: Date;
}

const SESSIONS = new Prepared<SessionRow>(
  'identity.sessions',
  `SELECT encode(id_hash, 'hex') AS hash, person.id AS "personId", email, roles, locale, time_zone AS "timeZone", session.expires_at AS "expiresAt"
     FROM session JOIN person ON person.id = session.person_id
    WHERE session.id_hash = ANY($1) AND session.expires_at > $2`,
);

/** Opaque sessions: the browser holds a random secret, the database its digest. Looked up anew for every request. */
@Injectable()
export class Sessions extends ViewerSource {
  private readonly find = together((hashes: readonly Buffer[]) =>
    this.database.read(async (tx) => {
      const rows = await SESSIONS.rows(tx, [hashes, this.clock.now()]);
      const byHash = new Map(rows.map((row) => [row.hash, row]));
      return hashes.map((each) => byHash.get(each.toString('hex')));
    }),
  );

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
    const row = await this.find(sessionHash);
    if (!row) return null;
    const now = this.clock.now();
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
