import fc from 'fast-check';
import type { Localized } from '../../platform/locale.js';
import { QUESTION_KINDS, type QuestionKind, type QuestionOption } from '../catalog/course-content.js';
import { POINT, scoreAnswer, type AnswerGiven } from './quiz-scoring.rules.js';

const options = (right: string, wrong: string) => [
  ...[...right].map((key) => ({ key, text: {}, feedback: null, correct: true })),
  ...[...wrong].map((key) => ({ key, text: {}, feedback: null, correct: false })),
];

const option = (key: string, more: Partial<QuestionOption> = {}): QuestionOption => ({
  key,
  text: {},
  feedback: null,
  correct: true,
  ...more,
});
const choosing = (optionKeys: string[]): AnswerGiven => ({ optionKeys, text: null, pairs: null });
const typing = (text: string): AnswerGiven => ({ optionKeys: [], text, pairs: null });
const pairing = (pairs: Record<string, string>): AnswerGiven => ({
  optionKeys: [],
  text: null,
  pairs: Object.entries(pairs).map(([premise, match]) => ({ premise, match })),
});

describe('scoreAnswer', () => {
  it.each([
    ['SINGLE_CHOICE', 'a', 'bc', 'a', 1],
    ['SINGLE_CHOICE', 'a', 'bc', 'b', 0],
    ['SINGLE_CHOICE', 'a', 'bc', '', 0],
    ['SINGLE_CHOICE', 'a', 'bc', 'ab', 0],
    ['TRUE_FALSE', 't', 'f', 't', 1],
    ['TRUE_FALSE', 't', 'f', 'f', 0],
    ['MULTIPLE_CHOICE', 'ab', 'c', 'ab', 1],
    ['MULTIPLE_CHOICE', 'ab', 'c', 'a', 1 / 2],
    ['MULTIPLE_CHOICE', 'ab', 'cd', 'abc', 1 / 2],
    ['MULTIPLE_CHOICE', 'abc', 'd', 'ab', 2 / 3],
    ['MULTIPLE_CHOICE', 'ab', 'c', 'abc', 0],
    ['MULTIPLE_CHOICE', 'ab', 'c', 'c', 0],
    ['MULTIPLE_CHOICE', 'ab', '', 'ab', 1],
    ['MULTIPLE_CHOICE', 'ab', 'c', '', 0],
  ] as const)('%s, right %s, wrong %s: choosing %s earns %d', (kind, right, wrong, chosen, points) => {
    expect(scoreAnswer(kind, options(right, wrong), choosing([...chosen]))).toBe(Math.round(points * POINT));
  });

  const letters = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 2 });

  it('is a whole number from 0 to one point, whatever is chosen', () => {
    fc.assert(
      fc.property(letters, fc.nat(), fc.array(fc.constantFrom(...'abcdefghz')), (keys, cut, chosen) => {
        const at = 1 + (cut % (keys.length - 1));
        const score = scoreAnswer(
          'MULTIPLE_CHOICE',
          options(keys.slice(0, at).join(''), keys.slice(at).join('')),
          choosing(chosen),
        );
        expect(Number.isInteger(score)).toBe(true);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(POINT);
      }),
    );
  });

  it('gives the whole point for the right options and no others', () => {
    fc.assert(
      fc.property(letters, fc.nat(), fc.array(fc.nat()), (keys, cut, picks) => {
        const at = 1 + (cut % (keys.length - 1));
        const right = keys.slice(0, at);
        const chosen = [...new Set(picks.map((pick) => keys[pick % keys.length]!))];
        const isRight = chosen.length === right.length && chosen.every((key) => right.includes(key));
        const score = scoreAnswer(
          'MULTIPLE_CHOICE',
          options(right.join(''), keys.slice(at).join('')),
          choosing(chosen),
        );
        expect(score === POINT).toBe(isRight);
      }),
    );
  });
});

describe('scoreAnswer with weights', () => {
  const weighted = [
    option('a', { weight: 33.33333 }),
    option('b', { weight: 33.33333 }),
    option('c', { weight: 33.33333 }),
    option('d', { weight: -50, correct: false }),
    option('e', { weight: 0, correct: false }),
  ];
  it.each([
    ['MULTIPLE_CHOICE', 'abc', 1],
    ['MULTIPLE_CHOICE', 'ab', 0.6666666],
    ['MULTIPLE_CHOICE', 'abcd', 0.4999999],
    ['MULTIPLE_CHOICE', 'abe', 0.6666666],
    ['MULTIPLE_CHOICE', 'd', 0],
    ['SINGLE_CHOICE', 'b', 0.3333333],
    ['SINGLE_CHOICE', 'd', 0],
  ] as const)('%s, choosing %s', (kind, chosen, points) => {
    expect(scoreAnswer(kind, weighted, choosing([...chosen]))).toBe(Math.round(points * POINT));
  });
});

describe('scoreAnswer of a short text', () => {
  const accepted = [
    option('a', { text: { en: 'Search engine', fr: 'Moteur de recherche' } }),
    option('b', { text: { en: 'search *' }, weight: 50 }),
    option('c', { text: { en: '*' }, correct: false }),
  ];
  it.each([
    ['  SEARCH   engine ', 1],
    ['moteur de recherche', 1],
    ['search machine', 0.5],
    ['engine', 0],
    ['', 0],
  ])('%j', (text, points) => {
    expect(scoreAnswer('SHORT_TEXT', accepted, typing(text))).toBe(points * POINT);
  });
});

