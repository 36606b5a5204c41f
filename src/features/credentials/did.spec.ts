import { didDocument, didWebFrom } from './did.js';

describe('didWebFrom', () => {
  it.each([
    ['https://tremplin.example', 'did:web:tremplin.example'],
    ['https://tremplin.example/', 'did:web:tremplin.example'],
    ['https://tremplin.example:443', 'did:web:tremplin.example'],
    ['https://Tremplin.example:8443', 'did:web:tremplin.example%3A8443'],
    ['http://localhost:3000', 'did:web:localhost%3A3000'],
    ['https://école.example', 'did:web:xn--cole-9oa.example'],
  ])('%s is %s', (publicUrl, did) => {
    expect(didWebFrom(publicUrl)).toBe(did);
  });

  it.each([
    'https://tremplin.example/fr',
    'https://tremplin.example?a=b',
    'https://someone@tremplin.example',
    'ftp://tremplin.example',
    'tremplin.example',
    'http://[::1]:3000',
  ])('refuses %s', (publicUrl) => {
    expect(() => didWebFrom(publicUrl)).toThrow(RangeError);
  });
});

describe('didDocument', () => {
  const did = 'did:web:tremplin.example';

  it('publishes each key as an Ed25519 Multikey that may sign credentials', () => {
    expect(didDocument(did, [{ keyId: 'key-1', publicKeyMultibase: 'z6MkOne' }])).toEqual({
      '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
      id: did,
      verificationMethod: [
        { id: `${did}#key-1`, type: 'Multikey', controller: did, publicKeyMultibase: 'z6MkOne' },
      ],
      assertionMethod: [`${did}#key-1`],
    });
  });

  it('refuses two keys of the same name', () => {
    const key = { keyId: 'key-1', publicKeyMultibase: 'z6MkOne' };
    expect(() => didDocument(did, [key, key])).toThrow(RangeError);
  });
});
