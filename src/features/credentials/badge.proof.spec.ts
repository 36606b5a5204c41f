import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue } from '@digitalbazaar/vc';
import { loadContext } from './badge.contexts.js';
import { buildBadge } from './badge.rules.js';
import {
  generateSigningKey,
  signBadge,
  verifyBadge,
  type SignedBadge,
  type SigningKey,
} from './badge.proof.js';
import { didDocument, type DidDocument } from './did.js';

const did = 'did:web:tremplin.example';
const signedAt = new Date('2026-03-04T05:06:08.999Z');
const now = new Date('2026-03-05T00:00:00Z');

const unsigned = buildBadge({
  publicUrl: 'https://tremplin.example',
  certificateId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  statusIndex: 1,
  issuedAt: new Date('2026-03-04T05:06:07Z'),
  issuerName: 'Tremplin',
  issuerDid: did,
  holder: { email: 'awa@example.org', salt: 'b1946ac9', subjectId: '7c9e6679-7425-40de-944b-e07fc1f90ae7' },
  achievement: {
    courseSlug: 'sell-online',
    versionNumber: 1,
    names: { fr: 'Vendre en ligne' },
    descriptions: { fr: 'Ouvrir une boutique en ligne.' },
    criteriaNarrative: 'Suivre chaque leçon et réussir chaque quiz.',
    locale: 'fr',
  },
});

let key: SigningKey;
let document: DidDocument;
let badge: SignedBadge;

beforeAll(async () => {
  key = { did, keyId: 'key-1', ...(await generateSigningKey()) };
  document = didDocument(did, [key]);
  badge = await signBadge(unsigned, key, signedAt);
});

const resolveDid = async (wanted: string) => (wanted === did ? document : null);
const isRevoked = async () => false;
const verify = (input: unknown, at = now) => verifyBadge(input, resolveDid, at, isRevoked);

/** Signs a badge with other or further properties, as its issuer would. */
const signWith = (properties: object) => signBadge({ ...unsigned, ...properties }, key, signedAt);

/** A copy of the badge in which the property at the path, such as `issuer.name`, has another value. */
function tampered(path: string, value: unknown): unknown {
  const copy = JSON.parse(JSON.stringify(badge));
  const steps = path.split('.');
  const last = steps.pop() as string;
  const parent = steps.reduce((node, step) => node[step], copy);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return copy;
}

describe('signBadge', () => {
  it('makes a badge that verifies', async () => {
    expect(await verify(badge)).toEqual({ verified: true, problems: [] });
  });

  it('still verifies after a passage through JSON', async () => {
    expect(await verify(JSON.parse(JSON.stringify(badge)))).toEqual({ verified: true, problems: [] });
  });

  it('signs in whole seconds, with the key the issuer publishes', () => {
    expect(badge.proof).toEqual([
      {
        type: 'DataIntegrityProof',
        cryptosuite: 'eddsa-rdfc-2022',
        created: '2026-03-04T05:06:08Z',
        verificationMethod: `${did}#key-1`,
        proofPurpose: 'assertionMethod',
        proofValue: expect.stringMatching(/^z[1-9A-HJ-NP-Za-km-z]{80,90}$/),
      },
    ]);
  });

  it('gives the same bytes for the same badge, key and date', async () => {
    expect(JSON.stringify(await signBadge(unsigned, key, signedAt))).toBe(JSON.stringify(badge));
  });

  it('leaves the unsigned badge as it was', () => {
    expect(unsigned).not.toHaveProperty('proof');
  });

  it('refuses to sign for another issuer', async () => {
    await expect(signWith({ issuer: { ...unsigned.issuer, id: 'did:web:other.example' } })).rejects.toThrow(
      RangeError,
    );
  });

  it('refuses a property that the contexts do not define', async () => {
    await expect(signWith({ favoriteColor: 'blue' })).rejects.toThrow();
  });

  it('refuses a context that is not in the packages', async () => {
    const contexts = [...unsigned['@context'], 'https://example.org/unknown.json'];
    await expect(signWith({ '@context': contexts })).rejects.toThrow(/unknown\.json/);
  });
});

