import { CompletionReevaluationService } from '../../src/features/learning/completion-reevaluation.service.js';
import { Database } from '../../src/platform/database/database.js';
import { aPerson, type BuiltCourse } from '../support/builders.js';
import {
  aLearnerOf,
  answersFor,
  aTwoQuizCourse,
  changeCriteria,
  copyLearner,
  lessonIdOf,
  readCriteria,
} from '../support/criteria.builders.js';
import { startAttempt, submitAttempt } from '../support/quiz.builders.js';
import { recordStatements } from '../support/statements.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

type Person = Awaited<ReturnType<typeof aPerson>>;

describe('after the criteria changed', () => {
  let app: TestApp;
  let trainer: Person;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
  });
  afterAll(() => app.close());
  // So many sign in from one address that it would be refused.
  beforeEach(() => void app.clock.moveForward(3_600_000));

  const drain = async (): Promise<void> => expect(await app.drainOutbox()).toEqual([]);
  /** A course that asks for 90 %, with so many learners who have 75 %. */
  const aCourseOf = async (learners: number): Promise<BuiltCourse> => {
    const course = await aTwoQuizCourse(app, trainer);
    await changeCriteria(trainer, course, 90);
    await drain();
    const { doAll, enrollmentId } = await aLearnerOf(app, course);
    await doAll(1, 2);
    if (learners > 1) await copyLearner(app, enrollmentId, learners - 1);
    return course;
  };
  /** Loosens the criteria, and does nothing of the work. @returns the id of the new ones */
  const loosen = async (course: BuiltCourse, percent: number | null = 60): Promise<string> => {
    expect((await changeCriteria(trainer, course, percent, { expectedVersion: 2 })).userErrors).toEqual([]);
    const [{ id }] = (await app.sql<{ id: string }>(
      `SELECT id FROM completion_criteria WHERE course_id = $1 AND version = 3`,
      [course.id],
    )) as [{ id: string }];
    return id;
  };
  const batch = (criteriaId: string, after: string | null = null): Promise<void> =>
    app
      .get(Database)
      .transaction((tx) => app.get(CompletionReevaluationService).judgeBatch(tx, criteriaId, after));
  const completions = ({ id }: BuiltCourse) =>
    app.sql<any>(
      `SELECT completion.id, completion.enrollment_id, completion.criteria_version, completion.occurred_at
         FROM course_completion completion JOIN enrollment ON enrollment.id = enrollment_id
        WHERE course_id = $1 ORDER BY completion.enrollment_id`,
      [id],
    );
  const certificates = ({ id }: BuiltCourse) =>
    app.sql<any>(`SELECT enrollment_id, status FROM certificate WHERE course_id = $1`, [id]);
  const progress = async (course: BuiltCourse): Promise<any> =>
    (await readCriteria(trainer, course))[0].reevaluation;

  it('completes who lacks nothing any more, as of the change, with a badge; others go on', async () => {
    const course = await aTwoQuizCourse(app, trainer);
    await changeCriteria(trainer, course, 90);
    const [meets, below, begun] = [
      await aLearnerOf(app, course),
      await aLearnerOf(app, course),
      await aLearnerOf(app, course),
    ];
    await meets.doAll(1, 2);
    await below.doAll(1, 1);
    await begun.read();
    app.clock.moveForward(86_400_000);
    await loosen(course, 75);
    const changedAt = app.clock.now().toISOString();
    app.clock.moveForward(86_400_000); // the queue was long
    await drain();
    const { state, completion } = await meets.standing();
    expect({ state, completion }).toMatchObject({
      state: 'COMPLETED',
      completion: { criteriaVersion: 3, occurredAt: changedAt, evaluatedAt: app.clock.now().toISOString() },
    });
    const { viewer } = await meets.learner.ask('{ viewer { certificates { status issuedAt } } }');
    expect(viewer.certificates).toEqual([{ status: 'VALID', issuedAt: changedAt }]);
    expect(await below.standing()).toMatchObject({
      state: 'ACTIVE',
      completion: null,
      progress: { missing: [{ code: 'OVERALL_BELOW_MINIMUM', have: 50, need: 75 }] },
    });
    expect(await begun.standing()).toMatchObject({ state: 'ACTIVE', progress: { completedLessons: 1 } });
    expect(await progress(course)).toEqual({
      learnersFound: 3,
      learnersDone: 3,
      learnersCompleted: 1,
      finishedAt: app.clock.now().toISOString(),
    });
  });

  it('goes through everybody, some at a time, and tells how far it is', async () => {
    const course = await aCourseOf(120);
    const id = await loosen(course);
    await batch(id);
    expect(await progress(course)).toMatchObject({
      learnersFound: 120,
      learnersDone: 50,
      learnersCompleted: 50,
      finishedAt: null,
    });
    await drain();
    expect(await progress(course)).toMatchObject({ learnersDone: 120, learnersCompleted: 120 });
    const made = await completions(course);
    expect(new Set(made.map(({ enrollment_id }) => enrollment_id)).size).toBe(120);
    expect(made).toHaveLength(120);
    expect(await certificates(course)).toHaveLength(120);
  });

  it('goes on where a worker died, and does nothing twice', async () => {
    const course = await aCourseOf(70);
    const id = await loosen(course);
    const killed = app.get(Database).transaction(async (tx) => {
      await app.get(CompletionReevaluationService).judgeBatch(tx, id, null);
      throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    expect(await completions(course)).toEqual([]);
    expect(await progress(course)).toMatchObject({ learnersDone: 0 });
    await Promise.all([batch(id), batch(id), batch(id)]);
    expect(await progress(course)).toMatchObject({ learnersDone: 50, learnersCompleted: 50 });
    await drain();
    const made = await completions(course);
    expect(made).toHaveLength(70);
    await batch(id);
    await batch(id, made[49].enrollment_id);
    await drain();
    expect(await completions(course)).toEqual(made);
    expect(await certificates(course)).toHaveLength(70);
    expect(await progress(course)).toMatchObject({ learnersDone: 70, learnersCompleted: 70 });
  });

  it('asks as many statements for forty who are below as for four', async () => {
    const counted = [];
    for (const count of [4, 40]) {
      const course = await aCourseOf(count);
      const id = await loosen(course, 80);
      counted.push((await recordStatements(app, () => batch(id))).statements.length);
      expect(await completions(course)).toEqual([]);
      await drain();
    }
    expect(counted[1]).toBe(counted[0]);
    expect(counted[0]).toBeLessThan(12);
  });

  it('completes once who hands in at the same instant', async () => {
    const course = await aTwoQuizCourse(app, trainer);
    await changeCriteria(trainer, course, 90);
    await drain();
    const learners = await Promise.all(
      Array.from({ length: 12 }, async () => {
        const { learner, enrollmentId, doAll } = await aLearnerOf(app, course);
        await doAll(1, 2);
        const { attempt } = await startAttempt(learner, enrollmentId, lessonIdOf(course, 'one'));
        return { learner, attempt };
      }),
    );
    const id = await loosen(course);
    const answers = await Promise.all([
      ...learners.map(({ learner, attempt }) => submitAttempt(learner, attempt.id, answersFor(attempt, 2))),
      batch(id),
      batch(id),
    ]);
    for (const answer of answers.slice(0, learners.length)) expect(answer.userErrors).toEqual([]);
    await drain();
    const made = await completions(course);
    expect(made).toHaveLength(learners.length);
    expect(new Set(made.map(({ enrollment_id }) => enrollment_id)).size).toBe(learners.length);
    expect(await certificates(course)).toHaveLength(learners.length);
    const events = await app.sql(
      `SELECT payload->>'completionId' AS id FROM outbox_event WHERE type = 'learning.course-completed'
          AND payload->>'completionId' = ANY($1)`,
      [made.map((completion) => completion.id)],
    );
    expect(events).toHaveLength(learners.length);
  });

  it('gives what was granted while it was in force, though it is asked for more before the work is done', async () => {
    const course = await aCourseOf(1);
    await loosen(course, 70);
    const changedAt = app.clock.now();
    app.clock.moveForward(60_000);
    await changeCriteria(trainer, course, 95, { expectedVersion: 3 });
    await drain();
    expect(await completions(course)).toMatchObject([{ criteria_version: 3, occurred_at: changedAt }]);
  });
});
