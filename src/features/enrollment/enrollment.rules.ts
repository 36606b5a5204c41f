import { defineRefusals, type Refusal } from '../../platform/errors.js';
import type { EnrollmentState } from './enrollment.entity.js';

export const enrollmentRefusals = defineRefusals({
  ENROLLMENT_COMPLETED: {
    en: 'You have already completed this course.',
    fr: 'Vous avez déjà terminé cette formation.',
    field: 'courseId',
  },
  PREREQUISITE_MISSING: {
    en: 'Complete {courses} first. Then you can start this course.',
    fr: 'Terminez d’abord {courses}. Vous pourrez ensuite commencer cette formation.',
    field: 'courseId',
  },
  ENROLLMENT_ENDED: {
    en: 'You are no longer enrolled in this course. Start it again to go on.',
    fr: 'Vous n’êtes plus inscrit à cette formation. Recommencez-la pour continuer.',
    field: 'enrollmentId',
  },
  NOTHING_TO_LEAVE: {
    en: 'This course is completed or its time is over: there is nothing left to leave.',
    fr: 'Cette formation est terminée ou son délai est passé : il n’y a plus rien à quitter.',
    field: 'enrollmentId',
  },
});

/** Picks what a person left out when there is only one choice: their only business, the only open cohort. */
export function theOnly<T>(choices: readonly T[]): T | null {
  return choices.length === 1 ? choices[0]! : null;
}

/** What a wish to enroll means for somebody's newest enrollment in the course. */
export type EnrollmentAnswer = 'KEEP' | 'NEW_CYCLE' | Refusal;

/**
 * Whether the newest enrollment answers the wish to enroll, or a new cycle does.
 * @param again whether somebody who completed the course says that they want to take it once more.
 */
export function answerToEnroll(newest: { state: EnrollmentState }, again: boolean): EnrollmentAnswer {
  if (newest.state === 'ACTIVE') return 'KEEP';
  return newest.state === 'COMPLETED' && !again ? enrollmentRefusals.ENROLLMENT_COMPLETED : 'NEW_CYCLE';
}

/** Whether an enrollment is over without a completion. */
export const hasEnded = ({ state }: { state: EnrollmentState }): boolean =>
  state === 'WITHDRAWN' || state === 'EXPIRED';

/** Nothing is added to what ended: what comes late, as from a phone that was offline, is told why. */
export const refusalToWork = (enrollment: { state: EnrollmentState }): Refusal | null =>
  hasEnded(enrollment) ? enrollmentRefusals.ENROLLMENT_ENDED : null;

/** Days of 24 hours after enrolling within which leaving takes a learner out of every figure. docs/definitions.md states it. */
export const COOLING_DAYS = 14;

/** Until when, this instant included, leaving takes a learner out of every figure. */
export const coolingEndsAt = ({ enrolledAt }: { enrolledAt: Date }): Date =>
  new Date(enrolledAt.getTime() + COOLING_DAYS * 86_400_000);
