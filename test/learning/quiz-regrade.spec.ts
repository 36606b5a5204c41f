import { aPerson } from '../support/builders.js';
import { submitAttempt } from '../support/quiz.builders.js';
import {
  aLearner,
  aMendableCourse,
  applyRegrade,
  bankQuestion,
  mend,
  mendSingle,
  previewRegrade,
  readGrade,
  readRegrade,
} from '../support/regrade.builders.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

type Person = Awaited<ReturnType<typeof aPerson>>;
const NOBODY = '019a0000-0000-7000-8000-000000000000';

describe('attempts graded anew by a mended key', () => {
  let app: TestApp;
  let trainer: Person;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'], name: 'Tara' });
  });
  afterAll(() => app.close());
  // So many sign in from one address that it would be refused.
  beforeEach(() => void app.clock.moveForward(3_600_000));

  const codes = ({ userErrors }: any): string[] => userErrors.map((error: any) => error.code);
  const drain = async (): Promise<void> => expect(await app.drainOutbox()).toEqual([]);
  const emailOf = async (who: Person): Promise<string> =>
    (await who.ask('{ viewer { email } }')).viewer.email;
  const certificatesOf = (enrollmentId: string) =>
    app.sql(`SELECT id, status FROM certificate WHERE enrollment_id = $1`, [enrollmentId]);
  const completionsOf = (enrollmentId: string) =>
    app.sql(`SELECT id, occurred_at, evaluated_at FROM course_completion WHERE enrollment_id = $1`, [
      enrollmentId,
    ]);

  it('makes those pass who were right all along, takes nothing from those who were not, and tells each', async () => {
    const course = await aMendableCourse(app, trainer);
    const [right, wrong] = [await aLearner(app, course), await aLearner(app, course)];
    await right.read();
    await wrong.read();
    const failed = await right.take('a');
    const passed = await wrong.take('b');
    expect([failed.scorePercent, passed.scorePercent]).toEqual([50, 100]);
    await drain();
    const [certificate] = await certificatesOf(wrong.enrollmentId);
    const handedIn = app.clock.now();
    app.clock.moveForward(86_400_000);
    await mendSingle(app, trainer, course);
    const [emailRight, emailWrong] = [await emailOf(right.learner), await emailOf(wrong.learner)];
    const nowPassing = {
      email: emailRight,
      quizTitle: 'Quiz',
      number: 1,
      scorePercentBefore: 50,
      scorePercentAfter: 100,
      effect: 'PASSES_NOW',
    };
    const staying = {
      ...nowPassing,
      email: emailWrong,
      scorePercentBefore: 100,
      scorePercentAfter: 50,
      effect: 'STAYS_PASSED',
      isCompleted: true,
    };
    const counts = [
      { effect: 'PASSES_NOW', count: 1 },
      { effect: 'STAYS_PASSED', count: 1 },
    ];
    expect(await previewRegrade(trainer, course)).toEqual({
      versionNumber: 2,
      attempts: 2,
      counts,
      passingNow: [{ ...nowPassing, isCompleted: false }],
      stayingPassed: [staying],
    });
    expect(await readGrade(right.learner, failed.id)).toMatchObject({ scorePercent: 50, regrades: [] });

    const { regrade } = await applyRegrade(trainer, course, { reason: '  A window is not a lamp. ' });
    await drain();

    const told = await readGrade(right.learner, failed.id);
    expect(told).toMatchObject({
      passed: true,
      scorePercent: 100,
      regrades: [
        {
          gradedAt: app.clock.now().toISOString(),
          scorePercentBefore: 50,
          scorePercentAfter: 100,
          effect: 'PASSES_NOW',
          reason: 'A window is not a lamp.',
        },
      ],
    });
    expect(told.questions[0]).toMatchObject({
      points: 1,
      options: expect.arrayContaining([
        { id: 'a', correct: true },
        { id: 'b', correct: false },
      ]),
    });
    expect(await readGrade(wrong.learner, passed.id)).toMatchObject({
      passed: true,
      scorePercent: 50,
      regrades: [{ effect: 'STAYS_PASSED', scorePercentBefore: 100, scorePercentAfter: 50 }],
    });
    // Completed as of the day that they were right, and one badge.
    expect(await completionsOf(right.enrollmentId)).toEqual([
      { id: expect.any(String), occurred_at: handedIn, evaluated_at: app.clock.now() },
    ]);
    expect(await certificatesOf(right.enrollmentId)).toEqual([{ id: expect.any(String), status: 'VALID' }]);
    expect(await certificatesOf(wrong.enrollmentId)).toEqual([certificate]);
    const report = await readRegrade(trainer, regrade.id);
    expect(report).toMatchObject({
      reason: 'A window is not a lamp.',
      attemptsFound: 2,
      attemptsDone: 2,
      finishedAt: app.clock.now().toISOString(),
      requestedBy: { id: trainer.personId },
      question: { key: 'single' },
    });
    expect(report.counts).toEqual(expect.arrayContaining(counts));
    expect(report.differences.nodes).toEqual(
      expect.arrayContaining([{ ...nowPassing, isCompleted: true }, staying]),
    );
    expect((await readRegrade(trainer, regrade.id, 'STAYS_PASSED')).differences.nodes).toEqual([staying]);
    const [entry] = await app.sql(
      `SELECT actor_id, detail FROM audit_entry WHERE action = 'quizRegradeApply' AND subject = $1`,
      [`question:${(await bankQuestion(trainer, course)).id}`],
    );
    expect(entry).toMatchObject({
      actor_id: trainer.personId,
      detail: { regradeId: regrade.id, version: 2 },
    });
  });

  it('is offered while somebody was asked with another key, and then listed among those done', async () => {
    const course = await aMendableCourse(app, trainer);
    const lists = async (): Promise<any> =>
      (
        await trainer.ask(
          'query ($slug: String!) { course(slug: $slug) { mendedQuestions { key } regrades { id question { key } } } }',
          { slug: course.slug },
        )
      ).course;
    await mendSingle(app, trainer, course);
    expect(await lists()).toEqual({ mendedQuestions: [], regrades: [] });
    expect(codes(await applyRegrade(trainer, course))).toEqual(['REGRADE_NOTHING']);
    await (await aLearner(app, course)).take('a');
    expect(await lists()).toEqual({ mendedQuestions: [{ key: 'single' }], regrades: [] });
    const { regrade } = await applyRegrade(trainer, course);
    expect(await lists()).toEqual({
      mendedQuestions: [],
      regrades: [{ id: regrade.id, question: { key: 'single' } }],
    });
    await drain();
  });

  it('grades by the key as it is last, whichever way it was mended, and keeps every score', async () => {
    const course = await aMendableCourse(app, trainer);
    const who = await aLearner(app, course);
    const { id } = await who.take('b');
    await mendSingle(app, trainer, course);
    await applyRegrade(trainer, course, { reason: 'First.' });
    await drain();
    await mend(app, trainer, course, {
      single: ({ key }) => ({ correct: key === 'b', feedback: { en: 'After all.' } }),
    });
    expect(await previewRegrade(trainer, course)).toMatchObject({ versionNumber: 3, attempts: 1 });
    await applyRegrade(trainer, course, { reason: 'Back again.' });
    await drain();
    const { scorePercent, passed, regrades } = await readGrade(who.learner, id);
    expect({ scorePercent, passed }).toEqual({ scorePercent: 100, passed: true });
    expect(
      regrades.map((each: any) => [
        each.reason,
        each.scorePercentBefore,
        each.scorePercentAfter,
        each.effect,
      ]),
    ).toEqual([
      ['Back again.', 50, 100, 'RAISED'],
      ['First.', 100, 50, 'STAYS_PASSED'],
    ]);
  });

  it('holds for attempts in progress when they are handed in, and for those begun later from the start', async () => {
    const course = await aMendableCourse(app, trainer);
    const [early, late] = [await aLearner(app, course), await aLearner(app, course)];
    await (await aLearner(app, course)).take('a');
    const open = await early.start();
    await mendSingle(app, trainer, course);
    await applyRegrade(trainer, course);
    await drain();
    await submitAttempt(early.learner, open.id, early.answersOf(open, 'a'));
    expect(await readGrade(early.learner, open.id)).toMatchObject({
      passed: true,
      scorePercent: 100,
      regrades: [{ scorePercentBefore: 50, scorePercentAfter: 100, effect: 'PASSES_NOW' }],
    });
    const begunLater = await late.take('a');
    const grade = await readGrade(late.learner, begunLater.id);
    expect(grade).toMatchObject({ passed: true, scorePercent: 100, regrades: [] });
    expect(grade.questions[0].options).toContainEqual({ id: 'a', correct: true });
  });

  it('is an author’s, for a question as it was previewed, with a reason', async () => {
    const course = await aMendableCourse(app, trainer);
    await (await aLearner(app, course)).take('a');
    await mendSingle(app, trainer, course);
    const { id, number } = await bankQuestion(trainer, course);
    const apply = (who: Person, more: object = {}): Promise<any> =>
      who.mutate(
        'quizRegradeApply',
        'QuizRegradeApplyInput',
        { questionId: id, expectedVersion: number, reason: 'Wrong.', ...more },
        'regrade { id }',
      );
    expect(codes(await apply(trainer, { reason: '  ' }))).toEqual(['REQUIRED']);
    expect(codes(await apply(trainer, { reason: 'x'.repeat(501) }))).toEqual(['TOO_LONG']);
    expect(codes(await apply(trainer, { expectedVersion: 1 }))).toEqual(['REGRADE_QUESTION_CHANGED']);
    await expect(apply(trainer, { questionId: NOBODY })).rejects.toThrow(/NOT_FOUND/);
    await expect(apply(trainer, { questionId: 'no-id' })).rejects.toThrow(/NOT_FOUND/);
    const [learner, other] = [await aPerson(app), await aPerson(app, { roles: ['TRAINER'] })];
    for (const stranger of [learner, other]) {
      await expect(apply(stranger)).rejects.toThrow(/FORBIDDEN/);
      await expect(previewRegrade(stranger, course)).rejects.toThrow(/FORBIDDEN/);
    }
    await app.sql(
      `INSERT INTO course_trainer (course_id, person_id, created_at, role) VALUES ($1, $2, now(), 'EDITOR')`,
      [course.id, other.personId],
    );
    await expect(apply(other)).rejects.toThrow(/FORBIDDEN/);
    expect(await previewRegrade(other, course)).toMatchObject({ attempts: 1 });
    expect(await app.sql(`SELECT id FROM quiz_regrade WHERE question_id = $1`, [id])).toEqual([]);
    const { regrade } = await apply(trainer);
    await expect(readRegrade(learner, regrade.id)).rejects.toThrow(/FORBIDDEN/);
    await expect(readRegrade(trainer, NOBODY)).rejects.toThrow(/NOT_FOUND/);
    await drain();
  });
});
