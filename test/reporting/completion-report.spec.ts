import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import {
  aBusiness,
  aCourse,
  aPerson,
  aProgram,
  completeReadings,
  enroll,
  type BuiltCourse,
} from '../support/builders.js';
import type { Client } from '../support/client.js';
import {
  ago,
  DAY,
  insertLearner,
  randomLearners,
  recount,
  type Figures,
  type Given,
} from '../support/report-recount.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

const FIGURES = `rateEnrolled { value numerator denominator } rateStarted { value numerator denominator }
  rateMatured { value numerator denominator } notYetMatured funnel { stage count }`;
const QUERY = `query ($programId: ID!, $enrolledFrom: LocalDate, $enrolledUntil: LocalDate, $courseId: ID, $cohortId: ID,
    $regionCode: String, $horizonDays: Int) {
  completionReport(programId: $programId, enrolledFrom: $enrolledFrom, enrolledUntil: $enrolledUntil, courseId: $courseId,
    cohortId: $cohortId, regionCode: $regionCode, horizonDays: $horizonDays) {
    asOf horizonDays ${FIGURES} rows { regionCode regionName course { id } ${FIGURES} } } }`;

type Report = Figures & {
  asOf: string;
  horizonDays: number;
  rows: (Figures & { regionCode: string | null; regionName: string | null; course: { id: string } })[];
};

