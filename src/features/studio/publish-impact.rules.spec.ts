import fc from 'fast-check';
import type { LessonContent } from '../catalog/course-content.js';
import { compareContent, policyImpacts } from './publish-impact.rules.js';
import type { VersionContent } from '../catalog/version-content.js';

const aText = (text: string) => ({
  type: 'doc' as const,
  content: [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text }] }],
});
const lesson = (key: string, changes: Partial<LessonContent> = {}): LessonContent => ({
  key,
  kind: 'READING',
  required: true,
  estimatedMinutes: 5,
  title: { en: key },
  body: { en: aText('text'), fr: aText('texte') },
  quiz: null,
  ...changes,
});
const quiz = (passPercent: number, correct: boolean): LessonContent =>
  lesson('quiz', {
    kind: 'QUIZ',
    body: null,
    quiz: {
      passPercent,
      questions: [
        {
          key: 'q',
          kind: 'TRUE_FALSE',
          prompt: { en: aText('True?') },
          options: [{ key: 'true', text: { en: 'True' }, feedback: null, correct }],
          explanation: null,
        },
      ],
    },
  });
/** A course of these lessons, in modules `m1`, `m2`, ... */
const course = (...modules: LessonContent[][]): VersionContent => ({
  defaultLocale: 'en',
  locales: ['en', 'fr'],
  title: {},
  summary: {},
  outcomes: {},
  description: {},
  topics: [],
  license: null,
  modules: modules.map((lessons, index) => ({ key: `m${index + 1}`, title: {}, summary: {}, lessons })),
});
const kinds = (before: VersionContent | null, after: VersionContent): string[] =>
  compareContent(before, after).lessons.map(({ kind, key }) => `${kind} ${key}`);

describe('compareContent', () => {
  const [a, b, c, d] = [lesson('a'), lesson('b'), lesson('c'), lesson('d')];

  it.each([
    ['nothing', [a, b], [a, b], []],
    ['a lesson more', [a], [a, b], ['ADDED b']],
    ['a lesson less', [a, b], [b], ['REMOVED a']],
    ['a title', [a, b], [a, lesson('b', { title: { en: 'other' } })], ['CHANGED b']],
    ['a text in one language', [a], [lesson('a', { body: { ...a.body, fr: aText('neuf') } })], ['CHANGED a']],
    ['a language', [a], [lesson('a', { body: { en: aText('text') } })], ['CHANGED a']],
    ['minutes', [a], [lesson('a', { estimatedMinutes: 6 })], ['CHANGED a']],
    ['being required', [a], [lesson('a', { required: false })], ['CHANGED a']],
    ['the pass mark', [quiz(80, true)], [quiz(70, true)], ['CHANGED quiz']],
    ['the right answer', [quiz(80, true)], [quiz(80, false)], ['CHANGED quiz']],
    ['another key, the same text', [a], [lesson('z', { title: { en: 'a' } })], ['ADDED z', 'REMOVED a']],
    ['one lesson put last', [a, b, c, d], [b, c, d, a], ['MOVED a']],
    ['one lesson put first', [a, b, c, d], [d, a, b, c], ['MOVED d']],
    ['a lesson in front', [a, b], [c, a, b], ['ADDED c']],
    ['a changed one put elsewhere', [a, b], [b, lesson('a', { required: false })], ['CHANGED a']],
  ])('%s', (_what, before, after, expected) => {
    expect(kinds(course(before), course(after))).toEqual(expected);
  });

  it('finds one of two moved that changed places', () => {
    expect(kinds(course([a, b]), course([b, a]))).toHaveLength(1);
  });

  it('finds a lesson in another module moved, though its neighbors are the same', () => {
    expect(kinds(course([a], [b, c]), course([a, b], [c]))).toEqual(['MOVED b']);
  });

  it('does not mind the order in which the database gives the languages', () => {
    const swapped = lesson('a', { body: { fr: a.body!['fr']!, en: a.body!['en']! } });
    expect(kinds(course([a]), course([swapped]))).toEqual([]);
  });

  it('finds all of a first version added', () => {
    expect(compareContent(null, course([a, lesson('b', { required: false })]))).toEqual({
      lessons: [
        { kind: 'ADDED', key: 'a', title: { en: 'a' }, required: true },
        { kind: 'ADDED', key: 'b', title: { en: 'b' }, required: false },
      ],
      minutesBefore: 0,
      minutesAfter: 5,
      more: { lessons: 1, minutes: 5 },
    });
  });

  it('counts as more what is required now and was not there, or optional', () => {
    const before = course([a, lesson('b', { required: false })]);
    const after = course([a, lesson('b', { estimatedMinutes: 7 }), c, lesson('d', { required: false })]);
    expect(compareContent(before, after).more).toEqual({ lessons: 2, minutes: 12 });
  });

  it('compares two versions of 5,000 lessons in another order within a second', () => {
    const many = Array.from({ length: 5000 }, (_, index) => lesson(`l${index}`));
    const started = performance.now();
    expect(compareContent(course(many), course(many.toReversed())).lessons).toHaveLength(4999);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('adds up the minutes of required lessons', () => {
    const before = course([a, b], [lesson('c', { required: false, estimatedMinutes: 100 })]);
    const after = course([lesson('a', { estimatedMinutes: 7 })], [lesson('c', { estimatedMinutes: 100 })]);
    expect(compareContent(before, after)).toMatchObject({ minutesBefore: 10, minutesAfter: 107 });
  });

  it('takes as moved what, taken out, leaves the others in their order', () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    fc.assert(
      fc.property(fc.shuffledSubarray(keys, { minLength: 1 }), (shuffled) => {
        const { lessons } = compareContent(
          course(keys.map((key) => lesson(key))),
          course(shuffled.map((key) => lesson(key))),
        );
        const moved = lessons.filter(({ kind }) => kind === 'MOVED').map(({ key }) => key);
        const stayed = shuffled.filter((key) => !moved.includes(key));
        expect(stayed).toEqual([...stayed].sort());
        expect(stayed.length).toBeGreaterThan(0);
        const removed = lessons.filter(({ kind }) => kind === 'REMOVED').map(({ key }) => key);
        expect([...shuffled, ...removed].sort()).toEqual(keys);
      }),
    );
  });
});

describe('policyImpacts', () => {
  it('says for each policy who stays, who moves, who is asked and for how much', () => {
    const more = { lessons: 2, minutes: 12 };
    expect(policyImpacts({ inProgress: 3, completed: 4 }, { more })).toEqual([
      {
        policy: 'NEW_LEARNERS_ONLY',
        learnersStaying: 3,
        learnersMoving: 0,
        learnersAsked: 0,
        lessonsMore: 0,
        minutesMore: 0,
      },
      {
        policy: 'MOVE_IN_PROGRESS',
        learnersStaying: 0,
        learnersMoving: 3,
        learnersAsked: 0,
        lessonsMore: 2,
        minutesMore: 12,
      },
      {
        policy: 'MOVE_AND_ASK_COMPLETED',
        learnersStaying: 0,
        learnersMoving: 3,
        learnersAsked: 4,
        lessonsMore: 2,
        minutesMore: 12,
      },
    ]);
  });
});
