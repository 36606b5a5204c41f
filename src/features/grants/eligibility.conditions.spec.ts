import {
  conditionsOf,
  courseIdsOf,
  pathText,
  readRuleTree,
  type RuleNode,
} from './eligibility.conditions.js';

const forProfit = { kind: 'FOR_PROFIT', key: 'for-profit' };
const courseId = '00000000-0000-4000-8000-00000000000a';

function problemsOf(value: unknown): readonly string[] {
  const reading = readRuleTree(value);
  return reading.ok ? [] : reading.problems.map(({ message }) => message);
}

describe('reading a rule', () => {
  it('takes every kind of operator and condition, and gives it back as it was', () => {
    const tree = {
      kind: 'ALL',
      of: [
        { kind: 'ANY', of: [{ kind: 'COUNTRY_IN', key: 'country', countries: ['FR', 'BE'] }] },
        { kind: 'NOT', of: { kind: 'REGION_IN', key: 'region', regions: ['FR-IDF', 'CA-ON', 'GB-ENG'] } },
        {
          kind: 'AT_LEAST',
          n: 2,
          of: [
            {
              kind: 'HEADCOUNT_BETWEEN',
              key: 'size',
              min: { value: 2, inclusive: true },
              asOf: '2020-02-29',
            },
            { kind: 'TRADING_FOR', key: 'age', moreThanMonths: 12, at: 'CLOSE' },
            { kind: 'HOLDS_BADGE', key: 'badge', courseId, withinMonths: 6 },
          ],
        },
        forProfit,
        {
          kind: 'HUMAN_REVIEW',
          key: 'shop',
          question: { en: 'Is there a shop?', fr: 'Y a-t-il une boutique ?' },
        },
      ],
    };
    expect(readRuleTree(JSON.parse(JSON.stringify(tree)))).toEqual({ ok: true, tree });
  });

  it.each([
    [
      'an unknown key of a condition',
      { kind: 'ALL', of: [{ ...forProfit, note: 1 }] },
      'rule.of[0]: unknown key "note"',
    ],
    ['an unknown key of an operator', { kind: 'NOT', of: forProfit, n: 1 }, 'rule: unknown key "n"'],
    [
      'an unknown key of a bound',
      {
        kind: 'HEADCOUNT_BETWEEN',
        key: 'a',
        min: { value: 2, inclusive: true, strict: true },
        asOf: 'CLOSE',
      },
      'rule.min: unknown key "strict"',
    ],
    ['an unknown kind', { kind: 'SOME', of: [] }, 'rule.kind: is not a known kind of condition or operator'],
    [
      'two conditions with one key',
      { kind: 'ANY', of: [forProfit, { kind: 'NOT', of: forProfit }] },
      'rule.of[1].of.key: "for-profit" is already the key of rule.of[0]',
    ],
    [
      'a key not in kebab-case',
      { ...forProfit, key: 'forProfit' },
      'rule.key: must be in kebab-case, such as "head-count"',
    ],
    [
      'more than the list holds',
      { kind: 'AT_LEAST', n: 2, of: [forProfit] },
      'rule.n: asks for more than the list holds',
    ],
    [
      'a country that is none',
      { kind: 'COUNTRY_IN', key: 'a', countries: ['FR', 'UK'] },
      'rule.countries[1]: must be an ISO 3166-1 alpha-2 code, such as "FR"',
    ],
    [
      'a country twice',
      { kind: 'COUNTRY_IN', key: 'a', countries: ['FR', 'FR'] },
      'rule.countries: names a country twice',
    ],
    [
      'a region without its country',
      { kind: 'REGION_IN', key: 'a', regions: ['IDF'] },
      'rule.regions[0]: must be an ISO 3166-2 code, such as "FR-IDF"',
    ],
    ['no bound', { kind: 'HEADCOUNT_BETWEEN', key: 'a', asOf: 'CLOSE' }, 'rule: needs "min", "max" or both'],
    [
      'bounds that exclude everything',
      {
        kind: 'HEADCOUNT_BETWEEN',
        key: 'a',
        min: { value: 5, inclusive: true },
        max: { value: 5, inclusive: false },
        asOf: 'CLOSE',
      },
      'rule: has bounds that no headcount can meet',
    ],
    [
      'a day that does not exist',
      { kind: 'HEADCOUNT_BETWEEN', key: 'a', min: { value: 2, inclusive: true }, asOf: '2021-02-29' },
      'rule.asOf: must be a calendar date (YYYY-MM-DD) or "CLOSE"',
    ],
    [
      'two durations',
      { kind: 'TRADING_FOR', key: 'a', moreThanMonths: 12, atLeastMonths: 12, at: 'CLOSE' },
      'rule: needs exactly one of "moreThanMonths" and "atLeastMonths"',
    ],
    [
      'no duration',
      { kind: 'TRADING_FOR', key: 'a', at: 'CLOSE' },
      'rule: needs exactly one of "moreThanMonths" and "atLeastMonths"',
    ],
    [
      'a course that is no id',
      { kind: 'HOLDS_BADGE', key: 'a', courseId: 'x' },
      'rule.courseId: must be the id of a course',
    ],
  ])('refuses %s and names the place', (_, value, message) => {
    expect(problemsOf(value)).toEqual([message]);
  });

  it('refuses a bound that does not say whether it is included', () => {
    const value = { kind: 'HEADCOUNT_BETWEEN', key: 'a', min: { value: 2 }, asOf: 'CLOSE' };
    expect(problemsOf(value)).toEqual([expect.stringContaining('rule.min.inclusive: ')]);
  });

  it.each(['ALL', 'ANY', 'AT_LEAST'])('refuses an empty %s', (kind) => {
    const value = kind === 'AT_LEAST' ? { kind, n: 1, of: [] } : { kind, of: [] };
    expect(problemsOf(value).some((message) => message.startsWith('rule.of: '))).toBe(true);
  });

  it.each([[null], ['ALL'], [[]], [{}], [{ kind: 'ALL', of: null }], [{ kind: 'NOT' }]])(
    'refuses %j without throwing',
    (value) => expect(problemsOf(value)).not.toEqual([]),
  );

  it('takes a rule 8 deep and refuses 9, even 100,000', () => {
    const nested = (depth: number): unknown => {
      let tree: unknown = forProfit;
      for (let level = 1; level < depth; level += 1) tree = { kind: 'NOT', of: tree };
      return tree;
    };
    expect(problemsOf(nested(8))).toEqual([]);
    expect(problemsOf(nested(9))).toEqual(['rule: is nested more than 8 deep']);
    expect(problemsOf(nested(100_000))).toEqual(['rule: is nested more than 8 deep']);
  });

  it('takes a rule of 100 nodes and refuses 101', () => {
    const wide = (nodes: number): unknown => ({
      kind: 'ANY',
      of: Array.from({ length: nodes - 1 }, (_, index) => ({ kind: 'FOR_PROFIT', key: `c${index}` })),
    });
    expect(problemsOf(wide(100))).toEqual([]);
    expect(problemsOf(wide(101))).toEqual(['rule: has more than 100 conditions and operators']);
  });

  it('finds a course whatever the case its id was typed in', () => {
    const reading = readRuleTree({ kind: 'HOLDS_BADGE', key: 'a', courseId: courseId.toUpperCase() });
    expect(reading).toMatchObject({ ok: true, tree: { courseId } });
  });
});

describe('walking a rule', () => {
  const badge = (key: string): RuleNode => ({ kind: 'HOLDS_BADGE', key, courseId });
  const tree: RuleNode = { kind: 'ALL', of: [{ kind: 'NOT', of: badge('one') }, badge('two')] };

  it('lists the conditions in reading order with their places', () => {
    const places = conditionsOf(tree).map(({ condition, path }) => [condition.key, pathText(path)]);
    expect(places).toEqual([
      ['one', 'rule.of[0].of'],
      ['two', 'rule.of[1]'],
    ]);
  });

  it('names each course once', () => {
    expect(courseIdsOf(tree)).toEqual([courseId]);
  });
});