describe('verifyBadge refuses a badge after a change of', () => {
  it.each<[string, unknown]>([
    ['id', 'https://tremplin.example/credentials/11111111-1111-4111-8111-111111111111'],
    ['type', ['VerifiableCredential']],
    ['type', ['VerifiableCredential', 'OpenBadgeCredential', 'EndorsementCredential']],
    ['name', 'Something else'],
    ['name', undefined],
    ['validFrom', '2026-03-04T05:06:06Z'],
    ['validUntil', '2099-01-01T00:00:00Z'],
    ['issuer.name', 'Another issuer'],
    ['issuer.url', 'https://other.example'],
    ['credentialSubject.id', 'urn:uuid:11111111-1111-4111-8111-111111111111'],
    ['credentialSubject.identifier.0.identityHash', `sha256$${'0'.repeat(64)}`],
    ['credentialSubject.identifier.0.salt', 'ffffffff'],
    ['credentialSubject.identifier.0.hashed', false],
    ['credentialSubject.identifier', undefined],
    ['credentialSubject.achievement.id', 'https://tremplin.example/achievements/sell-online/v2'],
    ['credentialSubject.achievement.name', 'Vendre'],
    ['credentialSubject.achievement.description', 'Rien.'],
    ['credentialSubject.achievement.achievementType', 'Degree'],
    ['credentialSubject.achievement.inLanguage', 'en'],
    ['credentialSubject.achievement.criteria.narrative', 'Rien à faire.'],
    ['credentialSubject.achievement.image.id', 'https://other.example/badge.svg'],
    ['credentialSchema.0.id', 'https://other.example/schema.json'],
    ['evidence', [{ id: 'https://other.example/', type: ['Evidence'] }]],
    ['proof.0.created', '2026-03-04T05:06:09Z'],
    ['proof.0.proofPurpose', 'authentication'],
    ['proof.0.cryptosuite', 'eddsa-jcs-2022'],
    ['proof.0.proofValue', `z${'1'.repeat(64)}`],
    ['proof', undefined],
    ['proof', []],
    ['favoriteColor', 'blue'],
  ])('%s to %j', async (path, value) => {
    const { verified, problems } = await verify(tampered(path, value));
    expect(verified).toBe(false);
    expect(problems.length).toBeGreaterThan(0);
  });

  it('one proof of two', async () => {
    const second = { ...badge.proof[0], created: '2026-03-04T05:06:09Z' };
    expect((await verify({ ...badge, proof: [...badge.proof, second] })).verified).toBe(false);
  });
});

