import { z } from 'zod';
import { parseUrl } from '../../platform/url.js';
import { KNOWN_CONTEXTS } from './badge.contexts.js';
import { OPEN_BADGES_CONTEXT } from './badge.rules.js';
import { CREDENTIALS_CONTEXT } from './status-list.rules.js';

/**
 * The form a badge must have before its proof is worth checking. A proof covers the meaning of a badge as linked
 * data; these rules make sure that someone who reads it as plain JSON reads the same thing, and refuse what the
 * Verifiable Credentials library lets through.
 *
 * Sources: Open Badges 3.0 (https://www.imsglobal.org/spec/ob/v3p0/) and Verifiable Credentials Data Model 2.0
 * (https://www.w3.org/TR/vc-data-model-2.0/).
 */

const uri = z.string().refine((text) => parseUrl(text) !== null, 'must be an absolute URI');
const instant = z.iso.datetime({ offset: true, error: 'must be an instant with its UTC offset' });
const someTypes = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

function typesWith(...accepted: string[]) {
  return someTypes.refine(
    (types) => [types].flat().some((type) => accepted.includes(type)),
    `must include ${accepted.join(' or ')}`,
  );
}

/** Verifiable Credentials writes one value or a set of them; either is read. */
function oneOrMore<T extends z.ZodType>(item: T) {
  return z.union([item, z.array(item)], { error: 'must be an object of the right form, or a set of them' });
}

const typedObject = z.looseObject({ type: someTypes });

const identifierEntry = z.looseObject({ type: typesWith('IdentifierEntry') });
const identity = z.looseObject({
  type: typesWith('IdentityObject'),
  identityHash: z.string(),
  identityType: z.string(),
  hashed: z.boolean(),
});

const organization = z.looseObject({
  id: uri,
  type: typesWith('Profile'),
  otherIdentifier: z.array(identifierEntry).optional(),
});
const profile = organization.extend({ parentOrg: organization.optional() });

const achievement = z.looseObject({
  id: uri,
  type: typesWith('Achievement'),
  name: z.string(),
  description: z.string(),
  criteria: z.looseObject({ id: uri.optional(), narrative: z.string().optional() }),
  creator: profile.optional(),
  resultDescription: z.array(z.looseObject({ type: typesWith('ResultDescription') })).optional(),
});

const subject = z.looseObject({
  id: uri.optional(),
  type: typesWith('AchievementSubject'),
  identifier: z.array(identity).optional(),
  achievement,
  source: profile.optional(),
  result: z.array(z.looseObject({ type: typesWith('Result') })).optional(),
});

const proof = z.looseObject({
  '@context': z.undefined('a proof must not bring its own context').optional(),
  type: z.literal('DataIntegrityProof', 'only Data Integrity proofs are supported'),
  cryptosuite: z.literal('eddsa-rdfc-2022', 'only the cryptosuite eddsa-rdfc-2022 is supported'),
  proofPurpose: z.literal('assertionMethod'),
  verificationMethod: uri,
  created: instant.optional(),
  expires: instant.optional(),
  proofValue: z.string().startsWith('z', 'must be base58btc in multibase'),
});

const status = z.looseObject(
  {
    id: uri.optional(),
    type: z.literal(
      'BitstringStatusListEntry',
      'only statuses of the type BitstringStatusListEntry are supported',
    ),
    statusPurpose: z.literal('revocation', 'only the status "revocation" is supported'),
    statusListIndex: z.string().regex(/^\d+$/, 'must be decimal digits'),
    statusListCredential: uri,
  },
  'must be one status',
);

const context = z
  .array(z.string())
  .refine((list) => list[0] === CREDENTIALS_CONTEXT, `must begin with ${CREDENTIALS_CONTEXT}`)
  .refine((list) => list[1] === OPEN_BADGES_CONTEXT, `must have ${OPEN_BADGES_CONTEXT} in the second place`);

