/** Calendar date, ISO 8601 `YYYY-MM-DD`, without a time zone. */
export type LocalDate = string;

/** ISO 8601 date-time with `Z` or a numeric offset. */
export type Instant = string;

/** Text by locale, BCP 47 (`en`, `fr`). */
export type LocalizedText = Readonly<Record<string, string>>;

/** The kinds of business fact that a condition can ask for. */
export type RequestedFactKind = 'COUNTRY' | 'REGION' | 'HEADCOUNT' | 'FOR_PROFIT' | 'TRADING_SINCE';

/**
 * Something known about a business from a calendar date on.
 *
 * Values by kind: COUNTRY an ISO 3166-1 alpha-2 code; REGION an ISO 3166-2 code; HEADCOUNT a number of people,
 * 0 or more; FOR_PROFIT a boolean; TRADING_SINCE a LocalDate. Facts of any other kind are ignored.
 */
export interface BusinessFact {
  readonly kind: RequestedFactKind | (string & {});
  readonly value: string | number | boolean;
  /** The date from which the fact holds, which may be long before it was recorded. */
  readonly asOf: LocalDate;
  /** When the platform learned it. */
  readonly recordedAt: Instant;
  /** Who said so: the id of a person, empty once they were erased. Copied to the evidence as it is. */
  readonly source: string;
}

/** One badge of a course, held by a person of the business. Only `VALID` counts as held. */
export interface BadgeFact {
  readonly certificateId: string;
  readonly holderPersonId: string;
  readonly issuedAt: Instant;
  readonly status: 'VALID' | 'EXPIRED' | 'SUPERSEDED' | 'REVOKED';
}

/**
 * A piece of a course that is still to be done. ENROLL is to take a completed course again, and has the course's title; RAISE is to
 * take a quiz once more, because the course asks for a higher grade over all of them.
 */
export interface TrainingStep {
  readonly kind: 'LESSON' | 'QUIZ' | 'RAISE' | 'ENROLL';
  readonly lessonKey?: string;
  readonly title: LocalizedText;
  readonly minutes: number;
}

/** Where the business stands in one course that the rule names. */
export interface TrainingFact {
  readonly courseId: string;
  readonly courseSlug: string;
  readonly courseTitle: LocalizedText;
  /** Whether this person can take the course now: published, open to them, not withdrawn. */
  readonly available: boolean;
  readonly badges: readonly BadgeFact[];
  /** Minutes of work, 0 or more, to the next completion that would issue a badge; after a completion, those of a renewal. */
  readonly minutesRemaining: number;
  readonly nextSteps: readonly TrainingStep[];
}

/** What a reviewer answered to a HUMAN_REVIEW condition. The latest answer to a key counts. */
export interface HumanAnswer {
  readonly conditionKey: string;
  readonly answer: boolean;
  readonly by: string;
  readonly at: Instant;
}

/** Everything an evaluation may look at. Order never matters. */
export interface EligibilityFacts {
  readonly business: readonly BusinessFact[];
  /** One entry for each course that the rule names (`courseIdsOf`), enrolled or not. */
  readonly training: readonly TrainingFact[];
  readonly humanAnswers: readonly HumanAnswer[];
}

/** When the question is asked, and when the call closes. `now === closesAt` is not yet after the close. */
export interface EvaluationInstant {
  readonly now: Instant;
  readonly closesAt: Instant;
  /** The call's IANA zone, in which dates and calendar months are reckoned. */
  readonly timeZone: string;
}

/**
 * The fact of a kind that holds on a date: the latest `asOf` on or before it, then the latest `recordedAt`. A fact that
 * starts after the date does not count. What still ties is ordered by its own content, so the order of the list never shows.
 */
export function factOn(
  facts: readonly BusinessFact[],
  kind: RequestedFactKind,
  date: LocalDate,
): BusinessFact | undefined {
  return facts
    .filter((fact) => fact.kind === kind && calendarDate(fact.asOf) <= date)
    .reduce<BusinessFact | undefined>(
      (best, fact) => (best && newest(best, fact) <= 0 ? best : fact),
      undefined,
    );
}

/** The answer given last to a condition, ties ordered by content. */
export function latestAnswer(answers: readonly HumanAnswer[], conditionKey: string): HumanAnswer | undefined {
  return answers
    .filter((answer) => answer.conditionKey === conditionKey)
    .sort((a, b) => millisOf(b.at) - millisOf(a.at) || compareText(contentOf(a), contentOf(b)))[0];
}

/**
 * Milliseconds since 1970 of an instant. Throws RangeError when it has no offset: such a text means another moment in every
 * process time zone.
 */
export function millisOf(instant: Instant): number {
  const millis = /T.*(Z|[+-]\d{2}(:?\d{2})?)$/i.test(instant) ? Date.parse(instant) : Number.NaN;
  if (Number.isNaN(millis)) throw new RangeError(`not an instant with an offset: ${instant}`);
  return millis;
}

/** The date itself, once it is known to be in the one form whose text order is the order of days. */
function calendarDate(date: LocalDate): LocalDate {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date)) throw new RangeError(`not a calendar date: ${date}`);
  return date;
}

/** Code unit order: unlike localeCompare, the same on every machine. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function newest(a: BusinessFact, b: BusinessFact): number {
  return (
    compareText(b.asOf, a.asOf) ||
    millisOf(b.recordedAt) - millisOf(a.recordedAt) ||
    // Two instants of one millisecond may differ in their microseconds.
    compareText(b.recordedAt, a.recordedAt) ||
    compareText(JSON.stringify([a.value, a.source]), JSON.stringify([b.value, b.source]))
  );
}

function contentOf(answer: HumanAnswer): string {
  return JSON.stringify([answer.at, answer.answer, answer.by]);
}
