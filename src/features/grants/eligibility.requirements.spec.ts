import { courseA, courseB, review } from '../../../test/support/eligibility.builders.js';
import type { Condition, RuleNode } from './eligibility.conditions.js';
import { requirementSentence, requirementsOf } from './eligibility.requirements.js';

const context = {
  timeZone: 'Europe/Paris',
  closeDate: '2026-12-31',
  courseTitles: { [courseA]: { en: 'Get found online', fr: 'Être trouvé en ligne' } },
  regionNames: { 'FR-BRE': { en: 'Brittany', fr: 'Bretagne' } },
};

/** The rule as its lines, indented by level, in both languages; no-break spaces shown as a tilde. */
const lines = (tree: RuleNode): string[][] =>
  (['en', 'fr'] as const).map((locale) =>
    requirementsOf(tree).map(
      (line) =>
        '  '.repeat(line.level) + requirementSentence(line, locale, context).replaceAll('\u00a0', '~'),
    ),
  );
const not = (of: RuleNode): RuleNode => ({ kind: 'NOT', of });

it.each<[Condition, [string, string], [string, string]]>([
  [
    { kind: 'COUNTRY_IN', key: 'it', countries: ['FR', 'BE'] },
    ['The country of the business must be France or Belgium.', 'Pays acceptés~: France ou Belgique.'],
    ['The country of the business must not be France or Belgium.', 'Pays non acceptés~: France ou Belgique.'],
  ],
  [
    { kind: 'REGION_IN', key: 'it', regions: ['FR-BRE', 'FR-XYZ'] },
    ['The region of the business must be Brittany or FR-XYZ.', 'Régions acceptées~: Bretagne ou FR-XYZ.'],
    [
      'The region of the business must not be Brittany or FR-XYZ.',
      'Régions non acceptées~: Bretagne ou FR-XYZ.',
    ],
  ],
  [
    { kind: 'FOR_PROFIT', key: 'it' },
    ['A for-profit business is needed.', 'L’entreprise doit être à but lucratif.'],
    ['A for-profit business is not accepted.', 'L’entreprise ne doit pas être à but lucratif.'],
  ],
  [
    { kind: 'HEADCOUNT_BETWEEN', key: 'it', max: { value: 10, inclusive: false }, asOf: 'CLOSE' },
    [
      'Headcount on 31 December 2026: fewer than 10.',
      'Effectif au 31 décembre 2026~: moins de 10 personnes.',
    ],
    [
      'Headcount on 31 December 2026, not accepted: fewer than 10.',
      'Effectif au 31 décembre 2026, non accepté~: moins de 10 personnes.',
    ],
  ],
  [
    { kind: 'TRADING_FOR', key: 'it', atLeastMonths: 1, at: '2026-01-01' },
    [
      'Time in business on 1 January 2026: at least 1 month.',
      'Ancienneté au 1er janvier 2026~: au moins 1 mois d’activité.',
    ],
    [
      'Time in business on 1 January 2026, not accepted: at least 1 month.',
      'Ancienneté au 1er janvier 2026, non acceptée~: au moins 1 mois d’activité.',
    ],
  ],
  [
    { kind: 'HOLDS_BADGE', key: 'it', courseId: courseA },
    ['A badge of “Get found online” is needed.', 'Un badge de «~Être trouvé en ligne~» est nécessaire.'],
    [
      'A badge of “Get found online” must not be held.',
      'Un badge de «~Être trouvé en ligne~» ne doit pas être détenu.',
    ],
  ],
  [
    { kind: 'HOLDS_BADGE', key: 'it', courseId: courseB, withinMonths: 6 },
    [
      'A badge of the required course, at most 6 months old, is needed.',
      'Un badge de la formation demandée, de 6 mois au plus, est nécessaire.',
    ],
    [
      'A badge of the required course, at most 6 months old, must not be held.',
      'Un badge de la formation demandée, de 6 mois au plus, ne doit pas être détenu.',
    ],
  ],
  [
    { kind: 'HUMAN_REVIEW', key: 'it', question: { en: 'Is it a shop?', fr: 'Est-ce un commerce ?' } },
    [
      'Is it a shop? Someone from the program will check this.',
      'Est-ce un commerce ? Une personne du programme le vérifiera.',
    ],
    [
      'Is it a shop? Someone from the program will check this. The answer must be no.',
      'Est-ce un commerce ? Une personne du programme le vérifiera. La réponse doit être~: non.',
    ],
  ],
])('says what is asked, and what is not wanted: %j', (condition, wanted, unwanted) => {
  expect(lines(condition).flat()).toEqual(wanted);
  expect(lines(not(condition)).flat()).toEqual(unwanted);
});

describe('the lines of a rule', () => {
  const [a, b, c] = ['a', 'b', 'c'].map(review) as [Condition, Condition, Condition];
  /** By key, indented by level; a heading as how many of how many. */
  const outline = (tree: RuleNode): string[] =>
    requirementsOf(tree).map(
      ({ condition, negated, level, needed, among }) =>
        '  '.repeat(level) + (condition ? (negated ? 'not ' : '') + condition.key : `${needed}/${among}`),
    );

  it.each<[string, RuleNode, string[]]>([
    ['one condition', a, ['a']],
    ['all of them', { kind: 'ALL', of: [a, { kind: 'ALL', of: [b, c] }] }, ['a', 'b', 'c']],
    ['one of several', { kind: 'ALL', of: [a, { kind: 'ANY', of: [b, c] }] }, ['a', '1/2', '  b', '  c']],
    ['several of them', { kind: 'AT_LEAST', n: 2, of: [a, b, c] }, ['2/3', '  a', '  b', '  c']],
    ['as many as there are', { kind: 'AT_LEAST', n: 3, of: [a, b, c] }, ['a', 'b', 'c']],
    ['a list of one', { kind: 'ANY', of: [{ kind: 'ALL', of: [a] }] }, ['a']],
    [
      'all within one of several',
      { kind: 'ANY', of: [a, { kind: 'ALL', of: [b, c] }] },
      ['1/2', '  a', '  2/2', '    b', '    c'],
    ],
    ['not all', not({ kind: 'ALL', of: [a, b] }), ['1/2', '  not a', '  not b']],
    ['none', not({ kind: 'ANY', of: [a, b] }), ['not a', 'not b']],
    [
      'not at least two of three',
      not({ kind: 'AT_LEAST', n: 2, of: [a, b, c] }),
      ['2/3', '  not a', '  not b', '  not c'],
    ],
    ['not not', not(not(a)), ['a']],
  ])('%s', (_, tree, expected) => {
    expect(outline(tree)).toEqual(expected);
  });

  it('have headings that say how many are needed', () => {
    const some: RuleNode = {
      kind: 'ANY',
      of: [
        { kind: 'ALL', of: [a, b] },
        { kind: 'AT_LEAST', n: 2, of: [a, b, c] },
      ],
    };
    const headings = lines(some).map((said) =>
      said.filter((line) => /[:~]$/.test(line)).map((line) => line.trim()),
    );
    expect(headings).toEqual([
      ['At least one of these:', 'All of these:', 'At least 2 of these:'],
      ['Au moins un de ces points~:', 'Tous ces points~:', 'Au moins 2 de ces points~:'],
    ]);
  });
});
