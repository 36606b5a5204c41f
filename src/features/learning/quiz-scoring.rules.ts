import type { QuestionKind, QuestionOption } from '../catalog/course-content.js';
import { isWithin, parseDecimal } from './quiz-decimal.rules.js';
import { matchesText } from './quiz-text.rules.js';

/** One point, in the unit scores are kept in: whole numbers, so that a pass mark is never missed by a rounding error. */
export const POINT = 1_000_000;

/** A premise, and what was put to it; both by the key of an option. */
export interface AnswerPair {
  premise: string;
  match: string;
}

/** An answer as it is kept. Which part speaks depends on the kind of the question. */
export interface AnswerGiven {
  /** The choices made; of an ordering, the items in the order given. */
  optionKeys: readonly string[];
  /** Of a short text or a number. */
  text: string | null;
  /** Of a matching. */
  pairs: readonly AnswerPair[] | null;
}

export const isEmptyAnswer = ({ optionKeys, text, pairs }: AnswerGiven): boolean =>
  optionKeys.length === 0 && !text && !pairs?.length;

/**
 * The score of one answer, 0 to {@link POINT}, a whole number.
 *
 * - Single choice and true/false: the weight of the one choice.
 * - Multiple choice: the sum of the weights, never below zero: choosing everything earns nothing. Exactly the right choices
 *   are the whole point, whatever their weights add up to.
 * - Short text and number: the weight of the first recognized answer that it fits.
 * - Matching: the share of the premises that have their own match, or one that reads the same.
 * - Ordering: the share of items followed by the one that belongs after them (Moodle's "relative to the next item, excluding
 *   last"). One item out of place costs its neighbors and not everybody behind it, as counting places would; and chance earns
 *   one in n, where counting pairs in the right direction would give half.
 *
 * @param asked the options that the answer chose among, when it is graded by the key of a later version: there a match may belong
 *   to another premise.
 */
export function scoreAnswer(
  kind: QuestionKind,
  options: readonly QuestionOption[],
  answer: AnswerGiven,
  asked: readonly QuestionOption[] = options,
): number {
  switch (kind) {
    case 'MULTIPLE_CHOICE':
      return scoreSeveral(options, answer.optionKeys);
    case 'SHORT_TEXT':
    case 'NUMBER': {
      const recognized = recognizedAnswer(kind, options, answer.text);
      return recognized ? points((recognized.weight ?? (recognized.correct ? 100 : 0)) / 100) : 0;
    }
    case 'MATCHING':
      return scoreMatching(options, answer.pairs ?? [], asked);
    case 'ORDERING':
      return scoreOrdering(options, answer.optionKeys);
    default: {
      const chosen = options.find(({ key }) => key === answer.optionKeys[0]);
      if (!chosen || answer.optionKeys.length > 1) return 0;
      return points((chosen.weight ?? (chosen.correct ? 100 : 0)) / 100);
    }
  }
}

/** The first of the recognized answers, right or wrong, that a text fits. */
export function recognizedAnswer(
  kind: 'SHORT_TEXT' | 'NUMBER',
  options: readonly QuestionOption[],
  text: string | null,
): QuestionOption | undefined {
  if (!text) return undefined;
  if (kind === 'SHORT_TEXT') {
    return options.find((option) =>
      Object.values(option.text).some((accepted) => matchesText(accepted, text)),
    );
  }
  const number = parseDecimal(text);
  return number ? options.find((option) => option.number && isWithin(number, option.number)) : undefined;
}

/** Premises of a matching. The other options are matches that belong to nothing. */
export const isPremise = ({ text }: QuestionOption): boolean => Object.keys(text).length > 0;

/** Whether two matches read the same: then either is right. */
export const isSameMatch = (one: QuestionOption, other: QuestionOption): boolean =>
  matchText(one) === matchText(other);

export const matchText = ({ match = {} }: QuestionOption): string =>
  JSON.stringify(Object.entries(match).sort(([a], [b]) => (a < b ? -1 : 1)));

const points = (share: number): number => Math.min(POINT, Math.max(0, Math.round(share * POINT)));

function scoreSeveral(options: readonly QuestionOption[], chosen: readonly string[]): number {
  const right = options.filter(({ correct }) => correct);
  const wrongCount = options.length - right.length;
  const picked = options.filter(({ key }) => chosen.includes(key));
  if (picked.length === right.length && picked.every(({ correct }) => correct))
    return right.length > 0 ? POINT : 0;
  const weightOf = ({ weight, correct }: QuestionOption): number =>
    weight === undefined ? (correct ? 1 / right.length : -1 / wrongCount) : weight / 100;
  return points(picked.reduce((sum, option) => sum + weightOf(option), 0));
}

function scoreMatching(
  options: readonly QuestionOption[],
  pairs: readonly AnswerPair[],
  asked: readonly QuestionOption[],
): number {
  const byKey = new Map(asked.map((option) => [option.key, option]));
  const given = new Map(pairs.map(({ premise, match }) => [premise, byKey.get(match)]));
  const premises = options.filter(isPremise);
  const right = premises.filter((premise) => {
    const match = given.get(premise.key);
    return match !== undefined && isSameMatch(match, premise);
  });
  return premises.length === 0 ? 0 : points(right.length / premises.length);
}

function scoreOrdering(options: readonly QuestionOption[], given: readonly string[]): number {
  const keys = options.map(({ key }) => key);
  if (keys.length === 1) return given[0] === keys[0] ? POINT : 0;
  const place = new Map(given.map((key, index) => [key, index]));
  const followed = keys.slice(1).filter((key, index) => {
    const before = place.get(keys[index]!);
    return before !== undefined && place.get(key) === before + 1;
  });
  return keys.length === 0 ? 0 : points(followed.length / (keys.length - 1));
}
