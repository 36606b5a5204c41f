import { QuizClosingDue } from '../../src/features/learning/learning.events.js';
import { Database } from '../../src/platform/database/database.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { aCall, aPerson, aProgram, aBusiness } from '../support/builders.js';
import {
  aLearnerOf,
  answersFor,
  aTwoQuizCourse,
  changeCriteria,
  CRITERIA,
  copyLearner,
  STANDING,
  lessonIdOf,
  readCriteria,
} from '../support/criteria.builders.js';
import { draftContent, quizCourseContent, startAttempt, saveAnswer } from '../support/quiz.builders.js';
import { aLearner, aMendableCourse, applyRegrade, mendSingle } from '../support/regrade.builders.js';
import { recordStatements } from '../support/statements.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

type Person = Awaited<ReturnType<typeof aPerson>>;

const PREVIEW = `query ($slug: String!, $percent: Int) { course(slug: $slug) {
  completionCriteriaPreview(overallMinimumPercent: $percent) { version overallMinimumPercent inProgress lookedAt completing oneMore
    oneLess completed } } }`;

describe('what completing a course takes', () => {
  let app: TestApp;
  let trainer: Person;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { name: 'Ada', roles: ['TRAINER'] });
  });
  afterAll(() => app.close());
  // So many sign in from one address that it would be refused.
  beforeEach(() => void app.clock.moveForward(3_600_000));

  const drain = async (): Promise<void> => expect(await app.drainOutbox()).toEqual([]);
  const cohortOf = async (enrollmentId: string): Promise<unknown> =>
    (await app.sql<any>(`SELECT cohort_id FROM enrollment WHERE id = $1`, [enrollmentId]))[0].cohort_id;
  const preview = async (slug: string, percent: number | null, who = trainer): Promise<any> =>
    (await who.ask(PREVIEW, { slug, percent })).course.completionCriteriaPreview;

  it('is every lesson and quiz, until somebody decides on a minimum: who, when and why is kept', async () => {
    const course = await aTwoQuizCourse(app, trainer);
    const first = {
      version: 1,
      overallMinimumPercent: null,
      reason: null,
      decidedAt: null,
      decidedBy: null,
      reevaluation: null,
    };
    expect(await readCriteria(trainer, course)).toEqual([first]);
    const { course: changed, userErrors } = await changeCriteria(trainer, course, 70);
    expect(userErrors).toEqual([]);
    expect(changed.completionCriteria).toEqual([
      {
        version: 2,
        overallMinimumPercent: 70,
        reason: 'The badge should say more.',
        decidedAt: app.clock.now().toISOString(),
        decidedBy: { name: 'Ada' },
        reevaluation: { learnersFound: 0, learnersDone: 0, learnersCompleted: 0, finishedAt: null },
      },
      first,
    ]);
    await drain();
    expect((await readCriteria(trainer, course))[0].reevaluation.finishedAt).not.toBeNull();
    const audited = await app.sql(
      `SELECT actor_id, detail FROM audit_entry WHERE action = 'completionCriteriaChange' AND subject = $1`,
      [`course:${course.id}`],
    );
    expect(audited).toEqual([
      {
        actor_id: trainer.personId,
        detail: { version: 2, overallMinimumPercent: 70, reason: 'The badge should say more.' },
      },
    ]);
  });

  it.each([
    `UPDATE completion_criteria SET overall_minimum_percent = 1`,
    `DELETE FROM completion_criteria`,
    `TRUNCATE completion_criteria CASCADE`,
  ])('is never rewritten: %s', async (statement) => {
    await expect(app.sql(statement)).rejects.toThrow('append-only');
  });

  it('tells who is below what is there, what is needed and which quiz to take again; one more try completes', async () => {
    const course = await aTwoQuizCourse(app, trainer, { settings: { attemptLimit: 2 } });
    await changeCriteria(trainer, course, 80);
    const { doAll, standing, take } = await aLearnerOf(app, course);
    await doAll(1, 2);
    expect(await standing()).toMatchObject({
      state: 'ACTIVE',
      nextLesson: { key: 'one' },
      continueAt: { lesson: { key: 'one' } },
      completion: null,
      progress: {
        requiredLessons: 3,
        completedLessons: 3,
        minutesLeft: 5,
        missing: [{ code: 'OVERALL_BELOW_MINIMUM', lesson: { key: 'one' }, minutes: 5, have: 75, need: 80 }],
        overall: {
          minimumPercent: 80,
          percent: 75,
          quizzes: [
            {
              lesson: { key: 'one', quizStanding: { attemptsLeft: 1, refusal: null } },
              percent: 50,
              mayRise: true,
            },
            { lesson: { key: 'two' }, percent: 100, mayRise: false },
          ],
        },
      },
    });
    app.clock.moveForward(60_000);
    await take('one', 2);
    const { state, completion } = await standing();
    expect({ state, completion }).toMatchObject({
      state: 'COMPLETED',
      completion: { criteriaVersion: 2, occurredAt: app.clock.now().toISOString() },
    });
    const [{ evidence }] = await app.sql<any>(`SELECT evidence FROM course_completion WHERE id = $1`, [
      completion.id,
    ]);
    expect(
      evidence.map((each: any) => [each.lessonKey, each.grade?.percent, each.grade?.attemptIds.length]),
    ).toEqual([
      ['reading', undefined, undefined],
      ['one', 100, 1],
      ['two', 100, 1],
    ]);
    await drain();
    const [{ badge }] = await app.sql<any>(`SELECT badge FROM certificate WHERE completion_id = $1`, [
      completion.id,
    ]);
    expect(badge.credentialSubject.achievement.criteria.narrative).toBe(
      'Completed all 3 required lessons, among them 2 quizzes (pass mark: 50 %). Reached 80 % over the quizzes at least.',
    );
  });

  it('asks nothing of a course without a minimum, and says so', async () => {
    const course = await aTwoQuizCourse(app, trainer);
    const { doAll, standing } = await aLearnerOf(app, course);
    expect((await standing()).progress.overall).toBeNull();
    await doAll(1, 1);
    expect(await standing()).toMatchObject({ state: 'COMPLETED', completion: { criteriaVersion: 1 } });
  });

  it('never takes a completion or a badge away, however much it asks later', async () => {
    const course = await aTwoQuizCourse(app, trainer);
    const { doAll, standing, learner } = await aLearnerOf(app, course);
    await doAll(1, 1);
    await drain();
    const before = await standing();
    await changeCriteria(trainer, course, 100);
    await drain();
    const { state, completion } = await standing();
    expect({ state, completion }).toEqual({ state: 'COMPLETED', completion: before.completion });
    const { viewer } = await learner.ask('{ viewer { certificates { status } } }');
    expect(viewer.certificates).toEqual([{ status: 'VALID' }]);
  });

  it('judges work by what was asked when it was done, however late it is looked at', async () => {
    const course = await aTwoQuizCourse(app, trainer, { settings: { timeLimitMinutes: 10 } });
    const { read, take, standing, learner, enrollmentId } = await aLearnerOf(app, course);
    await read();
    await take('one', 1);
    const { attempt } = await startAttempt(learner, enrollmentId, lessonIdOf(course, 'two'));
    for (const answer of answersFor(attempt, 1)) await saveAnswer(learner, attempt.id, answer);
    app.clock.moveForward(11 * 60_000); // the time is over, and no worker looked
    await changeCriteria(trainer, course, 90);
    await app.get(Database).transaction((tx) => app.get(Outbox).record(tx, QuizClosingDue, {}));
    await drain();
    const { state, completion } = await standing();
    expect({ state, completion }).toMatchObject({
      state: 'COMPLETED',
      completion: { criteriaVersion: 1, occurredAt: attempt.endsAt },
    });
  });

  it('completes by a mended key who reaches the minimum with it', async () => {
    const course = await aMendableCourse(app, trainer, { passPercent: 50 });
    await changeCriteria(trainer, course, 80);
    const { learner, take, read } = await aLearner(app, course);
    await read();
    const attempt = await take('a');
    const state = async (): Promise<any> =>
      (
        await learner.ask(
          `query ($slug: String!) { course(slug: $slug) { enrollment { state completion { occurredAt } } } }`,
          { slug: course.slug },
        )
      ).course.enrollment;
    expect(await state()).toMatchObject({ state: 'ACTIVE' });
    app.clock.moveForward(86_400_000);
    await mendSingle(app, trainer, course);
    await applyRegrade(trainer, course);
    await drain();
    expect(await state()).toEqual({ state: 'COMPLETED', completion: { occurredAt: attempt.submittedAt } });
  });

  it('is a step towards a grant: raise the grade', async () => {
    const course = await aTwoQuizCourse(app, trainer);
    await changeCriteria(trainer, course, 80);
    const manager = await aPerson(app, { roles: ['MANAGER'] });
    const { programId } = await aProgram(app, { managerIds: [manager.personId], courseIds: [course.id] });
    const { learner, doAll } = await aLearnerOf(app, course);
    await aBusiness(learner);
    const callId = await aCall(app, {
      programId,
      rules: { kind: 'HOLDS_BADGE', key: 'badge', courseId: course.id },
      createdBy: manager.personId,
    });
    await doAll(1, 2);
    const { eligibility } = await learner.ask(
      `query ($id: ID!) { eligibility(callId: $id) { answer actions { minutes steps { lessonKey minutes sentence } } } }`,
      { id: callId },
    );
    expect(eligibility).toMatchObject({
      answer: 'NOT_YET',
      actions: [
        {
          minutes: 5,
          steps: [
            {
              lessonKey: 'one',
              minutes: 5,
              sentence: 'Raise your overall grade: take the quiz “Quiz one” again, about 5 minutes',
            },
          ],
        },
      ],
    });
  });

  it('is told to those who look after the learner, with the grades that counted', async () => {
    const course = await aTwoQuizCourse(app, trainer);
    await changeCriteria(trainer, course, 80);
    const manager = await aPerson(app, { roles: ['MANAGER'] });
    const { cohortId } = await aProgram(app, { managerIds: [manager.personId], courseIds: [course.id] });
    const { doAll, take, enrollmentId } = await aLearnerOf(app, course);
    expect(await cohortOf(enrollmentId)).toBe(cohortId);
    const record = async (): Promise<any> =>
      (
        await manager.ask(
          `query ($id: ID!) { learnerRecord(enrollmentId: $id) { enrollment { progress { missing { code have need } } }
            completions { lessons { lesson { key } gradePercent } } } }`,
          { id: enrollmentId },
        )
      ).learnerRecord;
    await doAll(1, 2);
    expect(await record()).toEqual({
      enrollment: { progress: { missing: [{ code: 'OVERALL_BELOW_MINIMUM', have: 75, need: 80 }] } },
      completions: [],
    });
    await take('one', 2);
    expect((await record()).completions[0].lessons).toEqual([
      { lesson: { key: 'reading' }, gradePercent: null },
      { lesson: { key: 'one' }, gradePercent: 100 },
      { lesson: { key: 'two' }, gradePercent: 100 },
    ]);
  });

  it('counts no grade that a reversal set aside', async () => {
    const course = await aTwoQuizCourse(app, trainer);
    await changeCriteria(trainer, course, 70);
    const admin = await aPerson(app, { roles: ['ADMIN'] });
    const { doAll, take, standing } = await aLearnerOf(app, course);
    await doAll(1, 2);
    const { completion } = await standing();
    await admin.mutate(
      'completionReverse',
      'CompletionReverseInput',
      {
        completionId: completion.id,
        reason: 'The answers were shared.',
        askedLessonIds: [lessonIdOf(course, 'two')],
      },
      'enrollment { id }',
    );
    expect(await standing()).toMatchObject({
      state: 'ACTIVE',
      progress: {
        missing: [
          { code: 'QUIZ_NOT_PASSED', lesson: { key: 'two' } },
          { code: 'OVERALL_BELOW_MINIMUM', minutes: 0, have: 50, need: 70 },
        ],
        overall: { percent: 50, quizzes: [{ percent: 50 }, { percent: null }] },
      },
    });
    await take('two', 1);
    expect(await standing()).toMatchObject({ state: 'ACTIVE', progress: { overall: { percent: 50 } } });
    await take('two', 2);
    expect(await standing()).toMatchObject({ state: 'COMPLETED', completion: { criteriaVersion: 2 } });
  });

  it('is shown to a learner with as many statements after five tries as after two', async () => {
    const course = await aTwoQuizCourse(app, trainer);
    await changeCriteria(trainer, course, 90);
    const { learner, doAll, take } = await aLearnerOf(app, course);
    await doAll(1, 1);
    const count = async (): Promise<number> =>
      (await recordStatements(app, () => learner.ask(STANDING, { slug: course.slug }))).statements.length;
    await count();
    const before = await count();
    for (let times = 0; times < 3; times += 1) await take('one', 1);
    expect(await count()).toBe(before);
    expect(before).toBeLessThanOrEqual(8);
  });

  describe('before it is changed', () => {
    it('is tried on everybody in progress, and nothing is changed', async () => {
      const course = await aTwoQuizCourse(app, trainer);
      await changeCriteria(trainer, course, 100);
      await drain();
      const [nearly, half, begun] = [
        await aLearnerOf(app, course),
        await aLearnerOf(app, course),
        await aLearnerOf(app, course),
      ];
      await nearly.doAll(1, 2);
      await half.doAll(1, 1);
      await begun.take('one', 1);
      const done = await aLearnerOf(app, course);
      await done.doAll(2, 2);
      const counts = { version: 2, inProgress: 3, lookedAt: 3, completed: 1 };
      const none = { completing: 0, oneMore: 0, oneLess: 0 };
      expect(await preview(course.slug, 100)).toMatchObject({ ...counts, ...none });
      expect(await preview(course.slug, 75)).toMatchObject({ ...counts, ...none, completing: 1 });
      expect(await preview(course.slug, 50)).toMatchObject({
        ...counts,
        completing: 2,
        oneMore: 0,
        oneLess: 1,
      });
      expect(await preview(course.slug, null)).toMatchObject({ ...counts, completing: 2, oneLess: 1 });
      expect((await readCriteria(trainer, course)).map(({ version }) => version)).toEqual([2, 1]);
      expect(await nearly.standing()).toMatchObject({ state: 'ACTIVE' });
      await changeCriteria(trainer, course, 50, { expectedVersion: 2 });
      await drain();
      expect(await preview(course.slug, 90)).toMatchObject({
        version: 3,
        inProgress: 1,
        completed: 3,
        oneMore: 1,
      });
    });

    it('looks at 2,000 at most, and says so', async () => {
      const course = await aTwoQuizCourse(app, trainer);
      await changeCriteria(trainer, course, 90);
      const { doAll, enrollmentId } = await aLearnerOf(app, course);
      await doAll(1, 2);
      await copyLearner(app, enrollmentId, 2_040);
      const started = performance.now();
      expect(await preview(course.slug, 60)).toMatchObject({
        inProgress: 2_041,
        lookedAt: 2_000,
        completing: 2_000,
      });
      expect(performance.now() - started).toBeLessThan(10_000);
    });
  });

  describe('for whom', () => {
    it('is changed and tried by those who edit the course, and by nobody else', async () => {
      const course = await aTwoQuizCourse(app, trainer);
      const [editor, reviewer] = [
        await aPerson(app, { roles: ['TRAINER'] }),
        await aPerson(app, { roles: ['TRAINER'] }),
      ];
      const team: [Person, string][] = [
        [editor, 'EDITOR'],
        [reviewer, 'REVIEWER'],
      ];
      for (const [person, role] of team)
        await app.sql(
          `INSERT INTO course_trainer (course_id, person_id, role, created_at) VALUES ($1, $2, $3, now())`,
          [course.id, person.personId, role],
        );
      const manager = await aPerson(app, { roles: ['MANAGER'] });
      await aProgram(app, { managerIds: [manager.personId], courseIds: [course.id] });
      const { learner } = await aLearnerOf(app, course);
      const others = {
        reviewer,
        otherTrainer: await aPerson(app, { roles: ['TRAINER'] }),
        otherManager: await aPerson(app, { roles: ['MANAGER'] }),
        learner,
        visitor: app.visitor(),
      };
      const CHANGE = `mutation ($id: ID!) { completionCriteriaChange(input: { courseId: $id, overallMinimumPercent: 60,
        expectedVersion: 1, reason: "Because" }) { userErrors { code } } }`;
      const READ = `query ($slug: String!) { course(slug: $slug) { ${CRITERIA} } }`;
      for (const [who, person] of Object.entries({ ...others, manager })) {
        const refused = who === 'visitor' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
        expect([who, await person.errorCode(CHANGE, { id: course.id })]).toEqual([who, refused]);
        expect([who, await person.errorCode(PREVIEW, { slug: course.slug })]).toEqual([who, refused]);
        if (person !== manager)
          expect([who, await person.errorCode(READ, { slug: course.slug })]).toEqual([who, refused]);
      }
      expect(await readCriteria(manager, course)).toHaveLength(1);
      expect((await changeCriteria(editor, course, 60)).userErrors).toEqual([]);
      expect(await readCriteria(manager, course)).toHaveLength(2);
    });

    it('does not tell strangers of a course that is not published', async () => {
      await draftContent(app, trainer, 'secret-criteria', quizCourseContent());
      const [{ id }] = await app.sql<any>(`SELECT id FROM course WHERE slug = 'secret-criteria'`);
      const CHANGE = `mutation ($id: ID!) { completionCriteriaChange(input: { courseId: $id, overallMinimumPercent: 60,
        expectedVersion: 1, reason: "Because" }) { userErrors { code } } }`;
      const stranger = await aPerson(app, { roles: ['TRAINER'] });
      expect(await stranger.errorCode(CHANGE, { id })).toBe('NOT_FOUND');
      expect(await trainer.errorCode(CHANGE, { id: '0190f2a0-0000-7000-8000-000000000000' })).toBe(
        'NOT_FOUND',
      );
    });
  });

  it('refuses what it cannot mean, in words that say how to mend it', async () => {
    const course = await aTwoQuizCourse(app, trainer);
    const codes = async (...parameters: Parameters<typeof changeCriteria>): Promise<string[]> =>
      (await changeCriteria(...parameters)).userErrors.map(
        ({ code, field }: any) => `${code} ${field ?? ''}`,
      );
    for (const percent of [0, -5, 101])
      expect(await codes(trainer, course, percent)).toEqual([
        'CRITERIA_MINIMUM_OUT_OF_RANGE overallMinimumPercent',
      ]);
    expect(await codes(trainer, course, 70, { reason: ' ' })).toEqual(['REQUIRED reason']);
    expect(await codes(trainer, course, 70, { reason: 'x'.repeat(501) })).toEqual(['TOO_LONG reason']);
    expect(await codes(trainer, course, null)).toEqual(['CRITERIA_UNCHANGED overallMinimumPercent']);
    expect(await codes(trainer, course, 70, { expectedVersion: 2 })).toEqual(['CRITERIA_CHANGED_MEANWHILE ']);
    expect(await readCriteria(trainer, course)).toHaveLength(1);
    const { errors } = await trainer.send(PREVIEW, { slug: course.slug, percent: 101 });
    expect(errors).toMatchObject([
      { message: expect.stringContaining('from 1 to 100'), extensions: { code: 'BAD_USER_INPUT' } },
    ]);
  });

  it('of two who change it at once, one is told', async () => {
    const course = await aTwoQuizCourse(app, trainer);
    const answers = await Promise.all(
      [60, 70, 80].map((percent) => changeCriteria(trainer, course, percent)),
    );
    const codes = answers.flatMap(({ userErrors }) => userErrors.map(({ code }: any) => code));
    expect(codes).toEqual(['CRITERIA_CHANGED_MEANWHILE', 'CRITERIA_CHANGED_MEANWHILE']);
    expect(await readCriteria(trainer, course)).toHaveLength(2);
  });
});
