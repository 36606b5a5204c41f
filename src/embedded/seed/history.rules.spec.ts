import fc from 'fast-check';
import { DateTime } from 'luxon';
import { INTAKES, planLearners, randomFrom, ZONE, type PlannedLesson } from './history.rules.js';

const LESSONS: PlannedLesson[] = Array.from({ length: 26 }, (_, index) => ({
  key: `lesson-${index}`,
  isQuiz: index % 5 === 4,
  minutes: 3 + (index % 3),
}));
const NOW = new Date('2026-10-07T10:00:00Z');
const half = LESSONS.length / 2;
const hours = new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: ZONE });
const hour = (at: Date): number => Number(hours.format(at));

describe('the learners of the demonstration', () => {
  const plans = planLearners(NOW, LESSONS);
  const done = ({ steps }: (typeof plans)[number]): number =>
    new Set(steps.filter(({ passes }) => passes !== false).map(({ lessonKey }) => lessonKey)).size;

  it('are the same for the same day, at whatever hour', () => {
    expect(planLearners(new Date('2026-10-07T21:59:59Z'), LESSONS)).toEqual(plans);
    expect(planLearners(new Date('2026-10-07T22:00:00Z'), LESSONS)).not.toEqual(plans);
  });

  it('are two hundred people, each with an address of their own', () => {
    expect(plans).toHaveLength(200);
    expect(new Set(plans.map(({ email }) => email)).size).toBe(200);
    expect(plans.every(({ email }) => /^[a-z]+\.[a-z]+@tremplin\.example$/.test(email))).toBe(true);
    expect(new Set(plans.flatMap(({ business }) => business?.region ?? [])).size).toBeGreaterThan(5);
    expect(plans.filter(({ business }) => business === null).length).toBeGreaterThan(0);
  });

  it('get as far as a funnel lets them', () => {
    const reached = (lessons: number): number => plans.filter((plan) => done(plan) >= lessons).length;
    expect(reached(1)).toBe(165);
    expect(reached(half)).toBeGreaterThan(105);
    expect(reached(half)).toBeLessThan(125);
    expect(reached(LESSONS.length)).toBe(80);
    expect(plans.some(({ steps }) => steps.filter(({ passes }) => passes === false).length >= 3)).toBe(true);
  });

  it('do one thing after the other, by day, after enrolling in an open intake and before today', () => {
    const anyMoment = fc.date({
      min: new Date('2024-01-01'),
      max: new Date('2040-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(anyMoment, (now) => {
        const today = DateTime.fromJSDate(now, { zone: ZONE }).startOf('day');
        for (const { intake, enrolledAt, steps } of planLearners(now, LESSONS)) {
          const { opened, closes } = INTAKES[intake]!;
          expect(enrolledAt >= today.minus({ days: opened }).toJSDate()).toBe(true);
          expect(enrolledAt < today.minus({ days: closes - 1 }).toJSDate()).toBe(true);
          const moments = [enrolledAt, ...steps.map(({ at }) => at)];
          const wrong = moments.filter(
            (at, index) =>
              (index > 0 && at <= moments[index - 1]!) ||
              at >= today.toJSDate() ||
              hour(at) < 9 ||
              hour(at) >= 19,
          );
          expect(wrong).toEqual([]);
        }
      }),
      { numRuns: 10 },
    );
  });
});

describe('the generator', () => {
  it('gives every number below a bound about as often, the same for the same seed', () => {
    const counts = Array.from({ length: 6 }, () => 0);
    const random = randomFrom(1);
    for (let drawn = 0; drawn < 6000; drawn += 1) counts[random(6)]! += 1;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(120);
    const [one, same] = [randomFrom(7), randomFrom(7)];
    expect(Array.from({ length: 20 }, () => one(100))).toEqual(Array.from({ length: 20 }, () => same(100)));
  });
});
