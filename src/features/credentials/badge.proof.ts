import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { CredentialIssuancePurpose, issue, verifyCredential, type DocumentLoader } from '@digitalbazaar/vc';
import { loadContext } from './badge.contexts.js';
import type { UnsignedBadge } from './badge.rules.js';
import { readBadgeShape, type BadgeProof, type BadgeShape } from './badge.shape.js';
import type { DidDocument, PublishedKey, VerificationMethod } from './did.js';

/** How far the clocks of issuer and verifier may differ, in seconds. */
const CLOCK_SKEW_SECONDS = 300;

/** Data Integrity proof, https://www.w3.org/TR/vc-di-eddsa/#proof-representations. */
export interface DataIntegrityProofDocument {
  readonly type: 'DataIntegrityProof';
  readonly cryptosuite: 'eddsa-rdfc-2022';
  /** Instant in UTC, whole seconds. */
  readonly created: string;
  readonly verificationMethod: string;
  readonly proofPurpose: 'assertionMethod';
  /** The 64 bytes of the signature, `z` and base58btc. */
  readonly proofValue: string;
}

/** A badge with its proof, as it is stored and served. */
export type SignedBadge = UnsignedBadge & { readonly proof: readonly [DataIntegrityProofDocument] };

/** An Ed25519 key pair in Multikey form. The secret half never leaves the issuer. */
export interface KeyPairMultibase {
  readonly publicKeyMultibase: string;
  readonly secretKeyMultibase: string;
}

/** A key pair and the name under which the issuer's DID document publishes its public half. */
export type SigningKey = KeyPairMultibase & PublishedKey & { readonly did: string };

/** Finds a DID document; null when there is none. May reject, for instance when the network is down. */
export type ResolveDid = (did: string) => Promise<DidDocument | null>;

/** Tells whether a badge, whose signature is genuine, was revoked by its issuer. */
export type AskStatus = (badge: BadgeShape) => Promise<boolean>;

/**
 * What is checked, in this order: that it is an Open Badges 3.0 credential with a proof that can be checked; that its issuer
 * has published the key it was signed with; that it and the key are valid now; that the signature matches what it says; that it
 * was not revoked.
 */
export const BADGE_CHECKS = ['FORM', 'ISSUER', 'DATES', 'SIGNATURE', 'STATUS'] as const;
export type BadgeCheck = (typeof BADGE_CHECKS)[number];

/** What verifying found. `problems` is empty exactly when `verified` is true. */
export interface Verification {
  readonly verified: boolean;
  /** The check that found them; those after it were not made. */
  readonly failed?: BadgeCheck;
  readonly problems: string[];
}

/** A new random Ed25519 key pair. */
export async function generateSigningKey(): Promise<KeyPairMultibase> {
  const { publicKeyMultibase, secretKeyMultibase } = await Ed25519Multikey.generate();
  return { publicKeyMultibase, secretKeyMultibase };
}

/**
 * Signs a badge with a Data Integrity proof, cryptosuite `eddsa-rdfc-2022`. The same badge, key and date give the
 * same bytes. The badge given is left as it was.
 *
 * @param signedAt becomes the proof's `created`; fractions of a second are dropped.
 * @throws RangeError when the key is not the issuer's: no verifier would accept that badge.
 * @throws Error when the badge has a property that its contexts do not define, or an unknown context.
 */
export async function signBadge(
  unsigned: UnsignedBadge,
  key: SigningKey,
  signedAt: Date,
): Promise<SignedBadge> {
  return signCredential(unsigned, key, signedAt);
}

/** Signs any credential of the issuer, as {@link signBadge} does. */
export async function signCredential<T extends { readonly issuer: { readonly id: string } }>(
  unsigned: T,
  key: SigningKey,
  signedAt: Date,
): Promise<T & { readonly proof: readonly [DataIntegrityProofDocument] }> {
  if (unsigned.issuer.id !== key.did) {
    throw new RangeError(`the key of ${key.did} cannot sign for ${unsigned.issuer.id}`);
  }
  const keyPair = await Ed25519Multikey.from({
    id: `${key.did}#${key.keyId}`,
    controller: key.did,
    publicKeyMultibase: key.publicKeyMultibase,
    secretKeyMultibase: key.secretKeyMultibase,
  });
  const suite = new DataIntegrityProof({ cryptosuite, signer: keyPair.signer(), date: signedAt });
  const signed = await issue({ credential: { ...unsigned }, suite, documentLoader: loadContext });
  // The library writes one proof as an object. Open Badges 3.0 wants a set; the proof does not cover itself.
  return { ...unsigned, proof: [signed.proof as DataIntegrityProofDocument] };
}

/**
 * Verifies a badge: its form, its dates, and every one of its proofs, each of which must come from a key that the
 * issuer controls and has published for assertions. The first check that finds problems is the last.
 *
 * Endorsements inside a badge are covered by its proof, but their own proofs are not checked. VC-JWT is not supported; a badge
 * that needs it is refused with a problem that says so.
 *
 * @param badge parsed JSON of any origin.
 * @param now when the badge must be valid, give or take five minutes.
 * @param isRevoked without it, a badge that says where its status is does not verify.
 * @throws what `resolveDid` throws: a network failure says nothing about the badge.
 */
