import { Deliveries, type DeliveryKey } from '../../src/platform/outbox/deliveries.js';
import { answerQuiz, aBusiness, aCall, aProgram, submitQuiz } from '../support/builders.js';
import { ask } from '../support/grants.js';
import { startReversals, type Reversals } from '../support/reversals.js';
import { START } from '../support/test-app.js';

const REPORT = `query ($id: ID!) { completionReport(programId: $id) { rateEnrolled { numerator denominator } funnel { stage count } } }`;

describe('after a completion was reversed', () => {
  let app: Reversals['app'];
  let manager: Reversals['manager'];
  let admin: Reversals['admin'];
  let course: Reversals['course'];
  let programId: Reversals['programId'];
  let cohortId: Reversals['cohortId'];
  let idOf: Reversals['idOf'];
  let aGraduate: Reversals['aGraduate'];
  let completionOf: Reversals['completionOf'];
  let reverse: Reversals['reverse'];
  let reinstate: Reversals['reinstate'];
  let passAgain: Reversals['passAgain'];
  let standing: Reversals['standing'];
  let holding: Reversals['holding'];
  let codeOf: Reversals['codeOf'];
  beforeAll(async () => {
    ({
      app,
      manager,
      admin,
      course,
      programId,
      cohortId,
      idOf,
      aGraduate,
      completionOf,
      reverse,
      reinstate,
      passAgain,
      standing,
      holding,
      codeOf,
    } = await startReversals());
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

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
