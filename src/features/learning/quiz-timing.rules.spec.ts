import { DEFAULT_QUIZ_SETTINGS, SHOW_ANSWERS } from '../catalog/course-content.js';
import { mayShowAnswers, nextAttempt, phaseAt, windowOf } from './quiz-timing.rules.js';

const START = new Date('2026-10-07T10:00:00Z');
const later = (ms: number, from = START): Date => new Date(from.getTime() + ms);
const MINUTE = 60_000;
const CLOSE = '2026-10-07T10:30:00Z';

describe('windowOf', () => {
  it.each([
    ['nothing', null, null, 0, null, null],
    ['a limit', 20, null, 0, 20, 20],
    ['a close', null, CLOSE, 5, 30, 35],
    ['a limit before the close', 20, CLOSE, 5, 20, 25],
    ['a limit after the close', 45, CLOSE, 0, 30, 30],
  ])('%s', (_what, timeLimitMinutes, closesAt, graceMinutes, end, grace) => {
    expect(windowOf(START, { timeLimitMinutes, closesAt, graceMinutes })).toEqual({
      endsAt: end === null ? null : later(end * MINUTE),
      expiresAt: grace === null ? null : later(grace * MINUTE),
    });
  });
});

describe('phaseAt', () => {
  const window = { endsAt: later(MINUTE), expiresAt: later(2 * MINUTE) };
  it.each([
    [MINUTE - 1, 'OPEN'],
    [MINUTE, 'OPEN'],
    [MINUTE + 1, 'GRACE'],
    [2 * MINUTE, 'GRACE'],
    [2 * MINUTE + 1, 'EXPIRED'],
  ])('%i ms after the start: %s', (ms, phase) => {
    expect(phaseAt(later(ms), window)).toBe(phase);
  });

  it('never ends without an end, and has no grace without one', () => {
    expect(phaseAt(later(1e12), { endsAt: null, expiresAt: null })).toBe('OPEN');
    expect(phaseAt(later(MINUTE + 1), { endsAt: later(MINUTE), expiresAt: later(MINUTE) })).toBe('EXPIRED');
  });
});

describe('nextAttempt', () => {
  const next = (changes: object, past: { endsAt: Date | null; submittedAt: Date | null }[], now = START) => {
    const { refusal, ...rest } = nextAttempt({ ...DEFAULT_QUIZ_SETTINGS, ...changes }, past, now);
    return { code: refusal?.code, ...rest };
  };
  const handedIn = { endsAt: null, submittedAt: START };

  it('is free without limits', () => {
    expect(next({}, [handedIn, handedIn])).toMatchObject({
      code: undefined,
      attemptsLeft: null,
      waitsUntil: null,
    });
  });

  it('is refused when all attempts are used, also those left without an answer', () => {
    const left = { endsAt: START, submittedAt: null };
    expect(next({ attemptLimit: 3 }, [handedIn, left])).toMatchObject({ code: undefined, attemptsLeft: 1 });
    expect(next({ attemptLimit: 2 }, [handedIn, left])).toMatchObject({
      code: 'ATTEMPT_LIMIT_REACHED',
      attemptsLeft: 0,
      values: { limit: 2 },
    });
  });

  it.each([
    [-1, undefined],
    [0, 'QUIZ_CLOSED'],
    [1, 'QUIZ_CLOSED'],
  ])('%i ms after the close: %s', (ms, code) => {
    expect(next({ closesAt: CLOSE }, [], later(ms, new Date(CLOSE))).code).toBe(code);
  });

  it.each([
    ['handed in', { endsAt: null, submittedAt: START }],
    ['handed in before its end', { endsAt: later(9 * MINUTE), submittedAt: START }],
    ['handed in during its grace', { endsAt: START, submittedAt: later(3 * MINUTE) }],
    ['left without an answer', { endsAt: START, submittedAt: null }],
  ])('waits from when the last one was over: %s', (_what, last) => {
    const wait = { waitMinutes: 10 };
    expect(next(wait, [last], later(10 * MINUTE - 1))).toMatchObject({
      code: 'ATTEMPT_TOO_SOON',
      waitsUntil: later(10 * MINUTE),
      values: { minutes: 1 },
    });
    expect(next(wait, [last], later(10 * MINUTE))).toMatchObject({ code: undefined, waitsUntil: null });
  });
});

describe('mayShowAnswers', () => {
  it.each([
    [false, null, ['AFTER_ATTEMPT']],
    [true, null, ['AFTER_ATTEMPT', 'AFTER_PASS']],
    [false, later(0).toISOString(), ['AFTER_ATTEMPT']],
    [false, later(-1).toISOString(), ['AFTER_ATTEMPT', 'AFTER_CLOSE']],
  ])('passed %s, close %s: %j', (isPassed, closesAt, expected) => {
    const shown = SHOW_ANSWERS.filter((showAnswers) =>
      mayShowAnswers({ showAnswers, closesAt }, { isPassed, now: START }),
    );
    expect(shown).toEqual(expected);
  });
});
