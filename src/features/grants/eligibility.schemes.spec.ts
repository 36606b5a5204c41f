import {
  aBadge,
  aCourse,
  aFact,
  aWeekBefore,
  answerTo,
  courseA,
  review,
} from '../../../test/support/eligibility.builders.js';
import { readRuleTree, type RuleNode } from './eligibility.conditions.js';
import type { BusinessFact, EvaluationInstant } from './eligibility.facts.js';

/*
 * Rules of real grant schemes, as far as these kinds of condition can express them, with the cases that the schemes' own
 * pages answer and the boundary cases that follow from the stated rules.
 */

function scheme(tree: RuleNode): RuleNode {
  const reading = readRuleTree(JSON.parse(JSON.stringify(tree)));
  if (!reading.ok) throw new Error(reading.problems.map(({ message }) => message).join('; '));
  return reading.tree;
}

describe('Digital Transformation Grant, Ontario, 2021/2022', () => {
  // https://www.orangeville.ca/en/economic-development/digital-main-street-s-ontario-grants-program.aspx
  const rule = scheme({
    kind: 'ALL',
    of: [
      { kind: 'REGION_IN', key: 'ontario', regions: ['CA-ON'] },
      {
        kind: 'HEADCOUNT_BETWEEN',
        key: 'employees',
        min: { value: 1, inclusive: true },
        max: { value: 50, inclusive: true },
        asOf: 'CLOSE',
      },
      { kind: 'HOLDS_BADGE', key: 'training', courseId: courseA },
      { kind: 'NOT', of: review('franchise') },
      review('own-premises'),
    ],
  });
  const training = [aCourse(courseA, { badges: [aBadge('2026-09-01T00:00:00Z')] })];
  const business = (employees: number, region = 'CA-ON'): BusinessFact[] => [
    aFact('REGION', region),
    aFact('HEADCOUNT', employees),
  ];
  const humanAnswers = [
    { conditionKey: 'franchise', answer: false, by: 'a manager', at: '2026-09-02T00:00:00Z' },
    { conditionKey: 'own-premises', answer: true, by: 'a manager', at: '2026-09-02T00:00:00Z' },
  ];

  it.each([
    [0, 'NO'],
    [1, 'YES'],
    [50, 'YES'],
    [51, 'NO'],
  ])('%i employees: %s', (employees, answer) => {
    expect(answerTo(rule, { business: business(employees), training, humanAnswers })).toBe(answer);
  });

  it('refuses an earlier denied location, and the same business is eligible once it is in Ontario', () => {
    expect(answerTo(rule, { business: business(5, 'CA-QC'), training, humanAnswers })).toBe('NO');
    const moved = [...business(5, 'CA-QC'), aFact('REGION', 'CA-ON', '2026-09-15')];
    expect(answerTo(rule, { business: moved, training, humanAnswers })).toBe('YES');
  });

  it('a professional in a shared clinic is reviewed by a person', () => {
    expect(answerTo(rule, { business: business(1), training, humanAnswers: humanAnswers.slice(0, 1) })).toBe(
      'NEEDS_REVIEW',
    );
  });

  it('a franchise is refused, even individually owned', () => {
    const franchise = humanAnswers.map((answer) => ({ ...answer, answer: true }));
    expect(answerTo(rule, { business: business(5), training, humanAnswers: franchise })).toBe('NO');
  });

  it('without the training it is not yet', () => {
    const untrained = { business: business(5), training: [aCourse(courseA)], humanAnswers };
    expect(answerTo(rule, untrained)).toBe('NOT_YET');
  });
});

describe('Trading Online Voucher, Ireland', () => {
  // https://localenterprise.ie/Leitrim/Financial-Supports/Trading-Online-Vouchers/
  const voucher = (max: { value: number; inclusive: boolean }): RuleNode =>
    scheme({
      kind: 'ALL',
      of: [
        { kind: 'COUNTRY_IN', key: 'ireland', countries: ['IE'] },
        { kind: 'HEADCOUNT_BETWEEN', key: 'employees', max, asOf: 'CLOSE' },
        { kind: 'TRADING_FOR', key: 'trading', atLeastMonths: 6, at: 'CLOSE' },
        { kind: 'HOLDS_BADGE', key: 'webinar', courseId: courseA, withinMonths: 6 },
      ],
    });
  const at: EvaluationInstant = { ...aWeekBefore, timeZone: 'Europe/Dublin' };
  const answer = (given: {
    employees?: number;
    since?: string;
    webinar?: string;
    max?: [number, boolean];
  }): string => {
    const [value, inclusive] = given.max ?? [10, true];
    return answerTo(
      voucher({ value, inclusive }),
      {
        business: [
          aFact('COUNTRY', 'IE'),
          aFact('HEADCOUNT', given.employees ?? 3),
          aFact('TRADING_SINCE', given.since ?? '2020-01-01'),
        ],
        training: [aCourse(courseA, { badges: [aBadge(given.webinar ?? '2026-09-01T10:00:00Z')] })],
      },
      at,
    );
  };

  it('10 employees: eligible where the page says "10 or less", refused where it says "less than 10"', () => {
    expect(answer({ employees: 10, max: [10, true] })).toBe('YES');
    expect(answer({ employees: 10, max: [10, false] })).toBe('NO');
    expect(answer({ employees: 9, max: [10, false] })).toBe('YES');
    expect(answer({ employees: 11, max: [10, true] })).toBe('NO');
  });

  it('six months of trading on the closing day are enough, a day less is not', () => {
    expect(answer({ since: '2026-04-08' })).toBe('YES');
    expect(answer({ since: '2026-04-09' })).toBe('NO');
  });

  it('a webinar of seven months ago must be attended again; six months to the second still count', () => {
    expect(answer({ webinar: '2026-03-01T10:00:00Z' })).toBe('NOT_YET');
    expect(answer({ webinar: '2026-04-01T10:00:00Z' })).toBe('YES');
    expect(answer({ webinar: '2026-04-01T09:59:59Z' })).toBe('NOT_YET');
  });
});

