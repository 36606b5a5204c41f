import fc from 'fast-check';
import {
  isPassed,
  POINT,
  refusalToAnswer,
  refusalToComplete,
  refusalToStartAttempt,
  scoreAnswer,
  scorePercent,
  shuffleOptions,
} from './quiz.rules.js';

const options = (right: string, wrong: string) => [
  ...[...right].map((key) => ({ key, text: {}, feedback: null, correct: true })),
  ...[...wrong].map((key) => ({ key, text: {}, feedback: null, correct: false })),
];

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
    expect(scoreAnswer(kind, options(right, wrong), [...chosen])).toBe(Math.round(points * POINT));
  });

  const letters = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { minLength: 2 });

  it('is a whole number from 0 to one point, whatever is chosen', () => {
    fc.assert(
      fc.property(letters, fc.nat(), fc.array(fc.constantFrom(...'abcdefghz')), (keys, cut, chosen) => {
        const at = 1 + (cut % (keys.length - 1));
        const score = scoreAnswer(
          'MULTIPLE_CHOICE',
          options(keys.slice(0, at).join(''), keys.slice(at).join('')),
          chosen,
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
          chosen,
        );
        expect(score === POINT).toBe(isRight);
      }),
    );
  });
});

describe('the pass mark', () => {
  it.each([
    [4 * POINT, 5, 80, true],
    [4 * POINT - 1, 5, 80, false],
    [POINT, 3, 33, true],
    [POINT, 3, 34, false],
    [3 * POINT, 3, 100, true],
    [3 * POINT - 1, 3, 100, false],
    [0, 3, 1, false],
  ])('%i of %i questions against %i %%: %s', (score, questionCount, passPercent, passed) => {
    expect(isPassed(score, questionCount, passPercent)).toBe(passed);
  });

  it('and the percentage shown never contradict each other', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 100 }),
        fc.nat(),
        (count, mark, raw) => {
          const score = raw % (count * POINT + 1);
          const percent = scorePercent(score, count);
          expect(percent >= mark).toBe(isPassed(score, count, mark));
          expect(percent).toBeLessThanOrEqual(100);
        },
      ),
    );
  });

  it.each([
    [0, 3, 0],
    [2 * POINT, 3, 66.66],
    [Math.round(2.4 * POINT) - 1, 3, 79.99],
    [3 * POINT, 3, 100],
    [0, 0, 0],
  ])('%i of %i questions reads %d %%', (score, questionCount, percent) => {
    expect(scorePercent(score, questionCount)).toBe(percent);
  });
});

describe('what is refused', () => {
  it('of an answer', () => {
    expect(refusalToAnswer('SINGLE_CHOICE', ['a', 'b'], ['c'])?.code).toBe('OPTION_UNKNOWN');
    expect(refusalToAnswer('SINGLE_CHOICE', ['a', 'b'], ['a', 'b'])?.code).toBe('ONE_OPTION_ONLY');
    expect(refusalToAnswer('TRUE_FALSE', ['true', 'false'], ['true', 'false'])?.code).toBe('ONE_OPTION_ONLY');
    expect(refusalToAnswer('MULTIPLE_CHOICE', ['a', 'b'], ['a', 'b'])).toBeNull();
    expect(refusalToAnswer('SINGLE_CHOICE', ['a', 'b'], [])).toBeNull();
  });

  it('of a lesson', () => {
    expect(refusalToComplete(undefined)?.code).toBe('LESSON_NOT_IN_VERSION');
    expect(refusalToComplete({ kind: 'QUIZ' })?.code).toBe('LESSON_IS_QUIZ');
    expect(refusalToComplete({ kind: 'READING' })).toBeNull();
  });

  it('of an attempt', () => {
    expect(refusalToStartAttempt(undefined, 'ACTIVE')?.code).toBe('LESSON_NOT_IN_VERSION');
    expect(refusalToStartAttempt({ kind: 'READING' }, 'ACTIVE')?.code).toBe('LESSON_IS_NOT_QUIZ');
    expect(refusalToStartAttempt({ kind: 'QUIZ' }, 'COMPLETED')?.code).toBe('ENROLLMENT_NOT_ACTIVE');
    expect(refusalToStartAttempt({ kind: 'QUIZ' }, 'ACTIVE')).toBeNull();
  });
});

describe('shuffleOptions', () => {
  const keys = ['a', 'b', 'c', 'd'];

  it('loses nothing, and depends on the seed alone', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const order = shuffleOptions('SINGLE_CHOICE', keys, seed);
        expect([...order].sort()).toEqual(keys);
        expect(shuffleOptions('SINGLE_CHOICE', [...keys].reverse(), seed)).toEqual(order);
      }),
    );
  });

  it('puts each option first about as often', () => {
    const firsts = Array.from(
      { length: 400 },
      (_, seed) => shuffleOptions('SINGLE_CHOICE', keys, String(seed))[0],
    );
    for (const key of keys) expect(firsts.filter((first) => first === key).length).toBeGreaterThan(60);
  });

  it('leaves true before false', () => {
    for (const seed of keys)
      expect(shuffleOptions('TRUE_FALSE', ['true', 'false'], seed)).toEqual(['true', 'false']);
  });
});
