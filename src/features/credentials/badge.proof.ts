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

/** What verifying found. `problems` is empty exactly when `verified` is true. */
export interface Verification {
  readonly verified: boolean;
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
 * issuer controls and has published for assertions. The first stage that finds problems is the last.
 *
 * Endorsements inside a badge are covered by its proof, but their own proofs are not checked. VC-JWT and
 * revocation lists are not supported; a badge that needs them is refused with a problem that says so.
 *
 * @param badge parsed JSON of any origin.
 * @param now when the badge must be valid, give or take five minutes.
 * @throws what `resolveDid` throws: a network failure says nothing about the badge.
 */
export async function verifyBadge(badge: unknown, resolveDid: ResolveDid, now: Date): Promise<Verification> {
  const shape = readBadgeShape(badge);
  if (!shape.badge) return { verified: false, problems: shape.problems };
  const problems = new Set<string>();
  for (const proof of shape.proofs) {
    for (const problem of await proofProblems(shape.badge, proof, resolveDid, now)) problems.add(problem);
  }
  return { verified: problems.size === 0, problems: [...problems] };
}

async function proofProblems(
  badge: BadgeShape,
  proof: BadgeProof,
  resolveDid: ResolveDid,
  now: Date,
): Promise<string[]> {
  if (proof.expires !== undefined && new Date(proof.expires) <= now)
    return [`the proof expired on ${proof.expires}`];
  const did = proof.verificationMethod.split('#', 1)[0] ?? '';
  const controller = await resolveDid(did);
  if (!controller) return [`no DID document was found for ${did}`];
  if (controller.id !== did) return [`the DID document of ${did} says that it belongs to ${controller.id}`];

  const method = findMethod(controller, proof.verificationMethod);
  if (!method) return [`the key ${proof.verificationMethod} is not in the DID document of ${did}`];
  if (method.controller !== badge.issuer.id) {
    return [`the key is controlled by ${method.controller}, not by the issuer ${badge.issuer.id}`];
  }
  const end = [method.revoked, method.expires].find((instant) => instant && new Date(instant) <= now);
  if (end) return [`the key may not be used since ${end}`];

  const result = await verifyCredential({
    credential: { ...badge, proof },
    suite: new DataIntegrityProof({ cryptosuite }),
    purpose: new CredentialIssuancePurpose({ controller }),
    documentLoader: withDocument(proof.verificationMethod, method),
    now,
    maxClockSkew: CLOCK_SKEW_SECONDS,
  });
  if (result.verified) return [];
  const errors = [result.error ?? []].flat().flatMap((error) => error.errors ?? [error]);
  return errors.length > 0 ? errors.map((error) => error.message) : ['the proof does not verify'];
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
