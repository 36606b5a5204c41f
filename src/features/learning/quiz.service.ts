import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError, type Refusal } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import type { Lesson } from '../catalog/lesson.entity.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { requireOwnEnrollment } from '../enrollment/enrollment.policies.js';
import { refusalToWork } from '../enrollment/enrollment.rules.js';
import { FollowedLessonService } from './followed-lesson.service.js';
import { GradingService } from './grading.service.js';
import { findAllowance } from './quiz-allowance.queries.js';
import { withAllowance } from './quiz-allowance.rules.js';
import { QuizAttempt } from './quiz-attempt.entity.js';
import { drawPaper } from './quiz-paper.rules.js';
import { readAnswer } from './quiz-answer.rules.js';
import { keyInForce, type AnswerKey } from './quiz-key.rules.js';
import { findMendedVersions } from './quiz-regrade.queries.js';
import { settingsOf } from './quiz-settings.rules.js';
import { nextAttempt, phaseAt, windowOf } from './quiz-timing.rules.js';
import {
  countTimesAsked,
  findCountedAttempts,
  findQuestionVersions,
  findQuizQuestions,
  saveAnswers,
} from './quiz.queries.js';
import { learningRefusals, refusalToAnswer, refusalToStartAttempt } from './quiz.rules.js';

const answerSchema = z.object({
  questionId: z.string(),
  optionIds: z.array(z.string().max(40)).max(100).nullish(),
  text: z.string().max(500).nullish(),
  pairs: z
    .array(z.object({ optionId: z.string().max(40), matchId: z.string().max(40) }))
    .max(100)
    .nullish(),
});
const answersSchema = z.object({ answers: z.array(answerSchema).max(500) });
export type AnswerInput = z.input<typeof answerSchema>;

