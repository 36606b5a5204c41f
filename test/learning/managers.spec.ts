import { randomUUID } from 'node:crypto';
import type { QuizSettings } from '../../src/features/catalog/course-content.js';
import { aPerson, aProgram, enroll } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { aQuizCourse, startAttempt, submitAttempt } from '../support/quiz.builders.js';
import { aLearner, aMendableCourse, applyRegrade, mendSingle } from '../support/regrade.builders.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

type Person = Awaited<ReturnType<typeof aPerson>>;
const codes = ({ userErrors }: any): string[] => userErrors.map((error: any) => error.code);
const QUIZZES = `query ($id: ID!) { learnerQuizzes(enrollmentId: $id) { email enrollment { id } quizzes { lesson { key }
  attemptLimit timeLimitMinutes closesAt attemptsMade allowance { extraAttempts reason givenBy { name } }
  earlier { extraAttempts extraMinutes reason givenBy { name } } } } }`;

describe('a program’s managers', () => {
  let app: TestApp;
  let trainer: Person;
  let manager: Person;
  let rival: Person;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'], name: 'Tara' });
    manager = await aPerson(app, { roles: ['MANAGER'], name: 'Mona' });
    rival = await aPerson(app, { roles: ['MANAGER'], name: 'Rita' });
  });
  afterAll(() => app.close());

  describe('give a learner more time, tries or a later close', () => {
    const enrolled = async (settings: Partial<QuizSettings>) => {
      const course = await aQuizCourse(app, trainer, { settings });
      const { cohortId } = await aProgram(app, { managerIds: [manager.personId], courseIds: [course.id] });
      const other = await aProgram(app, { managerIds: [rival.personId], courseIds: [course.id] });
      const learner = await aPerson(app, { name: 'Lena' });
      const enrollmentId = await enroll(learner, course.id, { cohortId });
      const give = (what: object, who: Client = manager): Promise<any> =>
        who.mutate(
          'quizAllowanceGiveLearner',
          'QuizAllowanceGiveLearnerInput',
          {
            enrollmentId,
            lessonId: course.quizId,
            extraMinutes: 0,
            extraAttempts: 0,
            reason: 'Was ill',
            ...what,
          },
          'allowance { extraAttempts }',
        );
      const quizzes = async (who: Client = manager): Promise<any[]> =>
        (await who.ask(QUIZZES, { id: enrollmentId })).learnerQuizzes.quizzes;
      return { course, learner, enrollmentId, give, quizzes, otherCohortId: other.cohortId };
    };

    it('with a reason, see what is given and was, and take it back', async () => {
      const { course, learner, enrollmentId, give, quizzes } = await enrolled({ attemptLimit: 1 });
      expect(await quizzes()).toEqual([
        {
          lesson: { key: 'quiz' },
          attemptLimit: 1,
          timeLimitMinutes: null,
          closesAt: null,
          attemptsMade: 0,
          allowance: null,
          earlier: [],
        },
      ]);
      const { attempt } = await startAttempt(learner, enrollmentId, course.quizId);
      await submitAttempt(learner, attempt.id, []);
      expect(codes(await startAttempt(learner, enrollmentId, course.quizId))).toEqual([
        'ATTEMPT_LIMIT_REACHED',
      ]);
      expect(codes(await give({ extraAttempts: 1 }))).toEqual([]);
      const [given] = await quizzes();
      expect(given).toMatchObject({
        attemptsMade: 1,
        allowance: { extraAttempts: 1, reason: 'Was ill', givenBy: { name: 'Mona' } },
        earlier: [],
      });
      expect(codes(await startAttempt(learner, enrollmentId, course.quizId))).toEqual([]);
      // The trainer of the course reads it too, and may take it back.
      const list = `query ($id: ID!) { lesson(id: $id) { allowances { allowance { extraAttempts givenBy { name } } } } }`;
      expect((await trainer.ask(list, { id: course.quizId })).lesson.allowances).toEqual([
        { allowance: { extraAttempts: 1, givenBy: { name: 'Mona' } } },
      ]);
      expect(codes(await give({ reason: 'By mistake' }))).toEqual([]);
      const [taken] = await quizzes();
      expect(taken.allowance).toBeNull();
      expect(taken.earlier).toEqual([
        { extraAttempts: 0, extraMinutes: 0, reason: 'By mistake', givenBy: { name: 'Mona' } },
        { extraAttempts: 1, extraMinutes: 0, reason: 'Was ill', givenBy: { name: 'Mona' } },
      ]);
      const audited = await app.sql<{ detail: { reason: string } }>(
        `SELECT detail FROM audit_entry WHERE subject = $1 AND actor_id = $2 ORDER BY id`,
        [`enrollment:${enrollmentId}`, manager.personId],
      );
      expect(audited.map(({ detail }) => detail.reason)).toEqual(['Was ill', 'By mistake']);
    });

    it('of their own program alone; nobody else can tell that there is such an enrollment', async () => {
      const { course, learner, enrollmentId, give, quizzes, otherCohortId } = await enrolled({
        attemptLimit: 1,
      });
      const others = [
        rival,
        trainer,
        learner,
        await aPerson(app),
        await aPerson(app, { roles: ['TRAINER'] }),
      ];
      for (const other of others) {
        await expect(give({ extraAttempts: 1 }, other)).rejects.toThrow('NOT_FOUND');
        expect(await other.errorCode(QUIZZES, { id: enrollmentId })).toBe('NOT_FOUND');
      }
      expect(await app.visitor().errorCode(QUIZZES, { id: enrollmentId })).toBe('UNAUTHENTICATED');
      // A manager is no trainer of the course: by address they give nothing, to nobody.
      await expect(
        manager.mutate(
          'quizAllowanceGive',
          'QuizAllowanceGiveInput',
          { lessonId: course.quizId, email: learner.email, extraMinutes: 0, extraAttempts: 1, reason: 'x' },
          'allowance { id }',
        ),
      ).rejects.toThrow('FORBIDDEN');
      // An enrollment of another program is the other manager's.
      const theirs = await aPerson(app);
      const id = await enroll(theirs, course.id, { cohortId: otherCohortId });
      await expect(give({ enrollmentId: id, extraAttempts: 1 })).rejects.toThrow('NOT_FOUND');
      expect(codes(await give({ enrollmentId: id, extraAttempts: 1 }, rival))).toEqual([]);
      // Neither is one without a cohort; an administrator looks after all.
      await app.sql('UPDATE enrollment SET cohort_id = NULL WHERE id = $1', [id]);
      await expect(give({ enrollmentId: id, extraAttempts: 1 }, rival)).rejects.toThrow('NOT_FOUND');
      const admin = await aPerson(app, { roles: ['ADMIN'] });
      expect(codes(await give({ enrollmentId: id, extraAttempts: 2 }, admin))).toEqual([]);
      expect(await app.sql('SELECT 1 FROM quiz_allowance WHERE enrollment_id = $1', [enrollmentId])).toEqual(
        [],
      );
      expect((await quizzes())[0].allowance).toBeNull();
    });

    it('to whoever takes the course now, in a quiz of it', async () => {
      const { course, enrollmentId, give } = await enrolled({ attemptLimit: 1 });
      const elsewhere = await aQuizCourse(app, trainer, { settings: { attemptLimit: 1 } });
      for (const wrong of [
        { lessonId: elsewhere.quizId },
        { lessonId: randomUUID() },
        { lessonId: 'x' },
        { enrollmentId: randomUUID() },
      ])
        await expect(give({ extraAttempts: 1, ...wrong })).rejects.toThrow('NOT_FOUND');
      const reading = course.lessons.find(({ kind }) => kind === 'READING')!;
      expect(codes(await give({ extraAttempts: 1, lessonId: reading.id }))).toEqual([
        'ALLOWANCE_QUIZ_UNKNOWN',
      ]);
      expect(codes(await give({ extraMinutes: 5 }))).toEqual(['ALLOWANCE_NO_TIME_LIMIT']);
      expect(codes(await give({ extraAttempts: -1 }))).toEqual(['ALLOWANCE_ATTEMPTS_RANGE']);
      expect(codes(await give({ extraAttempts: 1, reason: ' ' }))).toEqual(['REQUIRED']);
      await app.sql(
        `UPDATE enrollment SET state = 'WITHDRAWN', ended_at = now(), withdrawal_reason = 'OTHER' WHERE id = $1`,
        [enrollmentId],
      );
      expect(codes(await give({ extraAttempts: 1 }))).toEqual(['ALLOWANCE_NOT_LEARNING']);
    });
  });

  describe('read what a regrade did to their learners', () => {
    const LIST = `query ($programId: ID!) { programRegrades(programId: $programId, first: 10) { nodes { id reason finishedAt excerpt
      course { slug } requestedBy { name } counts { effect count } } } }`;
    const ONE = `query ($programId: ID!, $id: ID!, $effect: RegradeEffect, $after: String) { programRegrade(programId: $programId, id: $id) {
      counts { effect count } differences(first: 1, effect: $effect, after: $after) { pageInfo { hasNextPage endCursor }
        nodes { email enrollmentId effect scorePercentBefore scorePercentAfter isCompleted } } } }`;

    it('of their program alone, as the trainer’s report tells it', async () => {
      const course = await aMendableCourse(app, trainer);
      const mine = await aProgram(app, { managerIds: [manager.personId], courseIds: [course.id] });
      const theirs = await aProgram(app, {
        managerIds: [rival.personId, manager.personId],
        courseIds: [course.id],
      });
      const people = [];
      for (const cohortId of [mine.cohortId, mine.cohortId, theirs.cohortId]) {
        const learner = await aLearner(app, course, { cohortId });
        people.push(learner);
      }
      const [right, wrong, other] = people as [any, any, any];
      await right.take('a');
      await wrong.take('b');
      await other.take('b');
      await mendSingle(app, trainer, course);
      expect((await manager.ask(LIST, { programId: mine.programId })).programRegrades.nodes).toEqual([]);
      const { regrade } = await applyRegrade(trainer, course);
      expect(await app.drainOutbox()).toEqual([]);

      const listed = (await manager.ask(LIST, { programId: mine.programId })).programRegrades.nodes;
      expect(listed).toEqual([
        {
          id: regrade.id,
          reason: 'The key was wrong.',
          finishedAt: expect.any(String),
          excerpt: expect.stringMatching(/\S/),
          course: { slug: course.slug },
          requestedBy: { name: 'Tara' },
          counts: [
            { effect: 'PASSES_NOW', count: 1 },
            { effect: 'STAYS_PASSED', count: 1 },
          ],
        },
      ]);
      // Asked of two programs at once, each is told its own.
      const { one, two } = await manager.ask(
        `query ($a: ID!, $b: ID!) { one: programRegrades(programId: $a, first: 10) { nodes { counts { effect count } } }
           two: programRegrades(programId: $b, first: 10) { nodes { counts { effect count } } } }`,
        { a: mine.programId, b: theirs.programId },
      );
      expect(one.nodes[0].counts).toHaveLength(2);
      expect(two.nodes[0].counts).toEqual([{ effect: 'STAYS_PASSED', count: 1 }]);

      const page = async (more: object = {}): Promise<any> =>
        (await manager.ask(ONE, { programId: mine.programId, id: regrade.id, ...more })).programRegrade
          .differences;
      const first = await page();
      const second = await page({ after: first.pageInfo.endCursor });
      expect(second.pageInfo.hasNextPage).toBe(false);
      expect([...first.nodes, ...second.nodes]).toEqual([
        expect.objectContaining({
          email: right.learner.email,
          enrollmentId: right.enrollmentId,
          effect: 'PASSES_NOW',
        }),
        expect.objectContaining({
          email: wrong.learner.email,
          enrollmentId: wrong.enrollmentId,
          effect: 'STAYS_PASSED',
        }),
      ]);
      expect((await page({ effect: 'STAYS_PASSED' })).nodes).toHaveLength(1);

      const elsewhere = await aProgram(app, { managerIds: [manager.personId], courseIds: [course.id] });
      expect(await manager.errorCode(ONE, { programId: elsewhere.programId, id: regrade.id })).toBe(
        'NOT_FOUND',
      );
      for (const who of [rival, trainer, right.learner, await aPerson(app, { roles: ['ADMIN'] })]) {
        expect(await who.errorCode(LIST, { programId: mine.programId })).toBe('NOT_FOUND');
        expect(await who.errorCode(ONE, { programId: mine.programId, id: regrade.id })).toBe('NOT_FOUND');
      }
      // It is read only, and the trainer's own report stays the trainers'.
      expect(
        await manager.errorCode('query ($id: ID!) { quizRegrade(id: $id) { id } }', { id: regrade.id }),
      ).toBe('FORBIDDEN');
      await expect(applyRegrade(manager, course)).rejects.toThrow();
    });
  });
});
