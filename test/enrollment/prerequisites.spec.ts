import {
  aCourse,
  anEmail,
  aPerson,
  aProgram,
  completeCourse,
  completeReadings,
  enroll,
  needsFirst,
  type BuiltCourse,
} from '../support/builders.js';
import type { Client } from '../support/client.js';
import { applyRoster, sendRoster } from '../support/rosters.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

/** A course that asks for two others first, and every way into it. */
describe('entering a course that has prerequisites', () => {
  let app: TestApp;
  let trainer: Client & { personId: string };
  let manager: Client & { personId: string };
  let admin: Client & { personId: string };
  let course: BuiltCourse;
  let first: BuiltCourse;
  let second: BuiltCourse;
  let cohortId: string;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    manager = await aPerson(app, { roles: ['MANAGER'] });
    admin = await aPerson(app, { roles: ['ADMIN'] });
    course = await aCourse(trainer, { title: 'Advanced' });
    first = await aCourse(trainer, { title: 'Basics' });
    second = await aCourse(trainer, { title: 'Photos' });
    ({ cohortId } = await aProgram(app, { managerIds: [manager.personId], courseIds: [course.id] }));
    await needsFirst(trainer, course.id, first.id);
    app.clock.moveForward(1_000);
    await needsFirst(trainer, course.id, second.id);
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  const SELECTION = 'enrollment { id state cycle }';
  const enter = (who: Client, more: object = {}): Promise<any> =>
    who.mutate('enrollmentCreate', 'EnrollmentCreateInput', { courseId: course.id, ...more }, SELECTION);
  const completed = async (who: Client): Promise<string[]> => {
    const { course: seen } = await who.ask(
      'query ($slug: String!) { course(slug: $slug) { prerequisites { slug completed } } }',
      { slug: course.slug },
    );
    return seen.prerequisites
      .filter((each: { completed: boolean }) => each.completed)
      .map(({ slug }: { slug: string }) => slug);
  };
  const reverse = async (enrollmentId: string, of: BuiltCourse): Promise<void> => {
    const [completion] = await app.sql<{ id: string }>(
      'SELECT id FROM course_completion WHERE enrollment_id = $1',
      [enrollmentId],
    );
    const askedLessonIds = [of.lessons.find(({ key }) => key === 'check')!.id];
    const input = { completionId: completion!.id, reason: 'The answers were shared.', askedLessonIds };
    const { userErrors } = await admin.mutate(
      'completionReverse',
      'CompletionReverseInput',
      input,
      'enrollment { id }',
    );
    expect(userErrors).toEqual([]);
  };
  const invitationOf = async (who: Client): Promise<string> =>
    (await who.ask('{ viewer { invitations { id } } }')).viewer.invitations[0].id;
  const accept = async (who: Client, invitationId: string): Promise<any> =>
    who.mutate('invitationAccept', 'InvitationAcceptInput', { invitationId }, SELECTION);

  it('is refused by what is missing, by name and in the language of the learner', async () => {
    const learner = await aPerson(app);
    expect((await enter(learner)).userErrors).toEqual([
      {
        code: 'PREREQUISITE_MISSING',
        field: 'courseId',
        message: 'Complete “Basics” and “Photos” first. Then you can start this course.',
      },
    ]);
    await enroll(learner, first.id); // begun is not completed
    await completeCourse(learner, second);
    expect((await enter(learner)).userErrors[0].message).toBe(
      'Complete “Basics” first. Then you can start this course.',
    );
    const french = await aPerson(app, { locale: 'fr' });
    expect((await enter(french)).userErrors[0].message).toBe(
      'Terminez d’abord «\u00a0Basics (fr)\u00a0» et «\u00a0Photos (fr)\u00a0». Vous pourrez ensuite commencer cette formation.',
    );
    expect(
      await app.sql('SELECT 1 FROM enrollment WHERE person_id = ANY($1) AND course_id = $2', [
        [learner.personId, french.personId],
        course.id,
      ]),
    ).toEqual([]);
  });

  it('is open once all are completed, in whatever cycle, and shown so on its page', async () => {
    const learner = await aPerson(app);
    expect(await completed(learner)).toEqual([]);
    await completeCourse(learner, first);
    expect(await completed(learner)).toEqual([first.slug]);
    await completeCourse(learner, second);
    await enroll(learner, first.id, { again: true }); // completed before, and taken once more now
    expect(await completed(learner)).toEqual([first.slug, second.slug]);
    expect(await completed(app.visitor())).toEqual([]);
    expect(await enter(learner)).toMatchObject({ enrollment: { state: 'ACTIVE', cycle: 1 }, userErrors: [] });
  });

  it('is closed again by a reversal, and that holds nobody up who is in', async () => {
    const [early, late] = [await aPerson(app), await aPerson(app)];
    const enrollments = new Map<Client, string>();
    for (const who of [early, late]) {
      enrollments.set(who, await completeCourse(who, first));
      await completeCourse(who, second);
    }
    const enrollmentId = (await enter(early)).enrollment.id as string;
    for (const who of [early, late]) await reverse(enrollments.get(who)!, first);
    expect(await completed(late)).toEqual([second.slug]);
    expect((await enter(late)).userErrors[0].code).toBe('PREREQUISITE_MISSING');
    // Asked again, the same enrollment; and it may be completed.
    expect((await enter(early)).enrollment).toMatchObject({ id: enrollmentId, state: 'ACTIVE' });
    await completeCourse(early, course);
    expect((await enter(early)).userErrors[0].code).toBe('ENROLLMENT_COMPLETED');
    // Another cycle is another entry.
    expect((await enter(early, { again: true })).userErrors[0].code).toBe('PREREQUISITE_MISSING');
  });

  it('holds nobody up who was in when it was asked for', async () => {
    const own = await aCourse(trainer);
    const learner = await aPerson(app);
    const enrollmentId = await enroll(learner, own.id);
    await needsFirst(trainer, own.id, first.id);
    await completeReadings(learner, enrollmentId, own);
    expect(await completeCourse(learner, own)).toBe(enrollmentId);
  });

  it('is refused to who left and begins anew', async () => {
    const own = await aCourse(trainer);
    const learner = await aPerson(app);
    const enrollmentId = await enroll(learner, own.id);
    await needsFirst(trainer, own.id, first.id);
    await learner.mutate(
      'enrollmentWithdraw',
      'EnrollmentWithdrawInput',
      { enrollmentId, reason: 'NO_TIME' },
      'enrollment { id }',
    );
    expect((await enter(learner, { courseId: own.id })).userErrors[0].code).toBe('PREREQUISITE_MISSING');
    await completeCourse(learner, first);
    expect((await enter(learner, { courseId: own.id })).enrollment).toMatchObject({ cycle: 2 });
  });

  it('is refused in a cohort too, and takes no seat', async () => {
    const learner = await aPerson(app);
    for (const more of [{ cohortId }, { withoutCohort: true }])
      expect((await enter(learner, more)).userErrors[0].code).toBe('PREREQUISITE_MISSING');
  });

  it('lets an invitation wait until the learner may accept it', async () => {
    const learner = await aPerson(app);
    const { results } = await manager.mutate(
      'invitationsCreate',
      'InvitationsCreateInput',
      { cohortId, courseId: course.id, emails: [learner.email] },
      'results { outcome }',
    );
    expect(results).toEqual([{ outcome: 'INVITED' }]);
    const id = await invitationOf(learner);
    expect((await accept(learner, id)).userErrors[0]).toMatchObject({
      code: 'PREREQUISITE_MISSING',
      message: 'Complete “Basics” and “Photos” first. Then you can start this course.',
    });
    expect(await invitationOf(learner)).toBe(id);
    for (const each of [first, second]) await completeCourse(learner, each);
    expect((await accept(learner, id)).enrollment.state).toBe('ACTIVE');
  });

  it('tells a roster’s manager who has to complete what, and invites these people', async () => {
    const [ready, notYet, half] = [await aPerson(app), await aPerson(app), await aPerson(app)];
    const unknown = anEmail();
    for (const each of [first, second]) await completeCourse(ready, each);
    await completeCourse(half, first);
    const emails = [ready.email, notYet.email, half.email, unknown];
    const to = { cohortId, courseId: course.id };
    const { id } = await sendRoster(app, manager, to, `email\n${emails.join('\n')}\n`);
    const { rows } = await applyRoster(app, manager, id);
    expect(
      rows.nodes.map(({ outcome, reasonCode, reason }: any) => ({ outcome, reasonCode, reason })),
    ).toEqual([
      { outcome: 'ENROLLED', reasonCode: null, reason: null },
      {
        outcome: 'INVITED',
        reasonCode: 'PREREQUISITE_MISSING',
        reason: 'Has to complete “Basics” and “Photos” first, and can accept the invitation then.',
      },
      {
        outcome: 'INVITED',
        reasonCode: 'PREREQUISITE_MISSING',
        reason: 'Has to complete “Photos” first, and can accept the invitation then.',
      },
      { outcome: 'INVITED', reasonCode: null, reason: null },
    ]);
    expect(app.mailbox.list(half.email).filter(({ subject }) => /Invitation/.test(subject))).toHaveLength(1);
    await completeCourse(half, second);
    expect((await accept(half, await invitationOf(half))).enrollment.state).toBe('ACTIVE');
    expect((await accept(notYet, await invitationOf(notYet))).userErrors[0].code).toBe(
      'PREREQUISITE_MISSING',
    );
    // Who has no account yet meets the same when they accept.
    const newcomer = await app.signIn(unknown);
    expect((await accept(newcomer, await invitationOf(newcomer))).userErrors[0].code).toBe(
      'PREREQUISITE_MISSING',
    );
  });

  it('is decided once, when it is asked for at the moment at which somebody enters', async () => {
    for (let round = 0; round < 10; round += 1) {
      const own = await aCourse(trainer);
      const learners = [await aPerson(app), await aPerson(app), await aPerson(app)];
      const [, ...answers] = await Promise.all([
        needsFirst(trainer, own.id, first.id),
        ...learners.map((who) => enter(who, { courseId: own.id })),
      ]);
      for (const [index, learner] of learners.entries()) {
        const wasIn = answers[index].userErrors.length === 0;
        if (!wasIn) expect(answers[index].userErrors[0].code).toBe('PREREQUISITE_MISSING');
        expect((await enter(learner, { courseId: own.id })).userErrors.length === 0).toBe(wasIn);
      }
    }
  });
});