describe('scoreAnswer of a number', () => {
  const accepted = [
    option('a', { number: { value: 0.3, tolerance: 0 } }),
    option('b', { number: { value: 0.3, tolerance: 0.1 }, weight: 40 }),
  ];
  it.each([
    ['0,3', 1],
    ['.30', 1],
    ['0.4', 0.4],
    ['0.2', 0.4],
    ['0.40000000000000000001', 0],
    ['three', 0],
  ])('%j', (text, points) => {
    expect(scoreAnswer('NUMBER', accepted, typing(text))).toBe(points * POINT);
  });
});

describe('scoreAnswer of a matching', () => {
  const pairs = [
    option('a', { text: { en: 'France' }, match: { en: 'Paris' } }),
    option('b', { text: { en: 'Italy' }, match: { en: 'Rome' } }),
    option('c', { text: { en: 'The Vatican’s neighbor' }, match: { en: 'Rome' } }),
    option('d', { match: { en: 'Oslo' } }),
  ];
  it.each([
    [{ a: 'a', b: 'b', c: 'c' }, 1],
    [{ a: 'a', b: 'c', c: 'b' }, 1], // they read the same
    [{ a: 'a', b: 'd' }, 1 / 3],
    [{ a: 'b', b: 'a', c: 'd' }, 0],
    [{}, 0],
  ])('%j', (given, points) => {
    expect(scoreAnswer('MATCHING', pairs, pairing(given as Record<string, string>))).toBe(
      Math.round(points * POINT),
    );
  });
});

describe('scoreAnswer of an ordering', () => {
  const items = [...'abcde'].map((key) => option(key, { text: { en: key } }));
  it.each([
    ['abcde', 1],
    ['bcdea', 3 / 4], // one item out of place
    ['eabcd', 3 / 4],
    ['abdce', 1 / 4],
    ['edcba', 0],
    ['ab', 1 / 4],
    ['', 0],
  ])('%s', (given, points) => {
    expect(scoreAnswer('ORDERING', items, choosing([...given]))).toBe(points * POINT);
  });
});

describe('scoreAnswer of any kind', () => {
  const weight = fc.option(fc.double({ min: -100, max: 100, noNaN: true }), { nil: undefined });
  const anOption = (key: string) =>
    fc.record({
      key: fc.constant(key),
      text: fc.constantFrom<Localized>({ en: 'one' }, { en: 'Éone *' }, { fr: '' }, {}),
      feedback: fc.constant(null),
      correct: fc.boolean(),
      weight,
      match: fc.constantFrom<Localized>({ en: 'm' }, { en: 'n' }, { en: 'o' }),
      number: fc.record({ value: fc.double({ noNaN: true, noDefaultInfinity: true }), tolerance: fc.nat(9) }),
    });
  const someOptions = fc
    .nat(6)
    .chain((count) => fc.tuple(...[...'abcdefg'].slice(0, count + 1).map(anOption)));
  const anAnswer = fc.record({
    optionKeys: fc.uniqueArray(fc.constantFrom(...'abcdefgz')),
    text: fc.option(fc.oneof(fc.string(), fc.double().map(String), fc.constant('one')), { nil: null }),
    pairs: fc.option(
      fc.array(fc.record({ premise: fc.constantFrom(...'abcz'), match: fc.constantFrom(...'abcz') })),
      { nil: null },
    ),
  });

  it('is a whole number from 0 to one point, whatever is answered', () => {
    fc.assert(
      fc.property(fc.constantFrom(...QUESTION_KINDS), someOptions, anAnswer, (kind, asked, answer) => {
        const score = scoreAnswer(kind, asked, answer);
        expect(Number.isInteger(score)).toBe(true);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(POINT);
      }),
      { numRuns: 1000 },
    );
  });

  /** What answers a question in full, as an author wrote it. */
  const inFull: Record<QuestionKind, (asked: QuestionOption[]) => AnswerGiven> = {
    SINGLE_CHOICE: ([first]) => choosing([first!.key]),
    TRUE_FALSE: ([first]) => choosing([first!.key]),
    MULTIPLE_CHOICE: (asked) => choosing(asked.filter(({ correct }) => correct).map(({ key }) => key)),
    SHORT_TEXT: ([first]) => typing(first!.text.en!),
    NUMBER: ([first]) => typing(String(first!.number!.value)),
    MATCHING: (asked) => pairing(Object.fromEntries(asked.map(({ key }) => [key, key]))),
    ORDERING: (asked) => choosing(asked.map(({ key }) => key)),
  };
  it('is the whole point for the full answer, and for a choice of several whatever its weights', () => {
    fc.assert(
      fc.property(fc.constantFrom(...QUESTION_KINDS), someOptions, (kind, [first, ...rest]) => {
        const asked = [
          {
            ...first!,
            text: { en: 'one' },
            correct: true,
            weight: kind === 'MULTIPLE_CHOICE' ? first!.weight : 100,
          },
          ...rest.map((each) => ({ ...each, text: { en: 'two' } })),
        ];
        expect(scoreAnswer(kind, asked, inFull[kind](asked))).toBe(POINT);
      }),
      { numRuns: 1000 },
    );
  });
});
