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

/** A score, of how much. Exact, also where it is an average. */
export interface Share {
  got: bigint;
  of: bigint;
}

/** 0 to 100, rounded down to two decimals. */
export const percentOf = ({ got, of }: Share): number => Number((got * 10_000n) / of) / 100;

export const reaches = ({ got, of }: Share, percent: number): boolean => got * 100n >= BigInt(percent) * of;

/** The average of shares, each weighing the same. @param shares one at least */
export function averageOf(shares: readonly Share[]): Share {
  const sum = shares.reduce((a, b) =>
    a.of === b.of ? { got: a.got + b.got, of: a.of } : { got: a.got * b.of + b.got * a.of, of: a.of * b.of },
  );
  return { got: sum.got, of: sum.of * BigInt(shares.length) };
}

/**
 * The result in a quiz of several attempts, by its policy.
 * @param grades of the graded attempts, oldest first
 * @returns the share, and the grades that it is made of: one, or all for an average. Null when there is none.
 */
export function decidingGrades<G extends Grade>(
  policy: GradePolicy,
  grades: readonly G[],
): { share: Share; grades: readonly G[] } | null {
  if (grades.length === 0) return null;
  if (policy === 'AVERAGE') return { share: averageOf(grades.map(shareOf)), grades };
  const grade = chosen(policy, grades);
  return { share: shareOf(grade), grades: [grade] };
}

/**
 * As {@link decidingGrades}, for what is only told or compared.
 * @returns null when there is no grade.
 */
export function quizResult(
  policy: GradePolicy,
  grades: readonly Grade[],
): { percent: number; reaches: (passPercent: number) => boolean } | null {
  const result = decidingGrades(policy, grades);
  return (
    result && {
      percent: percentOf(result.share),
      reaches: (passPercent) => reaches(result.share, passPercent),
    }
  );
}

const shareOf = ({ score, questionCount }: Grade): Share => ({
  got: BigInt(score),
  of: BigInt(Math.max(1, questionCount)) * BigInt(POINT),
});

function chosen<G extends Grade>(policy: 'HIGHEST' | 'LAST' | 'FIRST', grades: readonly G[]): G {
  if (policy === 'LAST') return grades.at(-1)!;
  if (policy === 'FIRST') return grades[0]!;
  return grades.reduce((best, grade) => (isAbove(shareOf(grade), shareOf(best)) ? grade : best));
}

const isAbove = (a: Share, b: Share): boolean => a.got * b.of > b.got * a.of;
