import type { NumberAnswer } from '../../catalog/course-content.js';

const NUMBER = String.raw`[-−]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?`;
const ANSWER = new RegExp(String.raw`^(${NUMBER})(?:\s*(?:\+-|\+/-|±)\s*(${NUMBER}))?$`);

/** A number with how far off an answer may be: `3.5 +- 0.1`, with a point or a comma; null when it is none. */
export function numberAnswer(source: string): NumberAnswer | null {
  const [, value, tolerance = '0'] = ANSWER.exec(source.trim()) ?? [];
  if (value === undefined) return null;
  const answer = { value: numberFrom(value), tolerance: numberFrom(tolerance) };
  return Number.isFinite(answer.value) && Number.isFinite(answer.tolerance) && answer.tolerance >= 0
    ? answer
    : null;
}

const numberFrom = (text: string): number => Number(text.replace(',', '.').replace('−', '-')) + 0; // never -0

/** The counterpart of {@link numberAnswer}. */
export const numberText = ({ value, tolerance }: NumberAnswer): string =>
  tolerance === 0 ? String(value + 0) : `${value + 0} +- ${tolerance}`;
