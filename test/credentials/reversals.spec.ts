import { gunzipSync } from 'node:zlib';
import type { SignedBadge } from '../../src/features/credentials/badge.proof.js';
import { aCourse, aPerson, aProgram, completeCourse } from '../support/builders.js';
import { REASON, RECORD, startReversals, type Reversals } from '../support/reversals.js';
import { recordStatements } from '../support/statements.js';
import { START } from '../support/test-app.js';

const NOBODY = '00000000-0000-7000-8000-000000000000';

describe('reversing a completion', () => {
  let app: Reversals['app'];
  let trainer: Reversals['trainer'];
  let manager: Reversals['manager'];
  let admin: Reversals['admin'];
  let course: Reversals['course'];
  let idOf: Reversals['idOf'];
  let aGraduate: Reversals['aGraduate'];
  let completionOf: Reversals['completionOf'];
  let reverse: Reversals['reverse'];
  let passAgain: Reversals['passAgain'];
  let standing: Reversals['standing'];
  let holding: Reversals['holding'];
  let codeOf: Reversals['codeOf'];
  beforeAll(async () => {
    ({
      app,
      trainer,
      manager,
      admin,
      course,
      idOf,
      aGraduate,
      completionOf,
      reverse,
      passAgain,
      standing,
      holding,
      codeOf,
    } = await startReversals());
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  describe('by a manager of the program', () => {
    it('leaves the fact as it was, keeps the lessons, and asks for the quiz again', async () => {
      const { learner, enrollmentId, completionId } = await aGraduate();
      await app.drainOutbox();
      const [before] = await app.sql('SELECT * FROM course_completion WHERE id = $1', [completionId]);
      app.clock.moveForward(3_600_000);
      expect(await reverse(manager, completionId)).toEqual({
        enrollment: { id: enrollmentId, state: 'ACTIVE', reversal: { reason: REASON } },
        userErrors: [],
      });
      expect(await app.sql('SELECT * FROM course_completion WHERE id = $1', [completionId])).toEqual([
        before,
      ]);
      const now = await standing(learner);
      expect(now).toMatchObject({
        state: 'ACTIVE',
        completion: null,
        progress: {
          completedLessons: 2,
          missing: [{ code: 'QUIZ_NOT_PASSED', lesson: { key: 'check' } }],
        },
        reversal: {
          reason: REASON,
          reversedAt: app.clock.now().toISOString(),
          askedLessons: [{ key: 'check', title: 'Check' }],
        },
      });
      expect(now.completedLessonIds).toEqual(['reading-1', 'reading-2', 'extra'].map(idOf));
    });

    it('revokes the badge with the reason: on its page, in its verification, and in the signed list', async () => {
      const { learner, completionId } = await aGraduate();
      const other = await aGraduate();
      await app.drainOutbox();
      await reverse(manager, completionId);
      const [certificate] = (await standing(learner)).certificates;
      expect(certificate).toMatchObject({ status: 'REVOKED', revocationReason: REASON });
      expect(certificate.verification).toMatchObject({ valid: false });
      expect(certificate.verification.checks.at(-1)).toEqual({
        code: 'STATUS',
        passed: false,
        sentence: `${app.config.issuerName} has revoked it. Reason given: ${REASON}`,
      });
      const pasted = `query ($badge: JSONObject!) { badgeVerify(badge: $badge) { valid checks { code } } }`;
      const { badgeVerify } = await app.visitor().ask(pasted, { badge: certificate.badge });
      expect(badgeVerify).toMatchObject({ valid: false });

      const [holds] = (await standing(other.learner)).certificates;
      expect(holds.verification).toMatchObject({ valid: true });
      expect(await isListed(certificate.badge)).toBe(true);
      expect(await isListed(holds.badge)).toBe(false);
    });

    /** Whether the list that a badge names says that it is revoked. */
    const isListed = async ({ credentialStatus }: SignedBadge): Promise<boolean> => {
      const { pathname } = new URL(credentialStatus.statusListCredential);
      const response = await app.visitor().get(pathname, { Accept: 'application/vc' });
      expect(response.type).toBe('application/vc');
      const list = JSON.parse(response.text || (response.body as Buffer).toString());
      expect(list).toMatchObject({
        id: credentialStatus.statusListCredential,
        type: ['VerifiableCredential', 'BitstringStatusListCredential'],
        proof: [{ cryptosuite: 'eddsa-rdfc-2022' }],
      });
      const bits = gunzipSync(Buffer.from(list.credentialSubject.encodedList.slice(1), 'base64url'));
      expect(bits.length * 8).toBeGreaterThanOrEqual(131_072);
      const position = Number(credentialStatus.statusListIndex);
      return (bits[position >> 3]! & (0x80 >> (position & 7))) !== 0;
    };

    it.each(['2', '0', '-1', '1e1', '99999999999', 'x'])('has no status list %s', async (number) => {
      expect((await app.visitor().get(`/credentials/status/${number}`)).status).toBe(404);
    });

    it('tells the learner by mail, once, in their language: the reason, what to do, and where', async () => {
      const { learner, completionId } = await aGraduate({ locale: 'fr', name: 'Zoé' });
      await app.drainOutbox();
      await reverse(manager, completionId);
      await app.drainOutbox();
      await app.sql(`UPDATE delivery SET state = 'PENDING' WHERE handler = 'learning.mail-reversal'`);
      await app.drainOutbox();
      const mails = app.mailbox.list(learner.email).filter(({ text }) => text.includes(REASON));
      expect(mails).toHaveLength(1);
      expect(mails[0]!.subject).toBe('« Small course (fr) » n’est plus considérée comme terminée');
      expect(mails[0]!.text).toContain('  - Vérification\n');
      expect(mails[0]!.text).not.toContain('Lecture 1');
      expect(mails[0]!.text).toContain(`/courses/${course.slug}`);
    });

    it('is audited with who, why, and what was revoked', async () => {
      const { completionId } = await aGraduate();
      await app.drainOutbox();
      await reverse(manager, completionId);
      const audited = await app.sql<{ detail: object }>(
        'SELECT actor_id, outcome, detail FROM audit_entry WHERE subject = $1',
        [`completion:${completionId}`],
      );
      const [certificate] = await app.sql<{ id: string }>(
        'SELECT id FROM certificate WHERE completion_id = $1',
        [completionId],
      );
      expect(audited).toEqual([
        {
          actor_id: manager.personId,
          outcome: 'DONE',
          detail: expect.objectContaining({
            reason: REASON,
            askedKeys: ['check'],
            certificateId: certificate!.id,
          }),
        },
      ]);
    });

    it.each([
      `UPDATE completion_reversal SET reason = 'x'`,
      'DELETE FROM completion_reversal',
      'TRUNCATE completion_reversal CASCADE',
    ])('cannot be changed by a statement: %s', async (statement) => {
      const { completionId } = await aGraduate();
      await reverse(manager, completionId);
      const rows = () => app.sql('SELECT * FROM completion_reversal ORDER BY completion_id');
      const before = await rows();
      await expect(app.sql(statement)).rejects.toThrow('append-only');
      expect(await rows()).toEqual(before);
    });

    it('is read by whoever looks after the enrollment, with all that it was', async () => {
      const { enrollmentId, completionId } = await aGraduate({ name: 'Awa' });
      await app.drainOutbox();
      await reverse(manager, completionId);
      for (const overseer of [manager, admin]) {
        const { learnerRecord } = await overseer.ask(RECORD, { id: enrollmentId });
        expect(learnerRecord).toMatchObject({
          person: { name: 'Awa' },
          enrollment: { state: 'ACTIVE', progress: { completedLessons: 2, requiredLessons: 3 } },
          completions: [
            {
              versionNumber: 1,
              completion: { id: completionId, criteriaVersion: 1 },
              reversedBy: { name: 'manager' },
              reversal: { reason: REASON, askedLessons: [{ key: 'check' }] },
              certificate: { status: 'REVOKED', revocationReason: REASON },
            },
          ],
        });
        const { lessons } = learnerRecord.completions[0];
        expect(lessons.map(({ lesson }: any) => lesson.key)).toEqual(['reading-1', 'reading-2', 'check']);
      }
    });

    it('is found by an administrator among what the person takes, which nobody else is told', async () => {
      const { learner, enrollmentId } = await aGraduate();
      const PEOPLE = `query ($search: String!) { people(first: 5, search: $search) { nodes { enrollments { id state } } } }`;
      const { people } = await admin.ask(PEOPLE, { search: learner.email });
      expect(people.nodes).toEqual([{ enrollments: [{ id: enrollmentId, state: 'COMPLETED' }] }]);
      const OWN = `query ($id: ID!) { learnerRecord(enrollmentId: $id) { person { enrollments { id } } } }`;
      const { learnerRecord } = await manager.ask(OWN, { id: enrollmentId });
      expect(learnerRecord).toEqual({ person: { enrollments: null } });
    });

    it('takes as many statements to read after five reversals as after one', async () => {
      const { learner, enrollmentId, completionId } = await aGraduate();
      await reverse(manager, completionId);
      const count = async (): Promise<number> =>
        (await recordStatements(app, () => manager.ask(RECORD, { id: enrollmentId }))).statements.length;
      await count();
      const one = await count();
      for (let times = 0; times < 4; times += 1) {
        await passAgain(learner, enrollmentId);
        await app.drainOutbox();
        await reverse(manager, await completionOf(enrollmentId));
      }
      expect(await count()).toBe(one);
      const { learnerRecord } = await manager.ask(RECORD, { id: enrollmentId });
      expect(learnerRecord.completions).toHaveLength(5);
    });
  });

  describe('is refused', () => {
    let graduate: Awaited<ReturnType<typeof aGraduate>>;
    beforeAll(async () => {
      graduate = await aGraduate();
    });
    const DOCUMENT = `mutation ($input: CompletionReverseInput!) { completionReverse(input: $input) { enrollment { id } } }`;
    const UNDO = `mutation ($input: CompletionReinstateInput!) { completionReinstate(input: $input) { enrollment { id } } }`;

    it('to whoever does not look after the enrollment, as if it were not there', async () => {
      const { learner, enrollmentId, completionId } = graduate;
      const elsewhere = await aPerson(app, { roles: ['MANAGER'] });
      await aProgram(app, { managerIds: [elsewhere.personId], courseIds: [course.id] });
      const input = { completionId, reason: REASON, askedLessonIds: [idOf('check')] };
      for (const who of [learner, elsewhere, trainer, await aPerson(app)]) {
        expect(await who.errorCode(DOCUMENT, { input })).toBe('NOT_FOUND');
        expect(await who.errorCode(UNDO, { input: { completionId, reason: REASON } })).toBe('NOT_FOUND');
        expect(await who.errorCode(RECORD, { id: enrollmentId })).toBe('NOT_FOUND');
      }
      expect(await app.visitor().errorCode(DOCUMENT, { input })).toBe('UNAUTHENTICATED');
      expect(await app.visitor().errorCode(RECORD, { id: enrollmentId })).toBe('UNAUTHENTICATED');
      expect(await holding(enrollmentId)).toMatchObject({ completions: 1 });
    });

    it('to a manager of the program for an enrollment without a cohort; an administrator may', async () => {
      const alone = await aCourse(trainer);
      const learner = await aPerson(app);
      const enrollmentId = await completeCourse(learner, alone);
      const completionId = await completionOf(enrollmentId);
      const askedLessonIds = [alone.lessons.find(({ kind }) => kind === 'QUIZ')!.id];
      const input = { completionId, reason: REASON, askedLessonIds };
      expect(await manager.errorCode(DOCUMENT, { input })).toBe('NOT_FOUND');
      expect((await reverse(admin, completionId, { askedLessonIds })).enrollment.state).toBe('ACTIVE');
    });

    it.each<[string, object, string, string]>([
      ['no reason', { reason: '' }, 'REQUIRED', 'reason'],
      ['blanks', { reason: ' \n\t ' }, 'REQUIRED', 'reason'],
      ['a reason of 501 characters', { reason: 'x'.repeat(501) }, 'TOO_LONG', 'reason'],
      ['a reason that cannot be stored', { reason: 'x\0y' }, 'INVALID_FORMAT', 'reason'],
      ['nothing to do again', { askedLessonIds: [] }, 'REVERSAL_ASKS_NOTHING', 'askedLessonIds'],
      [
        'a lesson that does not exist',
        { askedLessonIds: [NOBODY] },
        'LESSON_NOT_COMPLETED_BY',
        'askedLessonIds',
      ],
    ])('with %s', async (_, input, code, field) => {
      const { userErrors } = await reverse(manager, graduate.completionId, input);
      expect(userErrors).toMatchObject([{ code, field }]);
      expect(await holding(graduate.enrollmentId)).toMatchObject({ completions: 1 });
    });

    it('with an optional lesson, which the completion did not count', async () => {
      const askedLessonIds = [idOf('check'), idOf('extra')];
      expect(await codeOf(reverse(manager, graduate.completionId, { askedLessonIds }))).toBe(
        'LESSON_NOT_COMPLETED_BY',
      );
    });

    it('for ids that do not exist or cannot', async () => {
      for (const completionId of [NOBODY, 'no-id', '', graduate.enrollmentId]) {
        const input = { completionId, reason: REASON, askedLessonIds: [idOf('check')] };
        expect(await manager.errorCode(DOCUMENT, { input })).toBe('NOT_FOUND');
      }
      expect(await manager.errorCode(RECORD, { id: 'no-id' })).toBe('NOT_FOUND');
    });

    it('when it was done already', async () => {
      const { completionId } = await aGraduate();
      await reverse(manager, completionId);
      const again = await reverse(manager, completionId);
      expect(again).toMatchObject({
        enrollment: null,
        userErrors: [{ code: 'COMPLETION_ALREADY_REVERSED' }],
      });
    });

    it('in the language of the person', async () => {
      const french = await aPerson(app, { locale: 'fr', roles: ['ADMIN'] });
      const { userErrors } = await reverse(french, graduate.completionId, { askedLessonIds: [] });
      expect(userErrors[0].message).toMatch(/^Choisissez au moins une leçon à refaire/);
    });
  });
});
