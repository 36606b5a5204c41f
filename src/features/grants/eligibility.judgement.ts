import { DateTime, IANAZone } from 'luxon';
import type {
  Condition,
  CountryIn,
  ForProfit,
  HeadcountBetween,
  HoldsBadge,
  HumanReview,
  RegionIn,
  TradingFor,
} from './eligibility.conditions.js';
import {
  compareText,
  coursesToTake,
  factOn,
  latestAnswer,
  millisOf,
  type BadgeFact,
  type EligibilityFacts,
  type EvaluationInstant,
  type Instant,
  type LocalDate,
  type RequestedFactKind,
} from './eligibility.facts.js';

/** What is known of a condition: it holds, it does not, or it may still go either way. */
export type Kleene = 'TRUE' | 'FALSE' | 'OPEN';

/**
 * Why a condition has its result. MET is always TRUE and NOT_MET always FALSE; FACT_MISSING, TRAINING_UNFINISHED and
 * HUMAN_REVIEW_PENDING are always OPEN; TRAINING_TOO_LATE (open call, too little time left), COURSE_UNAVAILABLE and
 * CLOSED_WITHOUT_TRAINING are always FALSE. BADGE_TOO_OLD and BADGE_NOT_VALID (expired, superseded or revoked) are OPEN
 * while the course can be taken again before the close, else FALSE.
 */
export type ReasonCode =
  | 'MET'
  | 'NOT_MET'
  | 'FACT_MISSING'
  | 'TRAINING_UNFINISHED'
  | 'TRAINING_TOO_LATE'
  | 'COURSE_UNAVAILABLE'
  | 'BADGE_TOO_OLD'
  | 'BADGE_NOT_VALID'
  | 'CLOSED_WITHOUT_TRAINING'
  | 'HUMAN_REVIEW_PENDING';

/**
 * Something a result rests on. BADGE has the badge's status as its value and its issue instant as `recordedAt`; MINUTES_REMAINING is a
 * number of minutes, those of what has to be completed first included.
 */
export interface Evidence {
  readonly kind: RequestedFactKind | 'BADGE' | 'MINUTES_REMAINING' | 'HUMAN_ANSWER';
  readonly value: string | number | boolean;
  readonly asOf?: LocalDate;
  readonly recordedAt?: Instant;
  readonly source?: string;
  readonly certificateId?: string;
  /** Of MINUTES_REMAINING: whether other courses have to be completed first, whose minutes are included. */
  readonly withPrerequisites?: true;
}

/** One condition's result, its reason and what it rests on. */
export interface Judgement {
  readonly result: Kleene;
  readonly reason: ReasonCode;
  /** The calendar date, in the call's zone, on which a condition about business facts was judged. */
  readonly on?: LocalDate;
  readonly evidence: readonly Evidence[];
}

/** An EvaluationInstant worked out in the call's zone. */
export interface Moment {
  readonly nowMillis: number;
  readonly closesAt: Instant;
  readonly closesAtMillis: number;
  readonly isClosed: boolean;
  /** Now, or the close when that has passed: nothing after the close counts. */
  readonly reference: DateTime;
  readonly referenceDate: LocalDate;
  readonly closeDate: LocalDate;
}

/** Works out the dates of an evaluation. Throws RangeError for an instant without an offset or an unknown zone. */
export function momentOf(at: EvaluationInstant): Moment {
  const now = instantIn(at.now, at.timeZone);
  const closes = instantIn(at.closesAt, at.timeZone);
  const isClosed = now.toMillis() > closes.toMillis();
  const reference = isClosed ? closes : now;
  return {
    nowMillis: now.toMillis(),
    closesAt: at.closesAt,
    closesAtMillis: closes.toMillis(),
    isClosed,
    reference,
    referenceDate: localDateOf(reference),
    closeDate: localDateOf(closes),
  };
}

/**
 * Judges one condition.
 *
 * Facts count as `factOn` says, on the date that the condition names. COUNTRY_IN, REGION_IN and FOR_PROFIT name none: they
 * are judged today in the call's zone, and on its closing date once it has closed. A missing fact stays OPEN after the close,
 * since what was so on the date may still be documented; training may not, and turns FALSE.
 */
