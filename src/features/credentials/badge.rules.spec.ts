import { createHash } from 'node:crypto';
import { buildBadge, hashedIdentity, type BadgeFacts } from './badge.rules.js';

const facts: BadgeFacts = {
  publicUrl: 'https://tremplin.example',
  certificateId: '0f8fad5b-d9cb-469f-a165-70867728950e',
  statusIndex: 1,
  issuedAt: new Date('2026-03-04T05:06:07.890Z'),
  issuerName: 'Tremplin',
  issuerDid: 'did:web:tremplin.example',
  holder: {
    email: 'Awa.Diop@Example.org',
    salt: 'b1946ac9',
    subjectId: '7c9e6679-7425-40de-944b-e07fc1f90ae7',
  },
  achievement: {
    courseSlug: 'sell-online',
    versionNumber: 3,
    names: { en: 'Sell online', fr: 'Vendre en ligne' },
    descriptions: { en: 'Open a shop on the web.', fr: 'Ouvrir une boutique en ligne.' },
    criteriaNarrative: 'Suivre chaque leçon et réussir chaque quiz.',
    locale: 'fr',
  },
};

describe('buildBadge', () => {
  it('writes the whole credential', () => {
    expect(buildBadge(facts)).toEqual({
      '@context': [
        'https://www.w3.org/ns/credentials/v2',
        'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
        'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
      ],
      id: 'https://tremplin.example/credentials/0f8fad5b-d9cb-469f-a165-70867728950e',
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      name: 'Vendre en ligne',
      issuer: {
        id: 'did:web:tremplin.example',
        type: ['Profile'],
        name: 'Tremplin',
        url: 'https://tremplin.example',
      },
      validFrom: '2026-03-04T05:06:07Z',
      credentialSubject: {
        id: 'urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90ae7',
        type: ['AchievementSubject'],
        identifier: [
          {
            type: 'IdentityObject',
            identityType: 'emailAddress',
            hashed: true,
            salt: 'b1946ac9',
            // printf 'awa.diop@example.orgb1946ac9' | sha256sum
            identityHash: 'sha256$6daaf2015a64fd616b1e9570c37bcc81f194cd4b8a65f73cf1e9e488613c8a6a',
          },
        ],
        achievement: {
          id: 'https://tremplin.example/achievements/sell-online/v3',
          type: ['Achievement'],
          achievementType: 'CertificateOfCompletion',
          inLanguage: 'fr',
          name: 'Vendre en ligne',
          description: 'Ouvrir une boutique en ligne.',
          criteria: { narrative: 'Suivre chaque leçon et réussir chaque quiz.' },
          image: { id: 'https://tremplin.example/achievements/sell-online/badge.svg', type: 'Image' },
        },
      },
      credentialStatus: {
        id: 'https://tremplin.example/credentials/status/1#0',
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: '0',
        statusListCredential: 'https://tremplin.example/credentials/status/1',
      },
      credentialSchema: [
        {
          id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json',
          type: '1EdTechJsonSchemaValidator2019',
        },
      ],
    });
  });

  it('keeps the address of the holder out of the badge', () => {
    expect(JSON.stringify(buildBadge(facts)).toLowerCase()).not.toContain('awa.diop');
  });

  it('writes the same addresses whether or not the site address ends with a slash', () => {
    expect(buildBadge({ ...facts, publicUrl: 'https://tremplin.example/' })).toEqual(buildBadge(facts));
  });

  it('keeps the port of a site on localhost', () => {
    expect(buildBadge({ ...facts, publicUrl: 'http://localhost:3000' }).id).toBe(
      'http://localhost:3000/credentials/0f8fad5b-d9cb-469f-a165-70867728950e',
    );
  });

  it('refuses a course without a name in the language of the badge', () => {
    const achievement = { ...facts.achievement, names: { en: 'Sell online' } };
    expect(() => buildBadge({ ...facts, achievement })).toThrow(RangeError);
  });

  it.each<Record<string, string>[]>([[{}], [{ en: 'Sell online' }], [{ fr: ' ' }]])(
    'describes a course that has no summary in the language of the badge by its name: %j',
    (descriptions) => {
      const { description, name } = buildBadge({
        ...facts,
        achievement: { ...facts.achievement, descriptions },
      }).credentialSubject.achievement;
      expect(description).toBe(name);
    },
  );

  it('refuses an invalid date', () => {
    expect(() => buildBadge({ ...facts, issuedAt: new Date(Number.NaN) })).toThrow(RangeError);
  });
});

describe('hashedIdentity', () => {
  it('is the same for every spelling of one address', () => {
    expect(hashedIdentity('AWA@example.org', 'salt')).toEqual(hashedIdentity('awa@EXAMPLE.org', 'salt'));
  });

  it('differs by salt, so that two badges of one person cannot be matched', () => {
    expect(hashedIdentity('awa@example.org', 'salt').identityHash).not.toBe(
      hashedIdentity('awa@example.org', 'pepper').identityHash,
    );
  });

  it('can be checked by whoever knows the address', () => {
    const digest = createHash('sha256').update('awa@example.orgsalt').digest('hex');
    expect(hashedIdentity('Awa@example.org', 'salt').identityHash).toBe(`sha256$${digest}`);
  });
});
