import { createHash } from 'node:crypto';
import { defineRefusals, type Refusal } from '../../platform/errors.js';
import type { LessonKind } from '../catalog/course-content.js';
import type { QuestionKind, QuestionOption } from '../catalog/course-content.js';

export const learningRefusals = defineRefusals({
  LESSON_NOT_IN_VERSION: {
    en: 'This lesson is not part of the course as you are taking it. Reload the page to see your lessons.',
    fr: 'Cette leçon ne fait pas partie du cours tel que vous le suivez. Rechargez la page pour voir vos leçons.',
    field: 'lessonId',
  },
  LESSON_IS_QUIZ: {
    en: 'A quiz is completed by passing it.',
    fr: 'Un quiz se termine en le réussissant.',
    field: 'lessonId',
  },
  LESSON_IS_NOT_QUIZ: {
    en: 'This lesson has no quiz.',
    fr: 'Cette leçon n’a pas de quiz.',
    field: 'lessonId',
  },
  ENROLLMENT_NOT_ACTIVE: {
    en: 'This course is completed; there is nothing more to hand in.',
    fr: 'Ce cours est terminé ; il n’y a plus rien à rendre.',
    field: 'enrollmentId',
  },
  ATTEMPT_CLOSED: {
    en: 'These answers were handed in and can no longer be changed.',
    fr: 'Ces réponses ont été rendues et ne peuvent plus être modifiées.',
    field: 'attemptId',
  },
  QUESTION_NOT_IN_ATTEMPT: {
    en: 'This question is not part of the quiz you started.',
    fr: 'Cette question ne fait pas partie du quiz que vous avez commencé.',
    field: 'questionId',
  },
  OPTION_UNKNOWN: {
    en: 'This answer is not one of the choices.',
    fr: 'Cette réponse ne fait pas partie des choix.',
    field: 'optionIds',
  },
  ONE_OPTION_ONLY: {
    en: 'Choose one answer.',
    fr: 'Choisissez une seule réponse.',
    field: 'optionIds',
  },
});

/** One point, in the unit scores are kept in: whole numbers, so that a pass mark is never missed by a rounding error. */
export const POINT = 1_000_000;

/**
 * The score of one answer, 0 to {@link POINT}. Single choice and true/false: all or nothing. Multiple choice: the share of the
 * right options chosen, less the share of the wrong ones chosen, never below zero: choosing everything earns nothing.
 */
export function scoreAnswer(
  kind: QuestionKind,
  options: readonly QuestionOption[],
  chosen: readonly string[],
): number {
  const right = options.filter((option) => option.correct);
  const wrong = options.filter((option) => !option.correct);
  const picked = (among: readonly QuestionOption[]): number =>
    among.filter((option) => chosen.includes(option.key)).length;
  if (kind !== 'MULTIPLE_CHOICE') return chosen.length === 1 && picked(right) === 1 ? POINT : 0;
  const share = picked(right) / right.length - (wrong.length > 0 ? picked(wrong) / wrong.length : 0);
  return Math.max(0, Math.round(share * POINT));
}

/** Whether a score reaches the pass mark. Exact: whole numbers only. */
export function isPassed(score: number, questionCount: number, passPercent: number): boolean {
  return score * 100 >= passPercent * questionCount * POINT;
}

/** 0 to 100, rounded down to two decimals, so that 79.999 never reads as a passed 80. */
export function scorePercent(score: number, questionCount: number): number {
  return questionCount === 0 ? 0 : Math.floor((score * 10_000) / (questionCount * POINT)) / 100;
}

/** Whether an answer may be saved. An empty one takes the answer back. */
export function refusalToAnswer(
  kind: QuestionKind,
  optionKeys: readonly string[],
  chosen: readonly string[],
): Refusal | null {
  if (chosen.some((key) => !optionKeys.includes(key))) return learningRefusals.OPTION_UNKNOWN;
  if (kind !== 'MULTIPLE_CHOICE' && chosen.length > 1) return learningRefusals.ONE_OPTION_ONLY;
  return null;
}

export function refusalToComplete(lesson: { kind: LessonKind } | undefined): Refusal | null {
  if (!lesson) return learningRefusals.LESSON_NOT_IN_VERSION;
  return lesson.kind === 'QUIZ' ? learningRefusals.LESSON_IS_QUIZ : null;
}

export function refusalToStartAttempt(
  lesson: { kind: LessonKind } | undefined,
  state: string,
): Refusal | null {
  if (!lesson) return learningRefusals.LESSON_NOT_IN_VERSION;
  if (lesson.kind !== 'QUIZ') return learningRefusals.LESSON_IS_NOT_QUIZ;
  return state === 'ACTIVE' ? null : learningRefusals.ENROLLMENT_NOT_ACTIVE;
}

/** The order in which options are shown, decided by the seed alone. True comes before false, as people expect. */
export function shuffleOptions(kind: QuestionKind, keys: readonly string[], seed: string): string[] {
  if (kind === 'TRUE_FALSE') return [...keys];
  const rank = (key: string): string => createHash('sha256').update(`${seed}:${key}`).digest('hex');
  return [...keys].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}