export async function verifyBadge(
  badge: unknown,
  resolveDid: ResolveDid,
  now: Date,
  isRevoked?: AskStatus,
): Promise<Verification> {
  const shape = readBadgeShape(badge);
  if (!shape.badge) return { verified: false, failed: 'FORM', problems: shape.problems };
  const found: Finding[] = [];
  for (const proof of shape.proofs) found.push(await checkProof(shape.badge, proof, resolveDid, now));
  const failed = BADGE_CHECKS.find((check) => found.some((finding) => finding.failed === check));
  const problems = new Set(found.flatMap((finding) => finding.problems));
  if (problems.size > 0) return { verified: false, ...(failed && { failed }), problems: [...problems] };
  const problem = await statusProblem(shape.badge, isRevoked);
  return problem
    ? { verified: false, failed: 'STATUS', problems: [problem] }
    : { verified: true, problems: [] };
}

async function statusProblem(badge: BadgeShape, isRevoked?: AskStatus): Promise<string | null> {
  if (isRevoked) return (await isRevoked(badge)) ? 'it was revoked by its issuer' : null;
  return badge.credentialStatus ? 'whether it was revoked cannot be told here' : null;
}

/** What one proof's checks found; none failed where there is no problem. */
type Finding = Pick<Verification, 'failed' | 'problems'>;

async function checkProof(
  badge: BadgeShape,
  proof: BadgeProof,
  resolveDid: ResolveDid,
  now: Date,
): Promise<Finding> {
  const foreign = (problem: string): Finding => ({ failed: 'ISSUER', problems: [problem] });
  const did = proof.verificationMethod.split('#', 1)[0] ?? '';
  const controller = await resolveDid(did);
  if (!controller) return foreign(`no DID document was found for ${did}`);
  if (controller.id !== did)
    return foreign(`the DID document of ${did} says that it belongs to ${controller.id}`);

  const method = findMethod(controller, proof.verificationMethod);
  if (!method) return foreign(`the key ${proof.verificationMethod} is not in the DID document of ${did}`);
  if (method.controller !== badge.issuer.id)
    return foreign(`the key is controlled by ${method.controller}, not by the issuer ${badge.issuer.id}`);

  const outdated = dateProblems(badge, proof, method, now);
  if (outdated.length > 0) return { failed: 'DATES', problems: outdated };

  const result = await verifyCredential({
    credential: { ...badge, proof },
    suite: new DataIntegrityProof({ cryptosuite }),
    purpose: new CredentialIssuancePurpose({ controller }),
    documentLoader: withDocument(proof.verificationMethod, method),
    checkStatus: async () => ({ verified: true }), // asked when the signature is known to be genuine
    now,
    maxClockSkew: CLOCK_SKEW_SECONDS,
  });
  if (result.verified) return { problems: [] };
  const errors = [result.error ?? []].flat().flatMap((error) => error.errors ?? [error]);
  const problems = errors.length > 0 ? errors.map(({ message }) => message) : ['the proof does not verify'];
  return { failed: 'SIGNATURE', problems };
}

function dateProblems(
  { validFrom, validUntil }: BadgeShape,
  { expires }: BadgeProof,
  { revoked, expires: ends }: VerificationMethod,
  now: Date,
): string[] {
  const skew = CLOCK_SKEW_SECONDS * 1000;
  const isPast = (instant: string | undefined, slack = 0): boolean =>
    instant !== undefined && Date.parse(instant) + slack <= now.getTime();
  return [
    isPast(validFrom, -skew) ? '' : `not valid yet: its validFrom is ${validFrom}`,
    isPast(validUntil, skew) ? `no longer valid: its validUntil is ${validUntil}` : '',
    isPast(expires) ? `the proof expired on ${expires}` : '',
    isPast(revoked) ? `the key may not be used since ${revoked}` : '',
    isPast(ends) ? `the key may not be used since ${ends}` : '',
  ].filter((problem) => problem !== '');
}

/** The key a proof names. A `did:key` holds one key, whose fragment repeats it, and may be named without it. */
function findMethod(document: DidDocument, name: string): VerificationMethod | undefined {
  const isBareDidKey = name.startsWith('did:key:') && !name.includes('#');
  const id = isBareDidKey ? `${name}#${name.slice('did:key:'.length)}` : name;
  const embedded = (document.assertionMethod ?? []).filter((entry) => typeof entry !== 'string');
  return [...(document.verificationMethod ?? []), ...embedded].find((method) => method.id === id);
}

/** The known contexts, and one document more. */
function withDocument(address: string, document: object): DocumentLoader {
  return async (url) =>
    url === address ? { contextUrl: null, documentUrl: url, document } : loadContext(url);
}
