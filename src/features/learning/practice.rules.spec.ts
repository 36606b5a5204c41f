import fc from 'fast-check';
import { DateTime } from 'luxon';
import { answeredAt, dayOf, LADDER_DAYS, standingOf, type GivenAnswer } from './practice.rules.js';

const at = (instant: string): Date => new Date(instant);
let serial = 0;
const answer = (instant: string, isRight: boolean): GivenAnswer => ({
  id: `answer-${(serial += 1)}`,
  at: at(instant),
  isRight,
});
const wrong = (instant: string): GivenAnswer => answer(instant, false);
const right = (instant: string): GivenAnswer => answer(instant, true);

describe('when a question comes back', () => {
  const standing = (...answers: GivenAnswer[]) => standingOf(answers, 'Europe/Paris');

  it('is never, while it was not answered wrong', () => {
    expect(standing()).toBeNull();
    expect(standing(right('2026-11-01T10:00:00Z'), right('2026-11-09T10:00:00Z'))).toBeNull();
  });

  it('is a day later after a wrong answer, then later each time that it is answered right', () => {
    const answers = [wrong('2026-11-01T10:00:00Z')];
    const dues = ['2026-11-02', '2026-11-05', '2026-11-12', '2026-11-28', '2027-01-02'];
    for (const [index, dueOn] of dues.entries()) {
      expect(standing(...answers)).toEqual({ rung: index + 1, dueOn });
      answers.push(right(`${dueOn}T18:00:00Z`));
    }
    expect(standing(...answers)).toEqual({ rung: LADDER_DAYS.length + 1, dueOn: null });
    expect(standing(...answers, right('2027-03-01T10:00:00Z'))).toMatchObject({ dueOn: null });
    expect(standing(...answers, wrong('2027-03-01T10:00:00Z'))).toEqual({ rung: 1, dueOn: '2027-03-02' });
  });

  it('counts from the day it was answered, when that is later than it was due', () => {
    expect(standing(wrong('2026-11-01T10:00:00Z'), right('2026-11-20T10:00:00Z'))).toEqual({
      rung: 2,
      dueOn: '2026-11-23',
    });
  });

  it('is not moved by a right answer before the day, however often', () => {
    const answers = [wrong('2026-11-01T10:00:00Z')];
    for (let minute = 1; minute < 9; minute += 1) answers.push(right(`2026-11-01T11:0${minute}:00Z`));
    expect(standing(...answers)).toEqual({ rung: 1, dueOn: '2026-11-02' });
  });

  it('is a day later again after a wrong answer, whatever was reached', () => {
    expect(
      standing(
        wrong('2026-11-01T10:00:00Z'),
        right('2026-11-02T10:00:00Z'),
        right('2026-11-05T10:00:00Z'),
        wrong('2026-11-06T10:00:00Z'),
      ),
    ).toEqual({ rung: 1, dueOn: '2026-11-07' });
  });

  it.each([
    // 11:30 UTC on the 1st is half past midnight of the 2nd in Tongatapu, and still the evening before in Pago Pago.
    ['Pacific/Tongatapu', '2026-11-01T11:30:00Z', '2026-11-03'],
    ['Pacific/Tongatapu', '2026-11-01T10:59:59Z', '2026-11-02'],
    ['Pacific/Pago_Pago', '2026-11-01T10:59:59Z', '2026-11-01'],
    ['Pacific/Pago_Pago', '2026-11-01T11:00:00Z', '2026-11-02'],
    // The nights in which the clocks change, with their hour that comes twice or not at all.
    ['Europe/Paris', '2026-10-25T00:30:00Z', '2026-10-26'],
    ['Europe/Paris', '2026-10-25T01:30:00Z', '2026-10-26'],
    ['Europe/Paris', '2026-10-24T22:30:00Z', '2026-10-26'],
    ['Europe/Paris', '2026-03-28T22:59:59Z', '2026-03-29'],
    ['Europe/Paris', '2026-03-29T21:59:59Z', '2026-03-30'],
    ['America/New_York', '2026-11-01T05:30:00Z', '2026-11-02'],
    ['America/New_York', '2026-11-01T06:30:00Z', '2026-11-02'],
    ['America/New_York', '2026-11-01T03:59:59Z', '2026-11-01'],
    // Samoa had no 30 December 2011: the day after the 29th was the 31st, and the calendar is what counts.
    ['Pacific/Apia', '2011-12-30T09:59:59Z', '2011-12-30'],
  ])('is the next day by the calendar of the person: %s, %s', (timeZone, instant, dueOn) => {
    expect(standingOf([wrong(instant)], timeZone)).toEqual({ rung: 1, dueOn });
  });

  const zones = Intl.supportedValuesOf('timeZone');
  const anyInstant = fc.date({
    min: at('2024-01-01T00:00:00Z'),
    max: at('2028-01-01T00:00:00Z'),
    noInvalidDate: true,
  });
  const anyAnswers = fc.uniqueArray(fc.record({ id: fc.uuid(), at: anyInstant, isRight: fc.boolean() }), {
    selector: ({ id }) => id,
    maxLength: 20,
  });

  it('is the same in whichever order answers come, and however often each is sent', () => {
    const sendings = anyAnswers.chain((answers) =>
      fc.tuple(
        fc.constant(answers),
        fc
          .array(fc.constantFrom(...(answers.length > 0 ? answers : [wrong('2026-01-01T00:00:00Z')])))
          .chain((more) => {
            const all = answers.length > 0 ? [...answers, ...more] : [];
            return fc.shuffledSubarray(all, { minLength: all.length });
          }),
      ),
    );
    fc.assert(
      fc.property(sendings, fc.constantFrom(...zones), ([answers, sent], zone) => {
        expect(standingOf(sent, zone)).toEqual(standingOf(answers, zone));
      }),
      { numRuns: 1000 },
    );
  });

  it('is after the last wrong answer, on a day of the calendar, at most the last rung away', () => {
    fc.assert(
      fc.property(anyAnswers, fc.constantFrom(...zones), (answers, zone) => {
        const found = standingOf(answers, zone);
        expect(found === null).toBe(answers.every(({ isRight }) => isRight));
        if (!found?.dueOn) return;
        const last = Math.max(...answers.map((each) => each.at.getTime()));
        const lastDay = dayOf(new Date(last), zone);
        expect(found.dueOn).toMatch(/^\d{4}-\d{2}-\d{2}$/);
        expect(found.dueOn > dayOf(new Date(Math.min(...answers.map((a) => a.at.getTime()))), zone)).toBe(
          true,
        );
        const days = DateTime.fromISO(found.dueOn).diff(DateTime.fromISO(lastDay), 'days').days;
        expect(days).toBeLessThanOrEqual(LADDER_DAYS.at(-1)!);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the time of an answer', () => {
  const now = at('2026-11-01T10:00:00Z');

  it('is what the device claims, and never later than now', () => {
    expect(answeredAt(null, now)).toEqual(now);
    expect(answeredAt(at('2026-10-30T10:00:00Z'), now)).toEqual(at('2026-10-30T10:00:00Z'));
    expect(answeredAt(at('2031-10-30T10:00:00Z'), now)).toEqual(now);
  });
});
