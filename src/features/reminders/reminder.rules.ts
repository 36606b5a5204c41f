import { DateTime } from 'luxon';
import type { EnrollmentState } from '../enrollment/enrollment.entity.js';

/** A learner is idle after this many days without activity. */
export const IDLE_DAYS = 3;
/** A reminder that could not be sent within this many days of its time is dropped: a late one only annoys. */
export const HORIZON_DAYS = 4;
/** Nobody is written to before this local hour, */
const FIRST_HOUR = 8;
/** nor from this one on. */
const QUIET_FROM_HOUR = 20;
const DAY_MS = 86_400_000;

/** When an idle spell that began then becomes worth a reminder. */
export function idleReminderDueAt(lastActivityAt: Date): Date {
  return new Date(lastActivityAt.getTime() + IDLE_DAYS * DAY_MS);
}

/** The earliest and latest last activity for which a reminder is planned at an instant. */
export function idleWindow(now: Date): { after: Date; upTo: Date } {
  return {
    after: new Date(now.getTime() - (IDLE_DAYS + HORIZON_DAYS) * DAY_MS),
    upTo: new Date(now.getTime() - IDLE_DAYS * DAY_MS),
  };
}

/**
 * The first instant from one on that is outside the quiet hours (20:00 to 08:00) where the person is. Days are counted on
 * their calendar, so a night with a clock change is right too.
 * @param timeZone IANA time zone.
 */
export function decentTime(from: Date, timeZone: string): Date {
  const local = DateTime.fromJSDate(from, { zone: timeZone });
  if (local.hour >= FIRST_HOUR && local.hour < QUIET_FROM_HOUR) return from;
  const day = local.hour < FIRST_HOUR ? local : local.plus({ days: 1 });
  return day.set({ hour: FIRST_HOUR, minute: 0, second: 0, millisecond: 0 }).toJSDate();
}

/** Why a planned reminder was not sent. */
export type DeclineReason =
  Exclude<EnrollmentState, 'ACTIVE'> | 'ACTIVE_AGAIN' | 'TOO_LATE' | 'SEND_INTERRUPTED';

/** What is true when the time to send has come. */
export interface SendFacts {
  enrollmentState: EnrollmentState;
  lastActivityAt: Date;
  idleSince: Date;
  timeZone: string;
}

export type SendDecision = { send: true } | { declined: DeclineReason } | { postponedTo: Date };

/** Decides at send time, on what is true by then rather than when it was planned. */
export function decideToSend(facts: SendFacts, now: Date): SendDecision {
  if (facts.enrollmentState !== 'ACTIVE') return { declined: facts.enrollmentState };
  if (facts.lastActivityAt > facts.idleSince) return { declined: 'ACTIVE_AGAIN' };
  // Counted from when it was first due: being postponed night after night does not keep it young.
  const due = decentTime(idleReminderDueAt(facts.idleSince), facts.timeZone);
  if (now.getTime() - due.getTime() > HORIZON_DAYS * DAY_MS) return { declined: 'TOO_LATE' };
  const decent = decentTime(now, facts.timeZone);
  return decent > now ? { postponedTo: decent } : { send: true };
}
