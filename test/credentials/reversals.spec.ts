import { gunzipSync } from 'node:zlib';
import type { SignedBadge } from '../../src/features/credentials/badge.proof.js';
import { Deliveries, type DeliveryKey } from '../../src/platform/outbox/deliveries.js';
import {
  answerQuiz,
  aBusiness,
  aCall,
  aCourse,
  aPerson,
  aProgram,
  completeCourse,
  submitQuiz,
  type BuiltCourse,
} from '../support/builders.js';
import type { Client } from '../support/client.js';
import { ask } from '../support/grants.js';
import { recordStatements } from '../support/statements.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

type Person = Awaited<ReturnType<typeof aPerson>>;

const RECORD = `query ($id: ID!) { learnerRecord(enrollmentId: $id) { email person { name }
  enrollment { id state progress { completedLessons requiredLessons missing { code lesson { key } } } }
  completions { versionNumber completion { id occurredAt evaluatedAt criteriaVersion }
    lessons { completedAt lesson { id key title } } reversedBy { name }
    reversal { reason reversedAt askedLessons { key } } certificate { id status revocationReason revokedAt issuedAt } } } }`;
const STANDING = `{ viewer { certificates { id status revocationReason badge verification { valid checks { code passed sentence } } }
  enrollments { id state completedLessonIds completion { id occurredAt evaluatedAt }
    progress { completedLessons missing { code lesson { key } } }
    reversal { reason reversedAt askedLessons { key title } } } } }`;
const REPORT = `query ($id: ID!) { completionReport(programId: $id) { rateEnrolled { numerator denominator } funnel { stage count } } }`;
const REASON = 'The answers were shared in a message of 3 October.';
const NOBODY = '00000000-0000-7000-8000-000000000000';

