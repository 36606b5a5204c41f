import { refusalToAnswer, refusalToComplete, refusalToStartAttempt } from './quiz.rules.js';

describe('what is refused', () => {
  const none = { optionKeys: [], text: null, pairs: null };
  const pair = (premise: string, match: string) => ({ premise, match });
  it.each([
    ['SINGLE_CHOICE', { optionKeys: ['z'] }, 'OPTION_UNKNOWN'],
    ['SINGLE_CHOICE', { optionKeys: ['a', 'b'] }, 'ONE_OPTION_ONLY'],
    ['TRUE_FALSE', { optionKeys: ['a', 'b'] }, 'ONE_OPTION_ONLY'],
    ['MULTIPLE_CHOICE', { optionKeys: ['a', 'b'] }, undefined],
    ['SINGLE_CHOICE', {}, undefined],
    ['SINGLE_CHOICE', { text: 'a' }, 'ANSWER_OF_OTHER_KIND'],
    ['ORDERING', { optionKeys: ['b', 'a'] }, undefined],
    ['ORDERING', { optionKeys: ['b'] }, undefined],
    ['ORDERING', { optionKeys: ['b', 'z'] }, 'OPTION_UNKNOWN'],
    ['SHORT_TEXT', { text: 'anything' }, undefined],
    ['SHORT_TEXT', { optionKeys: ['a'] }, 'ANSWER_OF_OTHER_KIND'],
    ['NUMBER', { text: '3,5' }, undefined],
    ['NUMBER', {}, undefined],
    ['NUMBER', { text: 'three' }, 'NUMBER_EXPECTED'],
    ['NUMBER', { pairs: [pair('a', 'm')] }, 'ANSWER_OF_OTHER_KIND'],
    ['MATCHING', { pairs: [pair('a', 'm'), pair('b', 'm')] }, undefined],
    ['MATCHING', { pairs: [pair('a', 'm'), pair('a', 'n')] }, 'PAIR_UNKNOWN'],
    ['MATCHING', { pairs: [pair('m', 'a')] }, 'PAIR_UNKNOWN'],
    ['MATCHING', { optionKeys: ['a'] }, 'ANSWER_OF_OTHER_KIND'],
  ] as const)('of an answer to %s, %j: %s', (kind, answer, code) => {
    const space = { kind, optionKeys: ['a', 'b'], matchKeys: ['m', 'n'] };
    expect(refusalToAnswer(space, { ...none, ...answer })?.code).toBe(code);
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
