import type { QuizSettings } from '../../src/features/catalog/course-content.js';
import { aPerson, completeReadings, enroll } from '../support/builders.js';
import { answerInFull, aQuizCourse, startAttempt, submitAttempt } from '../support/quiz.builders.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

type Person = Awaited<ReturnType<typeof aPerson>>;
const MINUTE = 60_000;

describe('the attempts at a quiz, over the cycles of a course', () => {
  let app: TestApp;
  let trainer: Person;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
  });
  afterAll(() => app.close());

  const code = (payload: any): string | undefined => payload.userErrors[0]?.code;
  /** Somebody who takes a course whose quiz has these settings, as often as they like. */
  const learnerOf = async (settings: Partial<QuizSettings>) => {
    const course = await aQuizCourse(app, trainer, { settings });
    const learner = await aPerson(app);
    const begin = (again = false): Promise<string> => enroll(learner, course.id, { again });
    const start = (enrollmentId: string): Promise<any> => startAttempt(learner, enrollmentId, course.quizId);
    return {
      course,
      learner,
      begin,
      start,
      /** Hands in one attempt, with nothing or with full answers. */
      take: async (enrollmentId: string, answers: 'NONE' | 'FULL' = 'NONE'): Promise<any> => {
        const { attempt, userErrors } = await start(enrollmentId);
        expect(userErrors).toEqual([]);
        const given = answers === 'FULL' ? attempt.questions.map(answerInFull) : [];
        return (await submitAttempt(learner, attempt.id, given)).attempt;
      },
      leave: (enrollmentId: string): Promise<any> =>
        learner.mutate(
          'enrollmentWithdraw',
          'EnrollmentWithdrawInput',
          { enrollmentId, reason: 'OTHER' },
          'enrollment { state }',
        ),
      standing: async (): Promise<any> =>
        (
          await learner.ask(
            `query ($slug: String!) { course(slug: $slug) { lesson(key: "quiz") {
               quizStanding { attemptsLeft waitsUntil refusal scorePercent } lastAttempt { number } } } }`,
            { slug: course.slug },
          )
        ).course.lesson,
    };
  };

  it('are not given anew by leaving and enrolling again, fifty starts at once included', async () => {
    const { begin, take, leave, start, standing, learner } = await learnerOf({ attemptLimit: 3 });
    const first = await begin();
    await take(first);
    await take(first);
    await leave(first);
    const second = await begin();
    expect(await standing()).toEqual({
      quizStanding: { attemptsLeft: 1, waitsUntil: null, refusal: null, scorePercent: 0 },
      lastAttempt: null,
    });
    // Tabs that each start and hand in as fast as they can.
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        for (let round = 0; round < 3; round += 1) {
          const { attempt } = await start(second);
          if (attempt) await submitAttempt(learner, attempt.id);
        }
      }),
    );
    expect(
      await app.sql('SELECT number FROM quiz_attempt WHERE enrollment_id = $1 ORDER BY number', [second]),
    ).toEqual([{ number: 3 }]);
    await leave(second);
    expect(code(await start(await begin()))).toBe('ATTEMPT_LIMIT_REACHED');
    expect((await standing()).quizStanding).toMatchObject({
      attemptsLeft: 0,
      refusal: 'You have used all attempts at this quiz (3).',
    });
  });

  it('nor when the time of the cohort was over', async () => {
    const { begin, take, start } = await learnerOf({ attemptLimit: 1 });
    const first = await begin();
    await take(first);
    await app.sql(`UPDATE enrollment SET state = 'EXPIRED', ended_at = $2 WHERE id = $1`, [
      first,
      app.clock.now(),
    ]);
    expect(code(await start(await begin()))).toBe('ATTEMPT_LIMIT_REACHED');
  });

  it('count with one that was left open, which cannot go on', async () => {
    const { begin, start, leave, standing, learner } = await learnerOf({ attemptLimit: 2, waitMinutes: 10 });
    const first = await begin();
    const { attempt: open } = await start(first);
    await leave(first);
    const second = await begin();
    expect((await standing()).quizStanding).toMatchObject({ attemptsLeft: 1, waitsUntil: null });
    const { attempt } = await start(second);
    expect(attempt).toMatchObject({ number: 2, state: 'IN_PROGRESS' });
    expect(attempt.id).not.toBe(open.id);
    expect(code(await submitAttempt(learner, open.id))).toBe('ENROLLMENT_ENDED');
  });

  it('make one wait across cycles too', async () => {
    const { begin, take, leave, start } = await learnerOf({ waitMinutes: 10 });
    const first = await begin();
    await take(first);
    await leave(first);
    const second = await begin();
    app.clock.moveForward(10 * MINUTE - 1);
    expect(code(await start(second))).toBe('ATTEMPT_TOO_SOON');
    app.clock.moveForward(1);
    expect(code(await start(second))).toBeUndefined();
  });

  it('count for the grade policy: the first one stays the first', async () => {
    const { begin, take, leave, learner } = await learnerOf({ gradePolicy: 'FIRST' });
    const first = await begin();
    await take(first);
    await leave(first);
    await take(await begin(), 'FULL');
    const { viewer } = await learner.ask('{ viewer { enrollments { completedLessonIds } } }');
    expect(viewer.enrollments[0].completedLessonIds).toEqual([]);
  });

  it('begin anew after a completed cycle, and count again from there', async () => {
    const { begin, take, leave, start, standing, course, learner } = await learnerOf({ attemptLimit: 2 });
    const first = await begin();
    await completeReadings(learner, first, course);
    await take(first);
    await take(first, 'FULL');
    const second = await begin(true);
    expect((await standing()).quizStanding).toMatchObject({ attemptsLeft: 2, scorePercent: null });
    expect(await take(second)).toMatchObject({ number: 1 });
    await leave(second);
    const third = await begin();
    expect(await take(third)).toMatchObject({ number: 2 });
    expect(code(await start(third))).toBe('ATTEMPT_LIMIT_REACHED');
  });

  it('begin anew for who had passed and then left: nobody is kept from passing once more', async () => {
    const { begin, take, leave, standing, course, learner } = await learnerOf({ attemptLimit: 1 });
    const first = await begin();
    await take(first, 'FULL');
    await leave(first);
    const second = await begin();
    await completeReadings(learner, second, course);
    expect((await standing()).quizStanding).toMatchObject({ attemptsLeft: 1, scorePercent: null });
    expect(await take(second, 'FULL')).toMatchObject({ passed: true });
    const { viewer } = await learner.ask('{ viewer { enrollments { state cycle } } }');
    expect(viewer.enrollments).toEqual([
      { state: 'COMPLETED', cycle: 2 },
      { state: 'WITHDRAWN', cycle: 1 },
    ]);
  });
});
