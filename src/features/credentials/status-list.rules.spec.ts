import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { buildStatusList, STATUS_LIST_LENGTH, statusEntry, statusPlace } from './status-list.rules.js';

describe('the status list', () => {
  const facts = {
    address: 'https://a.example/credentials/status/1',
    issuerDid: 'did:web:a.example',
    validFrom: '2026-03-04T10:00:00Z',
  };
  const bitsOf = (revoked: number[]): Buffer => {
    const { encodedList } = buildStatusList(facts, revoked).credentialSubject;
    expect(encodedList[0]).toBe('u');
    return gunzipSync(Buffer.from(encodedList.slice(1), 'base64url'));
  };

  it('begins with the highest bit of the first byte, as the specification says', () => {
    const bits = bitsOf([0, 9, STATUS_LIST_LENGTH - 1]);
    expect(bits).toHaveLength(16_384);
    expect([bits[0], bits[1], bits[2], bits.at(-1)]).toEqual([0b1000_0000, 0b0100_0000, 0, 1]);
  });

  it('says revoked of exactly those that are', () => {
    const position = fc.integer({ min: 0, max: STATUS_LIST_LENGTH - 1 });
    fc.assert(
      fc.property(fc.uniqueArray(position), position, (revoked, asked) => {
        const bits = bitsOf(revoked);
        const isSet = (bits[Math.floor(asked / 8)]! & (128 >> (asked % 8))) !== 0;
        expect(isSet).toBe(revoked.includes(asked));
      }),
      { numRuns: 30 },
    );
  });

  it('is followed by another when it is full', () => {
    expect(statusPlace(1)).toEqual({ listNumber: 1, position: 0 });
    expect(statusPlace(STATUS_LIST_LENGTH)).toEqual({ listNumber: 1, position: STATUS_LIST_LENGTH - 1 });
    expect(statusPlace(STATUS_LIST_LENGTH + 1)).toEqual({ listNumber: 2, position: 0 });
    expect(statusEntry('https://a.example', STATUS_LIST_LENGTH + 3)).toEqual({
      id: 'https://a.example/credentials/status/2#2',
      type: 'BitstringStatusListEntry',
      statusPurpose: 'revocation',
      statusListIndex: '2',
      statusListCredential: 'https://a.example/credentials/status/2',
    });
  });
});
