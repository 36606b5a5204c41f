import { buildBadge } from './badge.rules.js';
import { readBadgeShape } from './badge.shape.js';

const badge = {
  ...buildBadge({
    publicUrl: 'https://tremplin.example',
    certificateId: '0f8fad5b-d9cb-469f-a165-70867728950e',
    statusIndex: 1,
    issuedAt: new Date('2026-03-04T05:06:07Z'),
    issuerName: 'Tremplin',
    issuerDid: 'did:web:tremplin.example',
    holder: { email: 'awa@example.org', salt: 'b1946ac9', subjectId: '7c9e6679-7425-40de-944b-e07fc1f90ae7' },
    achievement: {
      courseSlug: 'sell-online',
      versionNumber: 1,
      names: { en: 'Sell online' },
      descriptions: { en: 'Open a shop on the web.' },
      criteriaNarrative: 'Pass every quiz.',
      locale: 'en',
    },
  }),
  proof: {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: '2026-03-04T05:06:08Z',
    verificationMethod: 'did:web:tremplin.example#key-1',
    proofPurpose: 'assertionMethod',
    proofValue: 'z2',
  },
};
const [credentials, openBadges] = badge['@context'];
const problemsOf = (properties: object) => readBadgeShape({ ...badge, ...properties }).problems;

it('accepts one proof, or a set of them', () => {
  expect(problemsOf({})).toEqual([]);
  expect(problemsOf({ proof: [badge.proof] })).toEqual([]);
});

it.each<[string, object, RegExp]>([
  [
    'a refresh service without a type',
    { refreshService: { id: 'https://a.example' } },
    /^refreshService\.type/,
  ],
  [
    'a schema without a type',
    { credentialSchema: [{ id: 'https://a.example' }] },
    /^credentialSchema\.0\.type/,
  ],
  ['a schema that is a string', { credentialSchema: 'https://a.example' }, /^credentialSchema/],
  ['an issuer that is a string', { issuer: 'did:web:tremplin.example' }, /^issuer/],
  ['a subject that is a string', { credentialSubject: 'urn:x:y' }, /^credentialSubject/],
  [
    'a related resource, which cannot be checked',
    { relatedResource: [{ id: 'https://a.example' }] },
    /^relatedResource/,
  ],
  [
    'a status of another kind',
    { credentialStatus: { ...badge.credentialStatus, type: '1EdTechRevocationList' } },
    /^credentialStatus\.type/,
  ],
  [
    'a status for another purpose',
    { credentialStatus: { ...badge.credentialStatus, statusPurpose: 'suspension' } },
    /^credentialStatus\.statusPurpose/,
  ],
  [
    'a status without its place',
    { credentialStatus: { ...badge.credentialStatus, statusListIndex: undefined } },
    /^credentialStatus\.statusListIndex/,
  ],
  ['several statuses', { credentialStatus: [badge.credentialStatus] }, /^credentialStatus/],
  ['no Open Badges context', { '@context': [credentials] }, /^@context/],
  ['no credentials context', { '@context': [openBadges] }, /^@context/],
  ['contexts in the wrong order', { '@context': [openBadges, credentials] }, /^@context/],
  ['no context at all', { '@context': undefined }, /^@context/],
  ['an unknown context', { '@context': [credentials, openBadges, 'https://a.example'] }, /unknown context/],
  ['a context of its own', { '@context': [credentials, openBadges, { name: null }] }, /inside the badge/],
  ['a context deeper down', { issuer: { ...badge.issuer, '@context': { url: null } } }, /^issuer\.@context/],
  [
    'a proof with its own context',
    { proof: { ...badge.proof, '@context': credentials } },
    /^proof\.@context/,
  ],
  [
    'a hidden end of validity',
    { 'https://www.w3.org/2018/credentials#validUntil': '2020-01-01T00:00:00Z' },
    /short names/,
  ],
  ['a keyword that smuggles in a graph', { '@included': [{ id: badge.id, name: 'x' }] }, /keyword/],
  ['null, which no signature covers', { evidence: null }, /null/],
  ['an empty set, which no signature covers', { evidence: [] }, /empty set/],
  ['an instant without its offset', { validFrom: '2026-03-04T05:06:07' }, /^validFrom/],
  ['no proof', { proof: undefined }, /^proof/],
])('refuses %s', (_what, properties, problem) => {
  expect(problemsOf(properties).join('\n')).toMatch(problem);
});

it.each<[string, unknown]>([
  ['a VC-JWT, and says so', 'eyJhbGciOiJFUzI1NiJ9.e30.c2ln'],
  ['null', null],
  ['a list', [badge]],
  ['a number', 7],
])('refuses %s', (_what, input) => {
  expect(readBadgeShape(input)).toEqual({
    badge: null,
    problems: expect.arrayContaining([expect.any(String)]),
  });
});
