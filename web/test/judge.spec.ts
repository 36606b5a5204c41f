import { expect, test } from '@playwright/test';
import type { QuestionOption } from '../../src/features/catalog/course-content.js';
import { POINT, scoreAnswer } from '../../src/features/learning/quiz-scoring.rules.js';
import { isRight, type AnswerKey } from '../src/lib/offline/judge';

/** What the device is told of a typed question, as the API tells it. */
const keyOf = (kind: 'SHORT_TEXT' | 'NUMBER', options: QuestionOption[]): AnswerKey => ({
  kind,
  optionIds: [],
  matches: [],
  offered: [],
  recognized: options.map(({ text, number, weight, correct }) => ({
    texts: Object.values(text),
    value: number?.value ?? null,
    tolerance: number?.tolerance ?? null,
    whole: (weight ?? (correct ? 100 : 0)) >= 100,
  })),
});
const option = (key: string, more: Partial<QuestionOption>): QuestionOption => ({
  key,
  text: {},
  feedback: null,
  correct: true,
  ...more,
});

// A device judges typed answers by rules of its own: they must be those of the server.
test('what is typed is judged on a phone as it is by the server', () => {
  const words = [
    option('a', { text: { en: 'no*thing', fr: 'rien' }, correct: false }),
    option('b', { text: { en: 'open sesame', fr: 'Sésame ouvre-toi' } }),
    option('c', { text: { en: '*sesame*' }, weight: 50 }),
    option('d', { text: { en: 'a.b (c) [d]*' } }),
    option('e', { text: { en: 'l’œuf*cœur' } }),
  ];
  const numbers = [
    option('a', { number: { value: 3, tolerance: 0 }, correct: false }),
    option('b', { number: { value: 31.4159, tolerance: 0.01 } }),
    option('c', { number: { value: -0.1, tolerance: 0.2 } }),
    option('d', { number: { value: 1200, tolerance: 0 } }),
  ];
  const typed = [
    '',
    ' ',
    'rien',
    'RIEN ',
    'no thing',
    'nothing',
    'open sesame',
    ' Open  SÉSAME',
    'sésame ouvre-toi',
    'my sesame',
    'a.b (c) [d]',
    'a.b (C) [D] and more',
    'axb (c) [d]',
    "l'oeuf et le coeur",
    'L’œuf cœur',
    "l'oeufcoeur",
    'l',
    '3',
    '3,0',
    '31,4159',
    '31.4259',
    '31.42591',
    '0.1',
    '0,10001',
    '-0.3',
    '−0.3',
    '-0.30000001',
    '1 200',
    "1'200",
    '1200',
    '1.2e3',
    '1,200.5',
    '١٢٠٠',
    'three',
    '1e999',
    '.',
    '-',
  ];
  for (const text of typed) {
    for (const [kind, options] of [
      ['SHORT_TEXT', words],
      ['NUMBER', numbers],
    ] as const) {
      const judged = isRight(keyOf(kind, options), {
        optionIds: [],
        text: text.trim() ? text : null,
        pairs: [],
      });
      const score = scoreAnswer(kind, options, {
        optionKeys: [],
        text: text.trim() ? text : null,
        pairs: null,
      });
      expect.soft(judged, `${kind}: ${text}`).toBe(score === POINT);
    }
  }
});

test('choices, pairs and orders are right when they are wholly right', () => {
  const key = { recognized: [], matches: [], offered: [], optionIds: ['a', 'b'] };
  const given = (optionIds: string[]) => ({ optionIds, text: null, pairs: [] });
  for (const [kind, optionIds, expected] of [
    ['MULTIPLE_CHOICE', ['b', 'a'], true],
    ['MULTIPLE_CHOICE', ['a'], false],
    ['MULTIPLE_CHOICE', ['a', 'b', 'c'], false],
    ['ORDERING', ['a', 'b'], true],
    ['ORDERING', ['b', 'a'], false],
    ['ORDERING', ['a'], false],
    ['ORDERING', [], false],
  ] as const)
    expect(isRight({ ...key, kind }, given([...optionIds])), `${kind} ${optionIds.join()}`).toBe(expected);
  const pairs: AnswerKey = {
    ...key,
    kind: 'MATCHING',
    matches: [
      { optionId: 'a', text: 'Paris' },
      { optionId: 'b', text: 'Rome' },
    ],
    offered: [
      { id: '1', text: 'Rome' },
      { id: '2', text: 'Paris' },
    ],
  };
  const put = (...all: [string, string][]) => ({
    optionIds: [],
    text: null,
    pairs: all.map(([optionId, matchId]) => ({ optionId, matchId })),
  });
  expect(isRight(pairs, put(['a', '2'], ['b', '1']))).toBe(true);
  expect(isRight(pairs, put(['a', '2']))).toBe(false);
  expect(isRight(pairs, put(['a', '1'], ['b', '2']))).toBe(false);
});
