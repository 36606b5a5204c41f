import {
  aBadge,
  aCourse,
  aFact,
  aWeekBefore,
  afterTheClose,
  anAnswer,
  courseA,
  judge,
  review,
} from '../../../test/support/eligibility.builders.js';
import type { Condition } from './eligibility.conditions.js';
import { plusMonths } from './eligibility.judgement.js';

const headcount = (asOf: string): Condition => ({
  kind: 'HEADCOUNT_BETWEEN',
  key: 'size',
  min: { value: 2, inclusive: true },
  max: { value: 50, inclusive: true },
  asOf,
});

describe('dated facts', () => {
  const facts = [
    aFact('HEADCOUNT', 1, '2019-01-01'),
    aFact('HEADCOUNT', 12, '2019-12-31'),
    aFact('HEADCOUNT', 60, '2020-01-02'),
  ];

  it('takes the latest fact on or before the date', () => {
    expect(judge(headcount('2020-01-01'), { business: facts })).toMatchObject({
      result: 'TRUE',
      reason: 'MET',
      on: '2020-01-01',
      evidence: [{ kind: 'HEADCOUNT', value: 12, asOf: '2019-12-31', source: 'owner' }],
    });
    expect(judge(headcount('2020-01-02'), { business: facts }).evidence[0]?.value).toBe(60);
    expect(judge(headcount('2019-12-30'), { business: facts }).evidence[0]?.value).toBe(1);
  });

  it('does not count a fact that starts after the date', () => {
    const outcome = judge(headcount('2018-12-31'), { business: facts });
    expect(outcome).toMatchObject({ result: 'OPEN', reason: 'FACT_MISSING', evidence: [] });
  });

  it('takes the one recorded last when two start on the same day, in whatever order they come', () => {
    const early = aFact('HEADCOUNT', 1, '2019-12-31', '2026-01-01T00:30:00+01:00');
    const late = aFact('HEADCOUNT', 3, '2019-12-31', '2025-12-31T23:45:00Z');
    for (const business of [
      [early, late],
      [late, early],
    ])
      expect(judge(headcount('2020-01-01'), { business }).evidence[0]?.value).toBe(3);
  });

  it('leaves a missing fact open after the close, since it may still be documented', () => {
    expect(judge(headcount('CLOSE'), {}, afterTheClose)).toMatchObject({
      result: 'OPEN',
      reason: 'FACT_MISSING',
    });
  });

  it("judges a condition at the close on the call's own date, not the server's or UTC's", () => {
    const at = { now: '2026-10-01T00:00:00Z', closesAt: '2026-10-08T10:59:59Z' };
    expect(judge(headcount('CLOSE'), {}, { ...at, timeZone: 'Pacific/Auckland' }).on).toBe('2026-10-08');
    expect(judge(headcount('CLOSE'), {}, { ...at, timeZone: 'Pacific/Kiritimati' }).on).toBe('2026-10-09');
    expect(judge(headcount('CLOSE'), {}, { ...at, timeZone: 'Pacific/Pago_Pago' }).on).toBe('2026-10-07');
  });

  it('judges a condition without a date today, and on the closing date once closed', () => {
    const country: Condition = { kind: 'COUNTRY_IN', key: 'country', countries: ['FR'] };
    expect(judge(country, {}).on).toBe('2026-10-01');
    expect(judge(country, {}, { ...afterTheClose, now: '2027-01-01T00:00:00Z' }).on).toBe('2026-10-08');
    const moved = [aFact('COUNTRY', 'FR', '2020-01-01'), aFact('COUNTRY', 'BE', '2026-10-09')];
    expect(
      judge(country, { business: moved }, { ...afterTheClose, now: '2027-01-01T00:00:00Z' }).result,
    ).toBe('TRUE');
  });

  it.each([
    [{ kind: 'COUNTRY_IN', key: 'a', countries: ['FR'] }, 'COUNTRY', 'FR', 'BE'],
    [{ kind: 'REGION_IN', key: 'a', regions: ['FR-IDF'] }, 'REGION', 'FR-IDF', 'FR-BRE'],
    [{ kind: 'FOR_PROFIT', key: 'a' }, 'FOR_PROFIT', true, false],
  ] as const)('answers %j by its fact', (condition, kind, good, bad) => {
    expect(judge(condition as unknown as Condition, { business: [aFact(kind, good)] }).result).toBe('TRUE');
    expect(judge(condition as unknown as Condition, { business: [aFact(kind, bad)] })).toMatchObject({
      result: 'FALSE',
      reason: 'NOT_MET',
    });
  });

  it('refuses a fact of the wrong type, a date in another form, an instant without an offset, a zone that is none', () => {
    expect(() => judge(headcount('CLOSE'), { business: [aFact('HEADCOUNT', '12')] })).toThrow(TypeError);
    expect(() => judge(headcount('CLOSE'), { business: [aFact('HEADCOUNT', 12, '2020-1-1')] })).toThrow(
      RangeError,
    );
    expect(() => judge(headcount('CLOSE'), {}, { ...aWeekBefore, now: '2026-10-01T10:00:00' })).toThrow(
      RangeError,
    );
    expect(() => judge(headcount('CLOSE'), {}, { ...aWeekBefore, timeZone: 'local' })).toThrow(RangeError);
  });
});

