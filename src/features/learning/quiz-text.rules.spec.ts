import fc from 'fast-check';
import { foldText, matchesText } from './quiz-text.rules.js';

describe('matchesText', () => {
  it.each([
    ['Référencement', ' referencement ', true],
    ['cœur', 'COEUR', true],
    ['l’avis', "L'AVIS", true],
    ['Straße', 'strasse', true],
    ['a b', 'a  b', true],
    ['a b', 'ab', false],
    ['google*', 'Google Business Profile', true],
    ['*profile', 'Google Business Profile', true],
    ['g*b*e', 'google business profile', true],
    ['*', 'anything', true],
    ['a*a', 'a', false],
    ['a*b*c', 'acb', false],
    ['ab*ba', 'aba', false],
    ['.*', 'anything', false],
    ['50%', '50%', true],
  ])('%j and %j: %s', (pattern, text, expected) => {
    expect(matchesText(pattern, text)).toBe(expected);
  });

  it('is equality of folded texts where there is no star', () => {
    const words = fc.string({ unit: fc.constantFrom(...'aÀé œ.+\\^$(') });
    fc.assert(
      fc.property(words, words, (one, other) => {
        expect(matchesText(one, other)).toBe(foldText(one) === foldText(other));
        expect(matchesText(one, ` ${one.toUpperCase()} `)).toBe(true);
      }),
    );
  });

  it('fits what fills the stars, and stays quick with many', () => {
    const word = fc.string({ unit: fc.constantFrom(...'ab'), maxLength: 4 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), word, (parts, fill) => {
        expect(matchesText(parts.join('*'), parts.join(fill))).toBe(true);
      }),
    );
    expect(matchesText('*a'.repeat(200) + 'b', 'a'.repeat(500))).toBe(false);
  });
});
