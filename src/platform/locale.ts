/** A text in several languages, by BCP 47 language tag. */
export type Localized = Record<string, string>;

/** Languages the product itself speaks. Courses may have others. */
export const LOCALES = ['en', 'fr'] as const;
export type Locale = (typeof LOCALES)[number];

/**
 * The text in the wanted language, else in the fallback language, else in any: showing another language is kinder than
 * showing nothing.
 */
export function inLocale<T>(texts: Record<string, T>, locale: string, fallback = 'en'): T | undefined {
  return texts[locale] ?? texts[fallback] ?? Object.values(texts)[0];
}

/** The text in this language and no other, or null. By own property only: a tag comes from outside, and `constructor` is none. */
export const stored = <T>(texts: Readonly<Record<string, T>> | null | undefined, locale: string): T | null =>
  texts && Object.hasOwn(texts, locale) ? texts[locale]! : null;

/** The texts with another one in this language. Null and undefined change nothing; what is empty is taken away. */
export function withText<T>(
  texts: Record<string, T>,
  locale: string,
  text: T | null | undefined,
  isEmpty = text === '' || (Array.isArray(text) && text.length === 0),
): Record<string, T> {
  if (text == null) return texts;
  const { [locale]: _old, ...others } = texts;
  return isEmpty ? others : { ...others, [locale]: text };
}

/** The first language of an `Accept-Language` header (RFC 9110, section 12.5.4) that the product speaks, English otherwise. */
export function localeFromHeader(header: string | undefined): Locale {
  const wanted = (header ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const quality = parameters
        .map((parameter) => /^\s*q=(.*)/i.exec(parameter)?.[1])
        .find((each) => each !== undefined);
      return {
        language: tag.split('-')[0]!.toLowerCase(),
        quality: quality === undefined ? 1 : Number(quality),
      };
    })
    .filter(({ quality }) => quality > 0) // 0 means: anything but this one
    .sort((a, b) => b.quality - a.quality);
  for (const { language } of wanted) {
    const spoken = LOCALES.find((locale) => locale === language);
    if (spoken) return spoken;
  }
  return 'en';
}