describe('reversing a completion', () => {
  let app: TestApp;
  let trainer: Person;
  let manager: Person;
  let admin: Person;
  let course: BuiltCourse;
  let programId: string;
  let cohortId: string;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { name: 'trainer', roles: ['TRAINER'] });
    manager = await aPerson(app, { name: 'manager', roles: ['MANAGER'] });
    admin = await aPerson(app, { name: 'admin', roles: ['ADMIN'] });
    course = await aCourse(trainer);
    ({ programId, cohortId } = await aProgram(app, {
      managerIds: [manager.personId],
      courseIds: [course.id],
    }));
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  const idOf = (key: string): string => course.lessons.find((lesson) => lesson.key === key)!.id;
  const aGraduate = async (options: Parameters<typeof aPerson>[1] = {}, more: object = { cohortId }) => {
    const learner = await aPerson(app, options);
    const enrollmentId = await completeCourse(learner, course, more);
    return { learner, enrollmentId, completionId: await completionOf(enrollmentId) };
  };
  const completionOf = async (enrollmentId: string): Promise<string> => {
    const rows = await app.sql<{ id: string }>(
      'SELECT id FROM course_completion WHERE enrollment_id = $1 ORDER BY number DESC LIMIT 1',
      [enrollmentId],
    );
    return rows[0]!.id;
  };
  const REVERSED = 'enrollment { id state reversal { reason } }';
  const reverse = (who: Client, completionId: string, more: object = {}): Promise<any> =>
    who.mutate(
      'completionReverse',
      'CompletionReverseInput',
      { completionId, reason: REASON, askedLessonIds: [idOf('check')], ...more },
      REVERSED,
    );
  const reinstate = (
    who: Client,
    completionId: string,
    reason = 'The wrong person was meant.',
  ): Promise<any> =>
    who.mutate(
      'completionReinstate',
      'CompletionReinstateInput',
      { completionId, reason },
      'enrollment { id state completion { id } }',
    );
  const passAgain = async (learner: Client, enrollmentId: string): Promise<any> =>
    submitQuiz(learner, await answerQuiz(learner, { enrollmentId, lessonId: idOf('check') }));
  const standing = async (learner: Client): Promise<any> => {
    const { viewer } = await learner.ask(STANDING);
    return { ...viewer.enrollments[0], certificates: viewer.certificates };
  };
  /** Facts that hold, and badges that are valid, of an enrollment. */
  const holding = async (enrollmentId: string): Promise<{ completions: number; badges: number }> => {
    const [row] = await app.sql<{ completions: number; badges: number }>(
      `SELECT (SELECT count(*)::int FROM course_completion completion WHERE enrollment_id = $1 AND NOT EXISTS
                (SELECT FROM completion_reversal WHERE completion_id = completion.id)) AS completions,
              (SELECT count(*)::int FROM certificate WHERE enrollment_id = $1 AND status = 'VALID') AS badges`,
      [enrollmentId],
    );
    return row!;
  };
  const codeOf = async (answer: Promise<any>): Promise<string | undefined> =>
    (await answer).userErrors[0]?.code;

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

  describe('what follows', () => {
    it('is a new fact and a new badge when the quiz is passed again; the old badge stays revoked', async () => {
      const { learner, enrollmentId, completionId } = await aGraduate();
      await app.drainOutbox();
      app.clock.moveForward(3_600_000);
      await reverse(manager, completionId);
      app.clock.moveForward(3_600_000);
      const { attempt } = await passAgain(learner, enrollmentId);
      expect(attempt).toMatchObject({ state: 'GRADED', passed: true });
      await app.drainOutbox();
      const now = await standing(learner);
      expect(now).toMatchObject({
        state: 'COMPLETED',
        reversal: null,
        completion: { occurredAt: app.clock.now().toISOString() },
      });
      expect(now.completion.id).not.toBe(completionId);
      expect(now.certificates.map(({ status }: any) => status)).toEqual(['VALID', 'REVOKED']);
      expect(now.certificates[0].verification.valid).toBe(true);
      const subjects = app.mailbox.list(learner.email).map(({ subject }) => subject);
      expect(subjects).toContain('Your new badge: Small course');
      expect(await holding(enrollmentId)).toEqual({ completions: 1, badges: 1 });
    });

    it('is not stopped by a limit of attempts that was used up before', async () => {
      const { learner, enrollmentId, completionId } = await aGraduate();
      await app.sql(
        `UPDATE quiz_attempt SET settings = settings || '{"attemptLimit": 1}' WHERE enrollment_id = $1`,
        [enrollmentId],
      );
      await reverse(manager, completionId);
      const STAND = `query ($slug: String!) { course(slug: $slug) { lesson(key: "check") { completedAt lastAttempt { id } quizStanding { scorePercent refusal } } } }`;
      const { lesson } = (await learner.ask(STAND, { slug: course.slug })).course;
      expect(lesson).toEqual({
        completedAt: null,
        lastAttempt: null,
        quizStanding: { scorePercent: null, refusal: null },
      });
      expect((await passAgain(learner, enrollmentId)).enrollment.state).toBe('COMPLETED');
      const attempts = await app.sql('SELECT number FROM quiz_attempt WHERE enrollment_id = $1 ORDER BY 1', [
        enrollmentId,
      ]);
      expect(attempts).toEqual([{ number: 1 }, { number: 2 }]);
    });

    it('is that reports count neither completion nor badge, and both again later: the same as a recount', async () => {
      const own = await aProgram(app, { managerIds: [manager.personId], courseIds: [course.id] });
      const { learner, enrollmentId, completionId } = await aGraduate({}, { cohortId: own.cohortId });
      await app.drainOutbox();
      const figures = async () => {
        const { completionReport } = await manager.ask(REPORT, { id: own.programId });
        const count = (wanted: string) =>
          completionReport.funnel.find(({ stage }: any) => stage === wanted).count;
        return [
          count('ENROLLED'),
          count('HALF_DONE'),
          count('THREE_QUARTERS_DONE'),
          count('COMPLETED'),
          count('BADGE'),
          completionReport.rateEnrolled.numerator,
        ];
      };
      expect(await figures()).toEqual([1, 1, 1, 1, 1, 1]);
      await reverse(manager, completionId);
      expect(await figures()).toEqual([1, 1, 0, 0, 0, 0]);
      expect(await holding(enrollmentId)).toEqual({ completions: 0, badges: 0 });
      await passAgain(learner, enrollmentId);
      await app.drainOutbox();
      expect(await figures()).toEqual([1, 1, 1, 1, 1, 1]);
    });

    it('is that the badge opens no grant any more, and says what is left to do', async () => {
      const callId = await aCall(app, {
        programId,
        createdBy: manager.personId,
        rules: { kind: 'HOLDS_BADGE', key: 'badge', courseId: course.id },
      });
      const { learner, enrollmentId, completionId } = await aGraduate();
      await aBusiness(learner);
      await app.drainOutbox();
      expect((await ask(learner, callId)).answer).toBe('YES');
      await reverse(manager, completionId);
      const after = await ask(learner, callId);
      expect(after).toMatchObject({ answer: 'NOT_YET', minutesToEligible: 5 });
      expect(after.actions).toMatchObject([{ kind: 'FINISH_COURSE', minutes: 5 }]);
      await reinstate(manager, completionId);
      // Completed again, and the worker has not issued the new badge yet.
      expect((await ask(learner, callId)).actions.map(({ minutes }) => minutes)).toEqual([0]);
      await app.drainOutbox();
      expect((await ask(learner, callId)).answer).toBe('YES');
      expect((await standing(learner)).id).toBe(enrollmentId);
    });
  });

  describe('undoing it', () => {
    it('makes a new fact and a new badge, both dated as before, and counts the old work again', async () => {
      const { learner, enrollmentId, completionId } = await aGraduate();
      await app.drainOutbox();
      const before = await standing(learner);
      app.clock.moveForward(40 * 86_400_000);
      const [back, boss] = [await app.signIn(learner.email), await app.signIn(manager.email)];
      await reverse(boss, completionId);
      app.clock.moveForward(3_600_000);
      expect(await reinstate(boss, completionId)).toMatchObject({ enrollment: { state: 'COMPLETED' } });
      await app.drainOutbox();
      const now = await standing(back);
      expect(now).toMatchObject({
        state: 'COMPLETED',
        reversal: null,
        completedLessonIds: before.completedLessonIds,
        completion: {
          occurredAt: before.completion.occurredAt,
          evaluatedAt: app.clock.now().toISOString(),
        },
      });
      expect(now.completion.id).not.toBe(completionId);
      const [, fresh] = [...now.certificates].sort((a: any, b: any) => (a.status < b.status ? -1 : 1));
      expect(fresh).toMatchObject({ status: 'VALID', verification: { valid: true } });
      expect(fresh.badge.validFrom).toBe(before.certificates[0].badge.validFrom);
      expect(now.certificates.filter(({ status }: any) => status === 'REVOKED')).toHaveLength(1);
      expect(await holding(enrollmentId)).toEqual({ completions: 1, badges: 1 });
    });

    it('is refused when there is nothing to undo: it holds, or holds again', async () => {
      const { learner, enrollmentId, completionId } = await aGraduate();
      expect(await codeOf(reinstate(manager, completionId))).toBe('NOTHING_TO_REINSTATE');
      await reverse(manager, completionId);
      await passAgain(learner, enrollmentId);
      expect(await codeOf(reinstate(manager, completionId))).toBe('NOTHING_TO_REINSTATE');
    });

    it('is possible when the learner has left meanwhile, or begun anew', async () => {
      const left = await aGraduate();
      await reverse(manager, left.completionId);
      const leave = { enrollmentId: left.enrollmentId, reason: 'NO_TIME' };
      await left.learner.mutate(
        'enrollmentWithdraw',
        'EnrollmentWithdrawInput',
        leave,
        'enrollment { state }',
      );
      expect((await reinstate(manager, left.completionId)).enrollment.state).toBe('COMPLETED');

      const anew = await aGraduate();
      const again = { courseId: course.id, cohortId, again: true };
      await anew.learner.mutate('enrollmentCreate', 'EnrollmentCreateInput', again, 'enrollment { id }');
      expect((await reverse(manager, anew.completionId)).enrollment.state).toBe('EXPIRED');
      expect((await reinstate(manager, anew.completionId)).enrollment.state).toBe('COMPLETED');
      await app.drainOutbox();
      for (const { enrollmentId } of [left, anew])
        expect(await holding(enrollmentId)).toEqual({ completions: 1, badges: 1 });
    });

    it('can be followed by a reversal of the new completion', async () => {
      const { enrollmentId, completionId } = await aGraduate();
      await reverse(manager, completionId);
      await reinstate(manager, completionId);
      const next = await completionOf(enrollmentId);
      expect((await reverse(manager, next)).enrollment.state).toBe('ACTIVE');
      await app.drainOutbox();
      expect(await holding(enrollmentId)).toEqual({ completions: 0, badges: 0 });
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

  describe('at the same moment', () => {
    it('twenty reversals are one', async () => {
      const { enrollmentId, completionId } = await aGraduate();
      await app.drainOutbox();
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => reverse(index % 2 ? manager : admin, completionId)),
      );
      expect(answers.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
      expect(new Set(answers.flatMap(({ userErrors }) => userErrors.map(({ code }: any) => code)))).toEqual(
        new Set(['COMPLETION_ALREADY_REVERSED']),
      );
      expect(await holding(enrollmentId)).toEqual({ completions: 0, badges: 0 });
      expect(
        await app.sql(`SELECT 1 FROM audit_entry WHERE subject = $1 AND outcome = 'DONE'`, [
          `completion:${completionId}`,
        ]),
      ).toHaveLength(1);
    });

    it('as the badge is issued, no valid badge is left, whichever comes first', async () => {
      for (let trial = 0; trial < 8; trial += 1) {
        const { learner, enrollmentId, completionId } = await aGraduate();
        const [key] = await app.sql<DeliveryKey>(
          `SELECT event_id AS "eventId", handler FROM delivery JOIN outbox_event event ON event.id = event_id
            WHERE handler = 'credentials.issue-certificate' AND payload->>'completionId' = $1`,
          [completionId],
        );
        const deliveries = app.get(Deliveries);
        await Promise.all([deliveries.run(key!), reverse(manager, completionId), deliveries.run(key!)]);
        await app.drainOutbox();
        expect(await holding(enrollmentId)).toEqual({ completions: 0, badges: 0 });
        expect((await standing(learner)).state).toBe('ACTIVE');
      }
    });

    it('as the last quiz is handed in, the state is that of one order or the other', async () => {
      for (let trial = 0; trial < 6; trial += 1) {
        const { learner, enrollmentId, completionId } = await aGraduate();
        await app.drainOutbox();
        await reverse(manager, completionId);
        const attemptId = await answerQuiz(learner, { enrollmentId, lessonId: idOf('check') });
        const [submitted, undone] = await Promise.all([
          submitQuiz(learner, attemptId),
          reinstate(manager, completionId),
        ]);
        expect(submitted.attempt.state).toBe('GRADED');
        if (undone.userErrors.length > 0)
          expect(undone.userErrors).toMatchObject([{ code: 'NOTHING_TO_REINSTATE' }]);
        await app.drainOutbox();
        expect(await holding(enrollmentId)).toEqual({ completions: 1, badges: 1 });
        expect(
          await app.sql('SELECT 1 FROM course_completion WHERE enrollment_id = $1', [enrollmentId]),
        ).toHaveLength(2);
        expect((await standing(learner)).state).toBe('COMPLETED');
      }
    });

    it('as the course is begun anew, one enrollment is in progress, and no badge is left', async () => {
      for (let trial = 0; trial < 6; trial += 1) {
        const { learner, enrollmentId, completionId } = await aGraduate();
        await app.drainOutbox();
        const again = { courseId: course.id, cohortId, again: true };
        const [reversed, begun] = await Promise.all([
          reverse(manager, completionId),
          learner.mutate('enrollmentCreate', 'EnrollmentCreateInput', again, 'enrollment { id cycle }'),
        ]);
        expect(reversed.userErrors).toEqual([]);
        const states = await app.sql(
          'SELECT cycle, state FROM enrollment WHERE person_id = $1 ORDER BY cycle',
          [learner.personId],
        );
        // Whoever came second saw the other: begun anew first, the old one is over; else it is the one that goes on.
        expect(states).toEqual(
          begun.enrollment.cycle === 2
            ? [
                { cycle: 1, state: 'EXPIRED' },
                { cycle: 2, state: 'ACTIVE' },
              ]
            : [{ cycle: 1, state: 'ACTIVE' }],
        );
        expect(await holding(enrollmentId)).toEqual({ completions: 0, badges: 0 });
      }
    });

    it('as a lesson is done, nothing is lost', async () => {
      const { learner, enrollmentId, completionId } = await aGraduate();
      const done = { enrollmentId, lessonId: idOf('reading-1') };
      await Promise.all([
        reverse(manager, completionId),
        ...Array.from({ length: 5 }, () =>
          learner.mutate('lessonComplete', 'LessonCompleteInput', done, 'enrollment { state }'),
        ),
      ]);
      const now = await standing(learner);
      expect(now.state).toBe('ACTIVE');
      expect(now.progress.missing).toEqual([{ code: 'QUIZ_NOT_PASSED', lesson: { key: 'check' } }]);
      expect(await holding(enrollmentId)).toMatchObject({ completions: 0 });
    });
  });
});
