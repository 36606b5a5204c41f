import fc from 'fast-check';
import {
  evaluateCompletion,
  FIRST_CRITERIA,
  lastDoneAt,
  type CompletionEvidence,
  type CompletionVerdict,
  type LessonFacts,
} from './completion.rules.js';
import type { AttemptGrade } from './overall-grade.rules.js';
import { POINT } from './quiz-scoring.rules.js';

const lesson = (key: string, more: Partial<LessonFacts> = {}): LessonFacts => ({
  id: `id-${key}`,
  key,
  kind: 'READING',
  required: true,
  estimatedMinutes: 5,
  quizSettings: null,
  ...more,
});
const done = (lessonKey: string): CompletionEvidence => ({
  lessonKey,
  lessonId: `id-${lessonKey}`,
  completedAt: '2026-10-07T10:00:00.000Z',
  attemptId: null,
});

/** By the criteria that every course begins with. */
const judge = (lessons: readonly LessonFacts[], evidence: readonly CompletionEvidence[]): CompletionVerdict =>
  evaluateCompletion(FIRST_CRITERIA, lessons, { done: evidence, grades: [] });

describe('evaluateCompletion', () => {
  it('names each missing thing by its kind, with its minutes', () => {
    const lessons = [
      lesson('a'),
      lesson('b', { kind: 'QUIZ', estimatedMinutes: 8 }),
      lesson('c', { required: false }),
      lesson('d', { kind: 'ACTIVITY' }),
    ];
    expect(judge(lessons, [])).toEqual({
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
      overall: null,
    });
  });

  it('is met by the last required lesson, with the evidence of the required ones only', () => {
    const verdict = judge([lesson('a'), lesson('b', { required: false })], [done('b'), done('a')]);
    expect(verdict).toMatchObject({ met: true, minutesLeft: 0, evidence: [{ lessonKey: 'a' }] });
  });

  it('is never met where nothing is required', () => {
    expect(judge([lesson('a', { required: false })], [done('a')]).met).toBe(false);
    expect(judge([], []).met).toBe(false);
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
        const verdict = judge(
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
        const before = judge(lessons, keys.map(done));
        const after = judge(lessons, [...keys, more].map(done));
        expect(after.completedLessons).toBeGreaterThanOrEqual(before.completedLessons);
        expect(after.minutesLeft).toBeLessThanOrEqual(before.minutesLeft);
      }),
    );
  });
});

