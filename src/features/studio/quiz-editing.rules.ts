import { z } from 'zod';
import { defineRefusals, DomainError } from '../../platform/errors.js';
import { instantOf } from '../../platform/local-time.js';
import {
  DEFAULT_QUIZ_SETTINGS,
  GRADE_POLICIES,
  SHOW_ANSWERS,
  type QuizPool,
  type QuizSettings,
} from '../catalog/course-content.js';
import { tagSchema } from './question-input.rules.js';

export const quizRefusals = defineRefusals({
  QUIZ_ONLY: {
    en: 'This lesson is no quiz: it asks no questions.',
    fr: 'Cette leçon n’est pas un quiz : elle ne pose pas de questions.',
    field: 'lessonId',
  },
  QUIZ_QUESTION_UNKNOWN: {
    en: 'The bank of this course has no question “{key}”. Choose one that is there.',
    fr: 'La banque de cette formation n’a pas de question « {key} ». Choisissez-en une qui s’y trouve.',
  },
  QUIZ_QUESTION_TWICE: {
    en: 'The question “{key}” stands in this quiz twice. Remove one of the two.',
    fr: 'La question « {key} » est deux fois dans ce quiz. Retirez l’une des deux.',
  },
  QUIZ_QUESTION_ARCHIVED: {
    en: 'The question “{key}” is archived. Restore it in the bank first, or choose another.',
    fr: 'La question « {key} » est archivée. Restaurez-la d’abord dans la banque, ou choisissez-en une autre.',
  },
  QUIZ_POOL_TWICE: {
    en: 'Two draws take questions with the tag “{tag}”. Make one of them.',
    fr: 'Deux tirages prennent des questions avec l’étiquette « {tag} ». Réunissez-les en un seul.',
  },
  QUIZ_SETTING_RANGE: {
    en: 'Write a whole number from {min} to {max}.',
    fr: 'Écrivez un nombre entier de {min} à {max}.',
  },
  QUIZ_CLOSE_INVALID: {
    en: 'Write the closing as a date and a time, with a time zone such as Europe/Paris.',
    fr: 'Écrivez la fermeture comme une date et une heure, avec un fuseau horaire tel qu’Europe/Paris.',
    field: 'settings.closesLocal',
  },
});

export type QuizPoolSetting = Pick<QuizPool, 'tag' | 'count'>;

/** The settings as they are typed: what is null is as usual. */
export interface QuizSettingsInput extends Partial<{ [K in keyof QuizSettings]: QuizSettings[K] | null }> {
  /** In place of `closesAt`: a local date and time, and the IANA time zone that it is in. */
  closesLocal?: string | null;
  closesTimeZone?: string | null;
}

export const quizSchema = z.object({
  passPercent: z.number().nullish(),
  questions: z.array(z.string().max(200)).max(500).nullish(),
  pools: z
    .array(z.object({ tag: tagSchema, count: z.number() }))
    .max(20)
    .nullish(),
});

/** Bounds of the settings that are numbers; minutes of a day and of thirty days. */
const RANGES = {
  attemptLimit: [1, 1_000],
  timeLimitMinutes: [1, 1_440],
  graceMinutes: [0, 1_440],
  waitMinutes: [0, 43_200],
} as const;

/** @throws DomainError `QUIZ_SETTING_RANGE` unless the value is a whole number in the range. */
export function requireWhole(value: number, [min, max]: readonly [number, number], field: string): void {
  if (!Number.isInteger(value) || value < min || value > max)
    throw new DomainError(quizRefusals.QUIZ_SETTING_RANGE, { min, max }, field);
}

/**
 * The settings that differ from the usual, or null when none does.
 * @throws DomainError `QUIZ_SETTING_RANGE`, `QUIZ_CLOSE_INVALID`
 */
export function settingsToKeep(input: QuizSettingsInput): Partial<QuizSettings> | null {
  for (const [name, range] of Object.entries(RANGES)) {
    const value = input[name as keyof typeof RANGES];
    if (value != null) requireWhole(value, range, `settings.${name}`);
  }
  const given: Partial<QuizSettings> = {};
  const usual = DEFAULT_QUIZ_SETTINGS;
  const keep = <K extends keyof QuizSettings>(name: K, value: QuizSettings[K] | null | undefined): void => {
    if (value != null && value !== usual[name]) given[name] = value;
  };
  keep('attemptLimit', input.attemptLimit);
  keep('timeLimitMinutes', input.timeLimitMinutes);
  keep('closesAt', closingInstant(input));
  keep('graceMinutes', input.graceMinutes);
  keep('waitMinutes', input.waitMinutes);
  keep('shuffleQuestions', input.shuffleQuestions);
  keep('shuffleOptions', input.shuffleOptions);
  keep(
    'showAnswers',
    SHOW_ANSWERS.find((each) => each === input.showAnswers),
  );
  keep(
    'gradePolicy',
    GRADE_POLICIES.find((each) => each === input.gradePolicy),
  );
  return Object.keys(given).length > 0 ? given : null;
}

function closingInstant({ closesAt, closesLocal, closesTimeZone }: QuizSettingsInput): string | null {
  if (!closesLocal) {
    if (!closesAt) return null;
    const instant = z.iso.datetime({ offset: true }).safeParse(closesAt);
    if (!instant.success) throw new DomainError(quizRefusals.QUIZ_CLOSE_INVALID, {}, 'settings.closesAt');
    return new Date(closesAt).toISOString();
  }
  try {
    return instantOf(closesLocal, closesTimeZone ?? '').toISOString();
  } catch (error) {
    if (error instanceof RangeError) throw new DomainError(quizRefusals.QUIZ_CLOSE_INVALID);
    throw error;
  }
}

/** A question that may be drawn. */
export interface PoolCandidate {
  questionId: string;
  questionVersionId: string;
  tags: string[];
}

/** The questions of each pool. A question stands in a quiz once: asked of everybody, else in the first pool of its tags. */
export function fillPools(
  pools: readonly QuizPoolSetting[],
  candidates: readonly PoolCandidate[],
  asked: ReadonlySet<string>,
): PoolCandidate[][] {
  const taken = new Set(asked);
  return pools.map(({ tag }) =>
    candidates.filter(({ questionId, tags }) => {
      if (!tags.includes(tag) || taken.has(questionId)) return false;
      taken.add(questionId);
      return true;
    }),
  );
}
