import { Deliveries } from '../../src/platform/outbox/deliveries.js';
import { CompletionService } from '../../src/features/learning/completion.service.js';
import { QuizClosingDue } from '../../src/features/learning/learning.events.js';
import { Database } from '../../src/platform/database/database.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import type { QuizSettings } from '../../src/features/catalog/course-content.js';
import { aPerson, completeReadings, enroll } from '../support/builders.js';
import {
  answerInFull,
  aQuizCourse,
  readAttempt,
  saveAnswer,
  startAttempt,
  submitAttempt,
} from '../support/quiz.builders.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

type Person = Awaited<ReturnType<typeof aPerson>>;
const MINUTE = 60_000;

describe('the limits of a quiz', () => {
  let app: TestApp;
  let trainer: Person;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
  });
  afterAll(() => app.close());

  const later = (ms: number): string => new Date(app.clock.now().getTime() + ms).toISOString();
  /** Somebody enrolled in a course whose quiz has these settings. */
  const enrolled = async (settings: Partial<QuizSettings>) => {
    const course = await aQuizCourse(app, trainer, { settings });
    const learner = await aPerson(app);
    const enrollmentId = await enroll(learner, course.id);
    const standing = async (): Promise<any> =>
      (
        await learner.ask(
          `query ($slug: String!) { course(slug: $slug) { lesson(key: "quiz") { quizStanding { attemptLimit attemptsLeft
             timeLimitMinutes closesAt graceMinutes waitMinutes endsAt waitsUntil refusal scorePercent gradePolicy } } } }`,
          { slug: course.slug },
        )
      ).course.lesson.quizStanding;
    return {
      course,
      learner,
      enrollmentId,
      standing,
      start: () => startAttempt(learner, enrollmentId, course.quizId),
      done: async (): Promise<string[]> =>
        (await learner.ask('{ viewer { enrollments { completedLessonIds } } }')).viewer.enrollments[0]
          .completedLessonIds,
    };
  };
  type Enrolled = Awaited<ReturnType<typeof enrolled>>;
  /** Starts an attempt and saves full answers to the first questions. */
  const answered = async ({ learner, start }: Enrolled, count = 7): Promise<any> => {
    const { attempt, userErrors } = await start();
    expect(userErrors).toEqual([]);
    for (const question of attempt.questions.slice(0, count))
      await saveAnswer(learner, attempt.id, answerInFull(question));
    return attempt;
  };
  const handIn = async (who: Enrolled, count = 7): Promise<any> =>
    (await submitAttempt(who.learner, (await answered(who, count)).id)).attempt;
  /** What the schedule does at a tick, and what comes of it. */
  const tick = async (): Promise<Error[]> => {
    await app.get(Database).transaction((tx) => app.get(Outbox).record(tx, QuizClosingDue, {}));
    return app.drainOutbox();
  };
  const code = (payload: any): string => payload.userErrors[0]?.code;

  it('are told before the start', async () => {
    const closesAt = later(30 * MINUTE);
    const who = await enrolled({
      attemptLimit: 2,
      timeLimitMinutes: 45,
      closesAt,
      graceMinutes: 2,
      waitMinutes: 5,
    });
    expect(await who.standing()).toEqual({
      attemptLimit: 2,
      attemptsLeft: 2,
      timeLimitMinutes: 45,
      closesAt,
      graceMinutes: 2,
      waitMinutes: 5,
      endsAt: closesAt, // before the time limit
      waitsUntil: null,
      refusal: null,
      scorePercent: null,
      gradePolicy: 'HIGHEST',
    });
    expect((await who.start()).attempt).toMatchObject({ endsAt: closesAt, submitBy: later(32 * MINUTE) });
  });

  it('make three attempts of fifty starts at once, handed in as they go, and no fourth', async () => {
    const who = await enrolled({ attemptLimit: 3 });
    for (let round = 0; round < 3; round += 1) {
      const started = await Promise.all(Array.from({ length: 17 }, who.start));
      const ids = new Set(started.map(({ attempt }) => attempt.id));
      expect(ids.size).toBe(1);
      await submitAttempt(who.learner, [...ids][0]);
    }
    expect(code(await who.start())).toBe('ATTEMPT_LIMIT_REACHED');

    // Tabs that each start and hand in as fast as they can.
    const other = await enrolled({ attemptLimit: 3 });
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        for (let round = 0; round < 4; round += 1) {
          const { attempt } = await other.start();
          if (attempt) await submitAttempt(other.learner, attempt.id);
        }
      }),
    );
    const rows = await app.sql('SELECT number FROM quiz_attempt WHERE enrollment_id = $1 ORDER BY number', [
      other.enrollmentId,
    ]);
    expect(rows.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(await other.standing()).toMatchObject({
      attemptsLeft: 0,
      refusal: 'You have used all attempts at this quiz (3).',
    });
  });

  it('make one wait from the submission', async () => {
    const who = await enrolled({ waitMinutes: 10 });
    await handIn(who, 0);
    app.clock.moveForward(10 * MINUTE - 1);
    const refused = await who.start();
    expect(refused.userErrors).toMatchObject([
      { code: 'ATTEMPT_TOO_SOON', message: 'You can try again in 1 min.' },
    ]);
    expect((await who.standing()).waitsUntil).toBe(later(1));
    app.clock.moveForward(1);
    expect((await who.start()).attempt.number).toBe(2);
  });

  it('make one wait from the end of an attempt that was left', async () => {
    const who = await enrolled({ waitMinutes: 10, timeLimitMinutes: 5 });
    await answered(who, 1);
    app.clock.moveForward(15 * MINUTE - 1);
    await tick(); // long after the end: the wait began then
    expect(code(await who.start())).toBe('ATTEMPT_TOO_SOON');
    app.clock.moveForward(1);
    expect((await who.start()).attempt.number).toBe(2);
  });

  it.each([
    [-1, undefined, 'IN_PROGRESS'],
    [0, undefined, 'IN_PROGRESS'],
    [1, 'ATTEMPT_TIME_OVER', 'OVERDUE'],
  ])('take answers until the close: %i ms after it, %s', async (ms, refused, state) => {
    const who = await enrolled({ closesAt: later(MINUTE), graceMinutes: 1 });
    const { attempt } = await who.start();
    app.clock.moveForward(MINUTE + ms);
    const [question] = attempt.questions;
    expect(code(await saveAnswer(who.learner, attempt.id, answerInFull(question)))).toBe(refused);
    expect((await readAttempt(who.learner, attempt.id)).state).toBe(state);
  });

  it.each([
    [-1, undefined],
    [0, 'QUIZ_CLOSED'],
    [1, 'QUIZ_CLOSED'],
  ])('start nothing from the close on: %i ms after it, %s', async (ms, refused) => {
    const who = await enrolled({ closesAt: later(MINUTE) });
    app.clock.moveForward(MINUTE + ms);
    expect(code(await who.start())).toBe(refused);
    expect((await who.standing()).refusal !== null).toBe(refused !== undefined);
  });

  it('let one hand in during the grace, with what was saved before the end and nothing since', async () => {
    const who = await enrolled({ timeLimitMinutes: 5, graceMinutes: 2 });
    const attempt = await answered(who, 3);
    app.clock.moveForward(5 * MINUTE + 1);
    const { attempt: graded, userErrors } = await submitAttempt(
      who.learner,
      attempt.id,
      attempt.questions.map(answerInFull),
    );
    expect(userErrors).toEqual([]);
    expect(graded).toMatchObject({ state: 'GRADED', scorePercent: 42.85, submittedAt: later(0) });
  });

  it('close an attempt after its grace though nobody looks, as of its end, with what was saved', async () => {
    const who = await enrolled({ timeLimitMinutes: 5, graceMinutes: 2 });
    await completeReadings(who.learner, who.enrollmentId, who.course);
    const attempt = await answered(who);
    app.clock.moveForward(7 * MINUTE);
    await tick();
    expect((await readAttempt(who.learner, attempt.id)).state).toBe('OVERDUE'); // its grace’s last instant
    app.clock.moveForward(1);
    await tick();
    expect(await readAttempt(who.learner, attempt.id)).toMatchObject({
      state: 'GRADED',
      passed: true,
      submittedAt: attempt.endsAt,
    });
    const { viewer } = await who.learner.ask(
      '{ viewer { enrollments { state lastActivityAt completion { occurredAt } } } }',
    );
    expect(viewer.enrollments[0]).toMatchObject({
      state: 'COMPLETED',
      completion: { occurredAt: attempt.endsAt },
    });
    expect(viewer.enrollments[0].lastActivityAt).toBe(attempt.startedAt); // the worker’s work is not theirs
  });

  it('abandon one that was left without an answer: it has no score, and counts', async () => {
    const who = await enrolled({ timeLimitMinutes: 5, attemptLimit: 2 });
    const { attempt } = await who.start();
    app.clock.moveForward(5 * MINUTE + 1);
    await tick();
    expect(await readAttempt(who.learner, attempt.id)).toMatchObject({
      state: 'ABANDONED',
      scorePercent: null,
      passed: null,
    });
    expect(await who.standing()).toMatchObject({ attemptsLeft: 1, scorePercent: null });
    expect(code(await saveAnswer(who.learner, attempt.id, answerInFull(attempt.questions[0])))).toBe(
      'ATTEMPT_CLOSED',
    );
  });

  it('do not need the worker: who comes back after the end finds it closed, and may go on', async () => {
    const who = await enrolled({ timeLimitMinutes: 5 });
    const attempt = await answered(who, 2);
    app.clock.moveForward(5 * MINUTE + 1);
    const next = await who.start();
    expect(next.attempt.number).toBe(2);
    expect(await readAttempt(who.learner, attempt.id)).toMatchObject({
      state: 'GRADED',
      scorePercent: 28.57,
    });
    const late = await answered({ ...who, start: async () => next }, 1);
    app.clock.moveForward(5 * MINUTE + 1);
    const { attempt: closed } = await submitAttempt(
      who.learner,
      late.id,
      next.attempt.questions.map(answerInFull),
    );
    expect(closed).toMatchObject({ state: 'GRADED', scorePercent: 14.28, submittedAt: next.attempt.endsAt });
  });

  it('survive a worker that dies while closing, and several that close at once', async () => {
    const who = await enrolled({ timeLimitMinutes: 5 });
    await completeReadings(who.learner, who.enrollmentId, who.course);
    const attempt = await answered(who);
    app.clock.moveForward(5 * MINUTE + 1);
    const completions = app.get(CompletionService);
    const settle = completions.settle.bind(completions);
    completions.settle = () => Promise.reject(new Error('killed'));
    const errors = await tick();
    completions.settle = settle;
    expect(errors.map(({ message }) => message)).toContain('killed');
    expect((await readAttempt(who.learner, attempt.id)).state).toBe('OVERDUE'); // all of it was undone

    await tick(); // the next round does not tell of it twice
    const [told] = await app.sql(
      `SELECT event_id FROM delivery JOIN outbox_event event ON event.id = event_id
        WHERE event.payload->>'attemptId' = $1`,
      [attempt.id],
    );
    const eventId = told!.event_id as string;
    const key = { eventId, handler: 'learning.close-expired-attempt' };
    await Promise.all(Array.from({ length: 5 }, () => app.get(Deliveries).run(key)));
    await app.drainOutbox();
    expect(await readAttempt(who.learner, attempt.id)).toMatchObject({ state: 'GRADED', scorePercent: 100 });
    const facts = await app.sql('SELECT 1 FROM course_completion WHERE enrollment_id = $1', [
      who.enrollmentId,
    ]);
    expect(facts).toHaveLength(1);
  });

  it('close an attempt once when its learner hands it in at the same instant', async () => {
    const who = await enrolled({ timeLimitMinutes: 5, graceMinutes: 1 });
    const attempt = await answered(who, 4);
    app.clock.moveForward(6 * MINUTE + 1);
    const [, ...handedIn] = await Promise.all([
      tick(),
      ...Array.from({ length: 10 }, () => submitAttempt(who.learner, attempt.id)),
    ]);
    const kept = await readAttempt(who.learner, attempt.id);
    expect(kept).toMatchObject({ state: 'GRADED', scorePercent: 57.14 });
    for (const payload of handedIn) expect(payload.attempt).toEqual(kept);
  });

  it.each([
    ['HIGHEST', [7, 0], 100, true],
    ['LAST', [0, 7], 100, true],
    ['FIRST', [0, 7], 0, false],
    ['FIRST', [7, 0], 100, true],
    ['AVERAGE', [4, 7], 78.57, false],
    ['AVERAGE', [5, 7], 85.71, true],
  ] as const)(
    '%s of attempts with %j right answers is %d %%, passed: %s',
    async (gradePolicy, tries, percent, passed) => {
      const who = await enrolled({ gradePolicy });
      for (const count of tries) await handIn(who, count);
      expect((await who.standing()).scorePercent).toBe(percent);
      expect(await who.done()).toEqual(passed ? [who.course.quizId] : []);
    },
  );

  it('never take back a quiz that was passed, whatever the policy says later', async () => {
    const who = await enrolled({ gradePolicy: 'LAST' });
    await handIn(who, 7);
    await handIn(who, 0);
    expect((await who.standing()).scorePercent).toBe(0);
    expect(await who.done()).toEqual([who.course.quizId]);
  });
});
