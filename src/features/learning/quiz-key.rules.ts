import type { QuestionKind, QuestionOption } from '../catalog/course-content.js';
import { isPremise, matchText } from './quiz-scoring.rules.js';

/** What of a question's version decides how an answer is graded. */
export interface AnswerKey {
  id: string;
  /** Of the version, from 1. */
  number: number;
  kind: QuestionKind;
  options: QuestionOption[];
}

/** Whether two versions of a question grade every answer alike. */
export const isSameKey = (one: AnswerKey, other: AnswerKey): boolean => keyText(one) === keyText(other);

function keyText({ kind, options }: AnswerKey): string {
  const shareOf = ({ weight, correct }: QuestionOption) => weight ?? (correct ? 'right' : 'wrong');
  const sorted = options.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  switch (kind) {
    case 'SHORT_TEXT':
      return JSON.stringify([
        kind,
        options.map((option) => [Object.entries(option.text).sort(), shareOf(option)]),
      ]);
    case 'NUMBER':
      return JSON.stringify([
        kind,
        options.map((option) => [option.number?.value, option.number?.tolerance, shareOf(option)]),
      ]);
    case 'MATCHING':
      return JSON.stringify([
        kind,
        sorted.filter(isPremise).map((option) => [option.key, matchText(option)]),
      ]);
    case 'ORDERING':
      return JSON.stringify([kind, options.map(({ key }) => key)]);
    default: // A weight may come without the mark of being right; exactly the right choices are the whole point.
      return JSON.stringify([
        kind,
        sorted.map((option) => [option.key, option.correct, option.weight ?? null]),
      ]);
  }
}

/**
 * Whether answers to one version can be graded by the key of another: they were given to the same choices, items or matches. What
 * is typed can always be.
 */
export function isComparable(asked: AnswerKey, mended: AnswerKey): boolean {
  if (asked.kind !== mended.kind) return false;
  return JSON.stringify(spaceOf(asked)) === JSON.stringify(spaceOf(mended));
}

/** What an answer may choose among. */
function spaceOf({ kind, options }: AnswerKey): string[][] {
  if (kind === 'SHORT_TEXT' || kind === 'NUMBER') return [];
  const keys = (some: readonly QuestionOption[]) => some.map(({ key }) => key).sort();
  if (kind !== 'MATCHING') return [keys(options)];
  return [keys(options.filter(isPremise)), [...new Set(options.map(matchText))].sort()];
}

/**
 * The key that answers to a version are graded by: of those mended later, the newest that fits what was asked; else its own.
 * @param frozen the key that the attempt froze, which is that of the version asked or one mended before the attempt began
 * @param mended versions whose key was put in force by a regrade
 */
export function keyInForce<Key extends AnswerKey>(asked: Key, frozen: Key, mended: readonly Key[]): Key {
  const later = mended.filter((key) => key.number > frozen.number && isComparable(asked, key));
  return later.reduce((newest, key) => (key.number > newest.number ? key : newest), frozen);
}

/**
 * Whether a regrade to a key says anything about answers that froze another one. Where the two are the same, it does when a key
 * between them was in force meanwhile.
 * @param mended as in {@link keyInForce}
 */
export function isMendedBy(
  key: AnswerKey,
  { asked, frozen }: { asked: AnswerKey; frozen: AnswerKey },
  mended: readonly AnswerKey[],
): boolean {
  if (key.number <= frozen.number || !isComparable(asked, key)) return false;
  if (!isSameKey(frozen, key)) return true;
  return mended.some((each) => each.number < key.number && isMendedBy(each, { asked, frozen }, []));
}
