import type { QuizSettings } from '../../src/features/catalog/course-content.js';
import { QuizAttemptExpired, QuizClosingDue } from '../../src/features/learning/learning.events.js';
import { findExpiredAttempts } from '../../src/features/learning/quiz.queries.js';
import { Database } from '../../src/platform/database/database.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { aPerson, enroll } from '../support/builders.js';
import type { Client } from '../support/client.js';
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

describe('what one learner is given in a quiz', () => {
  let app: TestApp;
  let trainer: Person;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'], name: 'Tara' });
  });
  afterAll(() => app.close());

  const later = (ms: number): string => new Date(app.clock.now().getTime() + ms).toISOString();
  const local = (instant: string) => ({ closesLocal: instant.slice(0, 16), closesTimeZone: 'UTC' });
  /** A full minute, as a form types it. */
  const laterMinute = (ms: number): string => `${later(ms).slice(0, 16)}:00.000Z`;
  const tick = async (): Promise<void> => {
    await app.get(Database).transaction((tx) => app.get(Outbox).record(tx, QuizClosingDue, {}));
    expect(await app.drainOutbox()).toEqual([]);
  };

  const enrolled = async (settings: Partial<QuizSettings>) => {
    const course = await aQuizCourse(app, trainer, { settings });
    const learner = await aPerson(app, { name: 'Lena' });
    const enrollmentId = await enroll(learner, course.id);
    const { viewer } = await learner.ask('{ viewer { email } }');
    const standing = async (who: Client = learner): Promise<any> =>
      (
        await who.ask(
          `query ($slug: String!) { course(slug: $slug) { lesson(key: "quiz") { quizStanding { attemptLimit attemptsLeft
             timeLimitMinutes closesAt endsAt refusal allowance { extraMinutes extraAttempts closesAt reason givenAt
             givenBy { name } } } } } }`,
          { slug: course.slug },
        )
      ).course.lesson.quizStanding;
    const give = (what: object, who: Client = trainer): Promise<any> =>
      who.mutate(
        'quizAllowanceGive',
        'QuizAllowanceGiveInput',
        {
          lessonId: course.quizId,
          email: viewer.email,
          extraMinutes: 0,
          extraAttempts: 0,
          reason: 'Reads slowly',
          ...what,
        },
        'allowance { id extraMinutes extraAttempts closesAt }',
      );
    const start = (): Promise<any> => startAttempt(learner, enrollmentId, course.quizId);
    return { course, learner, email: viewer.email as string, enrollmentId, standing, give, start };
  };
  const codes = ({ userErrors }: any): string[] => userErrors.map((error: any) => error.code);

  it('is read before starting: how much, from whom, and why; and others have none of it', async () => {
    const closesAt = laterMinute(60 * MINUTE);
    const who = await enrolled({ timeLimitMinutes: 10, attemptLimit: 1, closesAt });
    const ownClose = laterMinute(180 * MINUTE);
    const given = await who.give({ extraMinutes: 5, extraAttempts: 2, ...local(ownClose) });
    expect(given.userErrors).toEqual([]);
    expect(await who.standing()).toEqual({
      attemptLimit: 3,
      attemptsLeft: 3,
      timeLimitMinutes: 15,
      closesAt: ownClose,
      endsAt: later(15 * MINUTE),
      refusal: null,
      allowance: {
        extraMinutes: 5,
        extraAttempts: 2,
        closesAt: ownClose,
        reason: 'Reads slowly',
        givenAt: later(0),
        givenBy: { name: 'Tara' },
      },
    });
    const other = await aPerson(app);
    await enroll(other, who.course.id);
    expect(await who.standing(other)).toMatchObject({
      attemptLimit: 1,
      timeLimitMinutes: 10,
      closesAt,
      allowance: null,
    });
    const [entry] = await app.sql(
      `SELECT actor_id, detail FROM audit_entry WHERE action = 'quizAllowanceGive' AND subject = $1`,
      [`enrollment:${who.enrollmentId}`],
    );
    expect(entry).toMatchObject({
      actor_id: trainer.personId,
      detail: { lessonKey: 'quiz', extraMinutes: 5, reason: 'Reads slowly' },
    });
  });

  it('holds for attempts begun later: as many as it says, as long as it says', async () => {
    const who = await enrolled({ timeLimitMinutes: 10, attemptLimit: 1 });
    await submitAttempt(who.learner, (await who.start()).attempt.id);
    expect(codes(await who.start())).toEqual(['ATTEMPT_LIMIT_REACHED']);
    await who.give({ extraAttempts: 1, extraMinutes: 20 });
    const started = await Promise.all(Array.from({ length: 20 }, who.start));
    expect(new Set(started.map(({ attempt }) => attempt.id)).size).toBe(1);
    const { attempt } = started[0]!;
    expect(attempt).toMatchObject({ number: 2, endsAt: later(30 * MINUTE) });
    await submitAttempt(who.learner, attempt.id);
    expect(codes(await who.start())).toEqual(['ATTEMPT_LIMIT_REACHED']);
  });

  it('lengthens the attempt under way, which the worker then closes at its new end, once', async () => {
    const who = await enrolled({ timeLimitMinutes: 10, graceMinutes: 1 });
    const { attempt } = await who.start();
    await saveAnswer(who.learner, attempt.id, answerInFull(attempt.questions[0]));
    app.clock.moveForward(9 * MINUTE);
    await who.give({ extraMinutes: 10 });
    app.clock.moveForward(5 * MINUTE);
    await tick(); // past its first end
    expect(codes(await saveAnswer(who.learner, attempt.id, answerInFull(attempt.questions[1])))).toEqual([]);
    app.clock.moveForward(7 * MINUTE + 1);
    await tick();
    expect(await readAttempt(who.learner, attempt.id)).toMatchObject({
      state: 'GRADED',
      scorePercent: 28.57,
      submittedAt: new Date(Date.parse(attempt.endsAt) + 10 * MINUTE).toISOString(),
    });
  });

  it('given after the worker was told of the old end is not undone by it, and the new end is told of too', async () => {
    const who = await enrolled({ timeLimitMinutes: 10 });
    const { attempt } = await who.start();
    await saveAnswer(who.learner, attempt.id, answerInFull(attempt.questions[0]));
    // Another server, whose clock is ahead, finds it over.
    await app.get(Database).transaction(async (tx) => {
      const [found] = (await findExpiredAttempts(tx, new Date(later(11 * MINUTE)), 500)).filter(
        ({ id }) => id === attempt.id,
      );
      const payload = { attemptId: attempt.id, expiresAt: found!.expiresAt.toISOString() };
      await app.get(Outbox).record(tx, QuizAttemptExpired, payload, found!.eventId);
    });
    await who.give({ extraMinutes: 10 });
    expect(await app.drainOutbox()).toEqual([]);
    expect((await readAttempt(who.learner, attempt.id)).state).toBe('IN_PROGRESS');
    app.clock.moveForward(20 * MINUTE + 1);
    await tick();
    expect((await readAttempt(who.learner, attempt.id)).state).toBe('GRADED');
  });

  it('brings no time back to an attempt whose grace is past: it is closed as of its end', async () => {
    const who = await enrolled({ timeLimitMinutes: 10 });
    const { attempt } = await who.start();
    await saveAnswer(who.learner, attempt.id, answerInFull(attempt.questions[0]));
    app.clock.moveForward(10 * MINUTE + 1);
    await who.give({ extraMinutes: 30 });
    expect(await readAttempt(who.learner, attempt.id)).toMatchObject({
      state: 'GRADED',
      submittedAt: attempt.endsAt,
    });
  });

  it('taken back, it shortens no attempt that began under it', async () => {
    const who = await enrolled({ timeLimitMinutes: 10 });
    await who.give({ extraMinutes: 10 });
    const { attempt } = await who.start();
    expect(codes(await who.give({ reason: 'Given to the wrong person' }))).toEqual([]);
    expect((await readAttempt(who.learner, attempt.id)).endsAt).toBe(attempt.endsAt);
    expect(await who.standing()).toMatchObject({ timeLimitMinutes: 10, allowance: null });
    const { lesson } = await trainer.ask('query ($id: ID!) { lesson(id: $id) { allowances { email } } }', {
      id: who.course.quizId,
    });
    expect(lesson.allowances).toEqual([]);
  });

  it('with a later close, hides what is right until then, in the attempts before too', async () => {
    const closesAt = laterMinute(10 * MINUTE);
    const who = await enrolled({ closesAt, showAnswers: 'AFTER_CLOSE' });
    const { attempt } = await who.start();
    await submitAttempt(who.learner, attempt.id);
    const ownClose = laterMinute(60 * MINUTE);
    await who.give(local(ownClose));
    app.clock.moveForward(20 * MINUTE);
    expect(await readAttempt(who.learner, attempt.id)).toMatchObject({ answersShown: false });
    expect((await who.start()).attempt).toMatchObject({ number: 2, endsAt: ownClose });
    app.clock.moveForward(60 * MINUTE);
    expect(await readAttempt(who.learner, attempt.id)).toMatchObject({ answersShown: true });
  });

  it.each([
    ['more minutes where there is no limit', {}, { extraMinutes: 5 }, 'ALLOWANCE_NO_TIME_LIMIT'],
    ['more attempts where there is no limit', {}, { extraAttempts: 1 }, 'ALLOWANCE_NO_ATTEMPT_LIMIT'],
    ['a negative time', { timeLimitMinutes: 5 }, { extraMinutes: -1 }, 'ALLOWANCE_MINUTES_RANGE'],
    ['more than a day', { timeLimitMinutes: 5 }, { extraMinutes: 1441 }, 'ALLOWANCE_MINUTES_RANGE'],
    ['attempts without end', { attemptLimit: 1 }, { extraAttempts: 101 }, 'ALLOWANCE_ATTEMPTS_RANGE'],
    ['a close that is none', {}, { closesLocal: 'soon', closesTimeZone: 'UTC' }, 'ALLOWANCE_CLOSE_INVALID'],
    [
      'a close that is past',
      {},
      { closesLocal: '2020-01-01T10:00', closesTimeZone: 'UTC' },
      'ALLOWANCE_CLOSE_PAST',
    ],
    [
      'a close where none comes',
      {},
      { closesLocal: '2099-01-01T10:00', closesTimeZone: 'UTC' },
      'ALLOWANCE_NOT_LATER',
    ],
    ['no reason', { attemptLimit: 1 }, { extraAttempts: 1, reason: '  ' }, 'REQUIRED'],
    ['somebody unknown', {}, { email: 'nobody@example.org' }, 'ALLOWANCE_LEARNER_UNKNOWN'],
  ])('is refused: %s', async (_what, settings, input, code) => {
    const who = await enrolled(settings);
    expect(codes(await who.give(input))).toEqual([code]);
    expect(
      await app.sql('SELECT 1 FROM quiz_allowance WHERE enrollment_id = $1', [who.enrollmentId]),
    ).toEqual([]);
  });

  it('is given by those who edit the course alone, and listed for its team', async () => {
    const who = await enrolled({ attemptLimit: 1 });
    const stranger = await aPerson(app, { roles: ['TRAINER'] });
    await expect(who.give({ extraAttempts: 1 }, who.learner)).rejects.toThrow();
    await expect(who.give({ extraAttempts: 1 }, stranger)).rejects.toThrow();
    await who.give({ extraAttempts: 1 });
    await who.give({ extraAttempts: 2 }); // in its place
    const list = `query ($id: ID!) { lesson(id: $id) { allowances { email learner { name } allowance { extraAttempts } } } }`;
    const { lesson } = await trainer.ask(list, { id: who.course.quizId });
    expect(lesson.allowances).toEqual([
      { email: who.email, learner: { name: 'Lena' }, allowance: { extraAttempts: 2 } },
    ]);
    await expect(stranger.ask(list, { id: who.course.quizId })).rejects.toThrow();
  });

  it('stays in the records as it was: PostgreSQL refuses to change it', async () => {
    const who = await enrolled({ attemptLimit: 1 });
    await who.give({ extraAttempts: 1 });
    await expect(app.sql('UPDATE quiz_allowance SET extra_attempts = 9')).rejects.toThrow();
    await expect(app.sql('DELETE FROM quiz_allowance')).rejects.toThrow();
  });
});
