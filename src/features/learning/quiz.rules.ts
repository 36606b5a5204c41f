import { defineRefusals, type Refusal } from '../../platform/errors.js';
import type { LessonKind, QuestionKind } from '../catalog/course-content.js';
import { parseDecimal } from './quiz-decimal.rules.js';
import type { AnswerGiven } from './quiz-scoring.rules.js';

export const learningRefusals = defineRefusals({
  LESSON_NOT_IN_VERSION: {
    en: 'This lesson is not part of the course as you are taking it. Reload the page to see your lessons.',
    fr: 'Cette leçon ne fait pas partie de la formation telle que vous la suivez. Rechargez la page pour voir vos leçons.',
    field: 'lessonId',
  },
  LESSON_IS_QUIZ: {
    en: 'A quiz is completed by passing it.',
    fr: 'Un quiz se termine en le réussissant.',
    field: 'lessonId',
  },
  LESSON_IS_PACKAGE: {
    en: 'This lesson says itself when it is done: open it, and work through it.',
    fr: 'Cette leçon indique elle-même quand elle est terminée : ouvrez-la et suivez-la jusqu’au bout.',
    field: 'lessonId',
  },
  LESSON_IS_ACTIVITY: {
    en: 'An activity is completed when a trainer accepts what you hand in.',
    fr: 'Une activité se termine quand un formateur accepte ce que vous rendez.',
    field: 'lessonId',
  },
  LESSON_IS_NOT_QUIZ: {
    en: 'This lesson has no quiz.',
    fr: 'Cette leçon n’a pas de quiz.',
    field: 'lessonId',
  },
  ENROLLMENT_NOT_ACTIVE: {
    en: 'This course is completed; there is nothing more to hand in.',
    fr: 'Cette formation est terminée ; il n’y a plus rien à rendre.',
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
  ANSWER_OF_OTHER_KIND: {
    en: 'This question is answered in another way. Reload the page and answer it again.',
    fr: 'On répond autrement à cette question. Rechargez la page et répondez de nouveau.',
    field: 'questionId',
  },
  NUMBER_EXPECTED: {
    en: 'Answer with a number alone, such as 12 or 3.5.',
    fr: 'Répondez par un nombre seul, par exemple 12 ou 3,5.',
    field: 'text',
  },
  PAIR_UNKNOWN: {
    en: 'This pair is not one of the choices. Reload the page and answer again.',
    fr: 'Cette paire ne fait pas partie des choix. Rechargez la page et répondez de nouveau.',
    field: 'pairs',
  },
  ATTEMPT_TIME_OVER: {
    en: 'The time of this quiz is over. What was saved before counts; it can no longer be changed.',
    fr: 'Le temps de ce quiz est écoulé. Ce qui a été enregistré avant compte et ne peut plus être modifié.',
    field: 'attemptId',
  },
  QUIZ_CLOSED: {
    en: 'This quiz is closed: no attempt can start any more.',
    fr: 'Ce quiz est fermé : on ne peut plus le commencer.',
    field: 'lessonId',
  },
  ATTEMPT_LIMIT_REACHED: {
    en: 'You have used all attempts at this quiz ({limit}).',
    fr: 'Vous avez utilisé tous les essais de ce quiz ({limit}).',
    field: 'lessonId',
  },
  ATTEMPT_TOO_SOON: {
    en: 'You can try again in {minutes} min.',
    fr: 'Vous pourrez réessayer dans {minutes} min.',
    field: 'lessonId',
  },
});

/** What an answer may choose among: the keys of one question of a paper. */
export interface AnswerSpace {
  kind: QuestionKind;
  optionKeys: readonly string[];
  matchKeys?: readonly string[];
}

/**
 * Whether an answer may be saved. An empty one takes the answer back. An ordering or a matching may be unfinished: what is
 * missing earns nothing.
 */
export function refusalToAnswer(space: AnswerSpace, answer: AnswerGiven): Refusal | null {
  const isTyped = space.kind === 'SHORT_TEXT' || space.kind === 'NUMBER';
  if ((answer.text && !isTyped) || (answer.pairs?.length && space.kind !== 'MATCHING'))
    return learningRefusals.ANSWER_OF_OTHER_KIND;
  if (space.kind === 'MATCHING') return refusalToMatch(space, answer);
  if (isTyped) {
    if (answer.optionKeys.length > 0) return learningRefusals.ANSWER_OF_OTHER_KIND;
    const isNumber = space.kind !== 'NUMBER' || !answer.text || parseDecimal(answer.text) !== null;
    return isNumber ? null : learningRefusals.NUMBER_EXPECTED;
  }
  if (answer.optionKeys.some((key) => !space.optionKeys.includes(key)))
    return learningRefusals.OPTION_UNKNOWN;
  const isSeveral = space.kind === 'MULTIPLE_CHOICE' || space.kind === 'ORDERING';
  return !isSeveral && answer.optionKeys.length > 1 ? learningRefusals.ONE_OPTION_ONLY : null;
}

function refusalToMatch({ optionKeys, matchKeys = [] }: AnswerSpace, answer: AnswerGiven): Refusal | null {
  if (answer.optionKeys.length > 0) return learningRefusals.ANSWER_OF_OTHER_KIND;
  const pairs = answer.pairs ?? [];
  const premises = new Set(pairs.map(({ premise }) => premise));
  const isKnown = pairs.every(
    ({ premise, match }) => optionKeys.includes(premise) && matchKeys.includes(match),
  );
  return isKnown && premises.size === pairs.length ? null : learningRefusals.PAIR_UNKNOWN;
}

export function refusalToComplete(lesson: { kind: LessonKind } | undefined): Refusal | null {
  if (!lesson) return learningRefusals.LESSON_NOT_IN_VERSION;
  if (lesson.kind === 'PACKAGE') return learningRefusals.LESSON_IS_PACKAGE;
  if (lesson.kind === 'ACTIVITY') return learningRefusals.LESSON_IS_ACTIVITY;
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
