import { number } from '$lib/format';

/** What is missing in a course, as far as the overall grade is among it. */
interface ProgressWithMissing {
  missing: readonly { code: string; have: number | null; need: number | null }[];
}

/** What is reached over the quizzes and what the course asks for, in percent; null while it is not below. */
export function belowMinimum({ missing }: ProgressWithMissing): { have: number; need: number } | null {
  const below = missing.find(({ code }) => code === 'OVERALL_BELOW_MINIMUM');
  return below ? { have: below.have ?? 0, need: below.need ?? 0 } : null;
}

/** "66.66%": never rounded up to what is needed. @param percent 0 to 100 */
export const exactPercent = (percent: number): string =>
  number(percent / 100, { style: 'percent', maximumFractionDigits: 2 });
