import { aPerson, aProgram, enroll, readCourse, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { studio } from '../support/studio.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

const SUBMISSIONS = 'lesson { completedAt submissions { id number state text setAsideAt } }';
const HOUR = 3_600_000;

describe('work that was handed in', () => {
  let app: TestApp;
  let trainer: Client;
  let manager: Client;
  let course: BuiltCourse;
  let cohortId: string;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { name: 'Ada', roles: ['TRAINER'] });
    const boss = await aPerson(app, { name: 'Mona', roles: ['MANAGER'] });
    manager = boss;
    const work = studio(trainer);
    const slug = 'doing-it-again';
    const { version } = await work.createCourse({ title: 'Doing it', slug, defaultLocale: 'en' });
    await work.update({ versionId: version.id, locale: 'en', summary: 'A course.', outcomes: ['You can.'] });
    const { module } = await work.module('moduleCreate', {
      versionId: version.id,
      locale: 'en',
      title: 'First',
    });
    const { lesson } = await work.lesson('lessonCreate', {
      moduleId: module.id,
      title: 'Write to a customer',
      kind: 'ACTIVITY',
      submission: 'TEXT_OR_FILE',
    });
    const text = { lessonId: lesson.id, locale: 'en', markdown: 'Write it.' };
    await trainer.mutate('lessonUpdate', 'LessonUpdateInput', text, 'lesson { id }');
    expect((await work.publish(version.id)).userErrors).toEqual([]);
    course = await readCourse(trainer, slug);
    ({ cohortId } = await aProgram(app, { managerIds: [boss.personId], courseIds: [course.id] }));
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  const lessonId = (): string => course.lessons[0]!.id;
  const aLearner = async () => {
    const who = await aPerson(app, { name: 'Léa' });
    const enrollmentId = await enroll(who, course.id, { cohortId });
    const submit = (text: string): Promise<any> =>
      who.mutate(
        'activitySubmit',
        'ActivitySubmitInput',
        { enrollmentId, lessonId: lessonId(), text },
        SUBMISSIONS,
      );
    const enrollments = async (): Promise<any[]> =>
      (
        await who.ask(
          '{ viewer { enrollments { id state completion { id occurredAt } } certificates { id status } } }',
        )
      ).viewer.enrollments;
    return { who, enrollmentId, submit, enrollments };
  };
  const decide = (submissionId: string, decision: string, comment?: string): Promise<any> =>
    trainer.mutate(
      'activityDecide',
      'ActivityDecideInput',
      { submissionId, decision, comment },
      'submission { state }',
    );
  const waiting = async (): Promise<string[]> =>
    (await trainer.ask('{ activityQueue(first: 100) { nodes { id } } }')).activityQueue.nodes.map(
      ({ id }: { id: string }) => id,
    );
  const expire = (enrollmentId: string): Promise<unknown> =>
    app.sql(`UPDATE enrollment SET state = 'EXPIRED', ended_at = $2 WHERE id = $1`, [
      enrollmentId,
      app.clock.now(),
    ]);
  const codes = ({ userErrors }: any): string[] => userErrors.map(({ code }: { code: string }) => code);
  const drain = async (): Promise<void> => expect(await app.drainOutbox()).toEqual([]);

  describe('before the time of the course was over', () => {
    it('is accepted after it, as of when it was handed in: the course is completed, and its badge comes', async () => {
      const learner = await aLearner();
      const { lesson } = await learner.submit('Dear customer');
      const { id } = lesson.submissions[0];
      app.clock.moveForward(HOUR);
      await expire(learner.enrollmentId);
      app.clock.moveForward(48 * HOUR);
      expect(codes(await learner.submit('Too late'))).toEqual(['ENROLLMENT_ENDED']);
      expect(await waiting()).toContain(id);
      expect(codes(await decide(id, 'ACCEPTED'))).toEqual([]);
      expect(await learner.enrollments()).toEqual([
        {
          id: learner.enrollmentId,
          state: 'COMPLETED',
          completion: { id: expect.any(String), occurredAt: START.toISOString() },
        },
      ]);
      await drain();
      expect((await learner.who.ask('{ viewer { certificates { status } } }')).viewer.certificates).toEqual([
        { status: 'VALID' },
      ]);
      expect(await waiting()).not.toContain(id);
      expect(app.mailbox.list(learner.who.email).map(({ subject }) => subject)).toContain(
        'Accepted: “Write to a customer”',
      );
    });

    it('is given back with the word that it cannot be handed in again, and stays over', async () => {
      const learner = await aLearner();
      const { id } = (await learner.submit('Dear')).lesson.submissions[0];
      await expire(learner.enrollmentId);
      expect(codes(await decide(id, 'RETURNED', 'Too short.'))).toEqual([]);
      await drain();
      const [mail] = app.mailbox.list(learner.who.email).filter(({ subject }) => /^A comment/.test(subject));
      expect(mail!.text).toContain('Too short.');
      expect(mail!.text).toContain('The time of your course is over');
      expect(mail!.text).not.toContain('hand it in again, as often');
      expect(codes(await learner.submit('Dear customer'))).toEqual(['ENROLLMENT_ENDED']);
      expect(await learner.enrollments()).toMatchObject([{ state: 'EXPIRED', completion: null }]);
    });

    it('completes the cycle that it was handed in for, beside a newer one', async () => {
      const learner = await aLearner();
      const { id } = (await learner.submit('Dear customer')).lesson.submissions[0];
      await expire(learner.enrollmentId);
      const again = await enroll(learner.who, course.id, { cohortId });
      expect(codes(await decide(id, 'ACCEPTED'))).toEqual([]);
      const states = new Map((await learner.enrollments()).map((each) => [each.id, each.state]));
      expect(states.get(learner.enrollmentId)).toBe('COMPLETED');
      expect(states.get(again)).toBe('ACTIVE');
    });
  });

  describe('and accepted, is asked again when the completion is reversed', () => {
    const completed = async () => {
      const learner = await aLearner();
      const { id } = (await learner.submit('Not mine')).lesson.submissions[0];
      await decide(id, 'ACCEPTED');
      return { ...learner, first: id as string };
    };
    const reverse = async (enrollmentId: string): Promise<any> => {
      const [completion] = await app.sql<{ id: string }>(
        'SELECT id FROM course_completion WHERE enrollment_id = $1 ORDER BY number DESC LIMIT 1',
        [enrollmentId],
      );
      app.clock.moveForward(1000);
      const answer = await manager.mutate(
        'completionReverse',
        'CompletionReverseInput',
        { completionId: completion!.id, reason: 'Somebody else wrote it.', askedLessonIds: [lessonId()] },
        'enrollment { state }',
      );
      expect(codes(answer)).toEqual([]);
      return completion!.id;
    };
    const submissionsOf = async (who: Client): Promise<any[]> =>
      (
        await who.ask(
          `query ($slug: String!, $key: String!) { course(slug: $slug) { ${SUBMISSIONS.replace('lesson', 'lesson(key: $key)')} } }`,
          {
            slug: course.slug,
            key: course.lessons[0]!.key,
          },
        )
      ).course.lesson.submissions;

    it('in a next turn: what was decided stays, counts no more, and the new one completes the course', async () => {
      const { who, enrollmentId, submit, enrollments, first } = await completed();
      await reverse(enrollmentId);
      expect(await enrollments()).toMatchObject([{ state: 'ACTIVE', completion: null }]);
      expect(await submissionsOf(who)).toEqual([
        {
          id: first,
          number: 1,
          state: 'ACCEPTED',
          text: 'Not mine',
          setAsideAt: app.clock.now().toISOString(),
        },
      ]);
      expect(await waiting()).not.toContain(first);
      const { lesson } = await submit('My own');
      expect(lesson.completedAt).toBeNull();
      expect(
        lesson.submissions.map(({ number, state, setAsideAt }: any) => [number, state, setAsideAt === null]),
      ).toEqual([
        [2, 'SUBMITTED', true],
        [1, 'ACCEPTED', false],
      ]);
      expect(codes(await decide(lesson.submissions[0].id, 'ACCEPTED'))).toEqual([]);
      expect(await enrollments()).toMatchObject([
        { state: 'COMPLETED', completion: { id: expect.any(String) } },
      ]);
      await drain();
      const { subject, text } = app.mailbox
        .list(who.email)
        .find((mail) => mail.text.includes('Somebody else wrote it.'))!;
      expect(`${subject} ${text}`).toContain('Write to a customer');
    });

    it('and gives way when the reversal was a mistake; reversed once more, the turn after it begins', async () => {
      const { who, enrollmentId, submit, enrollments, first } = await completed();
      const completionId = await reverse(enrollmentId);
      const second = (await submit('Hurriedly')).lesson.submissions[0].id;
      expect(await waiting()).toContain(second);
      const reinstated = await manager.mutate(
        'completionReinstate',
        'CompletionReinstateInput',
        { completionId, reason: 'The wrong person was meant.' },
        'enrollment { state }',
      );
      expect(codes(reinstated)).toEqual([]);
      expect(await enrollments()).toMatchObject([{ state: 'COMPLETED' }]);
      expect(await waiting()).not.toContain(second);
      expect(codes(await decide(second, 'ACCEPTED'))).toEqual(['ACTIVITY_SET_ASIDE']);
      expect((await submissionsOf(who)).map(({ id, setAsideAt }) => [id, setAsideAt === null])).toEqual([
        [first, true],
        [second, false],
      ]);
      expect(codes(await submit('Once more'))).toEqual(['ACTIVITY_ACCEPTED']);
      await reverse(enrollmentId);
      const { lesson } = await submit('Hurriedly');
      expect(lesson.submissions[0]).toMatchObject({ number: 3, state: 'SUBMITTED', setAsideAt: null });
      expect(codes(await decide(lesson.submissions[0].id, 'ACCEPTED'))).toEqual([]);
      expect(await enrollments()).toMatchObject([{ state: 'COMPLETED' }]);
    });
  });
});
