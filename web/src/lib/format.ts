import { page } from '$app/state';
import type { Locale } from './i18n';

/** Numbers, dates and durations as the person reads them. All follow the page's language and the person's time zone. */

const locale = (language: Locale = page.data.locale): string => (language === 'en' ? 'en-GB' : language);

const french = (text: string, language: Locale = page.data.locale): string =>
  // French writes the first of the month as an ordinal, which CLDR leaves out.
  language === 'fr' ? text.replace(/(^| )1 (?=\p{L}{3})/u, '$11er ') : text;

/** "8 October 2026". @param instant RFC 3339 */
export const dateOf = (
  instant: string,
  timeZone = page.data.timeZone,
  language: Locale = page.data.locale,
): string =>
  french(
    new Intl.DateTimeFormat(locale(language), { dateStyle: 'long', timeZone }).format(new Date(instant)),
    language,
  );

/** "8 October 2026 at 23:59". @param instant RFC 3339 */
export const dateTimeOf = (instant: string, timeZone = page.data.timeZone): string =>
  french(
    new Intl.DateTimeFormat(locale(), { dateStyle: 'long', timeStyle: 'short', timeZone }).format(
      new Date(instant),
    ),
  );

/** "14:02". @param instant RFC 3339 */
export const timeOf = (instant: string, timeZone = page.data.timeZone): string =>
  new Intl.DateTimeFormat(locale(), { timeStyle: 'short', timeZone }).format(new Date(instant));

/** A calendar date, which has no zone. @param date `YYYY-MM-DD` */
export const calendarDate = (date: string): string => dateOf(`${date}T12:00:00Z`, 'UTC');

export const number = (value: number, options?: Intl.NumberFormatOptions): string =>
  new Intl.NumberFormat(locale(), options).format(value);

/** "42%". @param share 0 to 1 */
export const percent = (share: number): string =>
  number(share, { style: 'percent', maximumFractionDigits: share > 0 && share < 0.1 ? 1 : 0 });

/** "25 min", "2 h 5 min". @param minutes rounded up to whole minutes */
export function minutes(count: number): string {
  const whole = Math.ceil(count);
  const unit = (value: number, name: 'minute' | 'hour') =>
    number(value, { style: 'unit', unit: name, unitDisplay: 'short' });
  if (whole < 60) return unit(whole, 'minute');
  return [unit(Math.floor(whole / 60), 'hour'), ...(whole % 60 ? [unit(whole % 60, 'minute')] : [])].join(
    ' ',
  );
}

/** "12 days ago", "in 3 weeks", counted in the largest unit that fits. Days and hours are whole ones, as wherever they are counted. */
export function relative(instant: string, now: string): string {
  const days = (Date.parse(instant) - Date.parse(now)) / 86_400_000;
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  if (Math.abs(days) >= 60) return format.format(Math.round(days / 30.44), 'month');
  if (Math.abs(days) >= 1) return format.format(Math.trunc(days), 'day');
  const hours = days * 24;
  return Math.abs(hours) >= 1
    ? format.format(Math.trunc(hours), 'hour')
    : format.format(Math.round(hours * 60), 'minute');
}

/** "Paris · 14:05": a zone by its city, and what time it is there. @param now RFC 3339 */
export const timeZoneLabel = (timeZone: string, now: string): string =>
  `${cityOf(timeZone)} · ${new Intl.DateTimeFormat(locale(), { timeZone, timeStyle: 'short' }).format(new Date(now))}`;

/** "Paris" of `Europe/Paris`. */
export const cityOf = (timeZone: string): string => timeZone.split('/').at(-1)!.replaceAll('_', ' ');
