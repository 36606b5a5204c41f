import { defineRefusals } from '../../platform/errors.js';
import type { QuizAnswer, QuizAttempt } from './quiz-attempt.entity.js';
import { isMendedBy, keyInForce, type AnswerKey } from './quiz-key.rules.js';
import type { PaperQuestion } from './quiz-paper.rules.js';
import { gradesOf, isPassed, quizResult } from './quiz-result.rules.js';
import { scoreAnswer } from './quiz-scoring.rules.js';

export const regradeRefusals = defineRefusals({
  REGRADE_QUESTION_CHANGED: {
    en: 'The question was changed meanwhile. Look at the preview again before you apply it.',
    fr: 'La question a été modifiée entre-temps. Regardez de nouveau l’aperçu avant d’appliquer.',
  },
  REGRADE_NOTHING: {
    en: 'No attempt was graded by another answer key than the newest: there is nothing to grade anew.',
    fr: 'Aucun essai n’a été noté avec un autre corrigé que le plus récent : il n’y a rien à renoter.',
  },
});

export const REGRADE_EFFECTS = ['PASSES_NOW', 'STAYS_PASSED', 'RAISED', 'LOWERED', 'SAME'] as const;
export type RegradeEffect = (typeof REGRADE_EFFECTS)[number];

/** What a mended key makes of one attempt. Points and scores are millionths of a point. */
export interface ScoreChange {
  attemptId: string;
  /** That was asked: what the answer is kept under. */
  questionVersionId: string;
  pointsBefore: number;
  pointsAfter: number;
  scoreBefore: number;
  scoreAfter: number;
  effect: RegradeEffect;
  /** A pass that was told stays one. */
  passed: boolean;
}

/** The versions of a question, with those whose key was put in force. */
export interface KeyHistory<Key extends AnswerKey = AnswerKey> {
  versions: ReadonlyMap<string, Key>;
  mended: readonly Key[];
}

/** Of a graded attempt, what decides what a key makes of it. */
export interface GradedFacts {
  /** Millionths of a point. */
  score: number;
  passed: boolean | null;
  passPercent: number;
  questionCount: number;
}

/** The versions of a question in a paper: as it was asked, and whose key grades it where that is another one. */
export type PlacedVersions = Pick<PaperQuestion, 'questionVersionId' | 'keyVersionId'>;

/** What of an answer decides its points, and those that it has now: millionths of a point. */
export type GradedAnswer = Pick<QuizAnswer, 'optionKeys' | 'text' | 'pairs' | 'score'>;

/**
 * What a key makes of a graded attempt.
 * @param questionId whose key it is
 * @param answers of the attempt, with the points that they have now
 * @returns null where it says nothing: the question was not asked, was asked with this key or a later one, or in a form that the key
 *   does not fit.
 */
export function scoreChange(
  attempt: QuizAttempt,
  answers: readonly QuizAnswer[],
  { questionId, key }: { questionId: string; key: AnswerKey },
  history: KeyHistory,
): ScoreChange | null {
  const placed = attempt.paper.find((question) => question.questionId === questionId);
  if (!placed || attempt.score === null) return null;
  const answer = answers.find(({ questionVersionId }) => questionVersionId === placed.questionVersionId);
  const { score, passed, passPercent, paper } = attempt;
  const facts = { score, passed, passPercent, questionCount: paper.length };
  const change = changeOf(facts, { placed, answer: answer ?? null }, key, history);
  return change && { attemptId: attempt.id, ...change };
}

/** As {@link scoreChange}, of all attempts that are alike in what is said of them here. */
export function changeOf(
  attempt: GradedFacts,
  { placed, answer }: { placed: PlacedVersions; answer: GradedAnswer | null },
  key: AnswerKey,
  { versions, mended }: KeyHistory,
): Omit<ScoreChange, 'attemptId'> | null {
  const asked = versions.get(placed.questionVersionId)!;
  const frozen = versions.get(placed.keyVersionId ?? placed.questionVersionId)!;
  const isNewest = keyInForce(asked, frozen, [...mended, key]).id === key.id;
  if (!isNewest || !isMendedBy(key, { asked, frozen }, mended)) return null;
  const pointsBefore = answer?.score ?? 0;
  const pointsAfter = answer ? scoreAnswer(key.kind, key.options, answer, asked.options) : 0;
  const scoreAfter = attempt.score - pointsBefore + pointsAfter;
  const reaches = isPassed(scoreAfter, attempt.questionCount, attempt.passPercent);
  const wasPassed = attempt.passed === true;
  return {
    questionVersionId: asked.id,
    pointsBefore,
    pointsAfter,
    scoreBefore: attempt.score,
    scoreAfter,
    effect: effectOf({ wasPassed, reaches, difference: scoreAfter - attempt.score }),
    passed: wasPassed || reaches,
  };
}

function effectOf(attempt: { wasPassed: boolean; reaches: boolean; difference: number }): RegradeEffect {
  if (attempt.reaches && !attempt.wasPassed) return 'PASSES_NOW';
  if (attempt.wasPassed && !attempt.reaches) return 'STAYS_PASSED';
  if (attempt.difference === 0) return 'SAME';
  return attempt.difference > 0 ? 'RAISED' : 'LOWERED';
}

/**
 * The attempt by which a quiz was passed, had its attempts been graded so from the beginning: the first after which the result
 * reached the pass mark.
 * @param quiz.attempts that count, oldest first
 * @param quiz.enrollmentId whose attempts may pass it; the others were made in earlier cycles
 */
export function passingAttempt({
  enrollmentId,
  attempts,
}: {
  enrollmentId: string;
  attempts: readonly QuizAttempt[];
}): QuizAttempt | undefined {
  const graded = attempts.filter(({ state }) => state === 'GRADED');
  return graded.find(({ settings: { gradePolicy }, passed, passPercent, ...attempt }, index) => {
    if (attempt.enrollmentId !== enrollmentId) return false;
    if (gradePolicy === 'HIGHEST' || gradePolicy === 'LAST') return passed; // it was the last one then
    const result = quizResult(gradePolicy, gradesOf(graded.slice(0, index + 1)));
    return result?.reaches(passPercent) ?? false;
  });
}
