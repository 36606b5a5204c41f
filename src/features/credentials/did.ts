import { parseUrl } from '../../platform/url.js';

/** A public key of a DID document. W3C Controlled Identifiers 1.0, "Multikey". */
export interface VerificationMethod {
  /** The DID, `#` and the key's fragment. */
  readonly id: string;
  readonly type: string;
  readonly controller: string;
  /** For Ed25519: `z` (base58btc) of the bytes 0xed 0x01 and the 32 bytes of the key. */
  readonly publicKeyMultibase?: string;
  /** Instant from which nothing signed with this key may be believed. */
  readonly revoked?: string;
  /** Instant after which this key is no longer used. */
  readonly expires?: string;
}

/** The parts of a DID document on which verifying a badge depends. W3C DID Core 1.0. */
export interface DidDocument {
  readonly '@context'?: string | readonly string[];
  readonly id: string;
  readonly verificationMethod?: readonly VerificationMethod[];
  /** Keys that may sign credentials: either their ids or the keys themselves. */
  readonly assertionMethod?: readonly (string | VerificationMethod)[];
}

/** One Ed25519 key that the issuer has published. */
export interface PublishedKey {
  /** Fragment of the key's id, without `#`. */
  readonly keyId: string;
  readonly publicKeyMultibase: string;
}

/**
 * The `did:web` of a site: its host name, and its port with the colon percent-encoded.
 * `https://tremplin.example` gives `did:web:tremplin.example`; `http://localhost:3000` gives
 * `did:web:localhost%3A3000`. The DID document is then at `/.well-known/did.json`.
 *
 * Source: https://w3c-ccg.github.io/did-method-web/
 *
 * @throws RangeError when the URL is not an http(s) origin, or its host is an IPv6 address, which did:web cannot say.
 */
export function didWebFrom(publicUrl: string): string {
  const url = parseUrl(publicUrl);
  const isOrigin =
    url !== null &&
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '';
  if (!isOrigin) throw new RangeError(`not the origin of a site: ${publicUrl}`);
  if (url.hostname.startsWith('['))
    throw new RangeError(`did:web has no form for an IPv6 address: ${publicUrl}`);
  return `did:web:${url.host.replace(':', '%3A')}`;
}

/**
 * The DID document that publishes the issuer's signing keys. Keep every key that ever signed a badge: a badge
 * whose key is missing here no longer verifies.
 *
 * @throws RangeError when two keys have the same id.
 */
export function didDocument(did: string, keys: readonly PublishedKey[]): DidDocument {
  const verificationMethod = keys.map((key) => ({
    id: `${did}#${key.keyId}`,
    type: 'Multikey',
    controller: did,
    publicKeyMultibase: key.publicKeyMultibase,
  }));
  const ids = verificationMethod.map((method) => method.id);
  if (new Set(ids).size < ids.length) throw new RangeError(`two keys of ${did} have the same id`);
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    verificationMethod,
    assertionMethod: ids,
  };
}
