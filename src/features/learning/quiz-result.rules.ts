import type { GradePolicy } from '../catalog/course-content.js';
import type { QuizAttempt } from './quiz-attempt.entity.js';
import { POINT } from './quiz-scoring.rules.js';

/** The grade of one attempt. */
export interface Grade {
  /** Millionths of a point. */
  score: number;
  /** Each worth one point. */
  questionCount: number;
}

/** The grades of those that have one. */
export const gradesOf = (attempts: readonly QuizAttempt[]): Grade[] =>
  attempts.flatMap(({ score, paper }) => (score === null ? [] : [{ score, questionCount: paper.length }]));

/** Whether a score reaches the pass mark. Exact: whole numbers only. Nothing asked is nothing passed. */
export function isPassed(score: number, questionCount: number, passPercent: number): boolean {
  return questionCount > 0 && score * 100 >= passPercent * questionCount * POINT;
}

/** 0 to 100, rounded down to two decimals, so that 79.999 never reads as a passed 80. */
export function scorePercent(score: number, questionCount: number): number {
  return questionCount === 0 ? 0 : Math.floor((score * 10_000) / (questionCount * POINT)) / 100;
}

/**
 * The result in a quiz of several attempts, by its policy: one grade, or what their average is.
 * @param grades of the graded attempts, oldest first
 * @returns null when there is none. The average is exact: it is kept as a share of very many questions.
 */
export function quizResult(
  policy: GradePolicy,
  grades: readonly Grade[],
): { percent: number; reaches: (passPercent: number) => boolean } | null {
  if (grades.length === 0) return null;
  const shares = grades.map(({ score, questionCount }) => ({
    of: BigInt(Math.max(1, questionCount)) * BigInt(POINT),
    got: BigInt(score),
  }));
  const { got, of } = chosen(policy, shares);
  return {
    percent: Number((got * 10_000n) / of) / 100,
    reaches: (passPercent) => got * 100n >= BigInt(passPercent) * of,
  };
}

/** A score, of how much. */
interface Share {
  got: bigint;
  of: bigint;
}

function chosen(policy: GradePolicy, shares: Share[]): Share {
  switch (policy) {
    case 'HIGHEST':
      return shares.reduce((best, share) => (share.got * best.of > best.got * share.of ? share : best));
    case 'LAST':
      return shares.at(-1)!;
    case 'FIRST':
      return shares[0]!;
    case 'AVERAGE': {
      const sum = shares.reduce((a, b) => ({ got: a.got * b.of + b.got * a.of, of: a.of * b.of }));
      return { got: sum.got, of: sum.of * BigInt(shares.length) };
    }
  }
}