export function judgeCondition(condition: Condition, facts: EligibilityFacts, moment: Moment): Judgement {
  switch (condition.kind) {
    case 'HOLDS_BADGE':
      return judgeBadge(condition, facts, moment);
    case 'HUMAN_REVIEW':
      return judgeReview(condition, facts);
    default: {
      const { factKind, date } = factAskedBy(condition, moment);
      const fact = factOn(facts.business, factKind, date);
      if (!fact) return { result: 'OPEN', reason: 'FACT_MISSING', on: date, evidence: [] };
      const { value, asOf, recordedAt, source } = fact;
      const met = isMetBy(condition, value, date);
      return {
        result: met ? 'TRUE' : 'FALSE',
        reason: met ? 'MET' : 'NOT_MET',
        on: date,
        evidence: [{ kind: factKind, value, asOf, recordedAt, source }],
      };
    }
  }
}

/** A condition that business facts decide. */
export type FactCondition = CountryIn | RegionIn | HeadcountBetween | TradingFor | ForProfit;

/** The kind of fact a condition asks for, and the local date on which it must hold. */
export function factAskedBy(
  condition: FactCondition,
  moment: Moment,
): { factKind: RequestedFactKind; date: LocalDate } {
  const onDate = (date: LocalDate): LocalDate => (date === 'CLOSE' ? moment.closeDate : date);
  switch (condition.kind) {
    case 'COUNTRY_IN':
      return { factKind: 'COUNTRY', date: moment.referenceDate };
    case 'REGION_IN':
      return { factKind: 'REGION', date: moment.referenceDate };
    case 'FOR_PROFIT':
      return { factKind: 'FOR_PROFIT', date: moment.referenceDate };
    case 'HEADCOUNT_BETWEEN':
      return { factKind: 'HEADCOUNT', date: onDate(condition.asOf) };
    case 'TRADING_FOR':
      return { factKind: 'TRADING_SINCE', date: onDate(condition.at) };
  }
}

/**
 * The date for which a missing fact is best stated: the one the condition names, or today (the close, once that has passed)
 * when that is still to come, because nobody can state what will be.
 */
export function statementAskedBy(
  condition: FactCondition,
  moment: Moment,
): { factKind: RequestedFactKind; asOf: LocalDate } {
  const { factKind, date } = factAskedBy(condition, moment);
  return { factKind, asOf: date < moment.referenceDate ? date : moment.referenceDate };
}

/** Whether a fact's value meets a condition on a date. Throws TypeError when the value is not of the fact's type. */
export function isMetBy(condition: FactCondition, value: unknown, date: LocalDate): boolean {
  switch (condition.kind) {
    case 'COUNTRY_IN':
      return condition.countries.includes(textOf(value, 'COUNTRY'));
    case 'REGION_IN':
      return condition.regions.includes(textOf(value, 'REGION'));
    case 'FOR_PROFIT':
      if (typeof value !== 'boolean') throw new TypeError('a FOR_PROFIT fact must be a boolean');
      return value;
    case 'HEADCOUNT_BETWEEN': {
      if (typeof value !== 'number' || !Number.isFinite(value))
        throw new TypeError('a HEADCOUNT fact must be a number');
      const { min, max } = condition;
      return (
        (!min || value > min.value || (min.inclusive && value === min.value)) &&
        (!max || value < max.value || (max.inclusive && value === max.value))
      );
    }
    case 'TRADING_FOR': {
      const since = textOf(value, 'TRADING_SINCE');
      return condition.moreThanMonths === undefined
        ? plusMonths(since, condition.atLeastMonths ?? 0) <= date
        : plusMonths(since, condition.moreThanMonths) < date;
    }
  }
}

/**
 * A calendar date some calendar months later, or earlier when negative. A day that the month does not have becomes its last:
 * 31 August and 6 months is 28 or 29 February; 29 February and 12 months is 28 February. Throws TypeError for what is no date.
 */
export function plusMonths(date: LocalDate, months: number): LocalDate {
  const start = DateTime.fromISO(date, { zone: 'utc' });
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || !start.isValid)
    throw new TypeError(`not a calendar date: ${date}`);
  return localDateOf(start.plus({ months }));
}

