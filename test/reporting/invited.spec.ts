import { randomUUID } from 'node:crypto';
import { aCourse, anEmail, aPerson, aProgram, enroll, type BuiltCourse } from '../support/builders.js';
import { ago, DAY, insertLearner } from '../support/report-recount.js';
import { applyRoster, sendRoster } from '../support/rosters.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

const NOBODY = {
  invited: 0,
  enrolled: 0,
  leftEarly: 0,
  waiting: 0,
  declined: 0,
  withdrawn: 0,
  expired: 0,
  enrolledInvited: 0,
  enrolledUninvited: 0,
};
type Counts = typeof NOBODY;
const QUERY = `query ($programId: ID!, $enrolledFrom: LocalDate, $enrolledUntil: LocalDate, $courseId: ID, $cohortId: ID, $regionCode: String) {
  completionReport(programId: $programId, enrolledFrom: $enrolledFrom, enrolledUntil: $enrolledUntil, courseId: $courseId,
    cohortId: $cohortId, regionCode: $regionCode) { invited { ${Object.keys(NOBODY).join(' ')} } funnel { stage count } } }`;

describe('the invited of a program', () => {
  let app: TestApp;
  let manager: Awaited<ReturnType<typeof aPerson>>;
  let course: BuiltCourse;
  let other: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    const trainer = await aPerson(app, { roles: ['TRAINER'] });
    manager = await aPerson(app, { roles: ['MANAGER'] });
    course = await aCourse(trainer);
    other = await aCourse(trainer);
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  const aReportedProgram = () =>
    aProgram(app, { managerIds: [manager.personId], courseIds: [course.id, other.id] });
  const aSecondCohort = async (programId: string): Promise<string> => {
    const id = randomUUID();
    await app.sql(
      `INSERT INTO cohort (id, program_id, name, starts_on, ends_on, time_zone) VALUES ($1, $2, 'Second', '2026-01-01', '2027-12-31', 'Europe/Paris')`,
      [id, programId],
    );
    return id;
  };

  /** The figures, after it was seen that they add up. */
  const invited = async (programId: string, filters: object = {}): Promise<Counts> => {
    const { completionReport } = await manager.ask(QUERY, { programId, ...filters });
    const counts: Counts = completionReport.invited;
    const { enrolled, leftEarly, waiting, declined, withdrawn, expired } = counts;
    expect(enrolled + leftEarly + waiting + declined + withdrawn + expired).toBe(counts.invited);
    expect(counts.enrolledInvited + counts.enrolledUninvited).toBe(completionReport.funnel[0].count);
    return counts;
  };
  const invite = (cohortId: string, emails: string[]): Promise<any> =>
    manager.mutate(
      'invitationsCreate',
      'InvitationsCreateInput',
      { cohortId, courseId: course.id, emails },
      'results { outcome }',
    );
  const idOf = async (cohortId: string, email: string): Promise<string> =>
    (
      await app.sql<{ id: string }>('SELECT id FROM invitation WHERE cohort_id = $1 AND email = $2', [
        cohortId,
        email,
      ])
    )[0]!.id;
  /** An invitation as the tables have it. */
  const insertInvitation = (given: {
    cohortId: string;
    at: Date;
    email?: string;
    courseId?: string;
    enrollmentId?: string;
  }): Promise<unknown> =>
    app.sql(
      `INSERT INTO invitation (id, cohort_id, course_id, email, state, enrollment_id, created_at, last_sent_at, ended_at)
       VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, $6, $7)`,
      [
        given.cohortId,
        given.courseId ?? course.id,
        given.email ?? anEmail(),
        given.enrollmentId ? 'ACCEPTED' : 'INVITED',
        given.enrollmentId ?? null,
        given.at,
        given.enrollmentId ? given.at : null,
      ],
    );

  it('are told by what became of them, and apart from who came on their own', async () => {
    const { programId, cohortId } = await aReportedProgram();
    expect(await invited(programId)).toEqual(NOBODY);
    const people = await Promise.all(Array.from({ length: 5 }, () => aPerson(app)));
    const [accepting, declining, withdrawn, enrolling, waiting] = people as [any, any, any, any, any];
    await invite(cohortId, [...people.map(({ email }) => email), anEmail()]);
    expect(await invited(programId)).toEqual({ ...NOBODY, invited: 6, waiting: 6 });
    await accepting.mutate(
      'invitationAccept',
      'InvitationAcceptInput',
      { invitationId: await idOf(cohortId, accepting.email) },
      'enrollment { id }',
    );
    await declining.mutate(
      'invitationDecline',
      'InvitationDeclineInput',
      { invitationId: await idOf(cohortId, declining.email), reason: 'NO_TIME' },
      'invitation { id }',
    );
    await manager.mutate(
      'invitationWithdraw',
      'InvitationWithdrawInput',
      { invitationId: await idOf(cohortId, withdrawn.email) },
      'invitation { id }',
    );
    await enroll(enrolling, course.id, { cohortId }); // without answering
    await enroll(await aPerson(app), course.id, { cohortId }); // nobody asked them
    const counts = {
      ...NOBODY,
      invited: 6,
      enrolled: 2,
      waiting: 2,
      declined: 1,
      withdrawn: 1,
      enrolledInvited: 2,
      enrolledUninvited: 1,
    };
    expect(await invited(programId)).toEqual(counts);
    await enroll(waiting, other.id, { cohortId }); // another course is another step
    expect(await invited(programId)).toEqual({ ...counts, enrolledUninvited: 2 });
    expect(await invited(programId, { courseId: course.id })).toEqual(counts);
    expect(await invited(programId, { courseId: other.id })).toEqual({ ...NOBODY, enrolledUninvited: 1 });
  });

  it('are those of rosters too, enrolled at once or written to', async () => {
    const { programId, cohortId } = await aReportedProgram();
    const [known, before] = [await aPerson(app), await aPerson(app)];
    await enroll(before, course.id, { cohortId });
    const to = { cohortId, courseId: course.id };
    const roster = await sendRoster(
      app,
      manager,
      to,
      `email\n${known.email}\n${before.email}\n${anEmail()}\n`,
    );
    expect(await invited(programId)).toEqual({ ...NOBODY, enrolledUninvited: 1 }); // nothing is done yet
    await applyRoster(app, manager, roster.id);
    const counts = await invited(programId);
    // Who was enrolled before the roster had not been invited.
    expect(counts).toEqual({
      ...NOBODY,
      invited: 2,
      enrolled: 1,
      waiting: 1,
      enrolledInvited: 1,
      enrolledUninvited: 1,
    });
  });

  it('count once for an enrollment however often they were invited, and again for another cycle', async () => {
    const { programId, cohortId } = await aReportedProgram();
    const second = await aSecondCohort(programId);
    const learner = await aPerson(app);
    const stranger = anEmail();
    await invite(cohortId, [learner.email, stranger]);
    await invite(second, [learner.email, stranger]);
    expect(await invited(programId)).toEqual({ ...NOBODY, invited: 2, waiting: 2 });
    expect(await invited(programId, { cohortId: second })).toEqual({ ...NOBODY, invited: 2, waiting: 2 });
    app.clock.moveForward(DAY);
    await enroll(learner, course.id, { cohortId });
    const one = { ...NOBODY, invited: 2, enrolled: 1, waiting: 1, enrolledInvited: 1 };
    expect(await invited(programId)).toEqual(one);
    // Of the second cohort they are not: there they still wait.
    expect(await invited(programId, { cohortId: second })).toEqual({ ...NOBODY, invited: 2, waiting: 2 });
    await app.sql(`UPDATE enrollment SET state = 'EXPIRED', ended_at = $2 WHERE person_id = $1`, [
      learner.personId,
      app.clock.now(),
    ]);
    const third = await aSecondCohort(programId);
    app.clock.moveForward(DAY);
    await invite(third, [learner.email]);
    expect(await invited(programId)).toEqual({ ...one, invited: 3, waiting: 2 });
  });

  it('take a decline for an answer until a later invitation waits', async () => {
    const { programId, cohortId } = await aReportedProgram();
    const learner = await aPerson(app);
    await invite(cohortId, [learner.email]);
    await learner.mutate(
      'invitationDecline',
      'InvitationDeclineInput',
      { invitationId: await idOf(cohortId, learner.email), reason: 'NO_TIME' },
      'invitation { id }',
    );
    expect(await invited(programId)).toEqual({ ...NOBODY, invited: 1, declined: 1 });
    await invite(await aSecondCohort(programId), [learner.email]);
    expect(await invited(programId)).toEqual({ ...NOBODY, invited: 1, waiting: 1 });
  });

  it('who left within the cooling period stay invited, and are no longer among the enrolled', async () => {
    const { programId, cohortId } = await aReportedProgram();
    for (const days of [14, 15]) {
      const enrollmentId = await insertLearner(app, {
        course,
        cohortId,
        enrolledAt: ago(70),
        withdrawnAfter: { days },
        region: { value: 'FR-BRE', asOf: '2020-01-01' },
      });
      await insertInvitation({ cohortId, at: ago(71), enrollmentId });
    }
    const counts = { ...NOBODY, invited: 2, enrolled: 1, leftEarly: 1, enrolledInvited: 1 };
    expect(await invited(programId)).toEqual(counts);
    // A region is known from the enrollment on.
    await insertInvitation({ cohortId, at: ago(5) });
    expect(await invited(programId, { regionCode: 'FR-BRE' })).toEqual(counts);
    expect(await invited(programId, { regionCode: 'NOT_STATED' })).toEqual({
      ...NOBODY,
      invited: 1,
      waiting: 1,
    });
  });

  it('leave out staff, test accounts and other programs', async () => {
    const { programId, cohortId } = await aReportedProgram();
    const elsewhere = await aReportedProgram();
    await insertInvitation({ cohortId: elsewhere.cohortId, at: ago(5) });
    const [staff, tester] = [await aPerson(app, { roles: ['TRAINER'] }), await aPerson(app)];
    await app.sql('UPDATE person SET is_test = true WHERE id = $1', [tester.personId]);
    for (const { email } of [staff, tester]) await insertInvitation({ cohortId, at: ago(5), email });
    for (const more of [{ roles: ['ADMIN'] }, { isTest: true }]) {
      const enrollmentId = await insertLearner(app, { course, cohortId, enrolledAt: ago(3), ...more });
      await insertInvitation({ cohortId, at: ago(5), enrollmentId });
    }
    expect(await invited(programId)).toEqual(NOBODY);
    expect(await invited(programId, { cohortId: elsewhere.cohortId })).toEqual(NOBODY);
  });

  it.each([
    ['Europe/Paris', '2026-08-31T22:00:00Z', '2026-09-30T21:59:59.999Z'],
    ['Pacific/Apia', '2026-08-31T11:00:00Z', '2026-09-30T10:59:59.999Z'],
    ['Pacific/Pago_Pago', '2026-09-01T11:00:00Z', '2026-10-01T10:59:59.999Z'],
  ])(
    'are those invited from midnight to midnight of the days asked for in %s',
    async (timeZone, first, last) => {
      const { programId, cohortId } = await aReportedProgram();
      await app.sql('UPDATE program SET time_zone = $2 WHERE id = $1', [programId, timeZone]);
      const [start, end] = [Date.parse(first), Date.parse(last)];
      for (const at of [start - 1, start, end, end + 1])
        await insertInvitation({ cohortId, at: new Date(at) });
      // Invited on the first day and enrolled after the last: among the invited of the days, not among their enrolled.
      const late = await insertLearner(app, { course, cohortId, enrolledAt: new Date(end + 1) });
      await insertInvitation({ cohortId, at: new Date(start), enrollmentId: late });
      const days = { enrolledFrom: '2026-09-01', enrolledUntil: '2026-09-30' };
      expect(await invited(programId, days)).toEqual({ ...NOBODY, invited: 3, enrolled: 1, waiting: 2 });
      const from = await invited(programId, { enrolledFrom: '2026-09-01' });
      expect(from).toEqual({ ...NOBODY, invited: 4, enrolled: 1, waiting: 3, enrolledInvited: 1 });
      expect((await invited(programId, { enrolledUntil: '2026-09-30' })).invited).toBe(4);
      // Invited again on a later day is invited on the first.
      const email = anEmail();
      await insertInvitation({ cohortId, at: new Date(start - 1), email });
      await insertInvitation({ cohortId: await aSecondCohort(programId), at: new Date(start), email });
      expect((await invited(programId, days)).invited).toBe(3);
    },
  );

  it.each([
    ['Pacific/Apia', '2026-10-20T10:59:59.999Z'],
    ['Pacific/Pago_Pago', '2026-10-21T10:59:59.999Z'],
  ])('wait until the last day of enrolling is over in the cohort’s zone, %s', async (timeZone, last) => {
    const { programId, cohortId } = await aReportedProgram();
    await app.sql(`UPDATE cohort SET ends_on = '2026-10-20', time_zone = $2 WHERE id = $1`, [
      cohortId,
      timeZone,
    ]);
    await insertInvitation({ cohortId, at: ago(1) });
    app.clock.set(last);
    expect(await invited(programId)).toEqual({ ...NOBODY, invited: 1, waiting: 1 });
    app.clock.moveForward(1);
    expect(await invited(programId)).toEqual({ ...NOBODY, invited: 1, expired: 1 });
  });
});
