import { DateTime } from 'luxon';
import type { Locale } from '../../platform/locale.js';

/** Where a cohort stands to the days on which one can enroll in it. */
export const COHORT_PHASES = ['UPCOMING', 'OPEN', 'CLOSED'] as const;
export type CohortPhase = (typeof COHORT_PHASES)[number];

/** The calendar date (`YYYY-MM-DD`) in a zone. @param timeZone IANA */
export const dateIn = (timeZone: string, instant: Date): string =>
  DateTime.fromJSDate(instant, { zone: timeZone }).toISODate()!;

/** Both days belong to the time in which one can enroll, from midnight to midnight in the cohort's own zone. */
export function cohortPhase(
  { startsOn, endsOn, timeZone }: { startsOn: string; endsOn: string; timeZone: string },
  at: Date,
): CohortPhase {
  const today = dateIn(timeZone, at);
  if (today < startsOn) return 'UPCOMING';
  return today > endsOn ? 'CLOSED' : 'OPEN';
}

/** A calendar date as a sentence says it: "8 October 2026". French writes the first of a month as an ordinal. */
export const dateInWords =
  (date: string) =>
  (locale: Locale): string => {
    const day = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
      dateStyle: 'long',
      timeZone: 'UTC',
    }).format(new Date(date));
    return locale === 'fr' ? day.replace(/^1 /, '1er ') : day;
  };
