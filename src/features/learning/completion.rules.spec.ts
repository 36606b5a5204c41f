import fc from 'fast-check';
import { evaluateCompletion, type CompletionEvidence, type LessonFacts } from './completion.rules.js';

const CRITERIA = { version: 1, requiredLessons: 'ALL' } as const;
const lesson = (key: string, more: Partial<LessonFacts> = {}): LessonFacts => ({
  id: `id-${key}`,
  key,
  kind: 'READING',
  required: true,
  estimatedMinutes: 5,
  ...more,
});
const done = (lessonKey: string): CompletionEvidence => ({
  lessonKey,
  lessonId: `id-${lessonKey}`,
  completedAt: '2026-10-07T10:00:00.000Z',
  attemptId: null,
});

describe('evaluateCompletion', () => {
  it('names each missing thing by its kind, with its minutes', () => {
    const lessons = [
      lesson('a'),
      lesson('b', { kind: 'QUIZ', estimatedMinutes: 8 }),
      lesson('c', { required: false }),
      lesson('d', { kind: 'ACTIVITY' }),
    ];
    expect(evaluateCompletion(CRITERIA, lessons, [])).toEqual({
      met: false,
      requiredLessons: 3,
      completedLessons: 0,
      missing: [
        { code: 'LESSON_MISSING', lessonId: 'id-a', minutes: 5 },
        { code: 'QUIZ_NOT_PASSED', lessonId: 'id-b', minutes: 8 },
        { code: 'ACTIVITY_NOT_ACCEPTED', lessonId: 'id-d', minutes: 5 },
      ],
      minutesLeft: 18,
      evidence: [],
    });
  });

  it('is met by the last required lesson, with the evidence of the required ones only', () => {
    const verdict = evaluateCompletion(
      CRITERIA,
      [lesson('a'), lesson('b', { required: false })],
      [done('b'), done('a')],
    );
    expect(verdict).toMatchObject({ met: true, minutesLeft: 0, evidence: [{ lessonKey: 'a' }] });
  });

  it('is never met where nothing is required', () => {
    expect(evaluateCompletion(CRITERIA, [lesson('a', { required: false })], [done('a')]).met).toBe(false);
    expect(evaluateCompletion(CRITERIA, [], []).met).toBe(false);
  });

  it('refuses criteria that it does not know', () => {
    expect(() => evaluateCompletion({ ...CRITERIA, version: 2 as 1 }, [lesson('a')], [])).toThrow(
      /version 2/,
    );
  });

  const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const course = fc.uniqueArray(
    fc.record({
      key,
      required: fc.boolean(),
      kind: fc.constantFrom('READING' as const, 'QUIZ' as const),
      estimatedMinutes: fc.integer({ min: 1, max: 600 }),
    }),
    { selector: (each) => each.key },
  );

  it('never exceeds 100 %, whatever was done, twice or in other versions', () => {
    fc.assert(
      fc.property(course, fc.array(key), (facts, keys) => {
        const verdict = evaluateCompletion(
          CRITERIA,
          facts.map((each) => lesson(each.key, each)),
          keys.map(done),
        );
        expect(verdict.completedLessons).toBeLessThanOrEqual(verdict.requiredLessons);
        expect(verdict.completedLessons + verdict.missing.length).toBe(verdict.requiredLessons);
        expect(verdict.met).toBe(verdict.requiredLessons > 0 && verdict.missing.length === 0);
      }),
    );
  });

  it('never falls when more is done', () => {
    fc.assert(
      fc.property(course, fc.array(key), key, (facts, keys, more) => {
        const lessons = facts.map((each) => lesson(each.key, each));
        const before = evaluateCompletion(CRITERIA, lessons, keys.map(done));
        const after = evaluateCompletion(CRITERIA, lessons, [...keys, more].map(done));
        expect(after.completedLessons).toBeGreaterThanOrEqual(before.completedLessons);
        expect(after.minutesLeft).toBeLessThanOrEqual(before.minutesLeft);
      }),
    );
  });
});
