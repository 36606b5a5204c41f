import { defineRefusals, type Refusal } from '../../platform/errors.js';

export const enrollmentRefusals = defineRefusals({
  COHORT_NOT_OPEN: {
    en: 'This intake does not offer the course today. Leave the intake out to learn without it.',
    fr: 'Cette session ne propose pas cette formation aujourd’hui. Inscrivez-vous sans session pour apprendre librement.',
    field: 'cohortId',
  },
  ENROLLMENT_COMPLETED: {
    en: 'You have already completed this course.',
    fr: 'Vous avez déjà terminé cette formation.',
    field: 'courseId',
  },
});

/** Picks what a person left out when there is only one choice: their only business, the only open cohort. */
export function theOnly<T>(choices: readonly T[]): T | null {
  return choices.length === 1 ? choices[0]! : null;
}

/** Whether an enrollment that is already there answers the wish to enroll. */
export function refusalToEnrollAgain(existing: { state: string }): Refusal | null {
  return existing.state === 'COMPLETED' ? enrollmentRefusals.ENROLLMENT_COMPLETED : null;
}
