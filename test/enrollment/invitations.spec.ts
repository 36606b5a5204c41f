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
import { START, startTestApp, type TestApp } from '../support/test-app.js';
import { recordStatements } from '../support/statements.js';

const HOUR = 3_600_000;
const INVITATION =
  'id email state declineReason sentCount nextMailAt endedAt programName course { slug } cohort { name }';

describe('invitations', () => {
  let app: TestApp;
  let trainer: Client;
  let manager: Awaited<ReturnType<typeof aPerson>>;
  let rival: Awaited<ReturnType<typeof aPerson>>;
  let course: BuiltCourse;
  let programId: string;
  let cohortId: string;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    manager = await aPerson(app, { roles: ['MANAGER'] });
    rival = await aPerson(app, { roles: ['MANAGER'] });
    course = await aCourse(trainer);
    ({ programId, cohortId } = await aProgram(app, {
      managerIds: [manager.personId],
      courseIds: [course.id],
    }));
    await aProgram(app, { managerIds: [rival.personId], courseIds: [course.id] });
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  const codes = ({ userErrors }: any): string[] => userErrors.map(({ code }: { code: string }) => code);
  const invite = (emails: string[], more: object = {}, who: Client = manager): Promise<any> =>
    who.mutate(
      'invitationsCreate',
      'InvitationsCreateInput',
      { cohortId, courseId: course.id, emails, ...more },
      'results { email outcome }',
    );
  const outcomes = async (emails: string[], more: object = {}): Promise<string[]> =>
    (await invite(emails, more)).results.map(({ outcome }: { outcome: string }) => outcome);
  const listed = async (more = '', who: Client = manager): Promise<any> =>
    (
      await who.ask(
        `query ($id: ID!) { invitations(programId: $id, first: 100${more}) { counts { state count } nodes { ${INVITATION} } } }`,
        { id: programId },
      )
    ).invitations;
  const idOf = async (email: string): Promise<string> =>
    (await listed()).nodes.find((each: { email: string }) => each.email === email).id;
  const stateOf = async (email: string): Promise<string> =>
    (await listed()).nodes.find((each: { email: string }) => each.email === email).state;
  const mine = async (who: Client): Promise<any[]> =>
    (await who.ask(`{ viewer { invitations { ${INVITATION} } } }`)).viewer.invitations;
  const act = (who: Client, verb: 'Send' | 'Withdraw' | 'Accept', invitationId: string): Promise<any> =>
    who.mutate(
      `invitation${verb}`,
      `Invitation${verb}Input`,
      { invitationId },
      verb === 'Accept'
        ? 'invitation { state } enrollment { id state cohort { name } }'
        : 'invitation { state }',
    );
  const decline = (who: Client, invitationId: string, reason = 'NO_TIME'): Promise<any> =>
    who.mutate(
      'invitationDecline',
      'InvitationDeclineInput',
      { invitationId, reason },
      'invitation { state declineReason endedAt }',
    );
  const mails = (email: string) =>
    app.mailbox.list(email).filter(({ subject }) => subject.startsWith('Invitation'));
  const drain = async (): Promise<void> => expect(await app.drainOutbox()).toEqual([]);

  describe('by a manager', () => {
    it('go by mail to whoever owns the address, in their language or in both', async () => {
      const [english, french] = [await aPerson(app), await aPerson(app, { locale: 'fr' })];
      const [unknown, told] = [anEmail('nobody'), anEmail('nobody')];
      expect(await outcomes([english.email, french.email.toUpperCase(), ` ${unknown} `])).toEqual([
        'INVITED',
        'INVITED',
        'INVITED',
      ]);
      await outcomes([told], { locale: 'fr' });
      await drain();
      expect(mails(english.email).map(({ subject }) => subject)).toEqual(['Invitation: “Small course”']);
      expect(mails(english.email)[0]!.text).toContain('until June 30, 2027');
      expect(mails(english.email)[0]!.text).toContain('http://localhost:3000/learning');
      expect(mails(french.email)[0]!.text).toContain('jusqu’au 30 juin 2027');
      expect(mails(unknown)[0]!.subject).toBe(
        'Invitation : « Small course (fr) » / Invitation: “Small course”',
      );
      expect(mails(unknown)[0]!.text).toMatch(/« Programme » vous invite[^]*“Program” invites you/);
      expect(mails(told)[0]!.text).not.toContain('invites you');
      // No account was made for them.
      expect(await app.sql('SELECT 1 FROM person WHERE email = ANY($1)', [[unknown, told]])).toEqual([]);
    });

    it('answer the same for an address with an account and one without', async () => {
      const [known, elsewhere] = [await aPerson(app), await aPerson(app)];
      // Two cohorts are open, so that this is in neither: their program does not know of it.
      await enroll(elsewhere, course.id);
      const emails = [known.email, elsewhere.email, anEmail('nobody')];
      expect(await outcomes(emails)).toEqual(['INVITED', 'INVITED', 'INVITED']);
      const { nodes } = await listed();
      const looks = emails.map((email) => {
        const { id: _id, ...look } = nodes.find((node: { email: string }) => node.email === email);
        return { ...look, email: '' };
      });
      expect(looks[0]).toEqual(looks[2]);
      expect(looks[1]).toEqual(looks[2]);
    });

    it('say what became of each address, and lose none for another', async () => {
      const enrolled = await aPerson(app);
      await enroll(enrolled, course.id, { cohortId });
      const [fresh, twice] = [anEmail(), anEmail()];
      await invite([twice]);
      const { results } = await invite([
        'no address',
        fresh,
        fresh.toUpperCase(),
        twice,
        enrolled.email,
        'a\u0000b@example.org',
      ]);
      expect(results).toEqual([
        { email: fresh, outcome: 'INVITED' },
        { email: twice, outcome: 'ALREADY_INVITED' },
        { email: enrolled.email, outcome: 'ALREADY_ENROLLED' },
        { email: 'no address', outcome: 'ADDRESS_INVALID' },
        { email: 'a\u0000b@example.org', outcome: 'ADDRESS_INVALID' },
      ]);
      await drain();
      expect(mails(twice)).toHaveLength(1);
    });

    it('are refused in words where nothing can come of them', async () => {
      expect(codes(await invite([]))).toEqual(['INVITATION_NOBODY']);
      expect(codes(await invite(Array.from({ length: 101 }, () => anEmail())))).toEqual([
        'INVITATION_TOO_MANY',
      ]);
      const other = await aCourse(trainer);
      expect(codes(await invite([anEmail()], { courseId: other.id }))).toEqual(['COURSE_NOT_OFFERED']);
      const over = await aProgram(app, { managerIds: [manager.personId], courseIds: [course.id] });
      await app.sql(`UPDATE cohort SET ends_on = '2026-10-06' WHERE id = $1`, [over.cohortId]);
      expect(codes(await invite([anEmail()], { cohortId: over.cohortId }))).toEqual(['COHORT_OVER']);
    });

    it('are those of the program’s managers, and of nobody else', async () => {
      const email = anEmail();
      await invite([email]);
      const id = await idOf(email);
      const create = `mutation ($input: InvitationsCreateInput!) { invitationsCreate(input: $input) { results { email } } }`;
      const input = { cohortId, courseId: course.id, emails: [anEmail()] };
      for (const who of [rival, trainer, await aPerson(app), await aPerson(app, { roles: ['ADMIN'] })]) {
        expect(await who.errorCode(create, { input })).toBe('NOT_FOUND');
        for (const verb of ['Send', 'Withdraw'])
          expect(
            await who.errorCode(
              `mutation ($input: Invitation${verb}Input!) { invitation${verb}(input: $input) { invitation { id } } }`,
              { input: { invitationId: id } },
            ),
          ).toBe('NOT_FOUND');
        expect(
          await who.errorCode(`query ($id: ID!) { invitations(programId: $id, first: 1) { nodes { id } } }`, {
            id: programId,
          }),
        ).toBe('NOT_FOUND');
      }
      expect(await app.visitor().errorCode(create, { input })).toBe('UNAUTHENTICATED');
      expect(await manager.errorCode(create, { input: { ...input, cohortId: 'no-id' } })).toBe('NOT_FOUND');
      expect(await stateOf(email)).toBe('INVITED');
    });

    it('are sent again a day later, four times at most, and not once they are answered', async () => {
      const email = anEmail();
      await invite([email]);
      await drain();
      const id = await idOf(email);
      expect(codes(await act(manager, 'Send', id))).toEqual(['INVITATION_TOO_SOON']);
      for (let mail = 2; mail <= 4; mail += 1) {
        app.clock.moveForward(24 * HOUR);
        // Of two at once, one is sent.
        const both = await Promise.all([act(manager, 'Send', id), act(manager, 'Send', id)]);
        expect(both.flatMap(codes)).toEqual([mail === 4 ? 'INVITATION_TOO_OFTEN' : 'INVITATION_TOO_SOON']);
        await drain();
        expect(mails(email)).toHaveLength(mail);
      }
      app.clock.moveForward(24 * HOUR);
      expect(codes(await act(manager, 'Send', id))).toEqual(['INVITATION_TOO_OFTEN']);
      await act(manager, 'Withdraw', id);
      expect(codes(await act(manager, 'Send', id))).toEqual(['INVITATION_CLOSED']);
      // Withdrawing and inviting again is no way around it.
      expect(await outcomes([email])).toEqual(['TOO_SOON']);
    });

    it('are taken back before they are mailed, and made again the next day', async () => {
      const email = anEmail();
      await invite([email]);
      await act(manager, 'Withdraw', await idOf(email));
      await drain();
      expect(mails(email)).toEqual([]);
      expect(await outcomes([email])).toEqual(['TOO_SOON']);
      app.clock.moveForward(24 * HOUR);
      expect(await outcomes([email])).toEqual(['INVITED']);
      await drain();
      expect(mails(email)).toHaveLength(1);
      expect(await stateOf(email)).toBe('INVITED');
    });

    it('are counted and listed by state; an expired one is so by the cohort’s last day', async () => {
      const own = await aCourse(trainer);
      const { programId: ownProgram, cohortId: ownCohort } = await aProgram(app, {
        managerIds: [manager.personId],
        courseIds: [own.id],
      });
      await app.sql(`UPDATE cohort SET ends_on = '2026-10-31' WHERE id = $1`, [ownCohort]);
      const to = { cohortId: ownCohort, courseId: own.id };
      const people = [await aPerson(app), await aPerson(app)] as const;
      await invite([...people.map(({ email }) => email), anEmail(), anEmail()], to);
      await act(people[0], 'Accept', (await mine(people[0]))[0].id);
      await decline(people[1], (await mine(people[1]))[0].id);
      const ask = async (state: string | null): Promise<any> =>
        (
          await manager.ask(
            `query ($id: ID!, $state: InvitationState) { invitations(programId: $id, state: $state, first: 100) {
               counts { state count } nodes { state } } }`,
            { id: ownProgram, state },
          )
        ).invitations;
      const counted = (open: string) =>
        [
          { state: 'ACCEPTED', count: 1 },
          { state: 'DECLINED', count: 1 },
          { state: open, count: 2 },
        ].sort((a, b) => (a.state < b.state ? -1 : 1));
      expect((await ask(null)).counts).toEqual(counted('INVITED'));
      expect((await ask('INVITED')).nodes).toEqual([{ state: 'INVITED' }, { state: 'INVITED' }]);
      // The last day is 31 October, in Paris: an hour behind since the 25th.
      app.clock.set('2026-10-31T22:59:59Z');
      expect((await ask('EXPIRED')).nodes).toEqual([]);
      app.clock.set('2026-10-31T23:00:00Z');
      expect((await ask(null)).counts).toEqual(counted('EXPIRED'));
      expect((await ask('EXPIRED')).nodes).toEqual([{ state: 'EXPIRED' }, { state: 'EXPIRED' }]);
      expect((await ask('INVITED')).nodes).toEqual([]);
    });

    it('cost the same statements for one as for a hundred', async () => {
      const one = await recordStatements(app, () => invite([anEmail()]));
      const hundred = await recordStatements(app, () => invite(Array.from({ length: 100 }, () => anEmail())));
      expect(hundred.statements.length).toBe(one.statements.length);
      expect(hundred.result.results).toHaveLength(100);
    });
  });

  describe('to their owner', () => {
    it('are there after the first sign-in, and become the enrollment', async () => {
      const email = anEmail('newcomer');
      await invite([email]);
      const newcomer = await app.signIn(email);
      const [invitation] = await mine(newcomer);
      expect(invitation).toMatchObject({
        email,
        state: 'INVITED',
        programName: 'Program',
        course: { slug: course.slug },
        cohort: { name: 'Autumn' },
      });
      const accepted = await act(newcomer, 'Accept', invitation.id);
      expect(accepted).toMatchObject({
        invitation: { state: 'ACCEPTED' },
        enrollment: { state: 'ACTIVE', cohort: { name: 'Autumn' } },
        userErrors: [],
      });
      expect(await act(newcomer, 'Accept', invitation.id)).toEqual(accepted);
      expect(await mine(newcomer)).toEqual([]);
      expect(codes(await decline(newcomer, invitation.id))).toEqual(['INVITATION_CLOSED']);
      expect(codes(await act(manager, 'Withdraw', invitation.id))).toEqual(['INVITATION_CLOSED']);
      expect(await outcomes([email])).toEqual(['ALREADY_ENROLLED']);
    });

    it('are nobody else’s', async () => {
      const [owner, other] = [await aPerson(app), await aPerson(app)];
      await invite([owner.email]);
      const [{ id }] = (await mine(owner)) as [{ id: string }];
      expect(await mine(other)).toEqual([]);
      for (const who of [other, manager, rival]) {
        for (const [verb, extra] of [
          ['Accept', {}],
          ['Decline', { reason: 'OTHER' }],
        ] as const)
          for (const invitationId of [id, '018f0000-0000-7000-8000-000000000000', 'no-id'])
            expect(
              await who.errorCode(
                `mutation ($input: Invitation${verb}Input!) { invitation${verb}(input: $input) { invitation { id } } }`,
                { input: { invitationId, ...extra } },
              ),
            ).toBe('NOT_FOUND');
      }
      expect(await stateOf(owner.email)).toBe('INVITED');
    });

    it('are declined for good, with a reason', async () => {
      const learner = await aPerson(app);
      await invite([learner.email]);
      const [{ id }] = (await mine(learner)) as [{ id: string }];
      const declined = await decline(learner, id, 'NOT_EXPECTED');
      expect(declined.invitation).toEqual({
        state: 'DECLINED',
        declineReason: 'NOT_EXPECTED',
        endedAt: START.toISOString(),
      });
      expect(await decline(learner, id, 'OTHER')).toEqual(declined);
      expect(codes(await act(learner, 'Accept', id))).toEqual(['INVITATION_CLOSED']);
      expect(await outcomes([learner.email])).toEqual(['DECLINED']);
      await drain();
      expect(mails(learner.email)).toEqual([]);
      await expect(
        app.sql(
          `UPDATE invitation SET state = 'INVITED', decline_reason = NULL, ended_at = NULL WHERE id = $1`,
          [id],
        ),
      ).rejects.toThrow('stays as it was answered');
    });

    it('are answered by enrolling without them too', async () => {
      const learner = await aPerson(app);
      await invite([learner.email]);
      await enroll(learner, course.id, { cohortId });
      await drain();
      expect(await stateOf(learner.email)).toBe('ACCEPTED');
      expect(await mine(learner)).toEqual([]);
    });

    it('keep an enrollment that is there, and refuse as enrolling refuses', async () => {
      const [learner, graduate] = [await aPerson(app), await aPerson(app)];
      const own = await enroll(learner, course.id);
      await app.sql('UPDATE enrollment SET cohort_id = NULL WHERE id = $1', [own]);
      await completeCourse(graduate, course);
      await app.sql('UPDATE enrollment SET cohort_id = NULL WHERE person_id = $1', [graduate.personId]);
      expect(await outcomes([learner.email, graduate.email])).toEqual(['INVITED', 'INVITED']);
      const accepted = await act(learner, 'Accept', (await mine(learner))[0].id);
      expect(accepted.enrollment).toMatchObject({ id: own, cohort: null });
      expect(codes(await act(graduate, 'Accept', (await mine(graduate))[0].id))).toEqual([
        'ENROLLMENT_COMPLETED',
      ]);
      expect(await stateOf(graduate.email)).toBe('INVITED');
    });

    it('wait for the first day of the cohort, and end with its last', async () => {
      const own = await aCourse(trainer);
      const later = await aProgram(app, { managerIds: [manager.personId], courseIds: [own.id] });
      await app.sql(`UPDATE cohort SET starts_on = '2026-11-01', ends_on = '2026-11-30' WHERE id = $1`, [
        later.cohortId,
      ]);
      const learner = await aPerson(app);
      await invite([learner.email], { cohortId: later.cohortId, courseId: own.id });
      await drain();
      expect(mails(learner.email)[0]!.text).toContain('from November 1, 2026 until November 30, 2026');
      const [{ id }] = (await mine(learner)) as [{ id: string }];
      expect(codes(await act(learner, 'Accept', id))).toEqual(['COHORT_NOT_OPEN']);
      app.clock.set('2026-11-30T23:00:00Z'); // 1 December in Paris
      expect(await mine(learner)).toEqual([]);
      expect(codes(await act(learner, 'Accept', id))).toEqual(['INVITATION_CLOSED']);
      expect(codes(await decline(learner, id))).toEqual(['INVITATION_CLOSED']);
      expect(codes(await act(manager, 'Send', id))).toEqual(['INVITATION_CLOSED']);
    });

    it('are for the business that the program named, where the person acts for it', async () => {
      const learner = await aPerson(app);
      await aBusiness(learner);
      const named = await aBusiness(learner);
      await app.sql(`UPDATE business SET registration_number = '812345678' WHERE id = $1`, [named]);
      await invite([learner.email]);
      await app.sql(`UPDATE invitation SET registration_number = '812345678' WHERE email = $1`, [
        learner.email,
      ]);
      await act(learner, 'Accept', (await mine(learner))[0].id);
      expect(
        await app.sql('SELECT business_id AS id FROM enrollment WHERE person_id = $1', [learner.personId]),
      ).toEqual([{ id: named }]);
    });
  });

  describe('at the same moment', () => {
    it('by fifty requests are one, with one mail', async () => {
      const emails = Array.from({ length: 20 }, () => anEmail('crowd'));
      const all = await Promise.all(
        Array.from({ length: 50 }, (_, turn) => invite(turn % 2 ? emails : [...emails].reverse())),
      );
      expect(all.flatMap(codes)).toEqual([]);
      const invited = all.flatMap(({ results }) =>
        results.filter(({ outcome }: { outcome: string }) => outcome === 'INVITED'),
      );
      expect(invited).toHaveLength(20);
      await drain();
      for (const email of emails) expect(mails(email)).toHaveLength(1);
    });

    it('accepted by twenty tabs is one enrollment', async () => {
      const learner = await aPerson(app);
      await invite([learner.email]);
      const [{ id }] = (await mine(learner)) as [{ id: string }];
      const all = await Promise.all(Array.from({ length: 20 }, () => act(learner, 'Accept', id)));
      expect(new Set(all.map(({ enrollment }) => enrollment.id)).size).toBe(1);
      expect(await app.sql('SELECT 1 FROM enrollment WHERE person_id = $1', [learner.personId])).toHaveLength(
        1,
      );
    });

    it('accepted, declined and withdrawn is one of them', async () => {
      for (let round = 0; round < 8; round += 1) {
        const learner = await aPerson(app);
        await invite([learner.email]);
        const [{ id }] = (await mine(learner)) as [{ id: string }];
        const done = await Promise.all([
          act(learner, 'Accept', id),
          decline(learner, id),
          act(manager, 'Withdraw', id),
        ]);
        const states = ['ACCEPTED', 'DECLINED', 'WITHDRAWN'];
        const winners = states.filter((_, index) => done[index].userErrors.length === 0);
        expect(winners).toHaveLength(1);
        expect(await stateOf(learner.email)).toBe(winners[0]);
        const enrollments = await app.sql('SELECT 1 FROM enrollment WHERE person_id = $1', [
          learner.personId,
        ]);
        expect(enrollments).toHaveLength(winners[0] === 'ACCEPTED' ? 1 : 0);
      }
    });
  });
});