describe('Facebook Small Business Grants, 2020', () => {
  // https://fennemorelaw.com/boost-with-facebook-small-business-grants
  const rule = (bound: { moreThanMonths: number } | { atLeastMonths: number }): RuleNode =>
    scheme({
      kind: 'ALL',
      of: [
        { kind: 'FOR_PROFIT', key: 'for-profit' },
        {
          kind: 'HEADCOUNT_BETWEEN',
          key: 'employees',
          min: { value: 2, inclusive: true },
          max: { value: 50, inclusive: true },
          asOf: '2020-01-01',
        },
        { kind: 'TRADING_FOR', key: 'trading', ...bound, at: 'CLOSE' },
      ],
    });
  const at: EvaluationInstant = {
    now: '2020-04-28T12:00:00-07:00',
    closesAt: '2020-05-04T23:59:59-07:00',
    timeZone: 'America/Los_Angeles',
  };
  const business = (employees: number, since: string, forProfit = true): BusinessFact[] => [
    aFact('FOR_PROFIT', forProfit, '2019-01-01'),
    aFact('HEADCOUNT', employees, '2020-01-01'),
    aFact('TRADING_SINCE', since, '2020-01-01'),
  ];

  it.each([
    [1, 'NO'],
    [2, 'YES'],
    [50, 'YES'],
    [51, 'NO'],
  ])('%i employees: %s', (employees, answer) => {
    expect(answerTo(rule({ moreThanMonths: 12 }), { business: business(employees, '2018-01-01') }, at)).toBe(
      answer,
    );
  });

  it('exactly 12 months: refused by "over a year", accepted by "at least one year"', () => {
    const exactly = { business: business(5, '2019-05-04') };
    const aDayMore = { business: business(5, '2019-05-03') };
    expect(answerTo(rule({ moreThanMonths: 12 }), exactly, at)).toBe('NO');
    expect(answerTo(rule({ atLeastMonths: 12 }), exactly, at)).toBe('YES');
    expect(answerTo(rule({ moreThanMonths: 12 }), aDayMore, at)).toBe('YES');
  });

  it('refuses a business that is not for profit', () => {
    const charity = { business: business(5, '2018-01-01', false) };
    expect(answerTo(rule({ moreThanMonths: 12 }), charity, at)).toBe('NO');
  });
});

describe('Fonds de solidarité, France, March 2020', () => {
  // https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000042020503
  const at: EvaluationInstant = {
    now: '2020-04-10T10:00:00+02:00',
    closesAt: '2020-04-30T23:59:59+02:00',
    timeZone: 'Europe/Paris',
  };
  const under = (max: number): RuleNode =>
    scheme({
      kind: 'ALL',
      of: [
        { kind: 'COUNTRY_IN', key: 'france', countries: ['FR'] },
        {
          kind: 'HEADCOUNT_BETWEEN',
          key: 'employees',
          max: { value: max, inclusive: true },
          asOf: '2020-03-01',
        },
        // "Started before 1 February 2020": on 1 March, more than one month ago.
        { kind: 'TRADING_FOR', key: 'started', moreThanMonths: 1, at: '2020-03-01' },
        { kind: 'NOT', of: review('director-employed-full-time') },
      ],
    });
  const facts = (employees: number, since: string, employed = false) => ({
    business: [
      aFact('COUNTRY', 'FR', '2019-01-01'),
      aFact('HEADCOUNT', employees, '2020-03-01'),
      aFact('TRADING_SINCE', since, since),
    ],
    humanAnswers: [
      {
        conditionKey: 'director-employed-full-time',
        answer: employed,
        by: 'register',
        at: '2020-04-01T00:00:00Z',
      },
    ],
  });

  it('10 employees pass the decree of March and 11 do not; 20 pass that of June and 21 do not', () => {
    expect(answerTo(under(10), facts(10, '2019-01-01'), at)).toBe('YES');
    expect(answerTo(under(10), facts(11, '2019-01-01'), at)).toBe('NO');
    expect(answerTo(under(20), facts(20, '2019-01-01'), at)).toBe('YES');
    expect(answerTo(under(20), facts(21, '2019-01-01'), at)).toBe('NO');
  });

  it('a start on 31 January counts, on 1 February does not', () => {
    expect(answerTo(under(10), facts(1, '2020-01-31'), at)).toBe('YES');
    expect(answerTo(under(10), facts(1, '2020-02-01'), at)).toBe('NO');
  });

  it('a director with a full-time contract is refused', () => {
    expect(answerTo(under(10), facts(1, '2019-01-01', true), at)).toBe('NO');
  });
});
