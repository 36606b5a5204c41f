import { DateTime } from 'luxon';
import { defineRefusals } from '../../platform/errors.js';

export const practiceRefusals = defineRefusals({
  PRACTICE_QUESTION_UNKNOWN: {
    en: 'This question is not among those that you go over: its course may have changed.',
    fr: 'Cette question ne fait pas partie de celles que vous révisez : sa formation a peut-être changé.',
    field: 'questionId',
  },
  PRACTICE_STOP_ONE: {
    en: 'Say either which question or which course to leave out.',
    fr: 'Indiquez soit la question, soit la formation à laisser de côté.',
  },
});

/**
 * In days: how long a question that was answered wrong stays away, and after how many it comes back each time that it is
 * answered right. Longer each time, about twice as long, as in the boxes of S. Leitner ("So lernt man lernen", Herder 1972);
 * that spacing helps, and the more the longer one wants to remember, is measured by Cepeda et al. ("Spacing effects in
 * learning", Psychological Science 19, 2008).
 */
export const LADDER_DAYS = [1, 3, 7, 16, 35] as const;

/** An answer to a question, in a quiz or when going over it. */
export interface GivenAnswer {
  id: string;
  at: Date;
  isRight: boolean;
}

/** How a question stands with a learner. */
export interface PracticeStanding {
  /** On the ladder, from 1 to its length; one more than that once it is known. */
  rung: number;
  /** `YYYY-MM-DD`, the learner's own calendar; null once it is known: it does not come back. */
  dueOn: string | null;
}

/** The calendar day (`YYYY-MM-DD`) that an instant is for somebody. @param timeZone IANA */
export const dayOf = (at: Date, timeZone: string): string =>
  DateTime.fromJSDate(at, { zone: timeZone }).toISODate()!;

const daysAfter = (day: string, days: number): string =>
  DateTime.fromISO(day, { zone: 'utc' }).plus({ days }).toISODate()!;

/**
 * When a question comes back. A wrong answer begins the ladder, or begins it again. A right one on the day that the question is
 * due, or later, is a rung up; before that day it changes nothing, so that nobody climbs by answering five times in a row.
 * It follows from the set of answers alone: in whichever order they came, and however often each was sent, it is the same.
 * @returns null while the question was never answered wrong: there is nothing to go over.
 */
export function standingOf(answers: readonly GivenAnswer[], timeZone: string): PracticeStanding | null {
  const inOrder = [...new Map(answers.map((answer) => [answer.id, answer])).values()].sort(
    (one, other) => one.at.getTime() - other.at.getTime() || (one.id < other.id ? -1 : 1),
  );
  let standing: PracticeStanding | null = null;
  for (const { at, isRight } of inOrder) {
    const day = dayOf(at, timeZone);
    if (!isRight) standing = onRung(1, day);
    else if (standing?.dueOn && day >= standing.dueOn) standing = onRung(standing.rung + 1, day);
  }
  return standing;
}

function onRung(rung: number, day: string): PracticeStanding {
  const days = LADDER_DAYS[rung - 1];
  return { rung, dueOn: days === undefined ? null : daysAfter(day, days) };
}

/** When an answer counts as given: a device may be behind, and what it did comes late; it cannot have done it later than now. */
export const answeredAt = (claimedAt: Date | null, now: Date): Date =>
  claimedAt && claimedAt < now ? claimedAt : now;