/** Quiz attempts: started, answered one question at a time, handed in and graded at once. */
@Injectable()
export class QuizService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly followed: FollowedLessonService,
    private readonly grading: GradingService,
  ) {}

  /**
   * Starts an attempt and freezes what it asks, in which order, and under which settings. While one is in progress, gives that
   * one: two tabs share it. The enrollment's lock keeps the limits, however many ask at once: nothing is added to those that ended.
   * @throws NotFoundError; DomainError `ENROLLMENT_ENDED`, `LESSON_NOT_IN_VERSION`, `LESSON_IS_NOT_QUIZ`, `ENROLLMENT_NOT_ACTIVE`, `QUIZ_CLOSED`,
   *   `ATTEMPT_LIMIT_REACHED`, `ATTEMPT_TOO_SOON`
   */
  async start(viewer: Viewer, input: { enrollmentId: string; lessonId: string }): Promise<QuizAttempt> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const enrollment = await requireOwnEnrollment(tx, viewer, input.enrollmentId, now);
      requireOngoing(enrollment);
      const found = await this.followed.find(tx, enrollment, input.lessonId);
      const refusal = refusalToStartAttempt(found?.lesson, found?.isOffered ? 'ACTIVE' : enrollment.state);
      if (refusal) throw new DomainError(refusal);
      const lesson = found!.lesson;
      const attempts = await findCountedAttempts(tx, enrollment, lesson.key);
      const open = attempts.find(
        ({ state, enrollmentId }) => state === 'IN_PROGRESS' && enrollmentId === enrollment.id,
      );
      if (open && phaseAt(now, open) !== 'EXPIRED') return open;
      if (open) await this.grading.closeExpired(tx, enrollment, open);
      if (open?.passed) return open; // its time was over, and what was saved is enough
      const settings = withAllowance(settingsOf(lesson), await findAllowance(tx, enrollment.id, lesson.key));
      const next = nextAttempt(settings, attempts, now);
      if (next.refusal) throw new DomainError(next.refusal, next.values);
      const attempt = tx.create(QuizAttempt, {
        id: this.ids.next(),
        enrollmentId: enrollment.id,
        lessonId: lesson.id,
        lessonKey: lesson.key,
        number: (attempts.at(-1)?.number ?? 0) + 1,
        state: 'IN_PROGRESS',
        ...(await this.draw(tx, enrollment, lesson)),
        settings,
        passPercent: lesson.quizPassPercent!,
        startedAt: now,
        ...windowOf(now, settings),
        submittedAt: null,
        score: null,
        passed: null,
      });
      await tx.insert(QuizAttempt, attempt);
      return attempt;
    });
  }

  /**
   * Saves an answer, in place of the one before; an empty one takes it back.
   * @throws NotFoundError; DomainError `ENROLLMENT_ENDED`, `ATTEMPT_CLOSED`, `ATTEMPT_TIME_OVER`, `QUESTION_NOT_IN_ATTEMPT`, `OPTION_UNKNOWN`,
   *   `ONE_OPTION_ONLY`, `PAIR_UNKNOWN`, `NUMBER_EXPECTED`, `ANSWER_OF_OTHER_KIND`
   */
  async answer(viewer: Viewer, attemptId: string, input: AnswerInput): Promise<QuizAttempt> {
    const answer = parseInput(answerSchema, input);
    return this.database.transaction(async (tx) => {
      const { attempt, enrollment } = await this.lockAttempt(tx, viewer, attemptId);
      requireOngoing(enrollment);
      if (attempt.state !== 'IN_PROGRESS') throw new DomainError(learningRefusals.ATTEMPT_CLOSED);
      if (phaseAt(this.clock.now(), attempt) !== 'OPEN')
        throw new DomainError(learningRefusals.ATTEMPT_TIME_OVER);
      await this.save(tx, attempt, [answer], () => '');
      return attempt;
    });
  }

  /**
   * Hands in and grades an attempt with the answers saved so far and those given now; when the quiz is passed its lesson is
   * completed. Past the end, answers given now come too late and those saved before count: nothing is refused, so that nobody
   * is left with an attempt that they cannot hand in. Handed in again, it is the same attempt with the same grade.
   * @throws NotFoundError when the attempt is not the viewer's; DomainError as {@link answer}, about `answers.<index>.<part>`:
   *   all answers are saved or none.
   */
  async submit(
    viewer: Viewer,
    attemptId: string,
    input: AnswerInput[] = [],
  ): Promise<{ attempt: QuizAttempt; enrollment: Enrollment }> {
    const { answers } = parseInput(answersSchema, { answers: input });
    return this.database.transaction(async (tx) => {
      const { attempt, enrollment } = await this.lockAttempt(tx, viewer, attemptId);
      if (attempt.state !== 'IN_PROGRESS') return { attempt, enrollment };
      requireOngoing(enrollment);
      const now = this.clock.now();
      const phase = phaseAt(now, attempt);
      if (phase === 'OPEN') await this.save(tx, attempt, answers, (index) => `answers.${index}.`);
      if (phase === 'EXPIRED') await this.grading.closeExpired(tx, enrollment, attempt);
      else await this.grading.grade(tx, enrollment, attempt, now);
      return { attempt, enrollment };
    });
  }

  /** What a new attempt asks, and the seed that it follows from. */
  private async draw(
    tx: Tx,
    enrollment: Enrollment,
    lesson: Lesson,
  ): Promise<Pick<QuizAttempt, 'seed' | 'paper'>> {
    const seed = randomBytes(16).toString('hex');
    const pools = lesson.quizPools ?? [];
    const timesAsked =
      pools.length > 0 ? await countTimesAsked(tx, enrollment, lesson.key) : new Map<string, number>();
    const found = await findQuizQuestions(tx, lesson.id);
    const mended = await findMendedVersions(
      tx,
      found.map(({ questionId }) => questionId),
    );
    const questions = found.map((question) => {
      const key = keyInForce<AnswerKey>(question, question, mended.get(question.questionId)!);
      return key.id === question.id ? question : { ...question, keyVersionId: key.id };
    });
    return { seed, paper: drawPaper(questions, { seed, settings: settingsOf(lesson), pools, timesAsked }) };
  }

  /** @param pathOf where an answer stands in the input: what the field of a refusal begins with. */
  private async save(
    tx: Tx,
    attempt: QuizAttempt,
    given: readonly z.output<typeof answerSchema>[],
    pathOf: (index: number) => string,
  ): Promise<void> {
    if (given.length === 0) return;
    const asked = new Map(attempt.paper.map((question) => [question.questionId, question]));
    const versions = await findQuestionVersions(
      tx,
      given.flatMap(({ questionId }) => asked.get(questionId)?.questionVersionId ?? []),
    );
    const answers = given.map(({ questionId, ...parts }, index) => {
      const question = asked.get(questionId);
      if (!question) throw refused(learningRefusals.QUESTION_NOT_IN_ATTEMPT, pathOf(index));
      const { kind } = versions.get(question.questionVersionId)!;
      const answer = readAnswer({ ...question, kind, seed: attempt.seed }, parts);
      const refusal = refusalToAnswer({ ...question, kind }, answer);
      if (refusal) throw refused(refusal, pathOf(index));
      return { questionVersionId: question.questionVersionId, ...answer };
    });
    // Of two answers to one question the last counts, as if they had been saved one after the other.
    const last = new Map(answers.map((answer) => [answer.questionVersionId, answer]));
    await saveAnswers(tx, attempt.id, [...last.values()], this.clock.now());
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

const refused = (refusal: Refusal, path: string): DomainError =>
  new DomainError(refusal, {}, `${path}${refusal.field ?? ''}` || undefined);

/** @throws DomainError `ENROLLMENT_ENDED` */
function requireOngoing(enrollment: Enrollment): void {
  const refusal = refusalToWork(enrollment);
  if (refusal) throw new DomainError(refusal);
}
