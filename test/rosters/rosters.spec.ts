import { Deliveries, type DeliveryKey } from '../../src/platform/outbox/deliveries.js';
import {
  aBusiness,
  aCourse,
  anEmail,
  aPerson,
  aProgram,
  completeCourse,
  enroll,
  type BuiltCourse,
} from '../support/builders.js';
import type { Client } from '../support/client.js';
import { applyRoster, rosterOf, sendRoster, uploadRoster } from '../support/rosters.js';
import { recordStatements } from '../support/statements.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

describe('rosters', () => {
  let app: TestApp;
  let trainer: Client;
  let manager: Awaited<ReturnType<typeof aPerson>>;
  let rival: Awaited<ReturnType<typeof aPerson>>;
  let course: BuiltCourse;
  let programId: string;
  let to: { cohortId: string; courseId: string };
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    manager = await aPerson(app, { roles: ['MANAGER'] });
    rival = await aPerson(app, { roles: ['MANAGER'] });
    course = await aCourse(trainer);
    const made = await aProgram(app, { managerIds: [manager.personId], courseIds: [course.id] });
    programId = made.programId;
    to = { cohortId: made.cohortId, courseId: course.id };
    await aProgram(app, { managerIds: [rival.personId], courseIds: [course.id] });
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  const csv = (emails: readonly string[]): string => `email\n${emails.join('\n')}\n`;
  const outcomes = (roster: any): string[] =>
    roster.rows.nodes.map((row: { outcome: string }) => row.outcome);
  const codes = ({ userErrors }: any): string[] => userErrors.map(({ code }: { code: string }) => code);
  const apply = (who: Client, rosterId: string): Promise<any> =>
    who.mutate('rosterApply', 'RosterApplyInput', { rosterId }, 'roster { id state }');
  const mails = (email: string, subject: RegExp) =>
    app.mailbox.list(email).filter((mail) => subject.test(mail.subject));
  const enrollmentsIn = (courseId: string): Promise<object[]> =>
    app.sql('SELECT person_id FROM enrollment WHERE course_id = $1', [courseId]);

  it('say first what would become of each person, and change nothing', async () => {
    const [known, enrolled, invited, unknown] = [
      await aPerson(app),
      await aPerson(app),
      anEmail(),
      anEmail(),
    ];
    await enroll(enrolled, course.id, { cohortId: to.cohortId });
    await manager.mutate(
      'invitationsCreate',
      'InvitationsCreateInput',
      { ...to, emails: [invited] },
      'results { email }',
    );
    const before = await enrollmentsIn(course.id);
    const roster = await sendRoster(
      app,
      manager,
      to,
      csv([known.email, enrolled.email, invited, unknown, 'nope', unknown]),
    );
    expect(roster).toMatchObject({ state: 'READY', failure: null, rowCount: 6, doneCount: 2 });
    // Whether there is an account is not told: the two who are new look the same.
    expect(outcomes(roster)).toEqual([
      'TO_ENROLL',
      'ALREADY_ENROLLED',
      'ALREADY_INVITED',
      'TO_ENROLL',
      'REFUSED',
      'REFUSED',
    ]);
    expect(roster.rows.nodes[5]).toMatchObject({
      line: 7,
      reasonCode: 'EMAIL_TWICE',
      reason: 'The same address stands on line 5, which counts.',
    });
    expect(await enrollmentsIn(course.id)).toEqual(before);
    expect(await app.sql('SELECT 1 FROM roster WHERE id = $1 AND content IS NOT NULL', [roster.id])).toEqual(
      [],
    );
    expect(await app.sql('SELECT 1 FROM invitation WHERE email = $1', [unknown])).toEqual([]);
  });

  it('enroll who has an account, invite who has none, and tell each once', async () => {
    const [known, french, unknown] = [await aPerson(app), await aPerson(app, { locale: 'fr' }), anEmail()];
    const { id } = await sendRoster(
      app,
      manager,
      to,
      `email,name,language\n${known.email},,\n${french.email},,\n${unknown},Ana B,fr\n`,
    );
    const applied = await applyRoster(app, manager, id);
    expect(applied).toMatchObject({ state: 'APPLIED', rowCount: 3, doneCount: 3 });
    expect(outcomes(applied)).toEqual(['ENROLLED', 'ENROLLED', 'INVITED']);
    expect(
      await app.sql('SELECT state, cohort_id AS "cohortId" FROM enrollment WHERE person_id = $1', [
        known.personId,
      ]),
    ).toEqual([{ state: 'ACTIVE', cohortId: to.cohortId }]);
    expect(mails(known.email, /You are enrolled in “Small course”/)).toHaveLength(1);
    expect(mails(french.email, /Vous êtes inscrit à « Small course \(fr\) »/)).toHaveLength(1);
    expect(mails(unknown, /Invitation : « Small course \(fr\) »/)).toHaveLength(1);
    // Whoever is invited lands in the same cohort.
    const newcomer = await app.signIn(unknown);
    const { viewer } = await newcomer.ask('{ viewer { invitations { id name } } }');
    expect(viewer.invitations[0].name).toBe('Ana B');
    const accepted = await newcomer.mutate(
      'invitationAccept',
      'InvitationAcceptInput',
      { invitationId: viewer.invitations[0].id },
      'enrollment { state cohort { id } }',
    );
    expect(accepted.enrollment).toEqual({ state: 'ACTIVE', cohort: { id: to.cohortId } });
  });

  it('refuse rows as enrolling does, in words for the manager, and never against what a person decided', async () => {
    const own = await aCourse(trainer);
    const { cohortId } = await aProgram(app, { managerIds: [manager.personId], courseIds: [own.id] });
    const [graduate, left, declined, active] = [
      await aPerson(app),
      await aPerson(app),
      await aPerson(app),
      await aPerson(app),
    ];
    await completeCourse(graduate, own, { cohortId });
    const enrollmentId = await enroll(left, own.id, { cohortId });
    await left.mutate(
      'enrollmentWithdraw',
      'EnrollmentWithdrawInput',
      { enrollmentId, reason: 'NO_TIME' },
      'enrollment { id }',
    );
    await manager.mutate(
      'invitationsCreate',
      'InvitationsCreateInput',
      { cohortId, courseId: own.id, emails: [declined.email] },
      'results { email }',
    );
    const { viewer } = await declined.ask('{ viewer { invitations { id course { id } } } }');
    await declined.mutate(
      'invitationDecline',
      'InvitationDeclineInput',
      { invitationId: viewer.invitations[0].id, reason: 'NO_TIME' },
      'invitation { id }',
    );
    await enroll(active, own.id, { cohortId });
    const { id } = await sendRoster(
      app,
      manager,
      { cohortId, courseId: own.id },
      csv([graduate.email, left.email, declined.email, active.email]),
    );
    const { rows } = await applyRoster(app, manager, id);
    expect(rows.nodes.map(({ outcome, reasonCode }: any) => [outcome, reasonCode])).toEqual([
      ['REFUSED', 'ENROLLMENT_COMPLETED'],
      ['REFUSED', 'LEFT'],
      ['REFUSED', 'DECLINED'],
      ['ALREADY_ENROLLED', null],
    ]);
    expect(rows.nodes[0].reason).toBe('Has completed this course already.');
  });

  it('invite everybody before the first day of the cohort, and refuse all after the last', async () => {
    const own = await aCourse(trainer);
    const later = await aProgram(app, { managerIds: [manager.personId], courseIds: [own.id] });
    const place = { cohortId: later.cohortId, courseId: own.id };
    await app.sql(`UPDATE cohort SET starts_on = '2026-10-20', ends_on = '2026-10-31' WHERE id = $1`, [
      later.cohortId,
    ]);
    const [known, other] = [await aPerson(app), await aPerson(app)];
    const early = await sendRoster(app, manager, place, csv([known.email]));
    expect(outcomes(await applyRoster(app, manager, early.id))).toEqual(['INVITED']);
    const late = await sendRoster(app, manager, place, csv([other.email]));
    app.clock.set('2026-10-31T23:00:00Z');
    expect(codes(await apply(manager, late.id))).toEqual(['COHORT_OVER']);
    // Confirmed in time, and over when its turn comes.
    app.clock.set('2026-10-31T22:59:59Z');
    expect(codes(await apply(manager, late.id))).toEqual([]);
    app.clock.set('2026-10-31T23:00:00Z');
    expect(await app.drainOutbox()).toEqual([]);
    expect((await rosterOf(manager, late.id)).rows.nodes[0]).toMatchObject({
      outcome: 'REFUSED',
      reasonCode: 'COHORT_OVER',
    });
  });

  it('take the business that a number names, where the person acts for it', async () => {
    const [owner, other] = [await aPerson(app), await aPerson(app)];
    await aBusiness(owner);
    const named = await aBusiness(owner);
    await app.sql(`UPDATE business SET registration_number = '552100554' WHERE id = $1`, [named]);
    const { id } = await sendRoster(
      app,
      manager,
      to,
      `email;siren\n${owner.email};552 100 554\n${other.email};552.100.554\n`,
    );
    expect(outcomes(await applyRoster(app, manager, id))).toEqual(['ENROLLED', 'ENROLLED']);
    const businessOf = (personId: string) =>
      app.sql('SELECT business_id AS id FROM enrollment WHERE person_id = $1', [personId]);
    expect(await businessOf(owner.personId)).toEqual([{ id: named }]);
    expect(await businessOf(other.personId)).toEqual([{ id: null }]);
  });

  it('sent again are the same, and change nothing', async () => {
    const [known, unknown] = [await aPerson(app), anEmail()];
    const content = csv([known.email, unknown]);
    const { id } = await sendRoster(app, manager, to, content);
    const first = await applyRoster(app, manager, id);
    const enrollments = await enrollmentsIn(course.id);
    const again = await sendRoster(app, manager, to, content, 'another-name.csv');
    expect(again).toEqual(first);
    expect(await applyRoster(app, manager, again.id)).toEqual(first);
    expect(await enrollmentsIn(course.id)).toEqual(enrollments);
    expect(mails(unknown, /Invitation/)).toHaveLength(1);
    expect(mails(known.email, /You are enrolled/)).toHaveLength(1);
    // Given up, it can be sent anew.
    const other = await sendRoster(app, manager, to, csv([anEmail()]));
    await manager.mutate('rosterCancel', 'RosterCancelInput', { rosterId: other.id }, 'roster { state }');
    expect((await rosterOf(manager, other.id)).rows.nodes).toEqual([]);
    expect(codes(await apply(manager, other.id))).toEqual(['ROSTER_NOT_READY']);
  });

  it('uploaded and applied by twenty at once are one, and of two files with the same people each is done once', async () => {
    const people = await Promise.all([aPerson(app), aPerson(app), aPerson(app)]);
    const strangers = Array.from({ length: 10 }, () => anEmail());
    const emails = [...people.map(({ email }) => email), ...strangers];
    const uploads = await Promise.all(
      Array.from({ length: 20 }, () => uploadRoster(manager, to, csv(emails))),
    );
    expect(new Set(uploads.map(({ body }) => body.id)).size).toBe(1);
    const one = uploads[0]!.body.id as string;
    const other = (await uploadRoster(manager, to, csv([...emails].reverse()))).body.id as string;
    expect(await app.drainOutbox()).toEqual([]);
    const applied = await Promise.all(
      Array.from({ length: 20 }, (_, turn) => apply(manager, turn % 2 ? one : other)),
    );
    expect(applied.flatMap(codes)).toEqual([]);
    // Two workers, each with both.
    const due = await app.sql<DeliveryKey>(
      `SELECT event_id AS "eventId", handler FROM delivery WHERE state = 'PENDING' AND handler = 'rosters.apply'`,
    );
    expect(due).toHaveLength(2);
    await Promise.all([...due, ...due].map((key) => app.get(Deliveries).run(key)));
    expect(await app.drainOutbox()).toEqual([]);
    const results = [await rosterOf(manager, one), await rosterOf(manager, other)].flatMap(outcomes);
    const times = (outcome: string): number => results.filter((each) => each === outcome).length;
    expect([times('ENROLLED'), times('ALREADY_ENROLLED')]).toEqual([3, 3]);
    expect([times('INVITED'), times('ALREADY_INVITED')]).toEqual([10, 10]);
    for (const email of strangers) expect(mails(email, /Invitation/)).toHaveLength(1);
    for (const { personId } of people)
      expect(await app.sql('SELECT 1 FROM enrollment WHERE person_id = $1', [personId])).toHaveLength(1);
  });

  it('enroll people with accounts together: thirty in as many statements as three, each with their only business', async () => {
    const batchOf = async (count: number) => {
      const people = await Promise.all(Array.from({ length: count }, () => aPerson(app)));
      const businessId = await aBusiness(people[0]!);
      await aBusiness(people[1]!);
      await aBusiness(people[1]!); // of two nobody chooses for them
      const { id } = await sendRoster(app, manager, to, csv(people.map(({ email }) => email)));
      await apply(manager, id);
      const [due] = await app.sql<DeliveryKey>(
        `SELECT event_id AS "eventId", handler FROM delivery WHERE state = 'PENDING' AND handler = 'rosters.apply'`,
      );
      const { statements } = await recordStatements(app, () => app.get(Deliveries).run(due!));
      expect((await rosterOf(manager, id)).counts).toEqual([{ outcome: 'ENROLLED', count }]);
      const rows = await app.sql<{ person_id: string; business_id: string | null }>(
        `SELECT person_id, business_id FROM enrollment WHERE course_id = $1 AND cohort_id = $2 AND state = 'ACTIVE' AND person_id = ANY($3)`,
        [course.id, to.cohortId, people.map(({ personId }) => personId)],
      );
      expect(rows).toHaveLength(count);
      const businesses = new Map(rows.map((row) => [row.person_id, row.business_id]));
      expect([0, 1, 2].map((index) => businesses.get(people[index]!.personId))).toEqual([
        businessId,
        null,
        null,
      ]);
      expect(await app.drainOutbox()).toEqual([]);
      expect(mails(people[2]!.email, /./)).toHaveLength(2); // the code to sign in with, and that they are enrolled
      return statements.length;
    };
    const few = await batchOf(3);
    expect(await batchOf(30)).toBe(few);
  });

  it('go on where a killed worker stopped, with the same statements for each batch', async () => {
    const emails = Array.from({ length: 1_200 }, () => anEmail('many'));
    const { id } = await sendRoster(app, manager, to, csv(emails));
    await apply(manager, id);
    const next = async (): Promise<DeliveryKey> =>
      (
        await app.sql<DeliveryKey>(
          `SELECT event_id AS "eventId", handler FROM delivery WHERE state = 'PENDING' AND handler = 'rosters.apply'`,
        )
      )[0]!;
    const batch = async () => recordStatements(app, async () => app.get(Deliveries).run(await next()));
    const first = await batch();
    expect(await rosterOf(manager, id)).toMatchObject({ state: 'APPLYING', doneCount: 500, rowCount: 1_200 });
    // Killed before it could commit: what it did is gone, and its delivery is run again.
    await app.sql(
      `CREATE FUNCTION kill_worker() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$`,
    );
    await app.sql(
      `CREATE TRIGGER kill_worker BEFORE UPDATE OF done_count ON roster FOR EACH ROW EXECUTE FUNCTION kill_worker()`,
    );
    await expect(app.get(Deliveries).run(await next())).rejects.toThrow('killed');
    await app.sql('DROP TRIGGER kill_worker ON roster');
    await app.sql('DROP FUNCTION kill_worker()');
    expect(await rosterOf(manager, id)).toMatchObject({ doneCount: 500 });
    const key = (
      await app.sql<DeliveryKey>(
        `SELECT event_id AS "eventId", handler FROM delivery WHERE state = 'QUEUED' AND handler = 'rosters.apply'`,
      )
    )[0]!;
    const second = await recordStatements(app, () => app.get(Deliveries).run(key));
    expect(second.statements.length).toBeLessThanOrEqual(first.statements.length);
    expect(second.statements.length).toBeLessThan(35);
    expect(await app.drainOutbox()).toEqual([]);
    expect(await rosterOf(manager, id)).toMatchObject({
      state: 'APPLIED',
      doneCount: 1_200,
      counts: [{ outcome: 'INVITED', count: 1_200 }],
    });
    expect(await app.sql('SELECT 1 FROM invitation WHERE email = ANY($1)', [emails])).toHaveLength(1_200);
    expect(mails(emails[0]!, /Invitation/)).toHaveLength(1);
    expect(mails(emails[700]!, /Invitation/)).toHaveLength(1);
  }, 240_000);

  it('that cannot be read say so, and can be mended and sent anew', async () => {
    const failed = await sendRoster(app, manager, to, 'name\nAna\n');
    expect(failed).toMatchObject({ state: 'FAILED', rowCount: 0 });
    expect(failed.failure).toContain('no column “email”');
    expect(codes(await apply(manager, failed.id))).toEqual(['ROSTER_NOT_READY']);
    const again = await sendRoster(app, manager, to, 'name\nAna\n');
    expect(again.id).not.toBe(failed.id);
  });

  it('are refused as they arrive where nothing can come of them', async () => {
    const refused = async (content: Buffer | string, name?: string) => {
      const { status, body } = await uploadRoster(manager, to, content, name);
      return [status, body.error?.message];
    };
    expect(await refused('%PDF', 'people.pdf')).toEqual([422, expect.stringContaining('.csv or .xlsx')]);
    expect(await refused('')).toEqual([422, expect.stringContaining('is empty')]);
    expect(await refused(Buffer.alloc(5_000_001, 'a'))).toEqual([413, expect.stringContaining('5 MB')]);
    const withoutHeader = await manager.upload(
      `/rosters?cohort=${to.cohortId}&course=${to.courseId}`,
      Buffer.from('x'),
    );
    expect(withoutHeader.status).toBe(403);
  });

  it('are for the managers of their program alone', async () => {
    const { id } = await sendRoster(app, manager, to, csv([anEmail()]));
    for (const who of [rival, trainer, await aPerson(app), await aPerson(app, { roles: ['ADMIN'] })]) {
      expect((await uploadRoster(who, to, csv([anEmail()]))).status).toBe(404);
      expect(await who.errorCode('query ($id: ID!) { roster(id: $id) { id } }', { id })).toBe('NOT_FOUND');
      expect(
        await who.errorCode('query ($id: ID!) { rosters(programId: $id, first: 1) { nodes { id } } }', {
          id: programId,
        }),
      ).toBe('NOT_FOUND');
      for (const verb of ['Apply', 'Cancel'])
        expect(
          await who.errorCode(
            `mutation ($input: Roster${verb}Input!) { roster${verb}(input: $input) { roster { id } } }`,
            { input: { rosterId: id } },
          ),
        ).toBe('NOT_FOUND');
    }
    expect((await uploadRoster(app.visitor(), to, csv([anEmail()]))).status).toBe(401);
    expect((await uploadRoster(manager, { ...to, cohortId: 'no-id' }, csv([anEmail()]))).status).toBe(404);
    expect(await rosterOf(manager, id)).toMatchObject({ state: 'READY' });
  });
});
