import type { QuestionContent, QuestionKind, QuestionOption } from './course-content.js';
import { refusalOfQuestion } from './question.rules.js';

const option = (key: string, more: Partial<QuestionOption> = {}): QuestionOption => ({
  key,
  text: { en: key },
  feedback: null,
  correct: false,
  ...more,
});
const right = (key: string, more: Partial<QuestionOption> = {}): QuestionOption =>
  option(key, { correct: true, ...more });
const empty = { text: {} };
const question = (kind: QuestionKind, options: QuestionOption[], prompt = 'Asked?'): QuestionContent => ({
  key: 'q',
  kind,
  prompt: {
    en: { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: prompt }] }] },
  },
  options,
  explanation: null,
});

describe('a question', () => {
  it.each<[string, QuestionKind, QuestionOption[]]>([
    ['one of two', 'SINGLE_CHOICE', [right('a'), option('b')]],
    [
      'half a point for the nearly right',
      'SINGLE_CHOICE',
      [right('a', { weight: 100 }), option('b', { weight: 50 })],
    ],
    ['several of some', 'MULTIPLE_CHOICE', [right('a'), right('b'), option('c')]],
    ['all right, with weights', 'MULTIPLE_CHOICE', [right('a', { weight: 70 }), right('b', { weight: 30 })]],
    ['thirds', 'MULTIPLE_CHOICE', [1, 2, 3].map((n) => right(`${n}`, { weight: 33.33 }))],
    ['true or false', 'TRUE_FALSE', [right('true', empty), option('false', empty)]],
    ['a word with any ending', 'SHORT_TEXT', [right('spring*')]],
    ['a wrong word that is answered to', 'SHORT_TEXT', [right('a'), option('*')]],
    ['a number', 'NUMBER', [right('a', { ...empty, number: { value: -1.5, tolerance: 0 } })]],
    [
      'pairs and a match too many',
      'MATCHING',
      [
        right('a', { match: { en: 'x' } }),
        right('b', { match: { en: 'x' } }),
        option('c', { ...empty, match: { en: 'y' } }),
      ],
    ],
    ['an order', 'ORDERING', [right('a'), right('b')]],
  ])('may be asked: %s', (_, kind, options) => {
    expect(refusalOfQuestion(question(kind, options))).toBeNull();
  });

  it.each<[QuestionKind, QuestionOption[], string, string | undefined]>([
    ['SINGLE_CHOICE', [right('a')], 'QUESTION_OPTIONS_FEW', undefined],
    ['SINGLE_CHOICE', [right('a'), right('b')], 'QUESTION_ONE_RIGHT', undefined],
    ['SINGLE_CHOICE', [option('a'), option('b')], 'QUESTION_ONE_RIGHT', undefined],
    ['SINGLE_CHOICE', [right('a', { weight: 50 }), option('b')], 'QUESTION_WEIGHTS_SUM', undefined],
    ['SINGLE_CHOICE', [right('a'), option('b', empty)], 'QUESTION_OPTION_EMPTY', 'options.1.text'],
    [
      'SINGLE_CHOICE',
      [right('a'), option('b', { text: { en: ' a ' } })],
      'QUESTION_OPTION_TWICE',
      'options.1.text',
    ],
    [
      'SINGLE_CHOICE',
      [right('a'), option('b', { weight: 100 })],
      'QUESTION_WEIGHT_INVALID',
      'options.1.weight',
    ],
    ['MULTIPLE_CHOICE', [option('a'), option('b')], 'QUESTION_NONE_RIGHT', undefined],
    ['MULTIPLE_CHOICE', [right('a'), right('b')], 'QUESTION_NONE_WRONG', undefined],
    [
      'MULTIPLE_CHOICE',
      [right('a', { weight: 60 }), right('b', { weight: 60 })],
      'QUESTION_WEIGHTS_SUM',
      undefined,
    ],
    [
      'MULTIPLE_CHOICE',
      [right('a', { weight: -1 }), option('b')],
      'QUESTION_WEIGHT_INVALID',
      'options.0.weight',
    ],
    [
      'MULTIPLE_CHOICE',
      [right('a'), option('b', { weight: -101 })],
      'QUESTION_WEIGHT_INVALID',
      'options.1.weight',
    ],
    ['TRUE_FALSE', [right('true', empty)], 'QUESTION_TRUE_FALSE_OPTIONS', undefined],
    ['TRUE_FALSE', [right('true'), right('false')], 'QUESTION_ONE_RIGHT', undefined],
    ['SHORT_TEXT', [], 'QUESTION_OPTIONS_FEW', undefined],
    ['SHORT_TEXT', [right('* *')], 'QUESTION_ACCEPTS_ANYTHING', 'options.0.text'],
    ['SHORT_TEXT', [right('Élan'), right(' elan')], 'QUESTION_OPTION_TWICE', 'options.1.text'],
    ['SHORT_TEXT', [option('a')], 'QUESTION_NONE_RIGHT', undefined],
    ['NUMBER', [right('a', empty)], 'QUESTION_NUMBER_INVALID', 'options.0.value'],
    [
      'NUMBER',
      [right('a', { number: { value: 1, tolerance: -1 } })],
      'QUESTION_NUMBER_INVALID',
      'options.0.value',
    ],
    [
      'MATCHING',
      [right('a', { match: { en: 'x' } }), option('b', { ...empty, match: { en: 'y' } })],
      'QUESTION_OPTIONS_FEW',
      undefined,
    ],
    ['MATCHING', [right('a', { match: { en: 'x' } }), right('b')], 'QUESTION_PAIR_HALF', 'options.1.match'],
    ['ORDERING', [right('a')], 'QUESTION_OPTIONS_FEW', undefined],
    ['ORDERING', [right('a'), right('b', { text: { en: 'a' } })], 'QUESTION_OPTION_TWICE', 'options.1.text'],
  ])('%s may not be %j: %s', (kind, options, code, field) => {
    const refused = refusalOfQuestion(question(kind, options));
    expect([refused?.refusal.code, refused?.field]).toEqual([code, field]);
  });

  it('must ask something', () => {
    const nothing = question('ORDERING', [right('a'), right('b')], ' ');
    expect(refusalOfQuestion(nothing)?.refusal.code).toBe('QUESTION_PROMPT_MISSING');
  });
});
