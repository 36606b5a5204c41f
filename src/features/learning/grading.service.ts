import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { lockEnrollment } from '../enrollment/enrollment.queries.js';
import { CompletionService } from './completion.service.js';
import { insertLessonCompletion } from './learning.queries.js';
import { QuizAttempt } from './quiz-attempt.entity.js';
import { isPassed, quizResult } from './quiz-result.rules.js';
import { isEmptyAnswer, scoreAnswer } from './quiz-scoring.rules.js';
import { findAnswers, findCountedAttempts, findQuestionVersions, saveScores } from './quiz.queries.js';

/** Ends attempts: graded with what was saved, by whoever comes first of the learner and the worker. */
@Injectable()
export class GradingService {
  constructor(private readonly completions: CompletionService) {}

  /**
   * Grades an attempt with its saved answers. When the quiz is passed by its grade policy, its lesson is completed: a fact that
   * later attempts do not take back. The caller holds the enrollment's lock.
   * @param at when it was handed in.
   */
  async grade(tx: Tx, enrollment: Enrollment, attempt: QuizAttempt, at: Date): Promise<void> {
    const score = await this.score(tx, attempt);
    const passed = isPassed(score, attempt.paper.length, attempt.passPercent);
    await this.end(tx, attempt, { state: 'GRADED', submittedAt: at, score, passed });
    if (!(await this.reachesPassMark(tx, enrollment, attempt))) return;
    const isNew = await insertLessonCompletion(tx, {
      enrollmentId: enrollment.id,
      lessonKey: attempt.lessonKey,
      lessonId: attempt.lessonId,
      completedAt: at,
      claimedAt: null,
      attemptId: attempt.id,
    });
    if (isNew) await this.completions.settle(tx, enrollment, at);
  }

  /**
   * Ends an attempt whose time is over, as of its end: graded with what was saved, or abandoned when that is nothing. The caller
   * holds the enrollment's lock.
   */
  async closeExpired(tx: Tx, enrollment: Enrollment, attempt: QuizAttempt): Promise<void> {
    const answers = (await findAnswers(tx, [attempt.id])).get(attempt.id)!;
    if (answers.every(isEmptyAnswer)) await this.end(tx, attempt, { state: 'ABANDONED' });
    else await this.grade(tx, enrollment, attempt, attempt.endsAt!);
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

  /** Scores each answer. @returns the sum, in millionths of a point. */
  private async score(tx: Tx, attempt: QuizAttempt): Promise<number> {
    const versions = await findQuestionVersions(
      tx,
      attempt.paper.map((question) => question.questionVersionId),
    );
    const answers = (await findAnswers(tx, [attempt.id])).get(attempt.id)!;
    const scored = answers.map((answer) => {
      const { kind, options } = versions.get(answer.questionVersionId)!;
      return {
        questionVersionId: answer.questionVersionId,
        score: scoreAnswer(kind, options, answer),
      };
    });
    await saveScores(tx, attempt.id, scored);
    return scored.reduce((sum, { score }) => sum + score, 0);
  }

  private async end(
    tx: Tx,
    attempt: QuizAttempt,
    changes: Partial<Pick<QuizAttempt, 'state' | 'submittedAt' | 'score' | 'passed'>>,
  ): Promise<void> {
    await tx.update(QuizAttempt, { id: attempt.id }, changes);
    Object.assign(attempt, changes);
  }

  private async reachesPassMark(tx: Tx, enrollment: Enrollment, attempt: QuizAttempt): Promise<boolean> {
    const { gradePolicy } = attempt.settings;
    if (gradePolicy === 'HIGHEST' || gradePolicy === 'LAST') return attempt.passed!; // it is the last one
    const attempts = await findCountedAttempts(tx, enrollment, attempt.lessonKey);
    const result = quizResult(gradePolicy, gradesOf(attempts));
    return result?.reaches(attempt.passPercent) ?? false;
  }
}

/** The grades of those that have one. */
export const gradesOf = (attempts: readonly QuizAttempt[]) =>
  attempts.flatMap(({ score, paper }) => (score === null ? [] : [{ score, questionCount: paper.length }]));
