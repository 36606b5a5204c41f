import type { BuiltCourse } from './builders.js';
import { START } from './test-app.js';

export const DAY = 86_400_000;
const now = START.getTime();
/** An instant some days ago, and milliseconds. */
export const ago = (days: number, milliseconds = 0): Date => new Date(now - days * DAY + milliseconds);

export interface Rate {
  value: number | null;
  numerator: number;
  denominator: number;
}
export interface Figures {
  rateEnrolled: Rate;
  rateStarted: Rate;
  rateMatured: Rate;
  notYetMatured: number;
  funnel: { stage: string; count: number }[];
}

/** A learner as a test states them; written to the tables as the product would have. */
export interface Given {
  course?: BuiltCourse;
  cohortId: string | null;
  enrolledAt: Date;
  /** Required lessons done, 0 to 3. */
  lessons?: number;
  optionalLesson?: boolean;
  /** Days after enrolling. */
  completedAfter?: { days: number; milliseconds?: number };
  badge?: boolean;
  region?: { value: string; asOf: string } | null;
  roles?: string[];
  isTest?: boolean;
}

/** A small generator (Park and Miller's minimal standard) so that a failing fixture can be made again. */
const randomFrom = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
};

/** Forty learners of two courses and two cohorts; the same seed makes the same. */
export function randomLearners(
  seed: number,
  courses: [BuiltCourse, BuiltCourse],
  cohortIds: [string, string],
): (Given & { course: BuiltCourse })[] {
  const random = randomFrom(seed * 7919);
  const regions = ['FR-IDF', 'FR-BRE', 'FR-OCC'];
  return Array.from({ length: 40 }, () => {
    const lessons = random(4);
    const isCompleted = lessons === 3 && random(4) > 0;
    const region = regions[random(5)];
    return {
      course: courses[random(2) ? 0 : 1],
      cohortId: cohortIds[random(3) ? 0 : 1],
      enrolledAt: ago(random(120), -random(DAY)),
      lessons,
      optionalLesson: random(2) === 1,
      completedAfter: isCompleted ? { days: random(90) } : undefined,
      badge: isCompleted && random(3) > 0,
      region: region ? { value: region, asOf: '2020-01-01' } : null,
      roles: random(10) === 0 ? ['TRAINER'] : [],
      isTest: random(10) === 0,
    };
  });
}

/** The figures of these learners, counted in plain code. */
export function recount(of: Given[], horizonDays: number): Figures {
  const inTime = ({ completedAfter }: Given): boolean =>
    completedAfter !== undefined && completedAfter.days <= horizonDays;
  const mature = of.filter(({ enrolledAt }) => enrolledAt.getTime() <= now - horizonDays * DAY);
  const started = of.filter(({ lessons = 0 }) => lessons > 0);
  const rate = (denominator: Given[]): Rate => {
    const numerator = denominator.filter(inTime).length;
    return {
      value: denominator.length ? numerator / denominator.length : null,
      numerator,
      denominator: denominator.length,
    };
  };
  const stages: [string, (learner: Given) => boolean][] = [
    ['ENROLLED', () => true],
    ['STARTED', ({ lessons = 0 }) => lessons > 0],
    ['QUARTER_DONE', ({ lessons = 0 }) => lessons / 3 >= 0.25],
    ['HALF_DONE', ({ lessons = 0 }) => lessons / 3 >= 0.5],
    ['THREE_QUARTERS_DONE', ({ lessons = 0 }) => lessons / 3 >= 0.75],
    ['COMPLETED', ({ completedAfter }) => completedAfter !== undefined],
    ['BADGE', ({ badge }) => badge === true],
  ];
  return {
    rateEnrolled: rate(of),
    rateStarted: rate(started),
    rateMatured: rate(mature),
    notYetMatured: of.length - mature.length,
    funnel: stages.map(([stage, reached]) => ({ stage, count: of.filter(reached).length })),
  };
}
