import { ScheduleRunner } from '../../src/platform/jobs/schedule-runner.js';
import {
  aCourse,
  answerQuiz,
  aPerson,
  aProgram,
  completeCourse,
  completeReadings,
  enroll,
  submitQuiz,
  type BuiltCourse,
} from '../support/builders.js';
import type { Client } from '../support/client.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

const DAY = 86_400_000;
type Person = Awaited<ReturnType<typeof aPerson>>;

describe('the end of an enrollment', () => {
  let app: TestApp;
  let trainer: Client;
  let course: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    course = await aCourse(trainer);
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  const codes = ({ userErrors }: any): string[] => userErrors.map(({ code }: { code: string }) => code);
  const withdraw = (who: Client, enrollmentId: string, more: object = {}): Promise<any> =>
    who.mutate(
      'enrollmentWithdraw',
      'EnrollmentWithdrawInput',
      { enrollmentId, reason: 'NO_TIME', ...more },
      'enrollment { id state endedAt withdrawalReason }',
    );
  const newest = async (who: Client): Promise<any> =>
    (
      await who.ask(
        `query ($slug: String!) { course(slug: $slug) {
           enrollment { id state cycle progress { completedLessons } } modules { lessons { key completedAt } } } }`,
        { slug: course.slug },
      )
    ).course;
  const history = (personId: string): Promise<object[]> =>
    app.sql('SELECT cycle, state FROM enrollment WHERE person_id = $1 ORDER BY cycle', [personId]);
  const readFirst = (who: Client, enrollmentId: string): Promise<any> =>
    who.mutate(
      'lessonComplete',
      'LessonCompleteInput',
      { enrollmentId, lessonId: course.lessons[0]!.id },
      'lesson { id }',
    );

  describe('by leaving', () => {
    it('keeps why and when, and a second try changes nothing', async () => {
      const learner = await aPerson(app);
      const id = await enroll(learner, course.id);
      app.clock.moveForward(DAY);
      const left = await withdraw(learner, id, { reason: 'TOO_HARD', note: ' too  fast ' });
      expect(left).toEqual({
        enrollment: {
          id,
          state: 'WITHDRAWN',
          endedAt: new Date(START.getTime() + DAY).toISOString(),
          withdrawalReason: 'TOO_HARD',
        },
        userErrors: [],
      });
      app.clock.moveForward(DAY);
      expect(await withdraw(learner, id, { reason: 'OTHER' })).toEqual(left);
      expect(await app.sql('SELECT withdrawal_note AS note FROM enrollment WHERE id = $1', [id])).toEqual([
        { note: 'too  fast' },
      ]);
      const audited = await app.sql(
        `SELECT detail FROM audit_entry WHERE action = 'enrollmentWithdraw' AND subject = $1`,
        [`enrollment:${id}`],
      );
      expect(audited).toEqual([{ detail: { reason: 'TOO_HARD' } }]);
    });

    it('is the learner’s own to do, while the course is going on', async () => {
      const learner = await aPerson(app);
      const id = await completeCourse(learner, course);
      expect(codes(await withdraw(learner, id))).toEqual(['NOTHING_TO_LEAVE']);
      const stranger = await aPerson(app);
      const document = `mutation ($input: EnrollmentWithdrawInput!) { enrollmentWithdraw(input: $input) { enrollment { id } } }`;
      for (const enrollmentId of [id, '018f0000-0000-7000-8000-000000000000', 'no-id'])
        expect(await stranger.errorCode(document, { input: { enrollmentId, reason: 'OTHER' } })).toBe(
          'NOT_FOUND',
        );
      expect(codes(await withdraw(learner, id, { note: 'x'.repeat(1001) }))).toEqual(['TOO_LONG']);
    });

    it('ends the work: nothing that comes late counts, and each is told why', async () => {
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, course.id);
      const quiz = course.lessons.find(({ kind }) => kind === 'QUIZ')!;
      await completeReadings(learner, enrollmentId, course);
      const attemptId = await answerQuiz(learner, { enrollmentId, lessonId: quiz.id });
      await withdraw(learner, enrollmentId);
      expect(codes(await readFirst(learner, enrollmentId))).toEqual(['ENROLLMENT_ENDED']);
      expect(codes(await submitQuiz(learner, attemptId))).toEqual(['ENROLLMENT_ENDED']);
      const start = await learner.mutate(
        'quizAttemptStart',
        'QuizAttemptStartInput',
        { enrollmentId, lessonId: quiz.id },
        'attempt { id }',
      );
      expect(codes(start)).toEqual(['ENROLLMENT_ENDED']);
      expect(
        await app.sql('SELECT 1 FROM course_completion WHERE enrollment_id = $1', [enrollmentId]),
      ).toEqual([]);
    });

    it('at the moment of completing is one or the other, never both', async () => {
      for (let round = 0; round < 10; round += 1) {
        const learner = await aPerson(app);
        const enrollmentId = await enroll(learner, course.id);
        await completeReadings(learner, enrollmentId, course);
        const quiz = course.lessons.find(({ kind }) => kind === 'QUIZ')!;
        const attemptId = await answerQuiz(learner, { enrollmentId, lessonId: quiz.id });
        const [left, submitted] = await Promise.all([
          withdraw(learner, enrollmentId),
          submitQuiz(learner, attemptId),
        ]);
        const [row] = await app.sql<{ state: string; completions: number }>(
          `SELECT state, (SELECT count(*)::int FROM course_completion WHERE enrollment_id = $1) AS completions
             FROM enrollment WHERE id = $1`,
          [enrollmentId],
        );
        const didLeave = left.userErrors.length === 0;
        expect(row).toEqual(
          didLeave ? { state: 'WITHDRAWN', completions: 0 } : { state: 'COMPLETED', completions: 1 },
        );
        expect(codes(didLeave ? submitted : left)).toEqual([
          didLeave ? 'ENROLLMENT_ENDED' : 'NOTHING_TO_LEAVE',
        ]);
      }
    });

    it('is for good in the database too', async () => {
      const learner = await aPerson(app);
      const id = await enroll(learner, course.id);
      await withdraw(learner, id);
      await expect(
        app.sql(
          `UPDATE enrollment SET state = 'ACTIVE', ended_at = NULL, withdrawal_reason = NULL WHERE id = $1`,
          [id],
        ),
      ).rejects.toThrow('stays ended');
      await expect(
        app.sql(`UPDATE enrollment SET ended_at = ended_at + interval '1 day' WHERE id = $1`, [id]),
      ).rejects.toThrow('stays ended');
    });
  });

  describe('and a new beginning', () => {
    it('is a new cycle from the first lesson, once for fifty requests, with the earlier one kept', async () => {
      const learner = await aPerson(app);
      const id = await enroll(learner, course.id);
      await readFirst(learner, id);
      await withdraw(learner, id);
      const between = await newest(learner);
      expect(between.enrollment).toMatchObject({ id, state: 'WITHDRAWN', progress: { completedLessons: 1 } });
      const ids = await Promise.all(Array.from({ length: 50 }, () => enroll(learner, course.id)));
      expect(new Set(ids).size).toBe(1);
      expect(await history(learner.personId)).toEqual([
        { cycle: 1, state: 'WITHDRAWN' },
        { cycle: 2, state: 'ACTIVE' },
      ]);
      const { enrollment, modules } = await newest(learner);
      expect(enrollment).toEqual({
        id: ids[0],
        state: 'ACTIVE',
        cycle: 2,
        progress: { completedLessons: 0 },
      });
      const lessons = modules.flatMap((module: { lessons: object[] }) => module.lessons);
      expect(lessons.filter((lesson: any) => lesson.completedAt !== null)).toEqual([]);
      const { course: seen } = await learner.ask(
        `query ($slug: String!, $key: String!) { course(slug: $slug) { lesson(key: $key) { completedAt } } }`,
        { slug: course.slug, key: course.lessons[0]!.key },
      );
      expect(seen.lesson.completedAt).toBeNull();
      expect(
        await app.sql('SELECT lesson_key AS key FROM lesson_completion WHERE enrollment_id = $1', [id]),
      ).toEqual([{ key: course.lessons[0]!.key }]);
    });

    it('after a completion is asked for by word, and earns one certificate for each cycle', async () => {
      const learner = await aPerson(app);
      await completeCourse(learner, course);
      await app.drainOutbox();
      const refused = await learner.mutate(
        'enrollmentCreate',
        'EnrollmentCreateInput',
        { courseId: course.id },
        'enrollment { id }',
      );
      expect(codes(refused)).toEqual(['ENROLLMENT_COMPLETED']);
      const ids = await Promise.all(
        Array.from({ length: 20 }, () => enroll(learner, course.id, { again: true })),
      );
      expect(new Set(ids).size).toBe(1);
      await completeCourse(learner, course, { again: true });
      await app.drainOutbox();
      expect(await history(learner.personId)).toEqual([
        { cycle: 1, state: 'COMPLETED' },
        { cycle: 2, state: 'COMPLETED' },
      ]);
      const certificates = await app.sql(
        'SELECT cycle, status FROM certificate WHERE person_id = $1 ORDER BY cycle',
        [learner.personId],
      );
      expect(certificates.map((row) => (row as { cycle: number }).cycle)).toEqual([1, 2]);
    });
  });

  describe('by the end of the cohort’s time', () => {
    /** A course of its own in one cohort with a last day of learning. */
    const inCohort = async (timeZone: string, learningEndsOn: string | null) => {
      const own = await aCourse(trainer);
      const { cohortId } = await aProgram(app, { managerIds: [], courseIds: [own.id] });
      await app.sql(
        `UPDATE cohort SET time_zone = $2, starts_on = '2026-10-01', ends_on = '2026-10-20', learning_ends_on = $3 WHERE id = $1`,
        [cohortId, timeZone, learningEndsOn],
      );
      return { own, cohortId };
    };
    const tick = async (): Promise<void> => {
      await app.get(ScheduleRunner).tickAll();
      expect(await app.drainOutbox()).toEqual([]);
    };
    const stateOf = async (id: string): Promise<string> =>
      (await app.sql<{ state: string }>('SELECT state FROM enrollment WHERE id = $1', [id]))[0]!.state;
    const mails = (who: Person, about: RegExp): { subject: string; text: string }[] =>
      app.mailbox.list(who.email).filter(({ subject }) => about.test(subject));

    // Paris goes back by an hour on 25 October, New York on 1 November; Apia is 13 hours ahead, Pago Pago 11 behind.
    it.each([
      ['Europe/Paris', '2026-10-25', '2026-10-25T22:59:59.999Z', '2026-10-25T23:00:00.000Z'],
      ['America/New_York', '2026-11-01', '2026-11-02T04:59:59.999Z', '2026-11-02T05:00:00.000Z'],
      ['Pacific/Apia', '2026-11-30', '2026-11-30T10:59:59.999Z', '2026-11-30T11:00:00.000Z'],
      ['Pacific/Pago_Pago', '2026-11-30', '2026-12-01T10:59:59.999Z', '2026-12-01T11:00:00.000Z'],
    ])('comes with midnight in %s after %s', async (timeZone, lastDay, before, after) => {
      const { own, cohortId } = await inCohort(timeZone, lastDay);
      const learner = await aPerson(app);
      const id = await enroll(learner, own.id, { cohortId });
      app.clock.set(before);
      await tick();
      expect(await stateOf(id)).toBe('ACTIVE');
      app.clock.set(after);
      await tick();
      expect(await stateOf(id)).toBe('EXPIRED');
      expect(await app.sql('SELECT ended_at AS at FROM enrollment WHERE id = $1', [id])).toEqual([
        { at: new Date(after) },
      ]);
    });

    it('is told once, in the learner’s language, and not to who completed or is enrolled anew', async () => {
      const { own, cohortId } = await inCohort('Europe/Paris', '2026-10-31');
      const [late, done, french, back] = [
        await aPerson(app),
        await aPerson(app),
        await aPerson(app, { locale: 'fr' }),
        await aPerson(app),
      ];
      for (const who of [late, french, back]) await enroll(who, own.id, { cohortId });
      const completed = await completeCourse(done, own, { cohortId });
      app.clock.set('2026-10-31T23:00:00Z');
      await app.get(ScheduleRunner).tickAll();
      await app.sql(`UPDATE enrollment SET state = 'EXPIRED', ended_at = $2 WHERE person_id = $1`, [
        back.personId,
        app.clock.now(),
      ]);
      await enroll(back, own.id);
      for (let twice = 0; twice < 2; twice += 1) await tick();
      expect(await stateOf(completed)).toBe('COMPLETED');
      expect(mails(late, /is over/)).toHaveLength(1);
      expect(mails(late, /is over/)[0]!.text).toContain('ended on November 1, 2026');
      expect(mails(french, /délai/)[0]!.text).toContain('a pris fin le 1 novembre 2026');
      expect([...mails(done, /is over/), ...mails(back, /is over/)]).toEqual([]);
    });

    it('does not come where the cohort states none', async () => {
      const { own, cohortId } = await inCohort('Europe/Paris', null);
      const id = await enroll(await aPerson(app), own.id, { cohortId });
      app.clock.set('2026-12-01T00:00:00Z');
      await tick();
      expect(await stateOf(id)).toBe('ACTIVE');
    });

    it('ends more than one round takes, each once', async () => {
      const { own, cohortId } = await inCohort('Europe/Paris', '2026-10-31');
      await app.sql(
        `WITH someone AS (
           INSERT INTO person (id, email, locale, time_zone, roles, is_test, created_at)
           SELECT gen_random_uuid(), 'crowd-' || n || '@example.org', 'en', 'Europe/Paris', '{}', false, now()
             FROM generate_series(1, 1203) n RETURNING id)
         INSERT INTO enrollment (id, person_id, course_id, version_id, cohort_id, cycle, state, enrolled_at, last_activity_at)
         SELECT gen_random_uuid(), id, $1, $2, $3, 1, 'ACTIVE', $4, $4 FROM someone`,
        [own.id, own.versionId, cohortId, START],
      );
      app.clock.set('2026-11-01T00:00:00Z');
      await tick();
      expect(
        await app.sql(
          `SELECT state, count(*)::int AS people FROM enrollment WHERE cohort_id = $1 GROUP BY state`,
          [cohortId],
        ),
      ).toEqual([{ state: 'EXPIRED', people: 1203 }]);
      const [told] = await app.sql<{ events: number }>(
        `SELECT count(*)::int AS events FROM outbox_event event JOIN enrollment ON enrollment.id = (payload->>'enrollmentId')::uuid
          WHERE type = 'enrollment.enrollment-expired' AND cohort_id = $1`,
        [cohortId],
      );
      expect(told!.events).toBe(1203);
    }, 120_000);
  });
});
