import type { RuleNode } from '../src/features/grants/eligibility.conditions.js';
import { aBusiness, aCall, aCourse, aPerson, aProgram, completeCourse, enroll } from './support/builders.js';
import { startTestApp, type TestApp } from './support/test-app.js';

/** The product in one story: what each person sees on the way from a first lesson to a grant. */
describe('the main path', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  it('leads from a first lesson to a badge, a YES and a completion rate', async () => {
    const trainer = await aPerson(app, { name: 'trainer', roles: ['TRAINER'] });
    const manager = await aPerson(app, { name: 'manager', roles: ['MANAGER'] });
    const owner = await aPerson(app, { name: 'owner' });
    const course = await aCourse(trainer, { readings: 2, minutes: 5 });
    const { programId } = await aProgram(app, { managerIds: [manager.personId], courseIds: [course.id] });
    const rules: RuleNode = {
      kind: 'ALL',
      of: [
        { kind: 'REGION_IN', key: 'region', regions: ['FR-IDF'] },
        { kind: 'HOLDS_BADGE', key: 'badge', courseId: course.id, withinMonths: 6 },
      ],
    };
    const callId = await aCall(app, { programId, rules, createdBy: manager.personId });
    const businessId = await aBusiness(owner);

    const ask = async () =>
      (
        await owner.ask(
          `query ($callId: ID!, $businessId: ID!) { eligibility(callId: $callId, businessId: $businessId) {
             answer minutesToEligible actions { kind sentence minutes }
             conditions { key result reason sentence evidence { kind value source certificateId } } } }`,
          { callId, businessId },
        )
      ).eligibility;

    const before = await ask();
    expect(before.answer).toBe('NOT_YET');
    expect(before.minutesToEligible).toBe(15); // two readings and a quiz of five minutes; the extra is optional
    expect(before.actions[0].sentence).toContain('Small course');

    await completeCourse(owner, course);
    expect((await ask()).answer).toBe('NOT_YET'); // the worker has not issued the badge yet
    expect(await app.drainOutbox()).toEqual([]);

    const after = await ask();
    expect(after.answer).toBe('YES');
    expect(after.conditions.map(({ result }: { result: string }) => result)).toEqual(['TRUE', 'TRUE']);
    const { viewer } = await owner.ask(
      '{ viewer { certificates { id status verificationUrl holder course { slug } badge } } }',
    );
    expect(viewer.certificates).toHaveLength(1);
    expect(viewer.certificates[0]).toMatchObject({
      status: 'VALID',
      holder: 'owner',
      course: { slug: course.slug },
    });
    expect(viewer.certificates[0].badge.type).toContain('OpenBadgeCredential');
    expect(after.conditions[1].evidence[0].certificateId).toBe(viewer.certificates[0].id);

    const idle = await aPerson(app, { name: 'idle' });
    await enroll(idle, course.id);
    const { completionReport } = await manager.ask(
      `query ($programId: ID!) { completionReport(programId: $programId) {
         rateEnrolled { value numerator denominator definitionId } rateStarted { value } rateMatured { value denominator }
         notYetMatured funnel { stage count } rows { regionCode course { slug } rateEnrolled { numerator denominator } } } }`,
      { programId },
    );
    expect(completionReport.rateEnrolled).toEqual({
      value: 0.5,
      numerator: 1,
      denominator: 2,
      definitionId: 'completion.rate-enrolled.v2',
    });
    expect(completionReport.rateStarted.value).toBe(1);
    expect(completionReport.rateMatured).toEqual({ value: null, denominator: 0 });
    expect(completionReport.notYetMatured).toBe(2);
    expect(completionReport.funnel.map(({ count }: { count: number }) => count)).toEqual([
      2, 1, 1, 1, 1, 1, 1,
    ]);
    expect(completionReport.rows.map(({ regionCode }: { regionCode: string }) => regionCode)).toEqual([
      'FR-IDF',
      null,
    ]);
  });
});
