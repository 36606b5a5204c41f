import { DateTime } from 'luxon';
import type { Locale } from '../../platform/locale.js';
import { FIRST_NAMES, LAST_NAMES, REGIONS, TRADES } from './learner-names.js';

/** The calendar that the demonstration's people live by. */
export const ZONE = 'Europe/Paris';

/** How a learner's course goes. */
const FATES = ['NEVER_STARTS', 'STOPS_EARLY', 'STOPS_LATE', 'COMPLETES'] as const;
type Fate = (typeof FATES)[number];

/** An intake: on which days before today one could enroll (below zero: days to come), and how many take it how. */
interface Intake {
  opened: number;
  closes: number;
  fates: Record<Fate, number>;
}

/** Two intakes that are over and the one that is open. Between them half a year and two hundred learners. */
export const INTAKES: readonly Intake[] = [
  { opened: 182, closes: 122, fates: { NEVER_STARTS: 14, STOPS_EARLY: 17, STOPS_LATE: 9, COMPLETES: 35 } },
  { opened: 121, closes: 46, fates: { NEVER_STARTS: 13, STOPS_EARLY: 17, STOPS_LATE: 12, COMPLETES: 33 } },
  { opened: 45, closes: -365, fates: { NEVER_STARTS: 8, STOPS_EARLY: 16, STOPS_LATE: 14, COMPLETES: 12 } },
];

/** A required lesson of the course, in its order. */
export interface PlannedLesson {
  key: string;
  isQuiz: boolean;
  minutes: number;
}

/** Something a learner did: a lesson read to its end, or a try at a quiz. */
export interface Step {
  at: Date;
  lessonKey: string;
  /** Of a try at a quiz: whether it is passed. */
  passes?: boolean;
}

export interface PlannedLearner {
  email: string;
  name: string;
  locale: Locale;
  /** Null for the few who learn without a business: their region is not stated. */
  business: { name: string; region: string; sector: string; headcount: number; tradingSince: string } | null;
  /** Index of {@link INTAKES}. */
  intake: number;
  enrolledAt: Date;
  /** In order; all after `enrolledAt`, before today, and between 9:00 and 19:00 in {@link ZONE}. */
  steps: Step[];
}

/** Whole numbers from 0 up to, not including, a bound. */
type Random = (below: number) => number;

/** Mulberry32 by Tommy Ettinger (public domain): the same seed gives the same numbers on every machine. */
export function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((((mixed ^ (mixed >>> 14)) >>> 0) * below) / 2 ** 32) | 0;
  };
}

/**
 * Two hundred learners and what they did up to yesterday. The same day and lessons give the same histories, so that a start
 * that was cut short can go on with them.
 */
export function planLearners(now: Date, lessons: readonly PlannedLesson[]): PlannedLearner[] {
  const today = DateTime.fromJSDate(now, { zone: ZONE }).startOf('day');
  const places = INTAKES.flatMap(({ fates }, intake) =>
    FATES.flatMap((fate) => Array.from({ length: fates[fate] }, () => ({ intake, fate }))),
  );
  return places.map(({ intake, fate }, index) => {
    const random = randomFrom(index);
    const who = planPerson(index, random);
    const { opened, closes } = INTAKES[intake]!;
    // Who is to get far needs the days for it; and who takes part in the open intake is mostly still at it.
    const latest = Math.max(closes, { NEVER_STARTS: 2, STOPS_EARLY: 3, STOPS_LATE: 14, COMPLETES: 30 }[fate]);
    const isUnderWay = closes < 0 && fate.startsWith('STOPS');
    const daysAgo = latest + random((isUnderWay ? latest + 12 : opened) - latest + 1);
    const enrolledAt = inWorkingHours(today, daysAgo, random);
    return {
      ...who,
      intake,
      enrolledAt: enrolledAt.toJSDate(),
      steps: planSteps({ enrolledAt, daysAgo, today, fate }, lessons, random),
    };
  });
}

function planPerson(index: number, random: Random) {
  // Both lists are walked at different speeds, so that no two have the same name.
  const first = FIRST_NAMES[index % FIRST_NAMES.length]!;
  const last = LAST_NAMES[(index * 7 + Math.floor(index / FIRST_NAMES.length)) % LAST_NAMES.length]!;
  const [trade, sector] = TRADES[random(TRADES.length)]!;
  const locale: Locale = random(12) === 0 ? 'en' : 'fr';
  const address = `${first}.${last}`
    .normalize('NFD')
    .replace(/[^A-Za-z.]/g, '')
    .toLowerCase();
  return {
    email: `${address}@tremplin.example`,
    name: `${first} ${last}`,
    locale,
    business:
      random(20) === 0
        ? null
        : {
            name: `${trade} ${last}`,
            region: REGIONS[random(REGIONS.length)]!,
            sector,
            headcount: 1 + random(4) + (random(4) === 0 ? random(12) : 0),
            tradingSince: `${2004 + random(21)}-0${1 + random(9)}-01`,
          },
  };
}

const inWorkingHours = (today: DateTime, daysAgo: number, random: Random): DateTime =>
  today.minus({ days: daysAgo }).set({ hour: 9 + random(6), minute: random(60) });

function planSteps(
  {
    enrolledAt,
    daysAgo,
    today,
    fate,
  }: { enrolledAt: DateTime; daysAgo: number; today: DateTime; fate: Fate },
  lessons: readonly PlannedLesson[],
  random: Random,
): Step[] {
  const { goal, failsNext } = planGoal(fate, lessons, random);
  const steps: Step[] = [];
  let done = 0;
  // Two of three begin right after enrolling, the others a few days later.
  const waits = random(3) === 0 ? 1 + random(3) : 0;
  for (let day = daysAgo - waits; done < goal && day > 0; day -= [1, 1, 1, 2, 2, 4][random(6)]!) {
    let at = (day === daysAgo ? enrolledAt : inWorkingHours(today, day, random)).toMillis();
    const take = (lesson: PlannedLesson, passes = true): void => {
      at += (lesson.minutes + 1 + random(4)) * 60_000;
      steps.push({ at: new Date(at), lessonKey: lesson.key, ...(lesson.isQuiz && { passes }) });
    };
    const sitting = lessons.slice(done, Math.min(goal, done + 2 + random(4)));
    for (const lesson of sitting) {
      if (lesson.isQuiz && random(7) === 0) take(lesson, false);
      take(lesson);
    }
    done += sitting.length;
    if (done === goal)
      for (let failures = failsNext; failures > 0; failures -= 1) take(lessons[goal]!, false);
  }
  return steps;
}

/** How many lessons somebody does, and how often they then fail the quiz that comes next before they give up. */
function planGoal(
  fate: Fate,
  lessons: readonly PlannedLesson[],
  random: Random,
): { goal: number; failsNext: number } {
  const half = Math.ceil(lessons.length / 2);
  if (fate === 'NEVER_STARTS') return { goal: 0, failsNext: 0 };
  if (fate === 'COMPLETES') return { goal: lessons.length, failsNext: 0 };
  const goal = fate === 'STOPS_EARLY' ? 1 + random(half - 1) : half + random(lessons.length - half);
  const quiz = lessons.slice(0, goal + 1).findLastIndex(({ isQuiz }) => isQuiz);
  return quiz > 0 && random(3) === 0 ? { goal: quiz, failsNext: 3 + random(2) } : { goal, failsNext: 0 };
}