const badgeShape = z.looseObject({
  '@context': context,
  id: uri,
  // The Open Badges context makes these two names of one type.
  type: typesWith('VerifiableCredential').and(typesWith('OpenBadgeCredential', 'AchievementCredential')),
  issuer: profile,
  validFrom: instant,
  validUntil: instant.optional(),
  credentialSubject: subject,
  evidence: oneOrMore(z.looseObject({ type: typesWith('Evidence') })).optional(),
  credentialSchema: oneOrMore(typedObject.extend({ id: uri })).optional(),
  refreshService: oneOrMore(typedObject).optional(),
  termsOfUse: oneOrMore(typedObject).optional(),
  credentialStatus: status.optional(),
  // The digest of a related resource can only be checked by fetching it, and nothing is fetched.
  relatedResource: z.undefined('digests cannot be checked: relatedResource is not supported').optional(),
  proof: z.union([proof, z.array(proof).min(1)], 'must be a proof, or a set of them'),
});

/** A badge whose form is right; nothing is known yet about its proof. */
export type BadgeShape = z.infer<typeof badgeShape>;
/** One proof of a badge, of the only kind supported. */
export type BadgeProof = z.infer<typeof proof>;

/** What reading a badge found: the badge as it was given with its proofs, or everything wrong with its form. */
export type BadgeReading =
  | { readonly badge: BadgeShape; readonly proofs: readonly BadgeProof[]; readonly problems: [] }
  | { readonly badge: null; readonly problems: string[] };

/** Reads a badge from parsed JSON of any origin. */
export function readBadgeShape(input: unknown): BadgeReading {
  if (typeof input === 'string') {
    return { badge: null, problems: ['only badges with an embedded proof are supported, not VC-JWT'] };
  }
  const result = badgeShape.safeParse(input);
  const shapeProblems = result.success ? [] : result.error.issues.flatMap((issue) => explain(issue));
  const problems = [...shapeProblems, ...ambiguities(input, '')];
  if (!result.success || problems.length > 0) return { badge: null, problems };
  // The proof is checked over what was given, not over the copy, which may lack what the schema does not know.
  return { badge: input as BadgeShape, proofs: [result.data.proof].flat(), problems: [] };
}

/** The sentence of an issue; for a union, those of the alternative that came nearest. */
function explain(issue: z.core.$ZodIssue, parent: readonly PropertyKey[] = []): string[] {
  const path = [...parent, ...issue.path];
  if (issue.code === 'invalid_union') {
    const nearest = issue.errors.toSorted((a, b) => depth(b) - depth(a))[0];
    if (nearest) return nearest.flatMap((inner) => explain(inner, path));
  }
  return [`${path.join('.') || 'badge'}: ${issue.message}`];
}

function depth(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map((issue) => issue.path.length));
}

/**
 * Where a badge read as JSON and the same badge read as linked data could differ, at any depth. What is null or an
 * empty set is in no signature. A context can give a name another meaning. A keyword, or a property named by its
 * full IRI, can hide what was signed: `https://www.w3.org/2018/credentials#validUntil` keeps the signature valid
 * and leaves no `validUntil` to be checked.
 */
function ambiguities(value: unknown, path: string): string[] {
  if (value === null) return [`${path}: must not be null`];
  if (Array.isArray(value)) {
    if (value.length === 0) return [`${path}: must not be an empty set`];
    return value.flatMap((item, index) => ambiguities(item, `${path}.${index}`));
  }
  if (typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const place = path ? `${path}.${key}` : key;
    if (key === '@context') return [inner].flat().flatMap((item) => contextProblems(item, place));
    if (key.startsWith('@') && !LANGUAGE_VALUE_KEYWORDS.has(key))
      return [`${place}: keyword not allowed here`];
    if (key.includes(':')) return [`${place}: properties must have their short names`];
    return ambiguities(inner, place);
  });
}

/** Keywords of a text with its language, which Verifiable Credentials 2.0 allows for `name` and `description`. */
const LANGUAGE_VALUE_KEYWORDS = new Set(['@value', '@language', '@direction']);

function contextProblems(item: unknown, place: string): string[] {
  if (typeof item !== 'string') return [`${place}: a context written inside the badge is not allowed`];
  return KNOWN_CONTEXTS.has(item) ? [] : [`${place}: unknown context ${item}`];
}
