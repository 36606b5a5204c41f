import { gzipSync } from 'node:zlib';

/** W3C Verifiable Credentials Data Model 2.0 context; must be the first of every credential. */
export const CREDENTIALS_CONTEXT = 'https://www.w3.org/ns/credentials/v2';

/**
 * Statuses in one list: the least that the specification allows, so that asking about one badge tells nobody which one.
 * Source: https://www.w3.org/TR/vc-bitstring-status-list/, "Bitstring Length".
 */
export const STATUS_LIST_LENGTH = 131_072;

/** Where the status of a badge is published. */
export interface StatusPlace {
  /** Of the list, from 1. */
  readonly listNumber: number;
  /** In the list, 0 to {@link STATUS_LIST_LENGTH} - 1. */
  readonly position: number;
}

/** @param statusIndex over all lists, from 1. */
export function statusPlace(statusIndex: number): StatusPlace {
  const index = statusIndex - 1;
  return { listNumber: Math.floor(index / STATUS_LIST_LENGTH) + 1, position: index % STATUS_LIST_LENGTH };
}

/** How a badge says where its status is. Bitstring Status List 1.0, `BitstringStatusListEntry`. */
export interface StatusEntry {
  readonly id: string;
  readonly type: 'BitstringStatusListEntry';
  readonly statusPurpose: 'revocation';
  /** Decimal digits. */
  readonly statusListIndex: string;
  readonly statusListCredential: string;
}

/** @param origin of this site, without a final slash. */
export function statusEntry(origin: string, statusIndex: number): StatusEntry {
  const { listNumber, position } = statusPlace(statusIndex);
  const list = statusListAddress(origin, listNumber);
  return {
    id: `${list}#${position}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: String(position),
    statusListCredential: list,
  };
}

export const statusListAddress = (origin: string, listNumber: number): string =>
  `${origin}/credentials/status/${listNumber}`;

/** A list of statuses as a credential without a proof. Bitstring Status List 1.0, `BitstringStatusListCredential`. */
export interface UnsignedStatusList {
  readonly '@context': readonly string[];
  readonly id: string;
  readonly type: readonly string[];
  readonly issuer: { readonly id: string };
  /** Instant in UTC, whole seconds. */
  readonly validFrom: string;
  readonly credentialSubject: {
    readonly id: string;
    readonly type: 'BitstringStatusList';
    readonly statusPurpose: 'revocation';
    /** Multibase (`u`, base64url) of the GZIP of the bits; the first status is the highest bit of the first byte. */
    readonly encodedList: string;
  };
}

/** @param revoked positions of the badges that are revoked. */
export function buildStatusList(
  { address, issuerDid, validFrom }: { address: string; issuerDid: string; validFrom: string },
  revoked: readonly number[],
): UnsignedStatusList {
  const bits = Buffer.alloc(STATUS_LIST_LENGTH / 8);
  for (const position of revoked) bits[position >> 3]! |= 0x80 >> (position & 7);
  return {
    '@context': [CREDENTIALS_CONTEXT],
    id: address,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: { id: issuerDid },
    validFrom,
    credentialSubject: {
      id: `${address}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: `u${gzipSync(bits).toString('base64url')}`,
    },
  };
}
