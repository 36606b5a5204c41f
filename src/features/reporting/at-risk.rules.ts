/** When somebody is at risk. docs/definitions.md says it in words. */
export const AT_RISK = {
  /** Days since enrolling after which nothing done is a reason. */
  notStartedDays: 7,
  /** Days without activity that are a reason, once something is done. */
  idleDays: 10,
  /** Failed attempts at one quiz that are a reason. */
  failedAttempts: 3,
  /** Days since enrolling before there is a pace to speak of. */
  paceDays: 7,
  /** Days without activity beyond which somebody is gone rather than at risk. */
  goneDays: 60,
} as const;

const DAY_MS = 86_400_000;

/** The end of the time there is for a course: the close of the first call that asks for its badge. */
export interface Deadline {
  closesAt: Date;
  /** IANA time zone of the call. */
  timeZone: string;
}

/** What is true of an enrollment that is not completed. */
export interface UnfinishedFacts {
  enrolledAt: Date;
  lastActivityAt: Date;
  requiredLessons: number;
  /** Of the required ones, 0 to `requiredLessons`. */
  doneLessons: number;
  /** The required quiz, not passed yet, that was failed most often. */
  failedQuiz: { lessonKey: string; attempts: number } | null;
  deadline: Deadline | null;
}

/** Why somebody is at risk, with the figures that say so. Days are whole days of 24 hours. */
export type RiskReason =
  | { code: 'QUIZ_FAILED'; lessonKey: string; attempts: number }
  | { code: 'TOO_SLOW'; finishesAt: Date; deadline: Deadline }
  | { code: 'NOT_STARTED'; days: number }
  | { code: 'NO_ACTIVITY'; days: number };

export const RISK_REASON_CODES = ['QUIZ_FAILED', 'TOO_SLOW', 'NOT_STARTED', 'NO_ACTIVITY'] as const;

const daysSince = (instant: Date, asOf: Date): number =>
  Math.floor((asOf.getTime() - instant.getTime()) / DAY_MS);

/** Whether somebody was away for so long that they are not at risk any more, but gone. */
export function isGone({ lastActivityAt }: Pick<UnfinishedFacts, 'lastActivityAt'>, asOf: Date): boolean {
  return daysSince(lastActivityAt, asOf) >= AT_RISK.goneDays;
}

/** Every reason for which an enrollment is at risk at an instant; none when it is not. */
export function riskReasons(facts: UnfinishedFacts, asOf: Date): RiskReason[] {
  if (isGone(facts, asOf)) return [];
  const reasons: RiskReason[] = [];
  const enrolledDays = daysSince(facts.enrolledAt, asOf);
  const idleDays = daysSince(facts.lastActivityAt, asOf);
  if (facts.failedQuiz && facts.failedQuiz.attempts >= AT_RISK.failedAttempts) {
    reasons.push({ code: 'QUIZ_FAILED', ...facts.failedQuiz });
  }
  const finishesAt = enrolledDays >= AT_RISK.paceDays ? expectedFinish(facts, asOf) : null;
  if (facts.deadline && finishesAt && finishesAt > facts.deadline.closesAt) {
    reasons.push({ code: 'TOO_SLOW', finishesAt, deadline: facts.deadline });
  }
  if (facts.doneLessons === 0) {
    // Said instead of the days without activity, which would be the same days twice.
    if (enrolledDays >= AT_RISK.notStartedDays) reasons.push({ code: 'NOT_STARTED', days: enrolledDays });
  } else if (idleDays >= AT_RISK.idleDays) {
    reasons.push({ code: 'NO_ACTIVITY', days: idleDays });
  }
  return reasons;
}

/** When the last required lesson is done if the rest takes as long for each lesson as those done took; null before the first. */
function expectedFinish(facts: UnfinishedFacts, asOf: Date): Date | null {
  if (facts.doneLessons === 0) return null;
  const elapsed = asOf.getTime() - facts.enrolledAt.getTime();
  const missing = facts.requiredLessons - facts.doneLessons;
  return new Date(asOf.getTime() + (elapsed * missing) / facts.doneLessons);
}

/** Where somebody stands in the list. */
export interface Urgency {
  reasons: readonly unknown[];
  lastActivityAt: Date;
  enrollmentId: string;
}

/** As a text that sorts most urgent first: more reasons, then longer without activity. */
export function urgencyKey({ reasons, lastActivityAt, enrollmentId }: Urgency): string {
  return `${9 - reasons.length} ${lastActivityAt.toISOString()} ${enrollmentId}`;
}

/** Whether a text is an {@link urgencyKey}. */
export const isUrgencyKey = (text: string): boolean =>
  /^[0-9] \d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z [0-9a-f-]{36}$/.test(text);
