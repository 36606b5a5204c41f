import fc from 'fast-check';
import { freeKey, isKey, keyFromTitle, UniqueKeys } from './keys.rules.js';

describe('keyFromTitle', () => {
  it.each([
    ['Être trouvé : l’œuvre', 'etre-trouve-l-oeuvre'],
    ['  Photos & prices!  ', 'photos-prices'],
    ['مرحبا', 'lesson'],
    ['', 'lesson'],
    ['constructor', 'constructor'],
  ])('%s', (title, key) => {
    expect(keyFromTitle(title, 'lesson')).toBe(key);
  });

  it('is always a key that an import takes, with room for a number', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (title) => {
        expect(keyFromTitle(title, 'lesson')).toMatch(/^(?=.{1,64}$)[a-z0-9]+(-[a-z0-9]+)*$/);
      }),
    );
  });
});

describe('freeKey', () => {
  it('takes the lowest number that is free', () => {
    expect(freeKey('x', new Set())).toBe('x');
    expect(freeKey('x', new Set(['x', 'x-3']))).toBe('x-2');
    expect(freeKey('x', new Set(['x', 'x-2', 'x-3']))).toBe('x-4');
  });
});

describe('UniqueKeys', () => {
  it('gives each key once, counting on, whatever the titles', () => {
    const keys = new UniqueKeys();
    expect(['Photos', 'photos!', '…', '…'].map((title) => keys.of(title, 'lesson'))).toEqual([
      'photos',
      'photos-2',
      'lesson',
      'lesson-2',
    ]);
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 90 })), (titles) => {
        const given = new UniqueKeys();
        const all = titles.map((title) => given.of(title, 'x'));
        expect(new Set(all).size).toBe(all.length);
        expect(all.every(isKey)).toBe(true);
      }),
    );
  });

  it('leaves a key as it is, up to its full length', () => {
    expect(new UniqueKeys().of('a'.repeat(64), 'x')).toBe('a'.repeat(64));
  });
});
