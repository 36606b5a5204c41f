import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { QuestionVersion } from '../catalog/question.entity.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { findVersionsOfQuestions } from '../studio/question-list.queries.js';
import { CompletionService } from './completion.service.js';
import { QuizRegradeDue } from './learning.events.js';
import { insertLessonCompletion } from './learning.queries.js';
import { QuizRegrade } from './quiz-regrade.entity.js';
import {
  findAskingAttempts,
  findQuizzesOf,
  findGradedAttempts,
  findMendedVersions,
  findRecorded,
  lockEnrollments,
  saveScoreChanges,
} from './quiz-regrade.queries.js';
import { passingAttempt, scoreChange, type ScoreChange } from './quiz-regrade.rules.js';
import { findAnswers } from './quiz.queries.js';

/** Attempts graded anew in one transaction: the rows of their learners are locked until it ends. */
const BATCH = 100;

/**
 * Grades attempts anew by a key that was put in force. The first score of an attempt and every later one stay on record; who newly
 * passes is complete as of when they handed in; who falls below keeps the pass, the completion and the badge.
 */
@Injectable()
export class RegradingService {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly completions: CompletionService,
  ) {}

  /**
   * Grades the next attempts anew, and sees to those after them. A batch that was done already is not done again. Statements do not
   * grow with the attempts, except for those by which somebody passes.
   * @param after the attempt that the last batch ended with; null to begin.
   */
  async regradeBatch(tx: Tx, regradeId: string, after: string | null): Promise<void> {
    const regrade = await tx.findOneOrFail(QuizRegrade, {
      where: { id: regradeId },
      lock: { mode: 'pessimistic_write' },
    });
    if (regrade.finishedAt || regrade.lastAttemptId !== after) return;
    const next = await findAskingAttempts(tx, regrade.questionId, { after, limit: BATCH });
    if (next.length > 0) await this.regrade(tx, regrade, next);
    const isLast = next.length < BATCH;
    const lastAttemptId = next.at(-1)?.id ?? after;
    await tx.update(
      QuizRegrade,
      { id: regradeId },
      {
        lastAttemptId,
        attemptsDone: regrade.attemptsDone + next.length,
        finishedAt: isLast ? this.clock.now() : null,
      },
    );
    if (!isLast) await this.outbox.record(tx, QuizRegradeDue, { regradeId, after: lastAttemptId });
  }

  /** What is handed in meanwhile is seen once the lock is there, and who hands in later sees the key. */
  private async regrade(
    tx: Tx,
    { id, questionId, questionVersionId }: QuizRegrade,
    found: readonly { id: string; enrollmentId: string }[],
  ): Promise<void> {
    const enrollments = await lockEnrollments(
      tx,
      found.map(({ enrollmentId }) => enrollmentId),
    );
    const ids = found.map((attempt) => attempt.id);
    const mended = (await findMendedVersions(tx, [questionId])).get(questionId)!;
    const all = (await findVersionsOfQuestions(tx, [questionId])).get(questionId)!;
    const versions = new Map<string, QuestionVersion>(all.map((version) => [version.id, version]));
    const recorded = await findRecorded(tx, id, ids);
    const attempts = (await findGradedAttempts(tx, ids)).filter((attempt) => !recorded.has(attempt.id));
    const answers = await findAnswers(tx, ids);
    const key = versions.get(questionVersionId)!;
    const changes = attempts.flatMap(
      (attempt) =>
        scoreChange(attempt, answers.get(attempt.id)!, { questionId, key }, { versions, mended }) ?? [],
    );
    await saveScoreChanges(tx, id, changes, this.clock.now());
    await this.complete(tx, changes, enrollments);
  }

  /** Completes the quiz, and the course, for those whom the new scores make pass, as of when they handed in. */
  private async complete(
    tx: Tx,
    changes: readonly ScoreChange[],
    enrollments: ReadonlyMap<string, Enrollment>,
  ): Promise<void> {
    const risen = changes.filter(({ scoreAfter, scoreBefore }) => scoreAfter > scoreBefore);
    if (risen.length === 0) return;
    const quizzes = await findQuizzesOf(
      tx,
      risen.map(({ attemptId }) => attemptId),
    );
    for (const quiz of quizzes) {
      const passing = passingAttempt(quiz);
      if (!passing) continue;
      const { enrollmentId, lessonKey, lessonId, submittedAt } = passing;
      await insertLessonCompletion(tx, {
        enrollmentId,
        lessonKey,
        lessonId,
        completedAt: submittedAt!,
        claimedAt: null,
        attemptId: passing.id,
      });
    }
    const concerned = new Set(quizzes.map(({ enrollmentId }) => enrollmentId));
    await this.completions.settleAll(
      tx,
      [...concerned].flatMap((id) => enrollments.get(id) ?? []),
    );
  }
}
