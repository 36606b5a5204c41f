import type { ShowAnswers } from '../../src/features/catalog/course-content.js';
import { aPerson, enroll } from '../support/builders.js';
import {
  answerInFull,
  aQuizCourse,
  QUIZ_SECRETS,
  readAttempt,
  startAttempt,
  submitAttempt,
} from '../support/quiz.builders.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

type Person = Awaited<ReturnType<typeof aPerson>>;
const HOUR = 3_600_000;

describe('what is right in a quiz', () => {
  let app: TestApp;
  let trainer: Person;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
  });
  afterAll(() => app.close());

  const begin = async (showAnswers: ShowAnswers, closes = true) => {
    const closesAt = closes ? new Date(app.clock.now().getTime() + HOUR).toISOString() : null;
    const course = await aQuizCourse(app, trainer, { settings: { showAnswers, closesAt } });
    const learner = await aPerson(app);
    const enrollmentId = await enroll(learner, course.id);
    const handIn = async (right: boolean): Promise<any> => {
      const { attempt } = await startAttempt(learner, enrollmentId, course.quizId);
      return (await submitAttempt(learner, attempt.id, right ? attempt.questions.map(answerInFull) : []))
        .attempt;
    };
    return { learner, handIn };
  };
  /** The score is told, and of what is right all or nothing. */
  const expectShown = (attempt: any, shown: boolean): void => {
    expect(attempt).toMatchObject({ state: 'GRADED', answersShown: shown });
    expect(attempt.scorePercent).not.toBeNull();
    const text = JSON.stringify(attempt.questions.map(({ text: _typed, ...question }: any) => question));
    expect(QUIZ_SECRETS.some((secret) => text.includes(secret))).toBe(shown);
    for (const { points, explanation, solution, options, kind } of attempt.questions) {
      const isChoice = ['SINGLE_CHOICE', 'MULTIPLE_CHOICE', 'TRUE_FALSE'].includes(kind);
      expect([points !== null, explanation !== null]).toEqual([shown, shown]);
      expect(solution !== null).toBe(shown && !isChoice);
      for (const { correct } of options) expect(correct !== null).toBe(shown && isChoice);
    }
  };

  it('is shown after the attempt', async () => {
    const { handIn } = await begin('AFTER_ATTEMPT');
    expectShown(await handIn(false), true);
  });

  it('is shown after passing: then also in the attempts before', async () => {
    const { learner, handIn } = await begin('AFTER_PASS');
    const failed = await handIn(false);
    expectShown(failed, false);
    expectShown(await handIn(true), true);
    expectShown(await readAttempt(learner, failed.id), true);
  });

  it('is shown after the close, to the millisecond', async () => {
    const { learner, handIn } = await begin('AFTER_CLOSE');
    const { id } = await handIn(true);
    app.clock.moveForward(HOUR);
    expectShown(await readAttempt(learner, id), false);
    app.clock.moveForward(1);
    expectShown(await readAttempt(learner, id), true);
  });

  it('is not shown after a close that never comes, nor where it never is', async () => {
    for (const [showAnswers, closes] of [
      ['AFTER_CLOSE', false],
      ['NEVER', true],
    ] as const) {
      const { learner, handIn } = await begin(showAnswers, closes);
      const { id } = await handIn(true);
      app.clock.moveForward(2 * HOUR);
      expectShown(await readAttempt(learner, id), false);
    }
  });
});