describe('months of trading', () => {
  const trading = (bound: object, at: string): Condition =>
    ({ kind: 'TRADING_FOR', key: 'age', ...bound, at }) as unknown as Condition;

  it.each([
    // since, date, more than 12, at least 12
    ['2019-10-08', '2020-10-07', 'FALSE', 'FALSE'],
    ['2019-10-08', '2020-10-08', 'FALSE', 'TRUE'],
    ['2019-10-08', '2020-10-09', 'TRUE', 'TRUE'],
    ['2024-02-29', '2025-02-27', 'FALSE', 'FALSE'],
    ['2024-02-29', '2025-02-28', 'FALSE', 'TRUE'],
    ['2024-02-29', '2025-03-01', 'TRUE', 'TRUE'],
    ['2023-02-28', '2024-02-28', 'FALSE', 'TRUE'],
    ['2023-02-28', '2024-02-29', 'TRUE', 'TRUE'],
  ])('since %s on %s', (since, date, moreThan, atLeast) => {
    const facts = { business: [aFact('TRADING_SINCE', since, since)] };
    expect(judge(trading({ moreThanMonths: 12 }, date), facts).result).toBe(moreThan);
    expect(judge(trading({ atLeastMonths: 12 }, date), facts).result).toBe(atLeast);
  });

  it.each([
    ['2024-08-31', 6, '2025-02-28'],
    ['2023-08-31', 6, '2024-02-29'],
    ['2024-08-30', 6, '2025-02-28'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-02-28', 1, '2026-03-28'],
    ['2024-02-29', 48, '2028-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2025-11-30', 3, '2026-02-28'],
  ])('%s and %i months is %s', (date, months, expected) => {
    expect(plusMonths(date, months)).toBe(expected);
  });

  it("counts to the close's local date", () => {
    const at = { now: '2026-09-01T00:00:00Z', closesAt: '2026-10-08T22:30:00Z' };
    const facts = { business: [aFact('TRADING_SINCE', '2025-10-08', '2025-10-08')] };
    const more = trading({ moreThanMonths: 12 }, 'CLOSE');
    expect(judge(more, facts, { ...at, timeZone: 'Europe/Paris' }).result).toBe('TRUE');
    expect(judge(more, facts, { ...at, timeZone: 'Atlantic/Azores' }).result).toBe('FALSE');
    expect(judge(more, facts, { ...at, timeZone: 'America/Los_Angeles' }).result).toBe('FALSE');
  });

  it('refuses a start that is no date', () => {
    const facts = { business: [aFact('TRADING_SINCE', '2025-02-30')] };
    expect(() => judge(trading({ atLeastMonths: 1 }, 'CLOSE'), facts)).toThrow(TypeError);
  });
});

describe('badges', () => {
  const holds = (withinMonths?: number): Condition => ({
    kind: 'HOLDS_BADGE',
    key: 'badge',
    courseId: courseA,
    ...(withinMonths && { withinMonths }),
  });

  it('counts a valid badge of any age when no age is asked', () => {
    const training = [aCourse(courseA, { badges: [aBadge('2019-01-01T00:00:00Z')] })];
    expect(judge(holds(), { training })).toMatchObject({
      result: 'TRUE',
      reason: 'MET',
      evidence: [
        { kind: 'BADGE', value: 'VALID', certificateId: 'certificate-2019-01-01T00:00:00Z', source: 'amina' },
      ],
    });
  });

  it.each([
    // Six calendar months before 1 October 2026 12:00 in Paris is 1 April 12:00, summer time on both days.
    ['2026-04-01T10:00:00Z', '2026-10-01T10:00:00Z', 'TRUE'],
    ['2026-04-01T09:59:59.999Z', '2026-10-01T10:00:00Z', 'OPEN'],
    // Before 1 April 2026 12:00 summer time: 1 October 2025 12:00, also summer time. Before 1 March, winter: 1 September, summer.
    ['2025-09-01T10:00:00Z', '2026-03-01T11:00:00Z', 'TRUE'],
    ['2025-09-01T09:59:59.999Z', '2026-03-01T11:00:00Z', 'OPEN'],
    // Before 31 August: 28 February, at the same time of day.
    ['2026-02-28T11:00:00Z', '2026-08-31T10:00:00Z', 'TRUE'],
    ['2026-02-28T10:59:59.999Z', '2026-08-31T10:00:00Z', 'OPEN'],
  ])('issued at %s, asked at %s: within 6 months is %s', (issuedAt, now, result) => {
    const training = [aCourse(courseA, { badges: [aBadge(issuedAt)] })];
    const outcome = judge(holds(6), { training }, { ...aWeekBefore, now });
    expect(outcome).toMatchObject({ result, reason: result === 'TRUE' ? 'MET' : 'BADGE_TOO_OLD' });
  });

  it('counts the age from the close once the call has closed', () => {
    const late = { ...afterTheClose, now: '2027-09-01T00:00:00Z' };
    const bound = [aCourse(courseA, { badges: [aBadge('2026-04-08T21:59:59Z')] })];
    const older = [aCourse(courseA, { badges: [aBadge('2026-04-08T21:59:58Z')] })];
    expect(judge(holds(6), { training: bound }, late).result).toBe('TRUE');
    expect(judge(holds(6), { training: older }, late)).toMatchObject({
      result: 'FALSE',
      reason: 'BADGE_TOO_OLD',
    });
  });

  it('does not count a badge issued after the close, but one issued at its very end', () => {
    const at = { ...aWeekBefore, now: '2026-10-20T00:00:00Z' };
    const inTime = [aCourse(courseA, { badges: [aBadge('2026-10-08T21:59:59Z')] })];
    const tooLate = [aCourse(courseA, { badges: [aBadge('2026-10-08T21:59:59.001Z')] })];
    expect(judge(holds(), { training: inTime }, at).result).toBe('TRUE');
    expect(judge(holds(), { training: tooLate }, at)).toMatchObject({
      result: 'FALSE',
      reason: 'CLOSED_WITHOUT_TRAINING',
    });
  });

  it('is open while the course fits before the close, to the minute, then false', () => {
    const left = (now: string) => judge(holds(), { training: [aCourse(courseA)] }, { ...aWeekBefore, now });
    expect(left('2026-10-08T21:34:59Z')).toMatchObject({
      result: 'OPEN',
      reason: 'TRAINING_UNFINISHED',
      evidence: [{ kind: 'MINUTES_REMAINING', value: 25 }],
    });
    expect(left('2026-10-08T21:35:00Z')).toMatchObject({ result: 'FALSE', reason: 'TRAINING_TOO_LATE' });
  });

  it('at the instant of the close training with nothing left to do is still open; a millisecond later it is false', () => {
    const training = [aCourse(courseA, { minutesRemaining: 0 })];
    expect(judge(holds(), { training }, { ...aWeekBefore, now: aWeekBefore.closesAt }).result).toBe('OPEN');
    expect(judge(holds(), { training }, { ...aWeekBefore, now: '2026-10-08T21:59:59.001Z' })).toMatchObject({
      result: 'FALSE',
      reason: 'CLOSED_WITHOUT_TRAINING',
    });
  });

  it('is false when the course cannot be taken', () => {
    const training = [aCourse(courseA, { available: false })];
    expect(judge(holds(), { training })).toMatchObject({ result: 'FALSE', reason: 'COURSE_UNAVAILABLE' });
  });

  it.each(['EXPIRED', 'SUPERSEDED', 'REVOKED'] as const)('does not count a badge that is %s', (status) => {
    const training = [aCourse(courseA, { badges: [aBadge('2026-09-01T00:00:00Z', { status })] })];
    expect(judge(holds(), { training })).toMatchObject({ result: 'OPEN', reason: 'BADGE_NOT_VALID' });
    expect(judge(holds(), { training }, afterTheClose)).toMatchObject({
      result: 'FALSE',
      reason: 'BADGE_NOT_VALID',
    });
  });

  it('finds the renewed badge beside the superseded one', () => {
    const old = aBadge('2025-01-01T00:00:00Z', { status: 'SUPERSEDED' });
    const training = [aCourse(courseA, { badges: [old, aBadge('2026-09-01T00:00:00Z')] })];
    expect(judge(holds(6), { training }).evidence[0]?.certificateId).toBe('certificate-2026-09-01T00:00:00Z');
  });

  it('says so when the facts of a course were not gathered', () => {
    expect(() => judge(holds(), {})).toThrow(`no training fact for course ${courseA}`);
  });
});

describe('reviews', () => {
  it('are open until answered, before and after the close, and follow the latest answer', () => {
    expect(judge(review('shop'), {}).reason).toBe('HUMAN_REVIEW_PENDING');
    expect(judge(review('shop'), {}, afterTheClose).result).toBe('OPEN');
    const humanAnswers = [
      anAnswer('shop', false, '2026-09-20T12:00:00+02:00'),
      anAnswer('shop', true, '2026-09-20T11:00:00Z'),
      anAnswer('other', false, '2026-09-21T00:00:00Z'),
    ];
    expect(judge(review('shop'), { humanAnswers })).toMatchObject({
      result: 'TRUE',
      evidence: [{ kind: 'HUMAN_ANSWER', value: true, source: 'a manager' }],
    });
  });
});
