import type { UserError } from '$lib/api/api.server';
import { text } from '$lib/api/api.server';
import { isCalendarDate } from '$lib/calendar';
import type { Locale } from '$lib/i18n';
import { cohorts } from '$lib/messages/cohorts';
import type { CohortValues } from './cohort-values';

/** What stands in the form of a cohort, as it was typed. */
export function typedCohort(form: FormData): CohortValues {
  return {
    name: text(form, 'name'),
    startsOn: text(form, 'startsOn'),
    endsOn: text(form, 'endsOn'),
    timeZone: text(form, 'timeZone'),
    seats: text(form, 'seats'),
    learningEndsOn: text(form, 'learningEndsOn'),
    offer: text(form, 'offer') === 'some' ? 'some' : 'all',
    courseIds: form.getAll('courseIds').map(String),
  };
}

/** What the API could not even read: no day, no number. All of it at once. */
export function unreadable(typed: CohortValues, locale: Locale): UserError[] {
  const t = cohorts(locale);
  const error = (field: string, message: string): UserError => ({ code: 'INVALID_FORMAT', field, message });
  const isWrong = (day: string): boolean => day !== '' && !isCalendarDate(day);
  return [
    ...(isCalendarDate(typed.startsOn) ? [] : [error('startsOn', t.dateNeeded)]),
    ...(isCalendarDate(typed.endsOn) ? [] : [error('endsOn', t.dateNeeded)]),
    ...(/^\d{0,9}$/.test(typed.seats) ? [] : [error('seats', t.seatsNeeded)]),
    ...(isWrong(typed.learningEndsOn) ? [error('learningEndsOn', t.dateNeeded)] : []),
  ];
}

/** What was typed, as the API takes it. */
export const cohortInput = ({ seats, learningEndsOn, offer, courseIds, ...rest }: CohortValues) => ({
  ...rest,
  seats: seats === '' ? null : Number(seats),
  learningEndsOn: learningEndsOn || null,
  courseIds: offer === 'all' ? null : courseIds,
});
