import fc from 'fast-check';
import { inLocale, LOCALES, localeFromHeader } from './locale.js';

describe('inLocale', () => {
  it.each([
    [{ en: 'a', fr: 'b' }, 'fr', 'en', 'b'],
    [{ en: 'a', fr: 'b' }, 'de', 'fr', 'b'],
    [{ en: 'a', fr: 'b' }, 'de', 'es', 'a'],
    [{ es: 'c' }, 'de', 'fr', 'c'],
    [{}, 'de', 'fr', undefined],
    [{ en: 'a', fr: '' }, 'fr', 'en', ''],
  ])('%j in %s, else %s', (texts, locale, fallback, expected) => {
    expect(inLocale<string>(texts as Record<string, string>, locale, fallback)).toBe(expected);
  });
});

describe('localeFromHeader', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['fr', 'fr'],
    ['FR-ca', 'fr'],
    ['fr-FR,fr;q=0.9,en;q=0.5', 'fr'],
    ['en;q=0.5, fr;q=0.9', 'fr'],
    ['en; q=0.5, fr; q=0.4', 'en'],
    ['de, fr;q=0.1', 'fr'],
    ['fr;q=0', 'en'],
    ['de, fr;q=0.000, *;q=0.5', 'en'],
    ['fr;q=oops, en;q=0.1', 'en'],
    ['*', 'en'],
    [';;;,,,=', 'en'],
  ])('%j asks for %s', (header, locale) => {
    expect(localeFromHeader(header)).toBe(locale);
  });

  it('finds a language of ours in any header', () => {
    fc.assert(fc.property(fc.string(), (header) => expect(LOCALES).toContain(localeFromHeader(header))));
  });
});
