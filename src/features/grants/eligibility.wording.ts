import type { Instant, LocalDate, LocalizedText } from './eligibility.facts.js';
import type { Evidence } from './eligibility.judgement.js';

/** The languages in which eligibility is explained. */
export type SentenceLocale = 'en' | 'fr';

/** French sets a no-break space before a colon, inside its quotation marks and inside a time of day. */
export const NBSP = '\u00a0';

/** Picks the text of one language. */
export type Say = (en: string, fr: string) => string;

/** The picker of a language. */
export function speaker(locale: SentenceLocale): Say {
  return (en, fr) => (locale === 'fr' ? fr : en);
}

/** ", before 8 October 2026, 23:59 (Europe/Paris)": the end of a sentence. */
export function deadlineText(instant: Instant, locale: SentenceLocale, timeZone: string): string {
  const date = instantDate(instant, locale, timeZone);
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone,
  });
  const time = clock.format(new Date(instant));
  return locale === 'fr'
    ? `, avant le ${date} à ${time.replace(':', `${NBSP}h${NBSP}`)} (${timeZone})`
    : `, before ${date}, ${time} (${timeZone})`;
}

/** A calendar date has no zone: it is set at noon UTC and read back in UTC, so no zone can shift it. */
export function dateText(date: LocalDate, locale: SentenceLocale): string {
  return instantDate(`${date}T12:00:00Z`, locale, 'UTC');
}

/** The local date of an instant: "8 October 2026", « 1er janvier 2020 ». */
export function instantDate(instant: Instant, locale: SentenceLocale, timeZone: string): string {
  const format = new Intl.DateTimeFormat(locale === 'fr' ? 'fr-FR' : 'en-GB', {
    dateStyle: 'long',
    timeZone,
  });
  const text = format.format(new Date(instant));
  // French writes the first of the month as an ordinal, which CLDR leaves out.
  return locale === 'fr' ? text.replace(/^1 /, '1er ') : text;
}

/** "25 minutes"; from two hours on "2 hours 5 minutes". Parts of a minute are rounded up. */
export function minutesText(minutes: number, locale: SentenceLocale): string {
  const unit = (count: number, name: 'minute' | 'hour'): string =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, unitDisplay: 'long' }).format(count);
  const whole = Math.ceil(minutes);
  if (whole < 120) return unit(whole, 'minute');
  const rest = whole % 60;
  return [unit(Math.floor(whole / 60), 'hour'), ...(rest > 0 ? [unit(rest, 'minute')] : [])].join(' ');
}

/** The name of a country by its ISO 3166-1 alpha-2 code. */
export function countryName(code: string, locale: SentenceLocale): string {
  // Intl throws on what is not shaped like a region; a fact that someone mistyped is shown as it is.
  return /^[A-Z]{2}$/.test(code)
    ? (new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code)
    : code;
}

/** "Belgium, France or Italy". */
export function listOf(names: readonly string[], locale: SentenceLocale): string {
  return new Intl.ListFormat(locale === 'fr' ? 'fr' : 'en-GB', { type: 'disjunction' }).format(names);
}

/** The text in the language, or in English, or in the first locale there is. */
export function textIn(text: LocalizedText | undefined, locale: SentenceLocale): string | undefined {
  if (!text) return undefined;
  const fallback = Object.keys(text).sort()[0];
  return text[locale] ?? text['en'] ?? (fallback === undefined ? undefined : text[fallback]);
}

/** Said of a fact that nobody has given yet; the gender is that of the French noun. */
export function notStated(say: Say, gender: 'm' | 'f' = 'm'): string {
  return say('not stated yet', gender === 'f' ? 'pas encore indiquée' : 'pas encore indiqué');
}

/** Yes or no. */
export function yesOrNo(value: boolean, say: Say): string {
  return value ? say('yes', 'oui') : say('no', 'non');
}

/** In the language's own quotation marks. */
export function quoted(text: string, say: Say): string {
  return say(`“${text}”`, `«${NBSP}${text}${NBSP}»`);
}

/** The title of a course, quoted, or what it is to whom nobody told it. */
export function courseName(title: LocalizedText | undefined, locale: SentenceLocale): string {
  const say = speaker(locale);
  const known = textIn(title, locale);
  return known === undefined ? say('the required course', 'la formation demandée') : quoted(known, say);
}

/** Added to the minutes of a course, where they include those of others. */
export function withWhatComesFirst(evidence: Evidence | undefined, say: Say): string {
  return evidence?.withPrerequisites ? say(' with what comes before it', ' avec ce qui vient avant') : '';
}

/** The French plural ending for a list of this length. */
export function pluralMark(list: readonly unknown[]): string {
  return list.length > 1 ? 's' : '';
}

/** With a capital first letter. */
export function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
