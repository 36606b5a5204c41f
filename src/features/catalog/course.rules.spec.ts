import fc from 'fast-check';
import { contentHash } from './course.rules.js';

describe('contentHash', () => {
  const reversed = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(reversed);
    if (!value || typeof value !== 'object') return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inner]) => [key, reversed(inner)]),
    );
  };

  it('is the same in whatever order the keys come, and after a stay in the database', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(contentHash(reversed(value))).toBe(contentHash(value));
        expect(contentHash(JSON.parse(JSON.stringify(value)))).toBe(contentHash(value));
      }),
    );
  });

  it('differs when the order of a list, a value or a place differs', () => {
    const hashes = [
      ['a', 'b'],
      ['b', 'a'],
      ['ab'],
      { a: 'b' },
      { b: 'a' },
      { a: { b: null } },
      { a: null, b: null },
      null,
    ].map(contentHash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('is a SHA-256 in hexadecimal', () => {
    // printf '{"a":[1,{"b":2,"c":3}]}' | sha256sum
    expect(contentHash({ a: [1, { c: 3, b: 2 }] })).toBe(
      '80cc944cde4752e7465addbe3ed5fd3943512aa92d2a11375405c2101cac7c00',
    );
  });
});
