import { createHash } from 'node:crypto';
import { CREDENTIALS_CONTEXT, statusEntry, type StatusEntry } from './status-list.rules.js';

/** Open Badges 3.0 context; must be the second of a badge. */
export const OPEN_BADGES_CONTEXT = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
/** Defines the schema type below. Without it that type is an undefined term, which cannot be signed. */
export const OPEN_BADGES_EXTENSIONS_CONTEXT = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';

const ACHIEVEMENT_CREDENTIAL_SCHEMA =
  'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json';

/** What must be known about a certificate to write its badge. */
export interface BadgeFacts {
  /** Origin of this site, such as `https://tremplin.example`; a final slash is ignored. */
  readonly publicUrl: string;
  /** UUID of the certificate. */
  readonly certificateId: string;
  /** Where its status is published, from 1 over all lists. */
  readonly statusIndex: number;
  /** When the certificate was issued; fractions of a second are dropped. */
  readonly issuedAt: Date;
  readonly issuerName: string;
  /** The issuer's `did:web`. */
  readonly issuerDid: string;
  readonly holder: {
    /** Written to the badge only as a salted hash of its lower case form. */
    readonly email: string;
    /** Random text, different for each badge, so that two badges of one person cannot be matched by hash. */
    readonly salt: string;
    /** UUID that stands for the person. */
    readonly subjectId: string;
  };
  readonly achievement: {
    readonly courseSlug: string;
    /** Published version of the course, from 1. */
    readonly versionNumber: number;
    /** Title of the course in each language, by BCP 47 tag. */
    readonly names: Readonly<Record<string, string>>;
    /** Description of the course in each language, by BCP 47 tag. */
    readonly descriptions: Readonly<Record<string, string>>;
    /** What had to be done, in Markdown, in the language `locale`. */
    readonly criteriaNarrative: string;
    /** BCP 47 tag of the language in which the badge is written. */
    readonly locale: string;
  };
}

/** Recipient's address, hashed. Open Badges 3.0, `IdentityObject`. */
export interface HashedIdentity {
  readonly type: 'IdentityObject';
  readonly identityType: 'emailAddress';
  readonly hashed: true;
  readonly salt: string;
  /** `sha256$` and 64 lower case hexadecimal digits. */
  readonly identityHash: string;
}

/** An Open Badges 3.0 `OpenBadgeCredential` without a proof, as this site writes it. */
export interface UnsignedBadge {
  readonly '@context': readonly string[];
  readonly id: string;
  readonly type: readonly string[];
  readonly name: string;
  readonly issuer: {
    readonly id: string;
    readonly type: readonly string[];
    readonly name: string;
    readonly url: string;
  };
  /** Instant in UTC, whole seconds. */
  readonly validFrom: string;
  /** Instant in UTC, whole seconds; absent when the badge does not expire. */
  readonly validUntil?: string;
  readonly credentialSubject: {
    readonly id: string;
    readonly type: readonly string[];
    readonly identifier: readonly HashedIdentity[];
    readonly achievement: {
      readonly id: string;
      readonly type: readonly string[];
      readonly achievementType: string;
      readonly inLanguage: string;
      readonly name: string;
      readonly description: string;
      readonly criteria: { readonly narrative: string };
      readonly image: { readonly id: string; readonly type: 'Image' };
    };
  };
  readonly credentialStatus: StatusEntry;
  readonly credentialSchema: readonly { readonly id: string; readonly type: string }[];
}

/**
 * Writes the Open Badges 3.0 credential of a certificate, ready to be signed. The same facts always give
 * the same credential.
 *
 * Source: https://www.imsglobal.org/spec/ob/v3p0/ (AchievementCredential, Achievement, IdentityObject).
 *
 * @throws RangeError when the course has no name in the badge's language, or the date is invalid.
 */
export function buildBadge(facts: BadgeFacts): UnsignedBadge {
  const { achievement, holder } = facts;
  const origin = facts.publicUrl.replace(/\/+$/, '');
  const name = nameIn(achievement.names, achievement.locale);
  return {
    '@context': [CREDENTIALS_CONTEXT, OPEN_BADGES_CONTEXT, OPEN_BADGES_EXTENSIONS_CONTEXT],
    id: `${origin}/credentials/${facts.certificateId}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name,
    issuer: { id: facts.issuerDid, type: ['Profile'], name: facts.issuerName, url: origin },
    validFrom: wholeSeconds(facts.issuedAt),
    credentialSubject: {
      id: `urn:uuid:${holder.subjectId}`,
      type: ['AchievementSubject'],
      identifier: [hashedIdentity(holder.email, holder.salt)],
      achievement: {
        id: `${origin}/achievements/${achievement.courseSlug}/v${achievement.versionNumber}`,
        type: ['Achievement'],
        achievementType: 'CertificateOfCompletion',
        inLanguage: achievement.locale,
        name,
        // Open Badges demands one; a course may be published without a summary.
        description: achievement.descriptions[achievement.locale]?.trim() || name,
        criteria: { narrative: achievement.criteriaNarrative },
        image: { id: `${origin}/achievements/${achievement.courseSlug}/badge.svg`, type: 'Image' },
      },
    },
    credentialStatus: statusEntry(origin, facts.statusIndex),
    credentialSchema: [{ id: ACHIEVEMENT_CREDENTIAL_SCHEMA, type: '1EdTechJsonSchemaValidator2019' }],
  };
}

/**
 * The recipient's address as a badge carries it: `sha256$` and the hash of the lower case address followed by
 * the salt. Someone who knows the address can check it; nobody can read it.
 */
export function hashedIdentity(email: string, salt: string): HashedIdentity {
  const digest = createHash('sha256')
    .update(email.toLowerCase() + salt, 'utf8')
    .digest('hex');
  return {
    type: 'IdentityObject',
    identityType: 'emailAddress',
    hashed: true,
    salt,
    identityHash: `sha256$${digest}`,
  };
}

/** An instant as an XML Schema dateTimeStamp in UTC, fractions of a second dropped: `2026-10-08T21:59:00Z`. */
export function wholeSeconds(instant: Date): string {
  return `${instant.toISOString().slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)}Z`;
}

function nameIn(names: Readonly<Record<string, string>>, locale: string): string {
  const name = names[locale];
  if (!name) throw new RangeError(`the achievement has no name in language ${locale}`);
  return name;
}
