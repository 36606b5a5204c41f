import type { Locale } from '../locale.js';

/** What a person may be besides a learner, which everyone signed in is. */
export const ROLES = ['TRAINER', 'MANAGER', 'ADMIN'] as const;
export type Role = (typeof ROLES)[number];

/** The person asking, as the session says. */
export interface Viewer {
  personId: string;
  email: string;
  roles: ReadonlySet<Role>;
  locale: Locale;
  /** IANA time zone. */
  timeZone: string;
  /** Digest of the session in use, so that it can be ended. */
  sessionHash: Buffer;
}

/** Tells who is asking from the request's cookies. Implemented by the identity feature. */
export abstract class ViewerSource {
  /** @param cookieHeader the raw `Cookie` header (RFC 6265), if any. */
  abstract viewerOf(cookieHeader: string | undefined): Promise<Viewer | null>;
}
