import { askedKeys } from './completion-reversal.rules.js';

describe('what a reversal may ask for again', () => {
  const lessons = [
    { id: '1', key: 'one' },
    { id: '2', key: 'two' },
    { id: '3', key: 'three' },
    { id: '4', key: 'optional' },
  ];
  const evidence = ['three', 'two', 'one'].map((lessonKey) => ({
    lessonKey,
    lessonId: 'of an earlier version',
    completedAt: '2026-10-07T10:00:00.000Z',
    attemptId: null,
  }));
  it.each<[string, string[], string[], string | undefined]>([
    ['lessons that were counted, in the order of the course', ['2', '1'], ['one', 'two'], undefined],
    ['one twice, once', ['2', '2'], ['two'], undefined],
    ['nothing', [], [], 'REVERSAL_ASKS_NOTHING'],
    ['what the completion did not count', ['1', '4'], [], 'LESSON_NOT_COMPLETED_BY'],
    ['what there is not', ['9'], [], 'LESSON_NOT_COMPLETED_BY'],
    ['an accepted activity, which begins its next turn', ['3'], ['three'], undefined],
  ])('%s', (_, asked, keys, refusal) => {
    expect(askedKeys(lessons, evidence, asked)).toMatchObject({ keys });
    expect(askedKeys(lessons, evidence, asked).refusal?.code).toBe(refusal);
  });
});
