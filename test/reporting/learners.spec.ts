import { randomUUID } from 'node:crypto';
import {
  aBusiness,
  aCall,
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
import { ago, DAY, insertLearner, randomLearners, type Given } from '../support/report-recount.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

const LEARNER = `enrollment { id course { id } progress { requiredLessons completedLessons } } person { name } email
  regionCode regionName cohort { id name } lastActivityAt`;
const PAGE = 'pageInfo { hasNextPage endCursor }';
const AT_RISK = `query ($programId: ID!, $courseId: ID, $cohortId: ID, $regionCode: String, $first: Int!, $after: String) {
  learnersAtRisk(programId: $programId, courseId: $courseId, cohortId: $cohortId, regionCode: $regionCode, first: $first, after: $after) {
    totalCount goneCount nodes { ${LEARNER} reasons { code sentence } } edges { cursor node { email } } ${PAGE} } }`;
const IN_STAGE = `query ($programId: ID!, $stage: FunnelStage!, $enrolledFrom: LocalDate, $enrolledUntil: LocalDate, $courseId: ID,
    $cohortId: ID, $regionCode: String, $first: Int!, $after: String) {
  enrollmentsInStage(programId: $programId, stage: $stage, enrolledFrom: $enrolledFrom, enrolledUntil: $enrolledUntil,
    courseId: $courseId, cohortId: $cohortId, regionCode: $regionCode, first: $first, after: $after) { nodes { ${LEARNER} } ${PAGE} } }`;
const FUNNEL = `query ($programId: ID!, $enrolledFrom: LocalDate, $enrolledUntil: LocalDate, $courseId: ID, $cohortId: ID, $regionCode: String) {
  completionReport(programId: $programId, enrolledFrom: $enrolledFrom, enrolledUntil: $enrolledUntil, courseId: $courseId,
    cohortId: $cohortId, regionCode: $regionCode) { funnel { stage count } } }`;

describe('the people behind the figures', () => {
  let app: TestApp;
  let manager: Awaited<ReturnType<typeof aPerson>>;
  let one: BuiltCourse;
  let two: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    const trainer = await aPerson(app, { name: 'trainer', roles: ['TRAINER'] });
    manager = await aPerson(app, { name: 'manager', roles: ['MANAGER'] });
    one = await aCourse(trainer);
    two = await aCourse(trainer, { readings: 5 });
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  const aReportedProgram = () =>
    aProgram(app, { managerIds: [manager.personId], courseIds: [one.id, two.id] });
  const insert = (given: Given): Promise<string> => insertLearner(app, { course: one, ...given });
  const atRisk = async (programId: string, variables: object = {}): Promise<any> =>
    (await manager.ask(AT_RISK, { programId, first: 100, ...variables })).learnersAtRisk;
  const ids = (list: { nodes: { enrollment: { id: string } }[] }): string[] =>
    list.nodes.map(({ enrollment }) => enrollment.id);

  describe('at risk', () => {
    it('are listed with who they are, how far they are and why, as they learned through the product', async () => {
      const { programId, cohortId } = await aReportedProgram();
      const learner = await aPerson(app, { name: 'Nadia' });
      const businessId = await aBusiness(learner, { REGION: 'FR-BRE' });
      const enrollmentId = await enroll(learner, one.id, { businessId, cohortId });
      expect(await atRisk(programId)).toMatchObject({ totalCount: 0, goneCount: 0, nodes: [] });
      await completeReadings(learner, enrollmentId, one);
      const quiz = one.lessons.find(({ kind }) => kind === 'QUIZ')!;
      for (let failed = 0; failed < 3; failed += 1) {
        const attemptId = await answerQuiz(learner, { enrollmentId, lessonId: quiz.id, right: false });
        await submitQuiz(learner, attemptId);
      }
      app.clock.moveForward(11 * DAY);
      const list = await atRisk(programId);
      expect(list).toEqual({
        totalCount: 1,
        goneCount: 0,
        nodes: [
          {
            enrollment: {
              id: enrollmentId,
              course: { id: one.id },
              progress: { requiredLessons: 3, completedLessons: 2 },
            },
            person: { name: 'Nadia' },
            email: learner.email,
            regionCode: 'FR-BRE',
            regionName: 'Brittany',
            cohort: { id: cohortId, name: 'Autumn' },
            lastActivityAt: START.toISOString(),
            reasons: [
              { code: 'QUIZ_FAILED', sentence: 'Failed the quiz “Check” 3 times.' },
              { code: 'NO_ACTIVITY', sentence: 'No activity for 11 days.' },
            ],
          },
        ],
        edges: [{ cursor: expect.any(String), node: { email: learner.email } }],
        pageInfo: { hasNextPage: false, endCursor: list.edges[0].cursor },
      });
      await app.sql(`UPDATE person SET locale = 'fr' WHERE id = $1`, [manager.personId]);
      const [french] = (await atRisk(programId)).nodes;
      await app.sql(`UPDATE person SET locale = 'en' WHERE id = $1`, [manager.personId]);
      expect(french.regionName).toBe('Bretagne');
      expect(french.reasons[0].sentence).toBe('A échoué 3 fois au quiz « Vérification ».');
      // Passed at last, and so completed: nobody to worry about.
      await submitQuiz(learner, await answerQuiz(learner, { enrollmentId, lessonId: quiz.id }));
      expect(await atRisk(programId)).toMatchObject({ totalCount: 0, goneCount: 0 });
    });

    it('are not those who left or whose time is over, nor are these gone', async () => {
      const { programId, cohortId } = await aReportedProgram();
      const [stays, , expires] = [
        await insert({ cohortId, enrolledAt: ago(30) }),
        await insert({ cohortId, enrolledAt: ago(30), withdrawnAfter: { days: 20 } }),
        await insert({ cohortId, enrolledAt: ago(90) }),
      ];
      await app.sql(`UPDATE enrollment SET state = 'EXPIRED', ended_at = $2 WHERE id = $1`, [
        expires,
        ago(1),
      ]);
      const list = await atRisk(programId);
      expect(ids(list)).toEqual([stays]);
      expect(list.goneCount).toBe(0);
    });

    it('are no longer so for a quiz that they passed in the end', async () => {
      const { programId, cohortId } = await aReportedProgram();
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, one.id, { cohortId });
      const { id: lessonId } = one.lessons.find(({ kind }) => kind === 'QUIZ')!;
      const totals: number[] = [];
      for (const right of [false, false, false, true]) {
        await submitQuiz(learner, await answerQuiz(learner, { enrollmentId, lessonId, right }));
        totals.push((await atRisk(programId)).totalCount);
      }
      expect(totals).toEqual([0, 0, 1, 0]);
    });

    it('are those too slow for the first call that asks for the badge', async () => {
      const { programId, cohortId } = await aReportedProgram();
      const call = (courseId: string, closesLocal: string): Promise<string> =>
        aCall(app, {
          programId,
          rules: { kind: 'HOLDS_BADGE', key: 'badge', courseId },
          createdBy: manager.personId,
          closesLocal,
        });
      const slow = await insert({ cohortId, enrolledAt: ago(9), lessons: 1 }); // two more: eighteen days
      expect((await atRisk(programId)).totalCount).toBe(0); // no call, no end
      await call(one.id, '2026-10-01T23:59'); // closed already
      await call(two.id, '2026-10-10T23:59'); // of the other course
      await call(one.id, '2026-12-31T23:59');
      expect((await atRisk(programId)).totalCount).toBe(0);
      await call(one.id, '2026-10-20T23:59');
      const { nodes } = await atRisk(programId);
      expect(nodes.map(({ enrollment }: any) => enrollment.id)).toEqual([slow]);
      expect(nodes[0].reasons).toEqual([
        {
          code: 'TOO_SLOW',
          sentence: 'At this pace finished on 25 October 2026; the call closes on 20 October 2026.',
        },
      ]);
    });

    it('come most urgent first, page by page, each once; those gone are counted apart', async () => {
      const { programId, cohortId } = await aReportedProgram();
      const expected = new Map<string, number>();
      for (const days of [8, 40, 23, 59, 12, 31, 16])
        expected.set(await insert({ cohortId, enrolledAt: ago(days) }), days);
      await insert({ cohortId, enrolledAt: ago(3) }); // not yet
      await insert({ cohortId, enrolledAt: ago(60) });
      await insert({ cohortId, enrolledAt: ago(200), lessons: 2 });
      await insert({ cohortId, enrolledAt: ago(20), lessons: 3, completedAfter: { days: 5 } });
      const inOrder = [...expected].sort((a, b) => b[1] - a[1]).map(([id]) => id);
      const whole = await atRisk(programId);
      expect(whole).toMatchObject({ totalCount: 7, goneCount: 2 });
      expect(ids(whole)).toEqual(inOrder);
      const walked: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const page: any = await atRisk(programId, { first: 3, after });
        expect(page.totalCount).toBe(7);
        walked.push(...ids(page));
        ({ endCursor: after, hasNextPage: more } = page.pageInfo);
      }
      expect(walked).toEqual(inOrder);
    });

    it('are counted as the report counts: no staff, no test account, no other program; and by every filter', async () => {
      const { programId, cohortId } = await aReportedProgram();
      const other = await aReportedProgram();
      const enrolledAt = ago(20);
      for (const roles of [['TRAINER'], ['MANAGER'], ['ADMIN']])
        await insert({ cohortId, enrolledAt, roles });
      await insert({ cohortId, enrolledAt, isTest: true });
      await insert({ cohortId: null, enrolledAt });
      const elsewhere = await insert({ cohortId: other.cohortId, enrolledAt });
      const idf = await insert({ cohortId, enrolledAt, region: { value: 'FR-IDF', asOf: '2020-01-01' } });
      const nowhere = await insert({ cohortId, enrolledAt: ago(19), course: two });
      expect(ids(await atRisk(programId))).toEqual([idf, nowhere]);
      expect(ids(await atRisk(programId, { regionCode: 'FR-IDF' }))).toEqual([idf]);
      expect(ids(await atRisk(programId, { regionCode: 'NOT_STATED' }))).toEqual([nowhere]);
      expect(ids(await atRisk(programId, { courseId: two.id }))).toEqual([nowhere]);
      expect(ids(await atRisk(programId, { cohortId }))).toEqual([idf, nowhere]);
      expect(ids(await atRisk(programId, { cohortId: other.cohortId }))).toEqual([]);
      expect(ids(await atRisk(other.programId))).toEqual([elsewhere]);
      expect((await atRisk(programId)).nodes[1]).toMatchObject({ regionCode: null, regionName: null });
    });
  });

  describe('in a stage of the funnel', () => {
    it.each([1, 2, 3])(
      'are as many as it counts, in every stage and with every filter (fixture %i)',
      async (seed) => {
        const { programId, cohortId } = await aReportedProgram();
        const second = randomUUID();
        await app.sql(
          `INSERT INTO cohort (id, program_id, name, starts_on, ends_on, time_zone) VALUES ($1, $2, 'Spring', '2026-01-01', '2026-12-31', 'Europe/Paris')`,
          [second, programId],
        );
        for (const learner of randomLearners(seed, [one, two], [cohortId, second])) await insert(learner);
        const filters: Record<string, unknown>[] = [
          {},
          { courseId: two.id },
          { cohortId: second },
          { regionCode: 'FR-BRE' },
          { regionCode: 'NOT_STATED' },
          { enrolledFrom: '2026-07-15', enrolledUntil: '2026-09-07' },
          { courseId: one.id, cohortId, regionCode: 'FR-IDF' },
        ];
        for (const filter of filters) {
          const { completionReport } = await manager.ask(FUNNEL, { programId, ...filter });
          let before: string[] | undefined;
          for (const { stage, count } of completionReport.funnel as { stage: string; count: number }[]) {
            const { enrollmentsInStage: list } = await manager.ask(IN_STAGE, {
              programId,
              stage,
              first: 100,
              ...filter,
            });
            const people = ids(list);
            expect({ filter, stage, count: people.length }).toEqual({ filter, stage, count });
            expect(new Set(people).size).toBe(count);
            for (const { enrollment, regionCode, cohort } of list.nodes) {
              if (filter['courseId']) expect(enrollment.course.id).toBe(filter['courseId']);
              if (filter['cohortId']) expect(cohort.id).toBe(filter['cohortId']);
              if (filter['regionCode']) expect(regionCode ?? 'NOT_STATED').toBe(filter['regionCode']);
            }
            if (before) expect(before).toEqual(expect.arrayContaining(people));
            before = people;
          }
        }
      },
    );

    it('come page by page, each once', async () => {
      const { programId, cohortId } = await aReportedProgram();
      const all: string[] = [];
      for (let made = 0; made < 5; made += 1) all.push(await insert({ cohortId, enrolledAt: ago(made) }));
      const walked: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const { enrollmentsInStage: page }: any = await manager.ask(IN_STAGE, {
          programId,
          stage: 'ENROLLED',
          first: 2,
          after,
        });
        walked.push(...ids(page));
        ({ endCursor: after, hasNextPage: more } = page.pageInfo);
      }
      expect(walked).toEqual(all.sort());
    });

    it('have their badge when a worker issued it', async () => {
      const { programId, cohortId } = await aReportedProgram();
      const enrollmentId = await completeCourse(await aPerson(app), one, { cohortId });
      const badges = async (): Promise<string[]> =>
        ids((await manager.ask(IN_STAGE, { programId, stage: 'BADGE', first: 10 })).enrollmentsInStage);
      expect(await badges()).toEqual([]);
      await app.drainOutbox();
      expect(await badges()).toEqual([enrollmentId]);
    });
  });

  it.each([
    ['learnersAtRisk', AT_RISK],
    ['enrollmentsInStage', IN_STAGE],
  ])('are for the managers of the program only (%s)', async (action, document) => {
    const { programId } = await aReportedProgram();
    const variables = { programId, first: 10, stage: 'ENROLLED' };
    const elsewhere = await aPerson(app, { roles: ['MANAGER'] });
    await aProgram(app, { managerIds: [elsewhere.personId], courseIds: [one.id] });
    for (const roles of [[], ['TRAINER'], ['ADMIN']])
      expect(await (await aPerson(app, { roles })).errorCode(document, variables)).toBe('NOT_FOUND');
    expect(await elsewhere.errorCode(document, variables)).toBe('NOT_FOUND');
    expect(await app.visitor().errorCode(document, variables)).toBe('UNAUTHENTICATED');
    const audited = await app.sql('SELECT action FROM audit_entry WHERE actor_id = $1', [elsewhere.personId]);
    expect(audited).toEqual([{ action }]);
    for (const wrong of [{ first: 0 }, { first: 101 }, { after: 'x' }, { regionCode: 'Bretagne' }])
      expect(await manager.errorCode(document, { ...variables, ...wrong })).toBe('BAD_USER_INPUT');
  });
});
