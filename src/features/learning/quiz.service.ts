import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { Outlines } from '../catalog/outlines.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { requireOwnEnrollment } from '../enrollment/enrollment.policies.js';
import { CompletionService } from './completion.service.js';
import {
  findAnswers,
  findAttempts,
  findQuestionVersions,
  findQuizQuestions,
  insertLessonCompletion,
  saveAnswers,
} from './learning.queries.js';
import { QuizAttempt } from './quiz-attempt.entity.js';
import {
  isPassed,
  learningRefusals,
  refusalToAnswer,
  refusalToStartAttempt,
  scoreAnswer,
  shuffleOptions,
} from './quiz.rules.js';

const answersSchema = z
  .array(z.object({ questionId: z.string(), optionIds: z.array(z.string().max(40)).max(40) }))
  .max(500);
export type AnswersInput = z.input<typeof answersSchema>;

/** Quiz attempts: started, answered one question at a time, handed in and graded at once. */
@Injectable()
export class QuizService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly outlines: Outlines,
    private readonly completions: CompletionService,
  ) {}

  /**
   * Starts an attempt and freezes what it asks. While one is in progress, gives that one: two tabs share it.
   * @throws NotFoundError; DomainError `LESSON_NOT_IN_VERSION`, `LESSON_IS_NOT_QUIZ`, `ENROLLMENT_NOT_ACTIVE`
   */
  async start(viewer: Viewer, input: { enrollmentId: string; lessonId: string }): Promise<QuizAttempt> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const enrollment = await requireOwnEnrollment(tx, viewer, input.enrollmentId, now);
      const { lessonById } = await this.outlines.require(enrollment.versionId, tx);
      const lesson = lessonById.get(parseId(input.lessonId));
      const refusal = refusalToStartAttempt(lesson, enrollment.state);
      if (refusal) throw new DomainError(refusal);
      const attempts = await findAttempts(tx, enrollment.id, lesson!.key);
      const open = attempts.find((attempt) => attempt.state === 'IN_PROGRESS');
      if (open) return open;
      const seed = randomBytes(16).toString('hex');
      const questions = await findQuizQuestions(tx, lesson!.id);
      const attempt = tx.create(QuizAttempt, {
        id: this.ids.next(),
        enrollmentId: enrollment.id,
        lessonId: lesson!.id,
        lessonKey: lesson!.key,
        number: attempts.length + 1,
        state: 'IN_PROGRESS',
        seed,
        paper: questions.map((question) => ({
          questionId: question.questionId,
          questionVersionId: question.id,
          optionKeys: shuffleOptions(
            question.kind,
            question.options.map((option) => option.key),
            `${seed}:${question.id}`,
          ),
        })),
        passPercent: lesson!.quizPassPercent!,
        startedAt: now,
        submittedAt: null,
        score: null,
        passed: null,
      });
      await tx.insert(QuizAttempt, attempt);
      return attempt;
    });
  }

  /**
   * Saves answers, each in place of the one before; an empty one takes it back. All are saved, or none.
   * @throws NotFoundError; DomainError `ATTEMPT_CLOSED`, `QUESTION_NOT_IN_ATTEMPT`, `OPTION_UNKNOWN`, `ONE_OPTION_ONLY`
   */
  async answer(viewer: Viewer, attemptId: string, answers: AnswersInput): Promise<QuizAttempt> {
    return this.database.transaction(async (tx) => {
      const { attempt } = await this.lockAttempt(tx, viewer, attemptId);
      if (attempt.state !== 'IN_PROGRESS') throw new DomainError(learningRefusals.ATTEMPT_CLOSED);
      await this.save(tx, attempt, answers);
      return attempt;
    });
  }

  /**
   * Hands in and grades an attempt with the answers saved so far and those given now; a passed one completes its lesson.
   * Handed in again, it is the same attempt with the same grade.
   * @throws NotFoundError when the attempt is not the viewer's; DomainError as {@link answer}.
   */
  async submit(
    viewer: Viewer,
    attemptId: string,
    answers: AnswersInput = [],
  ): Promise<{ attempt: QuizAttempt; enrollment: Enrollment }> {
    return this.database.transaction(async (tx) => {
      const { attempt, enrollment } = await this.lockAttempt(tx, viewer, attemptId);
      if (attempt.state === 'GRADED') return { attempt, enrollment };
      await this.save(tx, attempt, answers);
      const now = this.clock.now();
      const score = await this.grade(tx, attempt);
      const passed = isPassed(score, attempt.paper.length, attempt.passPercent);
      const changes = { state: 'GRADED' as const, submittedAt: now, score, passed };
      await tx.update(QuizAttempt, { id: attempt.id }, changes);
      Object.assign(attempt, changes);
      if (passed) await this.completeQuizLesson(tx, enrollment, attempt, now);
      return { attempt, enrollment };
    });
  }

  private async save(tx: Tx, attempt: QuizAttempt, input: AnswersInput): Promise<void> {
    const given = parseInput(answersSchema, input);
    if (given.length === 0) return;
    const asked = new Map(attempt.paper.map((question) => [question.questionId, question]));
    const versions = await findQuestionVersions(
      tx,
      given.flatMap(({ questionId }) => asked.get(questionId)?.questionVersionId ?? []),
    );
    const answers = given.map(({ questionId, optionIds }) => {
      const question = asked.get(questionId);
      if (!question) throw new DomainError(learningRefusals.QUESTION_NOT_IN_ATTEMPT);
      const { questionVersionId, optionKeys } = question;
      const chosen = [...new Set(optionIds)];
      const refusal = refusalToAnswer(versions.get(questionVersionId)!.kind, optionKeys, chosen);
      if (refusal) throw new DomainError(refusal);
      return { questionVersionId, optionKeys: chosen };
    });
    // Of two answers to one question the last counts, as if they had been saved one after the other.
    const last = new Map(answers.map((answer) => [answer.questionVersionId, answer]));
    await saveAnswers(tx, attempt.id, [...last.values()], this.clock.now());
  }

  /** Scores each answer, in one statement. @returns the sum, in millionths of a point. */
  private async grade(tx: Tx, attempt: QuizAttempt): Promise<number> {
    const versions = await findQuestionVersions(
      tx,
      attempt.paper.map((question) => question.questionVersionId),
    );
    const answers = (await findAnswers(tx, [attempt.id])).get(attempt.id)!;
    const scored = answers.map((answer) => {
      const { kind, options } = versions.get(answer.questionVersionId)!;
      return { id: answer.questionVersionId, score: scoreAnswer(kind, options, answer.optionKeys) };
    });
    await tx.query(
      `UPDATE quiz_answer answer SET score = graded.score
         FROM unnest($2::uuid[], $3::int[]) AS graded (id, score)
        WHERE answer.attempt_id = $1 AND answer.question_version_id = graded.id`,
      [attempt.id, scored.map(({ id }) => id), scored.map(({ score }) => score)],
    );
    return scored.reduce((sum, { score }) => sum + score, 0);
  }

  private async completeQuizLesson(
    tx: Tx,
    enrollment: Enrollment,
    attempt: QuizAttempt,
    at: Date,
  ): Promise<void> {
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

  /** The attempt, read under its enrollment's lock: what one tab does, the other sees. */
  private async lockAttempt(
    tx: Tx,
    viewer: Viewer,
    attemptId: string,
  ): Promise<{ attempt: QuizAttempt; enrollment: Enrollment }> {
    const id = parseId(attemptId);
    const found = await tx.findOneBy(QuizAttempt, { id });
    if (!found) throw new NotFoundError();
    const enrollment = await requireOwnEnrollment(tx, viewer, found.enrollmentId, this.clock.now());
    return { attempt: await tx.findOneByOrFail(QuizAttempt, { id }), enrollment };
  }
}