describe('completion figures of a program', () => {
  let app: TestApp;
  let manager: Awaited<ReturnType<typeof aPerson>>;
  let one: BuiltCourse;
  let two: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    const trainer = await aPerson(app, { name: 'trainer', roles: ['TRAINER'] });
    manager = await aPerson(app, { name: 'manager', roles: ['MANAGER'] });
    one = await aCourse(trainer);
    two = await aCourse(trainer);
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  const aReportedProgram = async (timeZone = 'Europe/Paris') => {
    const made = await aProgram(app, { managerIds: [manager.personId], courseIds: [one.id, two.id] });
    await app.sql('UPDATE program SET time_zone = $2 WHERE id = $1', [made.programId, timeZone]);
    return made;
  };
  const report = async (programId: string, filters: object = {}, client: Client = manager): Promise<Report> =>
    (await client.ask(QUERY, { programId, ...filters })).completionReport;
  const count = (figures: Figures, stage: string): number =>
    figures.funnel.find((step) => step.stage === stage)!.count;

  const insert = (given: Given): Promise<unknown> => insertLearner(app, { course: one, ...given });

  it('of a program with nobody in it are null rates, not zero', async () => {
    const { programId } = await aReportedProgram();
    const empty = await report(programId);
    const none = { value: null, numerator: 0, denominator: 0 };
    expect(empty).toMatchObject({
      rateEnrolled: none,
      rateStarted: none,
      rateMatured: none,
      notYetMatured: 0,
      rows: [],
      horizonDays: 60,
    });
    expect(empty.funnel.map((step) => step.count)).toEqual([0, 0, 0, 0, 0, 0, 0]);
    expect(empty.asOf).toBe(START.toISOString());
  });

  it('count a completion within the horizon to the millisecond, and who is mature to the millisecond', async () => {
    const { programId, cohortId } = await aReportedProgram();
    await insert({ cohortId, enrolledAt: ago(90), lessons: 3, completedAfter: { days: 60 } }); // just in time
    await insert({
      cohortId,
      enrolledAt: ago(90),
      lessons: 3,
      completedAfter: { days: 60, milliseconds: 1 },
    }); // just late
    await insert({ cohortId, enrolledAt: ago(60), lessons: 1 }); // just mature
    await insert({ cohortId, enrolledAt: ago(60, 1), lessons: 1 }); // not mature for a millisecond more
    await insert({ cohortId, enrolledAt: ago(1), lessons: 3, completedAfter: { days: 1 } }); // fast, not mature
    const figures = await report(programId);
    expect(figures.rateEnrolled).toEqual({ value: 2 / 5, numerator: 2, denominator: 5 });
    expect(figures.rateStarted).toEqual({ value: 2 / 5, numerator: 2, denominator: 5 });
    expect(figures.rateMatured).toEqual({ value: 1 / 3, numerator: 1, denominator: 3 });
    expect(figures.notYetMatured).toBe(2);
    expect(count(figures, 'COMPLETED')).toBe(3); // the funnel knows no horizon
    const month = await report(programId, { horizonDays: 61 });
    expect(month.rateEnrolled.numerator).toBe(3);
    expect(month.rateMatured).toEqual({ value: 1, numerator: 2, denominator: 2 });
  });

  it('leave out who left within 14 days, to the millisecond, and keep who left later', async () => {
    const { programId, cohortId } = await aReportedProgram();
    await insert({ cohortId, enrolledAt: ago(70), lessons: 3, completedAfter: { days: 5 } });
    await insert({ cohortId, enrolledAt: ago(70), lessons: 1, withdrawnAfter: { days: 14 } });
    await insert({
      cohortId,
      enrolledAt: ago(70),
      lessons: 1,
      withdrawnAfter: { days: 14, milliseconds: 1 },
    });
    const figures = await report(programId);
    const half = { value: 1 / 2, numerator: 1, denominator: 2 };
    expect(figures).toMatchObject({ rateEnrolled: half, rateStarted: half, rateMatured: half });
    expect(figures.funnel.map((step) => step.count)).toEqual([2, 2, 2, 1, 1, 1, 0]);
    // Leaving moves a rate by nothing once the time to cool is over: nobody can be removed to raise it.
    await app.sql(
      `UPDATE enrollment SET state = 'WITHDRAWN', ended_at = now(), withdrawal_reason = 'OTHER' WHERE cohort_id = $1 AND state = 'ACTIVE'`,
      [cohortId],
    );
    expect((await report(programId)).rateEnrolled).toEqual(half);
  });

  it('call started who did a required lesson; an optional one is not enough', async () => {
    const { programId, cohortId } = await aReportedProgram();
    await insert({ cohortId, enrolledAt: ago(70) });
    await insert({ cohortId, enrolledAt: ago(70), optionalLesson: true });
    await insert({ cohortId, enrolledAt: ago(70), lessons: 1 });
    await insert({ cohortId, enrolledAt: ago(70), lessons: 2, optionalLesson: true });
    await insert({ cohortId, enrolledAt: ago(70), lessons: 3, completedAfter: { days: 5 }, badge: true });
    const figures = await report(programId);
    expect(figures.rateStarted).toEqual({ value: 1 / 3, numerator: 1, denominator: 3 });
    // Of three required lessons: one is past a quarter, two are past a half and short of three quarters.
    expect(figures.funnel.map((step) => step.count)).toEqual([5, 3, 3, 2, 1, 1, 1]);
  });

  it('agree with what a learner did through the product', async () => {
    const { programId, cohortId } = await aReportedProgram();
    const learner = await aPerson(app);
    const enrollmentId = await enroll(learner, one.id, { cohortId });
    const optional = one.lessons.filter(({ required }) => !required);
    await completeReadings(learner, enrollmentId, { ...one, lessons: optional });
    expect((await report(programId)).funnel.map((step) => step.count)).toEqual([1, 0, 0, 0, 0, 0, 0]);
    await completeReadings(learner, enrollmentId, one);
    expect((await report(programId)).funnel.map((step) => step.count)).toEqual([1, 1, 1, 1, 0, 0, 0]);
  });

  it('leave out staff, test accounts, other programs and those in no cohort', async () => {
    const { programId, cohortId } = await aReportedProgram();
    const other = await aReportedProgram();
    await insert({ cohortId, enrolledAt: ago(70), lessons: 3, completedAfter: { days: 1 } });
    for (const roles of [['TRAINER'], ['MANAGER'], ['ADMIN'], ['TRAINER', 'ADMIN']])
      await insert({ cohortId, enrolledAt: ago(70), roles });
    await insert({ cohortId, enrolledAt: ago(70), isTest: true });
    await insert({ cohortId: other.cohortId, enrolledAt: ago(70) });
    await insert({ cohortId: null, enrolledAt: ago(70) });
    expect((await report(programId)).rateEnrolled).toEqual({ value: 1, numerator: 1, denominator: 1 });
    expect((await report(programId, { cohortId: other.cohortId })).rateEnrolled.denominator).toBe(0);
  });

  it('know the region of the day of enrollment, by the program’s calendar, and name it in the language of the manager', async () => {
    const { programId, cohortId } = await aReportedProgram();
    await insert({ cohortId, enrolledAt: ago(10), region: null });
    await insert({
      cohortId,
      enrolledAt: new Date('2026-09-09T22:30:00Z'),
      region: { value: 'FR-BRE', asOf: '2026-09-10' },
    }); // 10 September in Paris
    await insert({
      cohortId,
      enrolledAt: new Date('2026-09-09T21:30:00Z'),
      region: { value: 'FR-BRE', asOf: '2026-09-10' },
    }); // still the 9th
    await insert({ cohortId, enrolledAt: ago(10), region: { value: 'GB-ENG', asOf: '2020-01-01' } });
    const { rows } = await report(programId);
    expect(
      rows.map(({ regionCode, regionName, rateEnrolled }) => [
        regionCode,
        regionName,
        rateEnrolled.denominator,
      ]),
    ).toEqual([
      ['FR-BRE', 'Brittany', 1],
      ['GB-ENG', 'GB-ENG', 1],
      [null, null, 2],
    ]);
    await app.sql(`UPDATE person SET locale = 'fr' WHERE id = $1`, [manager.personId]);
    expect((await report(programId)).rows[0]!.regionName).toBe('Bretagne');
    await app.sql(`UPDATE person SET locale = 'en' WHERE id = $1`, [manager.personId]);
  });

  it('offer the regions that occur in the program as choices, whatever the filters', async () => {
    const { programId, cohortId } = await aReportedProgram();
    const REGIONS = `query ($programId: ID!, $regionCode: String) { completionReport(programId: $programId, regionCode: $regionCode) { regions { code name } } }`;
    const regions = async (regionCode?: string): Promise<unknown> =>
      (await manager.ask(REGIONS, { programId, regionCode })).completionReport.regions;
    expect(await regions()).toEqual([]);
    for (const value of ['FR-IDF', 'FR-BRE', 'FR-IDF'])
      await insert({ cohortId, enrolledAt: ago(10), region: { value, asOf: '2020-01-01' } });
    const stated = [
      { code: 'FR-BRE', name: 'Brittany' },
      { code: 'FR-IDF', name: 'Île-de-France' },
    ];
    expect(await regions('FR-IDF')).toEqual(stated);
    await insert({ cohortId, enrolledAt: ago(10) });
    const all = [...stated, { code: 'NOT_STATED', name: 'Region not stated' }];
    expect(await regions()).toEqual(all);
    expect(await regions('NOT_STATED')).toEqual(all);
  });

  it('keep the region of an enrollment when the business moves later', async () => {
    const { programId, cohortId } = await aReportedProgram();
    const learner = await aPerson(app);
    const businessId = await aBusiness(learner);
    await enroll(learner, one.id, { cohortId, businessId });
    app.clock.moveForward(DAY);
    const fact = { kind: 'REGION', value: 'FR-BRE', asOf: '2026-10-08' };
    await learner.mutate(
      'businessFactRecord',
      'BusinessFactRecordInput',
      { businessId, fact },
      'fact { kind }',
    );
    expect((await report(programId)).rows.map(({ regionCode }) => regionCode)).toEqual(['FR-IDF']);
    // A correction of what was so on the day changes it.
    app.clock.moveForward(1000);
    const correction = { kind: 'REGION', value: 'FR-OCC', asOf: '2026-10-07' };
    await learner.mutate(
      'businessFactRecord',
      'BusinessFactRecordInput',
      { businessId, fact: correction },
      'fact { kind }',
    );
    expect((await report(programId)).rows.map(({ regionCode }) => regionCode)).toEqual(['FR-OCC']);
  });

  it.each([
    ['Europe/Paris', '2026-08-31T22:00:00Z', '2026-09-30T21:59:59.999Z'],
    ['Pacific/Apia', '2026-08-31T11:00:00Z', '2026-09-30T10:59:59.999Z'],
    ['Pacific/Pago_Pago', '2026-09-01T11:00:00Z', '2026-10-01T10:59:59.999Z'],
  ])('take a window of enrollment days from midnight to midnight in %s', async (timeZone, first, last) => {
    const { programId, cohortId } = await aReportedProgram(timeZone);
    const [start, end] = [Date.parse(first), Date.parse(last)];
    for (const enrolledAt of [start - 1, start, end, end + 1])
      await insert({ cohortId, enrolledAt: new Date(enrolledAt) });
    const inSeptember = await report(programId, { enrolledFrom: '2026-09-01', enrolledUntil: '2026-09-30' });
    expect(inSeptember.rateEnrolled.denominator).toBe(2);
    expect((await report(programId, { enrolledFrom: '2026-09-01' })).rateEnrolled.denominator).toBe(3);
    expect((await report(programId, { enrolledUntil: '2026-09-30' })).rateEnrolled.denominator).toBe(3);
    expect(
      (await report(programId, { enrolledFrom: '2026-10-01', enrolledUntil: '2026-09-01' })).rateEnrolled
        .value,
    ).toBeNull();
  });

  it('pass a completed enrollment through every stage, whatever became of its lessons', async () => {
    const { programId, cohortId } = await aReportedProgram();
    await insert({ cohortId, enrolledAt: ago(70), lessons: 0, completedAfter: { days: 5 }, badge: true });
    const figures = await report(programId);
    expect(figures.funnel.map((step) => step.count)).toEqual([1, 1, 1, 1, 1, 1, 1]);
    expect(figures.rateStarted).toEqual({ value: 1, numerator: 1, denominator: 1 });
  });

  it.each([1, 2, 3])(
    'agree with a recount in plain code over the same learners, with every filter (fixture %i)',
    async (seed) => {
      const { programId, cohortId } = await aReportedProgram();
      const second = randomUUID();
      await app.sql(
        `INSERT INTO cohort (id, program_id, name, starts_on, ends_on, time_zone) VALUES ($1, $2, 'Spring', '2026-01-01', '2026-12-31', 'Europe/Paris')`,
        [second, programId],
      );
      const learners = randomLearners(seed, [one, two], [cohortId, second]);
      for (const learner of learners) await insert(learner);

      const localDay = (instant: Date): string =>
        DateTime.fromJSDate(instant, { zone: 'Europe/Paris' }).toISODate()!;
      const filters: {
        name: string;
        variables: Record<string, unknown>;
        keeps: (learner: Given) => boolean;
      }[] = [
        { name: 'none', variables: {}, keeps: () => true },
        { name: 'course', variables: { courseId: two.id }, keeps: ({ course }) => course === two },
        { name: 'cohort', variables: { cohortId: second }, keeps: (learner) => learner.cohortId === second },
        {
          name: 'region',
          variables: { regionCode: 'FR-BRE' },
          keeps: ({ region }) => region?.value === 'FR-BRE',
        },
        { name: 'no region', variables: { regionCode: 'NOT_STATED' }, keeps: ({ region }) => !region },
        {
          name: 'window',
          variables: { enrolledFrom: localDay(ago(80)), enrolledUntil: localDay(ago(30)) },
          keeps: ({ enrolledAt }) =>
            localDay(enrolledAt) >= localDay(ago(80)) && localDay(enrolledAt) <= localDay(ago(30)),
        },
        {
          name: 'several',
          variables: { courseId: one.id, cohortId, regionCode: 'FR-IDF' },
          keeps: ({ course, region, ...learner }) =>
            course === one && region?.value === 'FR-IDF' && learner.cohortId === cohortId,
        },
      ];
      const counted = learners.filter(({ roles, isTest }) => roles!.length === 0 && !isTest);
      expect(counted.length).toBeGreaterThan(20);

      for (const horizonDays of [1, 30, 60]) {
        for (const { name, variables, keeps } of filters) {
          const kept = counted.filter(keeps);
          const {
            rows,
            asOf: _asOf,
            horizonDays: _horizon,
            ...total
          } = await report(programId, { ...variables, horizonDays });
          expect({ name, ...total }).toEqual({ name, ...recount(kept, horizonDays) });
          for (const { course, regionCode, regionName: _name, ...figures } of rows) {
            const group = kept.filter(
              (learner) => learner.course.id === course.id && (learner.region?.value ?? null) === regionCode,
            );
            expect({ name, ...figures }).toEqual({ name, ...recount(group, horizonDays) });
          }
          // The rows are the whole, each learner once.
          expect(rows.reduce((sum, row) => sum + row.rateEnrolled.denominator, 0)).toBe(
            total.rateEnrolled.denominator,
          );
          for (const figures of [total, ...rows]) {
            for (const { value } of [figures.rateEnrolled, figures.rateStarted, figures.rateMatured]) {
              if (value !== null) expect(value).toBeLessThanOrEqual(1);
            }
            const steps = figures.funnel.map((step) => step.count);
            expect(steps).toEqual([...steps].sort((a, b) => b - a));
          }
        }
      }
    },
  );

  describe('are for the managers of the program', () => {
    it('and for nobody else: not a manager of another, not a trainer, not an administrator', async () => {
      const { programId } = await aReportedProgram();
      const elsewhere = await aPerson(app, { roles: ['MANAGER'] });
      await aProgram(app, { managerIds: [elsewhere.personId], courseIds: [one.id] });
      const others = [
        elsewhere,
        await aPerson(app),
        await aPerson(app, { roles: ['TRAINER'] }),
        await aPerson(app, { roles: ['ADMIN'] }),
      ];
      for (const other of others) expect(await other.errorCode(QUERY, { programId })).toBe('NOT_FOUND');
      expect(await app.visitor().errorCode(QUERY, { programId })).toBe('UNAUTHENTICATED');
      for (const unknown of [randomUUID(), 'not-an-id'])
        expect(await manager.errorCode(QUERY, { programId: unknown })).toBe('NOT_FOUND');
      const audited = await app.sql('SELECT action FROM audit_entry WHERE actor_id = $1 AND subject = $2', [
        elsewhere.personId,
        `program:${programId}`,
      ]);
      expect(audited).toEqual([{ action: 'completionReport' }]);
    });

    it.each([
      ['horizonDays', 0],
      ['horizonDays', 3651],
      ['horizonDays', 2_147_483_647],
      ['regionCode', 'Bretagne'],
      ['regionCode', ''],
      ['regionCode', 'FR-\u0000'],
      ['enrolledFrom', '2026-02-30'],
      ['enrolledFrom', '0000-01-01'],
      ['enrolledUntil', 'yesterday'],
    ])('who are told that %s cannot be %j', async (name, value) => {
      const { programId } = await aReportedProgram();
      const { errors } = await manager.send(QUERY, { programId, [name]: value });
      expect(errors).toHaveLength(1);
      expect(errors![0]!.extensions.code).toBe('BAD_USER_INPUT');
      expect(errors![0]!.message).toContain(name);
    });

    it.each(['courseId', 'cohortId'])('who are told that there is no such %s', async (name) => {
      const { programId } = await aReportedProgram();
      expect(await manager.errorCode(QUERY, { programId, [name]: 'not-an-id' })).toBe('NOT_FOUND');
    });
  });
});
