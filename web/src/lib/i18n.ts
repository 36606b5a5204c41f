import { page } from '$app/state';

/** Languages of the pages (BCP 47). Arabic covers the learner's pages, and proves that they read from right to left. */
export const LOCALES = ['fr', 'en', 'ar'] as const;
export type Locale = (typeof LOCALES)[number];

export const LOCALE_NAMES: Record<Locale, string> = { fr: 'Français', en: 'English', ar: 'العربية' };

export const isLocale = (value: unknown): value is Locale => LOCALES.includes(value as Locale);

export const directionOf = (locale: Locale): 'ltr' | 'rtl' => (locale === 'ar' ? 'rtl' : 'ltr');

/** The language that the API and the courses answer in. */
export const apiLocale = (locale: Locale): 'fr' | 'en' => (locale === 'ar' ? 'fr' : locale);

/** A language by its name in the language of the page: "anglais". @param tag BCP 47 */
export const languageName = (tag: string, locale: Locale = page.data.locale): string =>
  new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag;

/** Attributes for a text that the API wrote, which on an Arabic page is in another language. */
export const fromApi = (): { lang?: 'fr'; dir?: 'ltr' } =>
  page.data.locale === 'ar' ? { lang: 'fr', dir: 'ltr' } : {};

type Messages = Record<string, unknown>;

/**
 * The texts of one part of the pages. French has exactly the keys of English, which the compiler checks; Arabic may leave
 * some out, and then English stands in.
 * @returns a function that gives the texts of a language, by default that of the page being shown.
 */
export function messages<T extends Messages>(texts: {
  en: T;
  fr: { [K in keyof T]: T[K] };
  ar?: { [K in keyof T]?: T[K] };
}): (locale?: Locale) => T {
  const byLocale = { en: texts.en, fr: typeset(texts.fr as T), ar: { ...texts.en, ...texts.ar } };
  return (locale = page.data.locale) => byLocale[locale];
}

/** French keeps high punctuation and quotation marks beside their words: the plain spaces there become ones that do not break. */
function typeset<T>(text: T): T {
  if (typeof text === 'string') return text.replace(/ (?=[:;!?»])/g, '\u00a0').replace(/« /g, '«\u00a0') as T;
  if (typeof text === 'function') return ((...values: unknown[]) => typeset(text(...values) as unknown)) as T;
  if (Array.isArray(text)) return text.map(typeset) as T;
  if (typeof text !== 'object' || text === null) return text;
  return Object.fromEntries(Object.entries(text).map(([key, each]) => [key, typeset(each)])) as T;
}

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** "3 lessons": the number, and the form of the noun that it takes (Unicode plural rules). `#` stands for the number. */
export function plural(locale: Locale, count: number, forms: Forms): string {
  const form = forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;
  return form.replace('#', new Intl.NumberFormat(locale).format(count));
}
