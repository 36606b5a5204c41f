import type { QuizSettings } from '../catalog/course-content.js';
import type { Refusal } from '../../platform/errors.js';
import { learningRefusals } from './quiz.rules.js';

const MINUTE_MS = 60_000;

/** When an attempt stops taking answers, and when it is closed by whoever comes first. */
export interface AttemptWindow {
  /** The last instant at which an answer is taken; null: none. */
  endsAt: Date | null;
  /** After the grace: the last instant at which it may be handed in. Null exactly when there is no end. */
  expiresAt: Date | null;
}

/** The window of an attempt that starts at an instant: its end is its time limit or the close, whichever is first. */
export function windowOf(
  startedAt: Date,
  {
    timeLimitMinutes,
    closesAt,
    graceMinutes,
  }: Pick<QuizSettings, 'timeLimitMinutes' | 'closesAt' | 'graceMinutes'>,
): AttemptWindow {
  const ends = [
    ...(timeLimitMinutes === null ? [] : [startedAt.getTime() + timeLimitMinutes * MINUTE_MS]),
    ...(closesAt === null ? [] : [Date.parse(closesAt)]),
  ];
  if (ends.length === 0) return { endsAt: null, expiresAt: null };
  const end = Math.min(...ends);
  return { endsAt: new Date(end), expiresAt: new Date(end + graceMinutes * MINUTE_MS) };
}

/**
 * Where an attempt that nobody closed yet stands: it takes answers; or its end is past and it may only be handed in; or its
 * grace is past too, and it is closed with what was saved. The instants themselves still belong to what they end.
 */
export function phaseAt(now: Date, { endsAt, expiresAt }: AttemptWindow): 'OPEN' | 'GRACE' | 'EXPIRED' {
  if (!endsAt || now <= endsAt) return 'OPEN';
  return expiresAt && now <= expiresAt ? 'GRACE' : 'EXPIRED';
}

/** What the limits look at in an earlier attempt. */
export interface PastAttempt {
  endsAt: Date | null;
  /** Null for one that was left without an answer. */
  submittedAt: Date | null;
}

/** How the next attempt stands to the limits. */
export interface NextAttempt {
  /** Null: as many as wanted. */
  attemptsLeft: number | null;
  /** When it may start at the earliest; null when it may at once. */
  waitsUntil: Date | null;
  refusal: Refusal | null;
  /** Of the refusal. */
  values: Record<string, number>;
}

/**
 * Whether one more attempt may start now. Waiting counts from when the last one was handed in or from its end, whichever was
 * first. At the instant of the close nothing starts: there would be no time.
 * @param past all earlier attempts at this quiz that count, oldest first
 */
export function nextAttempt(
  { attemptLimit, waitMinutes, closesAt }: Pick<QuizSettings, 'attemptLimit' | 'waitMinutes' | 'closesAt'>,
  past: readonly PastAttempt[],
  now: Date,
): NextAttempt {
  const attemptsLeft = attemptLimit === null ? null : Math.max(0, attemptLimit - past.length);
  const finish = past.length > 0 && waitMinutes > 0 ? finishOf(past.at(-1)!) : null;
  const freed = finish === null ? 0 : finish + waitMinutes * MINUTE_MS;
  const waitsUntil = freed > now.getTime() ? new Date(freed) : null;
  const next = { attemptsLeft, waitsUntil, values: {} };
  if (closesAt !== null && now.getTime() >= Date.parse(closesAt))
    return { ...next, refusal: learningRefusals.QUIZ_CLOSED };
  if (attemptsLeft === 0)
    return { ...next, refusal: learningRefusals.ATTEMPT_LIMIT_REACHED, values: { limit: attemptLimit! } };
  if (!waitsUntil) return { ...next, refusal: null };
  const minutes = Math.ceil((freed - now.getTime()) / MINUTE_MS);
  return { ...next, refusal: learningRefusals.ATTEMPT_TOO_SOON, values: { minutes } };
}

/** Null for one that goes on without an end, and for one that its learner gave up by leaving the course: nothing is waited for. */
function finishOf({ endsAt, submittedAt }: PastAttempt): number | null {
  const finish = Math.min(endsAt?.getTime() ?? Infinity, submittedAt?.getTime() ?? Infinity);
  return Number.isFinite(finish) ? finish : null;
}

/** Whether what is right may be shown of a graded attempt. */
export function mayShowAnswers(
  { showAnswers, closesAt }: Pick<QuizSettings, 'showAnswers' | 'closesAt'>,
  { isPassed, now }: { /** In this attempt or another. */ isPassed: boolean; now: Date },
): boolean {
  switch (showAnswers) {
    case 'AFTER_ATTEMPT':
      return true;
    case 'AFTER_PASS':
      return isPassed;
    case 'AFTER_CLOSE': // without a close, never
      return closesAt !== null && now.getTime() > Date.parse(closesAt);
    case 'NEVER':
      return false;
  }
}
