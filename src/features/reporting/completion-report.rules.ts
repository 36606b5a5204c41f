import type { ReportCounts } from './completion-report.queries.js';

/** Days within which a completion counts, unless the manager chooses. */
export const DEFAULT_HORIZON_DAYS = 60;

/** The rates, by the id under which docs/definitions.md defines them. A change of meaning gets a new id. */
export const RATES = {
  rateEnrolled: 'completion.rate-enrolled.v2',
  rateStarted: 'completion.rate-started.v2',
  rateMatured: 'completion.rate-matured.v2',
} as const;

/** From enrolled to badge; each stage is part of the one before. */
export const FUNNEL_STAGES = [
  'ENROLLED',
  'STARTED',
  'QUARTER_DONE',
  'HALF_DONE',
  'THREE_QUARTERS_DONE',
  'COMPLETED',
  'BADGE',
] as const;
export type FunnelStage = (typeof FUNNEL_STAGES)[number];

/** A figure that says what it is made of. */
export interface RateFigure {
  /** 0 to 1; null when the denominator is 0, which is not the same as a rate of 0. */
  value: number | null;
  numerator: number;
  denominator: number;
  definitionId: string;
  asOf: Date;
}

/** The three rates of a group of enrollments. */
export function ratesOf(counts: ReportCounts, asOf: Date): Record<keyof typeof RATES, RateFigure> {
  const rate = (name: keyof typeof RATES, numerator: number, denominator: number): RateFigure => ({
    value: denominator === 0 ? null : numerator / denominator,
    numerator,
    denominator,
    definitionId: RATES[name],
    asOf,
  });
  return {
    rateEnrolled: rate('rateEnrolled', counts.enrolledCompleted, counts.enrolled),
    rateStarted: rate('rateStarted', counts.startedCompleted, counts.started),
    rateMatured: rate('rateMatured', counts.maturedCompleted, counts.matured),
  };
}

/** The funnel. A completed enrollment passed every stage, whatever became of its lessons. */
export function funnelOf(counts: ReportCounts): { stage: FunnelStage; count: number }[] {
  const { enrolled, started, quarter, half, threeQuarters, completed, badge } = counts;
  const reached = [enrolled, started, quarter, half, threeQuarters, completed, badge];
  return FUNNEL_STAGES.map((stage, index) => ({ stage, count: reached[index]! }));
}

export const NO_COUNTS: ReportCounts = {
  isTotal: true,
  courseId: null,
  regionCode: null,
  enrolled: 0,
  enrolledCompleted: 0,
  started: 0,
  startedCompleted: 0,
  matured: 0,
  maturedCompleted: 0,
  quarter: 0,
  half: 0,
  threeQuarters: 0,
  completed: 0,
  badge: 0,
};
