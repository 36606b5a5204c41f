import fc from 'fast-check';
import { DateTime } from 'luxon';
import { decentTime, decideToSend, idleReminderDueAt, idleWindow, type SendFacts } from './reminder.rules.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const at = (instant: string): Date => new Date(instant);

describe('a decent time', () => {
  const zones = Intl.supportedValuesOf('timeZone');
  const anyInstant = fc.date({
    min: at('2020-01-01T00:00:00Z'),
    max: at('2045-01-01T00:00:00Z'),
    noInvalidDate: true,
  });

  it('is the first moment from the asked one on that is outside the quiet hours, in every zone', () => {
    fc.assert(
      fc.property(anyInstant, fc.constantFrom(...zones), (asked, zone) => {
        const decent = decentTime(asked, zone);
        const before = DateTime.fromJSDate(asked, { zone });
        const after = DateTime.fromJSDate(decent, { zone });
        expect(after.hour).toBeGreaterThanOrEqual(8);
        expect(after.hour).toBeLessThan(20);
        if (before.hour >= 8 && before.hour < 20) {
          expect(decent).toEqual(asked);
          return;
        }
        expect(after.toFormat('HH:mm:ss.SSS')).toBe('08:00:00.000');
        // Never earlier, and at most the twelve hours of a night; a clock that goes back makes the night longer.
        const clockChange = (before.offset - after.offset) * 60_000;
        const waited = decent.getTime() - asked.getTime();
        expect(waited).toBeGreaterThan(0);
        expect(waited).toBeLessThanOrEqual(12 * HOUR + clockChange);
      }),
      { numRuns: 2000 },
    );
  });

  it('is at most 13 hours away where clocks change by an hour', () => {
    const hourly = fc.constantFrom(
      'Europe/Paris',
      'America/New_York',
      'Pacific/Auckland',
      'Africa/Casablanca',
    );
    fc.assert(
      fc.property(anyInstant, hourly, (asked, zone) => {
        expect(decentTime(asked, zone).getTime() - asked.getTime()).toBeLessThanOrEqual(13 * HOUR);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['an afternoon stays', '2026-10-07T13:30:00Z', 'Europe/Paris', '2026-10-07T13:30:00Z'],
    ['08:00 is no longer quiet', '2026-10-07T06:00:00Z', 'Europe/Paris', '2026-10-07T06:00:00Z'],
    ['a millisecond before 08:00 is', '2026-10-07T05:59:59.999Z', 'Europe/Paris', '2026-10-07T06:00:00Z'],
    ['20:00 is quiet', '2026-10-07T18:00:00Z', 'Europe/Paris', '2026-10-08T06:00:00Z'],
    [
      'a millisecond before 20:00 is not',
      '2026-10-07T17:59:59.999Z',
      'Europe/Paris',
      '2026-10-07T17:59:59.999Z',
    ],
    ['the night Paris loses an hour', '2026-03-28T21:00:00Z', 'Europe/Paris', '2026-03-29T06:00:00Z'],
    ['in the hour that Paris skips', '2026-03-29T01:00:00Z', 'Europe/Paris', '2026-03-29T06:00:00Z'],
    ['the night Paris gains an hour', '2026-10-24T18:00:00Z', 'Europe/Paris', '2026-10-25T07:00:00Z'],
    ['in the second 02:30 of that night', '2026-10-25T01:30:00Z', 'Europe/Paris', '2026-10-25T07:00:00Z'],
    ['the night New York loses an hour', '2026-03-08T01:00:00Z', 'America/New_York', '2026-03-08T12:00:00Z'],
    ['the night New York gains an hour', '2026-11-01T00:00:00Z', 'America/New_York', '2026-11-01T13:00:00Z'],
    [
      'Apia, UTC+13, late on the next day already',
      '2026-10-07T10:00:00Z',
      'Pacific/Apia',
      '2026-10-07T19:00:00Z',
    ],
    [
      'Pago Pago, UTC-11, late on the day before',
      '2026-10-07T10:00:00Z',
      'Pacific/Pago_Pago',
      '2026-10-07T19:00:00Z',
    ],
    ['New Year’s Eve', '2026-12-31T22:00:00Z', 'Europe/Paris', '2027-01-01T07:00:00Z'],
  ])('%s', (_, asked, zone, decent) => {
    expect(decentTime(at(asked), zone)).toEqual(at(decent));
  });
});

describe('an idle spell', () => {
  const lastActivity = at('2026-10-07T10:00:00Z');

  it('is worth a reminder after exactly three days, and until seven', () => {
    const plannedAt = (now: Date): boolean => {
      const { after, upTo } = idleWindow(now);
      return lastActivity > after && lastActivity <= upTo;
    };
    const due = idleReminderDueAt(lastActivity).getTime();
    expect(plannedAt(new Date(due - 1))).toBe(false);
    expect(plannedAt(new Date(due))).toBe(true);
    expect(plannedAt(new Date(due + 4 * DAY - 1))).toBe(true);
    expect(plannedAt(new Date(due + 4 * DAY))).toBe(false);
  });

  const facts = (given: Partial<SendFacts> = {}): SendFacts => ({
    enrollmentState: 'ACTIVE',
    lastActivityAt: lastActivity,
    idleSince: lastActivity,
    timeZone: 'Europe/Paris',
    ...given,
  });
  const due = at('2026-10-10T10:00:00Z');

  it.each<[string, Partial<SendFacts>, Date, object]>([
    ['sends on time', {}, due, { send: true }],
    ['not to someone who finished', { enrollmentState: 'COMPLETED' }, due, { declined: 'COMPLETED' }],
    ['not to someone who left', { enrollmentState: 'WITHDRAWN' }, due, { declined: 'WITHDRAWN' }],
    ['not to someone whose time is over', { enrollmentState: 'EXPIRED' }, due, { declined: 'EXPIRED' }],
    [
      'not to someone who came back',
      { lastActivityAt: new Date(lastActivity.getTime() + 1) },
      due,
      { declined: 'ACTIVE_AGAIN' },
    ],
    ['four days late to the millisecond', {}, new Date(due.getTime() + 4 * DAY), { send: true }],
    ['not later', {}, new Date(due.getTime() + 4 * DAY + 1), { declined: 'TOO_LATE' }],
    ['waits for the morning', {}, at('2026-10-10T19:00:00Z'), { postponedTo: at('2026-10-11T06:00:00Z') }],
    [
      'is late counted from its first time, not from the morning it waited for',
      {},
      at('2026-10-15T05:00:00Z'),
      { declined: 'TOO_LATE' },
    ],
    [
      'says finished before anything else',
      { enrollmentState: 'COMPLETED', lastActivityAt: due },
      at('2027-01-01T02:00:00Z'),
      { declined: 'COMPLETED' },
    ],
  ])('%s', (_, given, now, decision) => {
    expect(decideToSend(facts(given), now)).toEqual(decision);
  });
});