/**
 * A badge counts when it is VALID, was issued on or before the reference instant (now, or the close once that has passed),
 * and `issuedAt >= reference minus withinMonths`, counted in calendar months at the same local time in the call's zone, the
 * day clamped to the end of the month: the bound itself still counts. Of several, the newest is the evidence.
 *
 * A badge that is too old, or no longer valid, is no last word before the close: a new cycle of the course earns another one.
 * While that can be finished in time the condition is OPEN, and the answer NOT_YET with the course as its action. After the close
 * nothing is OPEN for lack of training: it is FALSE, also when a new cycle was under way.
 *
 * What has to be completed before the course counts with it: its minutes, and whether it can be taken at all.
 */
function judgeBadge(condition: HoldsBadge, facts: EligibilityFacts, moment: Moment): Judgement {
  const courses = coursesToTake(condition.courseId, facts.training);
  for (const { courseId, minutesRemaining } of courses)
    if (!(minutesRemaining >= 0)) throw new RangeError(`minutesRemaining of course ${courseId} is negative`);
  const course = courses.at(-1)!;
  const minutes = courses.reduce((sum, { minutesRemaining }) => sum + minutesRemaining, 0);

  const issued = course.badges
    .filter((badge) => millisOf(badge.issuedAt) <= moment.reference.toMillis())
    .sort(
      (a, b) => millisOf(b.issuedAt) - millisOf(a.issuedAt) || compareText(a.certificateId, b.certificateId),
    );
  const badge = issued.find(({ status }) => status === 'VALID') ?? issued[0];
  const evidence = badge ? [badgeEvidence(badge)] : [];
  const earliest = condition.withinMonths
    ? moment.reference.minus({ months: condition.withinMonths }).toMillis()
    : Number.NEGATIVE_INFINITY;
  if (badge?.status === 'VALID' && millisOf(badge.issuedAt) >= earliest)
    return { result: 'TRUE', reason: 'MET', evidence };

  const lapse = badge && (badge.status === 'VALID' ? 'BADGE_TOO_OLD' : 'BADGE_NOT_VALID');
  if (moment.isClosed) return { result: 'FALSE', reason: lapse ?? 'CLOSED_WITHOUT_TRAINING', evidence };
  if (!courses.every(({ available }) => available))
    return { result: 'FALSE', reason: lapse ?? 'COURSE_UNAVAILABLE', evidence };
  const remaining: Evidence = {
    kind: 'MINUTES_REMAINING',
    value: minutes,
    ...(courses.length > 1 && { withPrerequisites: true }),
  };
  return moment.nowMillis + minutes * 60_000 <= moment.closesAtMillis
    ? { result: 'OPEN', reason: lapse ?? 'TRAINING_UNFINISHED', evidence: [...evidence, remaining] }
    : { result: 'FALSE', reason: lapse ?? 'TRAINING_TOO_LATE', evidence: [...evidence, remaining] };
}

function badgeEvidence({ status, issuedAt, holderPersonId, certificateId }: BadgeFact): Evidence {
  return { kind: 'BADGE', value: status, recordedAt: issuedAt, source: holderPersonId, certificateId };
}

function judgeReview(condition: HumanReview, facts: EligibilityFacts): Judgement {
  const given = latestAnswer(facts.humanAnswers, condition.key);
  if (!given) return { result: 'OPEN', reason: 'HUMAN_REVIEW_PENDING', evidence: [] };
  return {
    result: given.answer ? 'TRUE' : 'FALSE',
    reason: given.answer ? 'MET' : 'NOT_MET',
    evidence: [{ kind: 'HUMAN_ANSWER', value: given.answer, recordedAt: given.at, source: given.by }],
  };
}

function textOf(value: unknown, kind: RequestedFactKind): string {
  if (typeof value !== 'string') throw new TypeError(`a ${kind} fact must be a string`);
  return value;
}

function instantIn(instant: Instant, timeZone: string): DateTime {
  // Luxon would also take "local", which means another zone on every machine.
  if (!IANAZone.isValidZone(timeZone)) throw new RangeError(`not an IANA time zone: ${timeZone}`);
  return DateTime.fromMillis(millisOf(instant), { zone: timeZone });
}

function localDateOf(dateTime: DateTime): LocalDate {
  return dateTime.toISODate() as LocalDate;
}
