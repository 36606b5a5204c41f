import fc from 'fast-check';
import { GRADE_POLICIES } from '../catalog/course-content.js';
import { isPassed, quizResult, scorePercent } from './quiz-result.rules.js';
import { POINT } from './quiz-scoring.rules.js';

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

describe('the result of several attempts', () => {
  const grades = [50, 100, 0, 75].map((percent) => ({
    score: (percent * 4 * POINT) / 100,
    questionCount: 4,
  }));

  it.each([
    ['HIGHEST', 100],
    ['LAST', 75],
    ['FIRST', 50],
    ['AVERAGE', 56.25],
  ] as const)('%s', (policy, percent) => {
    const result = quizResult(policy, grades)!;
    expect(result.percent).toBe(percent);
    expect(result.reaches(Math.floor(percent))).toBe(true);
    expect(result.reaches(Math.floor(percent) + 1)).toBe(false);
  });

  it('is none before the first', () => {
    for (const policy of GRADE_POLICIES) expect(quizResult(policy, [])).toBeNull();
  });

  it('averages shares of quizzes of different lengths exactly', () => {
    const third = { score: POINT, questionCount: 3 };
    const twoThirds = { score: 2 * POINT, questionCount: 3 };
    const half = { score: 2 * POINT, questionCount: 4 };
    expect(quizResult('AVERAGE', [third, twoThirds, half])!.reaches(50)).toBe(true);
    expect(quizResult('AVERAGE', [third, third, third])!.percent).toBe(33.33);
  });

  it('of one attempt is that attempt, by any policy', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...GRADE_POLICIES),
        fc.integer({ min: 1, max: 40 }),
        fc.nat(),
        fc.integer({ min: 1, max: 100 }),
        (policy, questionCount, raw, mark) => {
          const score = raw % (questionCount * POINT + 1);
          const result = quizResult(policy, [{ score, questionCount }])!;
          expect(result.percent).toBe(scorePercent(score, questionCount));
          expect(result.reaches(mark)).toBe(isPassed(score, questionCount, mark));
        },
      ),
    );
  });
});
