import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import type { QuestionVersion } from '../catalog/question.entity.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { lockEnrollment } from '../enrollment/enrollment.queries.js';
import { CompletionService } from './completion.service.js';
import { insertLessonCompletion } from './learning.queries.js';
import { type QuizAnswer, QuizAttempt } from './quiz-attempt.entity.js';
import { keyInForce } from './quiz-key.rules.js';
import { findMendedVersions, saveScoreChanges } from './quiz-regrade.queries.js';
import { scoreChange } from './quiz-regrade.rules.js';
import { gradesOf, isPassed, quizResult } from './quiz-result.rules.js';
import { isEmptyAnswer, scoreAnswer } from './quiz-scoring.rules.js';
import {
  findAnswers,
  findCountedAttempts,
  findQuestionVersions,
  saveGrade,
  saveScores,
} from './quiz.queries.js';

/** Ends attempts: graded with what was saved, by whoever comes first of the learner and the worker. */
@Injectable()
export class GradingService {
  constructor(
    private readonly completions: CompletionService,
    private readonly clock: Clock,
  ) {}

  /**
   * Grades an attempt with its saved answers. When the quiz is passed by its grade policy, its lesson is completed: a fact that
   * later attempts do not take back; one more attempt at a passed quiz may still raise the overall grade. The caller holds the
   * enrollment's lock.
   * @param at when it was handed in.
   */
  async grade(tx: Tx, enrollment: Enrollment, attempt: QuizAttempt, at: Date): Promise<void> {
    const versions = await findQuestionVersions(tx, attempt.paper.flatMap(frozenVersions));
    const answers = (await findAnswers(tx, [attempt.id])).get(attempt.id)!;
    const score = await this.score(tx, attempt, answers, versions);
    const passed = isPassed(score, attempt.paper.length, attempt.passPercent);
    const grade = { state: 'GRADED', submittedAt: at, score, passed } as const;
    const wasDone = await saveGrade(tx, attempt.id, grade);
    Object.assign(attempt, grade);
    await this.applyMendedKeys(tx, attempt, answers, versions);
    if (!wasDone) {
      if (!(await this.reachesPassMark(tx, enrollment, attempt))) return;
      await insertLessonCompletion(tx, {
        enrollmentId: enrollment.id,
        lessonKey: attempt.lessonKey,
        lessonId: attempt.lessonId,
        completedAt: at,
        claimedAt: null,
        attemptId: attempt.id,
      });
    }
    await this.completions.settle(tx, enrollment, at);
  }

  /**
   * Ends an attempt whose time is over, as of its end: graded with what was saved, or abandoned when that is nothing. The caller
   * holds the enrollment's lock.
   */
  async closeExpired(tx: Tx, enrollment: Enrollment, attempt: QuizAttempt): Promise<void> {
    const answers = (await findAnswers(tx, [attempt.id])).get(attempt.id)!;
    if (answers.every(isEmptyAnswer)) {
      await tx.update(QuizAttempt, { id: attempt.id }, { state: 'ABANDONED' });
      attempt.state = 'ABANDONED';
    } else await this.grade(tx, enrollment, attempt, attempt.endsAt!);
  }

  /**
   * Ends an attempt that was found to be past its grace, unless its learner did meanwhile. Another server found it so: this
   * one's clock is not asked again. Done again, or when an allowance moved its end meanwhile, it does nothing.
   */
  async closeFound(tx: Tx, attemptId: string, expiredAt: Date): Promise<void> {
    const { enrollmentId } = await tx.findOneByOrFail(QuizAttempt, { id: attemptId });
    const enrollment = (await lockEnrollment(tx, enrollmentId))!;
    const attempt = await tx.findOneByOrFail(QuizAttempt, { id: attemptId });
    if (attempt.state === 'IN_PROGRESS' && attempt.expiresAt!.getTime() === expiredAt.getTime())
      await this.closeExpired(tx, enrollment, attempt);
  }

  /** Scores each answer by the key that the attempt froze. @returns the sum, in millionths of a point. */
  private async score(
    tx: Tx,
    attempt: QuizAttempt,
    answers: readonly QuizAnswer[],
    versions: ReadonlyMap<string, QuestionVersion>,
  ): Promise<number> {
    const placed = new Map(attempt.paper.map((question) => [question.questionVersionId, question]));
    const scored = answers.map((answer) => {
      const asked = versions.get(answer.questionVersionId)!;
      const key = versions.get(placed.get(asked.id)!.keyVersionId ?? asked.id)!;
      const score = scoreAnswer(key.kind, key.options, answer, asked.options);
      answer.score = score;
      return { questionVersionId: asked.id, score };
    });
    await saveScores(tx, attempt.id, scored);
    return scored.reduce((sum, { score }) => sum + score, 0);
  }

  /**
   * Grades anew by the keys that were mended while the attempt was in progress, as the regrade does with those that were graded
   * before it. Whichever holds the enrollment's lock first, the other sees what it did.
   */
  private async applyMendedKeys(
    tx: Tx,
    attempt: QuizAttempt,
    answers: readonly QuizAnswer[],
    versions: ReadonlyMap<string, QuestionVersion>,
  ): Promise<void> {
    const byQuestion = await findMendedVersions(
      tx,
      attempt.paper.map(({ questionId }) => questionId),
    );
    for (const { questionId, questionVersionId, keyVersionId } of attempt.paper) {
      const mended = byQuestion.get(questionId)!;
      const [asked, frozen] = [questionVersionId, keyVersionId ?? questionVersionId].map((id) =>
        versions.get(id)!,
      );
      const { id } = keyInForce(asked!, frozen!, mended);
      const key = mended.find((version) => version.id === id);
      const change = key && scoreChange(attempt, answers, { questionId, key }, { versions, mended });
      if (!change) continue;
      await saveScoreChanges(tx, key.regradeId, [change], this.clock.now());
      Object.assign(attempt, { score: change.scoreAfter, passed: change.passed });
    }
  }

  private async reachesPassMark(tx: Tx, enrollment: Enrollment, attempt: QuizAttempt): Promise<boolean> {
    const { gradePolicy } = attempt.settings;
    if (gradePolicy === 'HIGHEST' || gradePolicy === 'LAST') return attempt.passed!; // it is the last one
    const attempts = await findCountedAttempts(tx, enrollment, attempt.lessonKey);
    const counting = attempts.filter(({ setAsideAt }) => setAsideAt === null);
    const result = quizResult(gradePolicy, gradesOf(counting));
    return result?.reaches(attempt.passPercent) ?? false;
  }
}

/** The versions that an attempt froze of a question: the one asked, and the one that it is graded by when that is another. */
const frozenVersions = ({ questionVersionId, keyVersionId }: QuizAttempt['paper'][number]): string[] =>
  keyVersionId ? [questionVersionId, keyVersionId] : [questionVersionId];
