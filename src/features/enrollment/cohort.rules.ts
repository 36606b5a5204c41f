import { defineRefusals, DomainError } from '../../platform/errors.js';
import type { Cohort } from '../programs/program.entity.js';
import type { CohortFieldChange } from './cohort-change.entity.js';
import { cohortPhase, dateIn, dateInWords } from '../programs/cohort.rules.js';

/** More than this is no limit that anyone means. */
export const MOST_SEATS = 100_000;

export const cohortRefusals = defineRefusals({
  COHORT_NOT_OPEN: {
    en: 'One can enroll in the cohort “{cohort}” from {from} to {until}, by the date in {timeZone}.',
    fr: 'On peut s’inscrire dans la promotion « {cohort} » du {from} au {until}, à la date de {timeZone}.',
    field: 'cohortId',
  },
  COHORT_WITHOUT_COURSE: {
    en: 'This cohort does not offer the course. Leave the cohort out to learn without it.',
    fr: 'Cette promotion ne propose pas la formation. Inscrivez-vous sans promotion pour apprendre librement.',
    field: 'cohortId',
  },
  COHORT_FULL: {
    en: 'The cohort “{cohort}” is full (seats: {seats}). You can take the course without a cohort: the badge is the same.',
    fr: 'La promotion « {cohort} » est complète (places : {seats}). Vous pouvez suivre la formation sans promotion : le badge est le même.',
    field: 'cohortId',
  },
  COHORT_CHANGED: {
    en: 'Somebody else changed this cohort since you opened it. Nothing of yours is saved yet: look at what was changed, and save again if yours should hold.',
    fr: 'Quelqu’un d’autre a modifié cette promotion depuis que vous l’avez ouverte. Rien de vous n’est encore enregistré : regardez ce qui a changé, et enregistrez de nouveau si votre version doit valoir.',
    field: 'expectedRevision',
  },
  COHORT_ENDS_BEFORE_START: {
    en: 'The last day to enroll cannot be before the first one, {from}.',
    fr: 'Le dernier jour d’inscription ne peut pas précéder le premier, le {from}.',
    field: 'endsOn',
  },
  LEARNING_ENDS_TOO_EARLY: {
    en: 'Learning cannot end before the last day to enroll, {until}. Choose that day or a later one, or leave it empty.',
    fr: 'L’apprentissage ne peut pas finir avant le dernier jour d’inscription, le {until}. Choisissez ce jour ou un jour suivant, ou laissez vide.',
    field: 'learningEndsOn',
  },
  LEARNING_ENDS_IN_PAST: {
    en: 'This day is over: everybody who is learning would be out at once. Choose today or a later day, or leave it empty.',
    fr: 'Ce jour est passé : toutes les personnes en cours de formation perdraient leur inscription. Choisissez aujourd’hui ou un jour suivant, ou laissez vide.',
    field: 'learningEndsOn',
  },
  SEATS_OUT_OF_RANGE: {
    en: 'Give a whole number from 1 to {most}, or leave it empty: no limit.',
    fr: 'Indiquez un nombre entier de 1 à {most}, ou laissez vide : pas de limite.',
    field: 'seats',
  },
  SEATS_BELOW_TAKEN: {
    en: 'There cannot be fewer seats than are taken now: {taken}. Give at least as many, or leave it empty: no limit.',
    fr: 'Il ne peut pas y avoir moins de places que de places prises : {taken}. Indiquez au moins ce nombre, ou laissez vide : pas de limite.',
    field: 'seats',
  },
  COHORT_COURSE_UNKNOWN: {
    en: 'The program does not offer one of these courses. Choose among those of the program.',
    fr: 'Le programme ne propose pas l’une de ces formations. Choisissez parmi celles du programme.',
    field: 'courseIds',
  },
  COHORT_WITHOUT_COURSES: {
    en: 'Choose at least one course, or all of them.',
    fr: 'Choisissez au moins une formation, ou toutes.',
    field: 'courseIds',
  },
});

/** Why nobody can enroll in a cohort on this day; null when one can. */
export function refusalToJoin(cohort: Cohort, at: Date): DomainError | null {
  if (cohortPhase(cohort, at) === 'OPEN') return null;
  const { name, startsOn, endsOn, timeZone } = cohort;
  const values = { cohort: name, from: dateInWords(startsOn), until: dateInWords(endsOn), timeZone };
  return new DomainError(cohortRefusals.COHORT_NOT_OPEN, values);
}

/** What a manager decides of a cohort, beside its name. */
export type CohortPlan = Pick<Cohort, 'startsOn' | 'endsOn' | 'learningEndsOn' | 'seats' | 'timeZone'>;

/**
 * What is wrong with a plan; null when nothing is.
 * @param before as it was: the last day of learning may stay in the past, and may not be put there.
 * @param taken seats that people have now.
 */
export function refusalOfPlan(
  plan: CohortPlan,
  { before, taken, now }: { before: CohortPlan | null; taken: number; now: Date },
): DomainError | null {
  const { startsOn, endsOn, learningEndsOn, seats, timeZone } = plan;
  if (endsOn < startsOn)
    return new DomainError(cohortRefusals.COHORT_ENDS_BEFORE_START, { from: dateInWords(startsOn) });
  if (learningEndsOn !== null) {
    if (learningEndsOn < endsOn)
      return new DomainError(cohortRefusals.LEARNING_ENDS_TOO_EARLY, { until: dateInWords(endsOn) });
    if (learningEndsOn !== before?.learningEndsOn && learningEndsOn < dateIn(timeZone, now))
      return new DomainError(cohortRefusals.LEARNING_ENDS_IN_PAST);
  }
  if (seats === null) return null;
  if (seats < 1 || seats > MOST_SEATS)
    return new DomainError(cohortRefusals.SEATS_OUT_OF_RANGE, { most: MOST_SEATS });
  return seats < taken ? new DomainError(cohortRefusals.SEATS_BELOW_TAKEN, { taken }) : null;
}

/** What of a cohort can be changed, by the names of `CohortUpdateInput`. */
export const COHORT_FIELDS = [
  'name',
  'startsOn',
  'endsOn',
  'timeZone',
  'learningEndsOn',
  'seats',
  'courseIds',
] as const;
export type CohortField = (typeof COHORT_FIELDS)[number];
/** What can be changed of a cohort, as it stands. */
export type CohortState = Pick<
  Cohort,
  'name' | 'startsOn' | 'endsOn' | 'timeZone' | 'learningEndsOn' | 'seats'
> & { /** Null: all that the program offers. */ courseIds: readonly string[] | null };

/** What a change of a cohort changed, in the order of its form. */
export function changedFields(before: CohortState, after: CohortState): CohortFieldChange[] {
  return COHORT_FIELDS.map((field) => ({
    field,
    before: textsOf(before[field]),
    after: textsOf(after[field]),
  })).filter(({ before: was, after: is }) => was.join() !== is.join());
}

function textsOf(value: string | number | readonly string[] | null): string[] {
  if (value === null) return [];
  return typeof value === 'object' ? [...value].sort() : [String(value)];
}