describe('with an overall minimum', () => {
  const quiz = (key: string, more: Partial<LessonFacts> = {}): LessonFacts =>
    lesson(key, { kind: 'QUIZ', estimatedMinutes: 8, ...more });
  /** Of so many points of ten. */
  const graded = (lessonKey: string, points: number, hour = 11): AttemptGrade => ({
    attemptId: `attempt-${lessonKey}-${hour}`,
    lessonKey,
    score: points * POINT,
    questionCount: 10,
    submittedAt: `2026-10-07T${hour}:00:00.000Z`,
  });
  const criteria = (overallMinimumPercent: number) => ({
    version: 2,
    overallMinimumPercent,
    since: new Date(0),
  });
  const lessons = [lesson('a'), quiz('p'), quiz('q'), quiz('r', { required: false })];
  const all = ['a', 'p', 'q'].map(done);

  it('is met exactly at it, by the average of the quizzes, and keeps what counted', () => {
    const grades = [graded('p', 6), graded('q', 9, 13)];
    const verdict = evaluateCompletion(criteria(75), lessons, { done: all, grades });
    expect(verdict).toMatchObject({ met: true, missing: [], overall: { percent: 75, minimumPercent: 75 } });
    expect(verdict.evidence.map(({ grade }) => grade)).toEqual([
      undefined,
      { percent: 60, attemptIds: ['attempt-p-11'] },
      { percent: 90, attemptIds: ['attempt-q-13'] },
    ]);
    expect(lastDoneAt(verdict)).toEqual(new Date('2026-10-07T13:00:00Z'));
  });

  it('names the quiz that may raise it most, with what is there and what is needed', () => {
    const grades = [graded('p', 6), graded('q', 9)];
    expect(evaluateCompletion(criteria(76), lessons, { done: all, grades })).toMatchObject({
      met: false,
      completedLessons: 3,
      minutesLeft: 8,
      missing: [{ code: 'OVERALL_BELOW_MINIMUM', lessonId: 'id-p', minutes: 8, have: 75, need: 76 }],
    });
  });

  it('is told as soon as a quiz is graded, and takes no time while another may make up for it', () => {
    const verdict = evaluateCompletion(criteria(80), lessons, {
      done: ['a', 'p'].map(done),
      grades: [graded('p', 6)],
    });
    expect(verdict.missing).toEqual([
      { code: 'QUIZ_NOT_PASSED', lessonId: 'id-q', minutes: 8 },
      { code: 'OVERALL_BELOW_MINIMUM', lessonId: 'id-p', minutes: 0, have: 60, need: 80 },
    ]);
    expect(verdict.minutesLeft).toBe(8);
    const before = evaluateCompletion(criteria(80), lessons, { done: [], grades: [] });
    expect(before.missing.map(({ code }) => code)).not.toContain('OVERALL_BELOW_MINIMUM');
    expect(before.overall).toMatchObject({ percent: null, quizzes: [{ percent: null }, { percent: null }] });
  });

  it('weighs each quiz the same, however many questions it asks, and no optional one', () => {
    const large = { ...graded('q', 40), questionCount: 40 };
    const grades = [graded('p', 5), large, graded('r', 0)];
    expect(evaluateCompletion(criteria(75), lessons, { done: all, grades })).toMatchObject({
      met: true,
      overall: { percent: 75 },
    });
  });

  it.each([
    ['HIGHEST', 90, ['attempt-p-12'], true],
    ['LAST', 70, ['attempt-p-13'], true],
    ['FIRST', 50, ['attempt-p-11'], false],
    ['AVERAGE', 70, ['attempt-p-11', 'attempt-p-12', 'attempt-p-13'], true],
  ] as const)('takes the grade of a quiz by its policy: %s', (gradePolicy, percent, attemptIds, mayRise) => {
    const grades = [graded('p', 5, 11), graded('p', 9, 12), graded('p', 7, 13)];
    const verdict = evaluateCompletion(criteria(95), [quiz('p', { quizSettings: { gradePolicy } })], {
      done: [done('p')],
      grades,
    });
    expect(verdict.overall).toMatchObject({ percent, quizzes: [{ percent, attemptIds, mayRise }] });
  });

  it('sends nobody to a quiz that cannot raise it', () => {
    const other = [quiz('p', { quizSettings: { gradePolicy: 'FIRST' } }), quiz('q'), quiz('s')];
    const grades = [graded('p', 1), graded('q', 10), graded('s', 8)];
    const { missing } = evaluateCompletion(criteria(90), other, { done: ['p', 'q', 's'].map(done), grades });
    expect(missing).toMatchObject([{ lessonId: 'id-s' }]);
  });

  it('compares exactly: what is shown as 66.66 is less than 67, and two thirds are not less than 66', () => {
    const three = [quiz('p'), quiz('q'), quiz('s')];
    const grades = [graded('p', 10), graded('q', 10), graded('s', 0)];
    const work = { done: ['p', 'q', 's'].map(done), grades };
    expect(evaluateCompletion(criteria(66), three, work)).toMatchObject({
      met: true,
      overall: { percent: 66.66 },
    });
    expect(evaluateCompletion(criteria(67), three, work)).toMatchObject({
      missing: [{ have: 66.66, need: 67 }],
    });
  });

  it('asks nothing where no quiz is graded', () => {
    expect(evaluateCompletion(criteria(100), [lesson('a')], { done: [done('a')], grades: [] }).met).toBe(
      true,
    );
  });

  it('is met by whoever meets a higher one, and never without all lessons', () => {
    const percent = fc.integer({ min: 1, max: 100 });
    const points = fc.integer({ min: 0, max: 10 });
    fc.assert(
      fc.property(percent, percent, points, points, fc.subarray(all), (one, other, p, q, evidence) => {
        const work = { done: evidence, grades: [graded('p', p), graded('q', q)] };
        const [low, high] = [Math.min(one, other), Math.max(one, other)].map((minimum) =>
          evaluateCompletion(criteria(minimum), lessons, work),
        );
        if (high!.met) expect(low!.met).toBe(true);
        if (evidence.length < 3) expect(low!.met).toBe(false);
        expect(low!.met).toBe(low!.missing.length === 0);
      }),
    );
  });
});
