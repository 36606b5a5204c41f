import fc from 'fast-check';
import { contentHash, refusalToPublish } from './course.rules.js';

const reading = { title: 'Reading', required: true, kind: 'READING', questionCount: 0 };
const quiz = { title: 'Quiz', required: false, kind: 'QUIZ', questionCount: 1 };
const draft = { contentHash: 'new', publishedHash: 'old' };

describe('refusalToPublish', () => {
  it.each([
    ['a sound draft', { ...draft, lessons: [reading, quiz] }, undefined],
    ['a first version', { ...draft, publishedHash: null, lessons: [reading] }, undefined],
    ['no lesson', { ...draft, lessons: [] }, 'NO_REQUIRED_LESSON'],
    ['optional lessons only', { ...draft, lessons: [quiz] }, 'NO_REQUIRED_LESSON'],
    [
      'an empty quiz',
      { ...draft, lessons: [reading, { ...quiz, questionCount: 0 }] },
      'QUIZ_WITHOUT_QUESTION',
    ],
    ['nothing changed', { ...draft, contentHash: 'old', lessons: [reading] }, 'VERSION_UNCHANGED'],
  ])('%s', (_what, facts, code) => {
    expect(refusalToPublish(facts)?.refusal.code).toBe(code);
  });

  it('names the empty quiz', () => {
    expect(refusalToPublish({ ...draft, lessons: [reading, { ...quiz, questionCount: 0 }] })?.values).toEqual(
      { lesson: 'Quiz' },
    );
  });
});

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