describe('verifyBadge looks at the key', () => {
  it('refuses a key that the issuer has not published', async () => {
    const result = await verifyBadge(badge, async () => didDocument(did, []), now);
    expect(result).toEqual({
      verified: false,
      failed: 'ISSUER',
      problems: [expect.stringContaining(`${did}#key-1`)],
    });
  });

  it('refuses another key under the same name', async () => {
    const other = await generateSigningKey();
    const result = await verifyBadge(
      badge,
      async () => didDocument(did, [{ keyId: 'key-1', ...other }]),
      now,
    );
    expect(result).toEqual({ verified: false, failed: 'SIGNATURE', problems: ['Invalid signature.'] });
  });

  it('refuses an issuer without a DID document', async () => {
    expect((await verifyBadge(badge, async () => null, now)).problems).toEqual([
      `no DID document was found for ${did}`,
    ]);
  });

  it('refuses a key published by someone else than the issuer', async () => {
    const thief = 'did:web:thief.example';
    const stolen = await signBadge(
      { ...unsigned, issuer: { ...unsigned.issuer, id: thief } },
      { ...key, did: thief },
      signedAt,
    );
    const forged = { ...stolen, issuer: unsigned.issuer };
    const result = await verifyBadge(forged, async (wanted) => didDocument(wanted, [key]), now);
    expect(result).toEqual({
      verified: false,
      failed: 'ISSUER',
      problems: [expect.stringContaining('not by the issuer')],
    });
  });

  it('refuses a key that claims the issuer as its controller in the document of another', async () => {
    const thief = 'did:web:thief.example';
    const theirs = { ...key, did: thief };
    const stolen = await signBadge(
      { ...unsigned, issuer: { ...unsigned.issuer, id: thief } },
      theirs,
      signedAt,
    );
    const lying = didDocument(thief, [theirs]);
    const method = { ...lying.verificationMethod![0]!, controller: did };
    const result = await verifyBadge(
      { ...stolen, issuer: unsigned.issuer },
      async () => ({ ...lying, verificationMethod: [method] }),
      now,
    );
    expect(result.verified).toBe(false);
  });

  it('refuses a document that belongs to another DID', async () => {
    const result = await verifyBadge(badge, async () => ({ ...document, id: 'did:web:other.example' }), now);
    expect(result.verified).toBe(false);
  });

  it('refuses a key that is published for another purpose', async () => {
    const result = await verifyBadge(badge, async () => ({ ...document, assertionMethod: [] }), now);
    expect(result).toEqual({
      verified: false,
      failed: 'SIGNATURE',
      problems: [expect.stringContaining('not authorized')],
    });
  });

  it('refuses a key from the day it was revoked', async () => {
    const method = { ...document.verificationMethod![0]!, revoked: '2026-03-04T12:00:00Z' };
    const withRevoked = async () => ({ ...document, verificationMethod: [method] });
    expect(
      (await verifyBadge(badge, withRevoked, new Date('2026-03-04T11:00:00Z'), isRevoked)).verified,
    ).toBe(true);
    expect((await verifyBadge(badge, withRevoked, new Date('2026-03-04T13:00:00Z'))).verified).toBe(false);
  });

  it('passes on the failure of the network, which says nothing about the badge', async () => {
    const failing = () => Promise.reject(new Error('network down'));
    await expect(verifyBadge(badge, failing, now)).rejects.toThrow('network down');
  });

  it.each([
    ['with its fragment', (didKey: string) => `${didKey}#${key.publicKeyMultibase}`],
    ['without its fragment', (didKey: string) => didKey],
  ])('accepts a did:key named %s', async (_form, nameOf) => {
    const didKey = `did:key:${key.publicKeyMultibase}`;
    const own = await Ed25519Multikey.from({ ...key, id: nameOf(didKey), controller: didKey });
    const foreign = await issue({
      credential: { ...unsigned, issuer: { ...unsigned.issuer, id: didKey } },
      suite: new DataIntegrityProof({ cryptosuite, signer: own.signer(), date: signedAt }),
      documentLoader: loadContext,
    });
    const resolve = async () => didDocument(didKey, [{ ...key, keyId: key.publicKeyMultibase }]);
    expect(await verifyBadge(foreign, resolve, now, isRevoked)).toEqual({ verified: true, problems: [] });
  });
});

describe('verifyBadge looks at the dates', () => {
  it('reports a badge that has expired', async () => {
    const expiring = await signWith({ validUntil: '2026-06-01T00:00:00Z' });
    expect((await verify(expiring)).verified).toBe(true);
    const result = await verify(expiring, new Date('2026-06-02T00:00:00Z'));
    expect(result).toEqual({
      verified: false,
      failed: 'DATES',
      problems: [expect.stringContaining('validUntil')],
    });
  });

  it('reports a badge that is not valid yet', async () => {
    const result = await verify(badge, new Date('2026-03-03T00:00:00Z'));
    expect(result).toEqual({
      verified: false,
      failed: 'DATES',
      problems: [expect.stringContaining('validFrom')],
    });
  });
});

describe('verifyBadge asks whether the badge was revoked', () => {
  it('reports one that was, when everything else is in order', async () => {
    expect(await verifyBadge(badge, resolveDid, now, async () => true)).toEqual({
      verified: false,
      failed: 'STATUS',
      problems: ['it was revoked by its issuer'],
    });
    const forged = tampered('name', 'Brain surgery');
    expect((await verifyBadge(forged, resolveDid, now, async () => true)).failed).toBe('SIGNATURE');
  });

  it('does not verify one whose status nobody can tell', async () => {
    expect(await verifyBadge(badge, resolveDid, now)).toMatchObject({ verified: false, failed: 'STATUS' });
  });
});
