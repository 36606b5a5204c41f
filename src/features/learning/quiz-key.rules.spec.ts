import type { QuestionKind, QuestionOption } from '../catalog/course-content.js';
import { isComparable, isMendedBy, isSameKey, keyInForce, type AnswerKey } from './quiz-key.rules.js';

const option = (key: string, more: Partial<QuestionOption> = {}): QuestionOption => ({
  key,
  text: { en: key },
  feedback: null,
  correct: false,
  ...more,
});
const version = (number: number, kind: QuestionKind, options: QuestionOption[]): AnswerKey => ({
  id: `v${number}`,
  number,
  kind,
  options,
});
/** A single choice of a, b and c with one right answer. */
const choice = (number: number, right: string): AnswerKey =>
  version(
    number,
    'SINGLE_CHOICE',
    ['a', 'b', 'c'].map((key) => option(key, { correct: key === right })),
  );

describe('the key of a question', () => {
  it.each<[string, QuestionKind, QuestionOption[], QuestionOption[], boolean]>([
    [
      'another text',
      'SINGLE_CHOICE',
      [option('a', { correct: true })],
      [option('a', { correct: true, text: { en: 'A!' } })],
      true,
    ],
    [
      'another order of choices',
      'MULTIPLE_CHOICE',
      [option('a', { correct: true }), option('b')],
      [option('b'), option('a', { correct: true })],
      true,
    ],
    ['another right choice', 'SINGLE_CHOICE', [option('a', { correct: true })], [option('a')], false],
    [
      'another weight',
      'MULTIPLE_CHOICE',
      [option('a', { weight: 50 })],
      [option('a', { weight: 25 })],
      false,
    ],
    [
      'one more accepted answer',
      'SHORT_TEXT',
      [option('a', { correct: true })],
      [option('a', { correct: true }), option('b', { correct: true })],
      false,
    ],
    [
      'another tolerance',
      'NUMBER',
      [option('a', { number: { value: 1, tolerance: 0 } })],
      [option('a', { number: { value: 1, tolerance: 1 } })],
      false,
    ],
    [
      'another match',
      'MATCHING',
      [option('a', { match: { en: 'Rome' } })],
      [option('a', { match: { en: 'Oslo' } })],
      false,
    ],
    ['another order of items', 'ORDERING', [option('a'), option('b')], [option('b'), option('a')], false],
  ])('%s: the same is %s', (_, kind, one, other, same) => {
    expect(isSameKey(version(1, kind, one), version(2, kind, other))).toBe(same);
  });

  it('fits answers that had the same to choose among, and everything typed', () => {
    const [a, b] = [option('a'), option('b')];
    expect(isComparable(choice(1, 'a'), choice(2, 'b'))).toBe(true);
    expect(isComparable(choice(1, 'a'), version(2, 'MULTIPLE_CHOICE', choice(2, 'b').options))).toBe(false);
    expect(isComparable(version(1, 'ORDERING', [a, b]), version(2, 'ORDERING', [b, a]))).toBe(true);
    expect(isComparable(version(1, 'ORDERING', [a, b]), version(2, 'ORDERING', [a]))).toBe(false);
    expect(isComparable(version(1, 'SHORT_TEXT', [a]), version(2, 'SHORT_TEXT', [a, b]))).toBe(true);
    const pairs = (number: number, matches: string[]): AnswerKey =>
      version(
        number,
        'MATCHING',
        matches.map((match, index) => option('abc'[index]!, { match: { en: match } })),
      );
    expect(isComparable(pairs(1, ['Rome', 'Paris']), pairs(2, ['Paris', 'Rome']))).toBe(true);
    expect(isComparable(pairs(1, ['Rome', 'Paris']), pairs(2, ['Paris', 'Roma']))).toBe(false);
  });

  it('in force is the newest mended one that came later and fits; else that which was frozen', () => {
    const [v1, v2, v3] = [choice(1, 'a'), choice(2, 'b'), choice(3, 'c')];
    const other = version(4, 'SHORT_TEXT', [option('a')]);
    expect(keyInForce(v1, v1, [])).toBe(v1);
    expect(keyInForce(v1, v1, [v2, v3, other])).toBe(v3);
    expect(keyInForce(v1, v3, [v2])).toBe(v3);
    expect(keyInForce(v3, v3, [v2])).toBe(v3);
  });

  it('says nothing where it is the same, unless another was in force meanwhile', () => {
    const [v1, v2, v3] = [choice(1, 'a'), choice(2, 'b'), choice(3, 'a')];
    const frozen = { asked: v1, frozen: v1 };
    expect(isMendedBy(v2, frozen, [])).toBe(true);
    expect(isMendedBy(v3, frozen, [])).toBe(false);
    expect(isMendedBy(v3, frozen, [v2])).toBe(true);
    expect(isMendedBy(v2, { asked: v3, frozen: v3 }, [])).toBe(false);
  });
});
