import { aPerson, enroll } from '../support/builders.js';
import { answerInFull, aQuizCourse, saveAnswer, startAttempt } from '../support/quiz.builders.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const HOUR = 3_600_000;

describe('the close of a quiz, told as a local time', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const code = ({ userErrors }: any): string | undefined => userErrors[0]?.code;

  // A time that comes twice is the earlier, one that is skipped is read after the change. In order: clocks only go forward.
  it.each([
    ['the night that Paris turns back', '2026-10-25T02:30', 'Europe/Paris', '2026-10-25T00:30:00.000Z'],
    [
      'the night that New York turns back',
      '2026-11-01T01:30',
      'America/New_York',
      '2026-11-01T05:30:00.000Z',
    ],
    ['UTC+13', '2026-12-31T23:59', 'Pacific/Apia', '2026-12-31T10:59:00.000Z'],
    ['UTC-11', '2026-12-31T23:59', 'Pacific/Pago_Pago', '2027-01-01T10:59:00.000Z'],
    ['the night that New York skips', '2027-03-14T02:30', 'America/New_York', '2027-03-14T07:30:00.000Z'],
    ['the night that Paris skips', '2027-03-28T02:30', 'Europe/Paris', '2027-03-28T01:30:00.000Z'],
  ])('%s: holds to the millisecond', async (_, closesLocal, closesTimeZone, closesAt) => {
    const close = Date.parse(closesAt);
    app.clock.set(new Date(close - HOUR).toISOString());
    const trainer = await aPerson(app, { roles: ['TRAINER'] });
    const course = await aQuizCourse(app, trainer, {
      settings: { closesAt: new Date(close - HOUR / 2).toISOString() },
    });
    const [learner, late] = [await aPerson(app), await aPerson(app)];
    const start = async (who: typeof learner): Promise<any> =>
      startAttempt(who, await enroll(who, course.id), course.quizId);
    const begun = await start(learner); // before the allowance: its close moves with it
    expect(begun.userErrors).toEqual([]);
    const lateEnrollment = await enroll(late, course.id);
    for (const { email } of [learner, late]) {
      const given = await trainer.mutate(
        'quizAllowanceGive',
        'QuizAllowanceGiveInput',
        {
          lessonId: course.quizId,
          email,
          extraMinutes: 0,
          extraAttempts: 0,
          closesLocal,
          closesTimeZone,
          reason: 'Ill.',
        },
        'allowance { closesAt }',
      );
      expect(given).toEqual({ allowance: { closesAt }, userErrors: [] });
    }
    const [question] = begun.attempt.questions;
    const answer = (): Promise<any> => saveAnswer(learner, begun.attempt.id, answerInFull(question));
    app.clock.set(new Date(close - 1).toISOString());
    expect(code(await answer())).toBeUndefined();
    app.clock.set(closesAt);
    expect(code(await answer())).toBeUndefined();
    expect(code(await startAttempt(late, lateEnrollment, course.quizId))).toBe('QUIZ_CLOSED');
    app.clock.set(new Date(close + 1).toISOString());
    expect(code(await answer())).toBe('ATTEMPT_TIME_OVER');
  });
});
