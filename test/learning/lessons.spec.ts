import {
  aCourse,
  answerQuiz,
  aPerson,
  completeCourse,
  completeReadings,
  enroll,
  publishNewVersion,
  readCourse,
  submitQuiz,
  type BuiltCourse,
} from '../support/builders.js';
import type { Client } from '../support/client.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

const NOBODY = '018f0000-0000-7000-8000-000000000000';

describe('working through a course', () => {
  let app: TestApp;
  let trainer: Client;
  let course: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    course = await aCourse(trainer, { minutes: 5 });
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  const lesson = (key: string, of = course): string => of.lessons.find((each) => each.key === key)!.id;
  const complete = (who: Client, enrollmentId: string, lessonId: string, more: object = {}): Promise<any> =>
    who.mutate(
      'lessonComplete',
      'LessonCompleteInput',
      { enrollmentId, lessonId, ...more },
      'lesson { key completedAt } enrollment { state progress { completedLessons } }',
    );
  const DOCUMENT = `mutation ($input: LessonCompleteInput!) { lessonComplete(input: $input) { lesson { id } } }`;
  const refusedAs = (who: Client, enrollmentId: string, lessonId: string): Promise<string | undefined> =>
    who.errorCode(DOCUMENT, { input: { enrollmentId, lessonId } });
  const standing = async (who: Client): Promise<any> =>
    (
      await who.ask(`{ viewer { enrollments { state completedLessonIds lastActivityAt completion { id occurredAt evaluatedAt criteriaVersion }
        progress { requiredLessons completedLessons minutesLeft missing { code minutes lesson { key title } } } } } }`)
    ).viewer.enrollments[0];

  describe('progress', () => {
    it('names each missing thing with its minutes, in the order of the course', async () => {
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, course.id);
      expect((await standing(learner)).progress).toEqual({
        requiredLessons: 3,
        completedLessons: 0,
        minutesLeft: 15,
        missing: [
          { code: 'LESSON_MISSING', minutes: 5, lesson: { key: 'reading-1', title: 'Reading 1' } },
          { code: 'LESSON_MISSING', minutes: 5, lesson: { key: 'reading-2', title: 'Reading 2' } },
          { code: 'QUIZ_NOT_PASSED', minutes: 5, lesson: { key: 'check', title: 'Check' } },
        ],
      });
      await complete(learner, enrollmentId, lesson('reading-1'));
      const { progress } = await standing(learner);
      expect(progress).toMatchObject({ completedLessons: 1, minutesLeft: 10 });
      expect(progress.missing.map((each: any) => each.lesson.key)).toEqual(['reading-2', 'check']);
    });

    it('speaks the learner’s language', async () => {
      const learner = await aPerson(app, { locale: 'fr' });
      await enroll(learner, course.id);
      const { progress } = await standing(learner);
      expect(progress.missing.map((each: any) => each.lesson.title)).toEqual([
        'Lecture 1',
        'Lecture 2',
        'Vérification',
      ]);
    });

    it('is never moved by an optional lesson', async () => {
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, course.id);
      expect(
        (await complete(learner, enrollmentId, lesson('extra'))).enrollment.progress.completedLessons,
      ).toBe(0);
      const after = await standing(learner);
      expect(after.progress).toMatchObject({ requiredLessons: 3, completedLessons: 0, minutesLeft: 15 });
      expect(after.completedLessonIds).toEqual([lesson('extra')]);
    });

    it('ends at all of the required lessons, not beyond', async () => {
      const learner = await aPerson(app);
      await completeCourse(learner, course);
      expect(await standing(learner)).toMatchObject({
        state: 'COMPLETED',
        progress: { requiredLessons: 3, completedLessons: 3, minutesLeft: 0, missing: [] },
      });
    });
  });

  describe('a lesson done', () => {
    it('is done once, whenever it is sent again', async () => {
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, course.id);
      const first = await complete(learner, enrollmentId, lesson('reading-1'), {
        claimedAt: '2026-10-01T08:00:00Z',
      });
      app.clock.moveForward(60_000);
      const second = await complete(learner, enrollmentId, lesson('reading-1'), {
        claimedAt: '2026-10-02T08:00:00Z',
      });
      expect(second).toEqual(first);
      expect(first.lesson.completedAt).toBe(START.toISOString()); // the server's clock, not the device's
      const [row] = await app.sql('SELECT claimed_at FROM lesson_completion WHERE enrollment_id = $1', [
        enrollmentId,
      ]);
      expect(row).toEqual({ claimed_at: new Date('2026-10-01T08:00:00Z') });
    });

    it('is refused for a quiz, and for a lesson of another version or course', async () => {
      const own = await aCourse(trainer);
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, own.id);
      await publishNewVersion(trainer, own);
      const newer = await readCourse(trainer, own.slug);
      const code = async (lessonId: string) =>
        (await complete(learner, enrollmentId, lessonId)).userErrors[0].code;
      expect(await code(lesson('check', own))).toBe('LESSON_IS_QUIZ');
      expect(await code(lesson('reading-1', newer))).toBe('LESSON_NOT_IN_VERSION');
      expect(await code(lesson('reading-1'))).toBe('LESSON_NOT_IN_VERSION');
      expect(await code(NOBODY)).toBe('LESSON_NOT_IN_VERSION');
      expect((await standing(learner)).completedLessonIds).toEqual([]);
    });

    it('is not for another person’s enrollment: as if it were not there, audited, and without a trace on it', async () => {
      const [owner, stranger] = [await aPerson(app), await aPerson(app)];
      const enrollmentId = await enroll(owner, course.id);
      app.clock.moveForward(3_600_000);
      expect(await refusedAs(stranger, enrollmentId, lesson('reading-1'))).toBe('NOT_FOUND');
      expect(await standing(owner)).toMatchObject({
        completedLessonIds: [],
        lastActivityAt: START.toISOString(),
      });
      expect(
        await app.sql('SELECT action, subject, outcome FROM audit_entry WHERE actor_id = $1', [
          stranger.personId,
        ]),
      ).toEqual([{ action: 'lessonComplete', subject: `enrollment:${enrollmentId}`, outcome: 'REFUSED' }]);
    });

    it('is not for ids that do not exist or cannot, nor for a time that is none', async () => {
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, course.id);
      for (const id of [NOBODY, 'no-id', '', `${enrollmentId} `]) {
        expect(await refusedAs(learner, id, lesson('reading-1'))).toBe('NOT_FOUND');
      }
      expect(await refusedAs(learner, enrollmentId, 'no-id')).toBe('NOT_FOUND');
      const input = { enrollmentId, lessonId: lesson('reading-1'), claimedAt: 'yesterday' };
      expect(await learner.errorCode(DOCUMENT, { input })).toBe('BAD_USER_INPUT');
      expect(await refusedAs(app.visitor(), enrollmentId, lesson('reading-1'))).toBe('UNAUTHENTICATED');
    });
  });

  describe('completion', () => {
    it('happens when the last missing thing is done, whichever that is, and is dated then', async () => {
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, course.id);
      await submitQuiz(learner, await answerQuiz(learner, { enrollmentId, lessonId: lesson('check') }));
      await complete(learner, enrollmentId, lesson('reading-2'));
      expect((await standing(learner)).completion).toBeNull();
      app.clock.moveForward(86_400_000);
      const last = app.clock.now().toISOString();
      expect((await complete(learner, enrollmentId, lesson('reading-1'))).enrollment.state).toBe('COMPLETED');
      app.clock.moveForward(86_400_000);
      await complete(learner, enrollmentId, lesson('extra'));
      const { completion } = await standing(learner);
      expect(completion).toMatchObject({ occurredAt: last, evaluatedAt: last, criteriaVersion: 1 });
      const [row] = await app.sql<{ evidence: { lessonKey: string; attemptId: string | null }[] }>(
        'SELECT evidence FROM course_completion WHERE enrollment_id = $1',
        [enrollmentId],
      );
      expect(row!.evidence.map(({ lessonKey, attemptId }) => [lessonKey, attemptId !== null])).toEqual([
        ['reading-1', false],
        ['reading-2', false],
        ['check', true],
      ]);
    });

    it('is one fact and one certificate, though fifty hand in the last quiz at once and the worker runs twice', async () => {
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, course.id);
      await completeReadings(learner, enrollmentId, course);
      const attemptId = await answerQuiz(learner, { enrollmentId, lessonId: lesson('check') });
      const answers = await Promise.all(Array.from({ length: 50 }, () => submitQuiz(learner, attemptId)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]).toMatchObject({
        attempt: { state: 'GRADED', passed: true },
        enrollment: { state: 'COMPLETED' },
        userErrors: [],
      });
      const count = async (statement: string): Promise<number> =>
        (await app.sql(statement, [enrollmentId])).length;
      expect(await count('SELECT 1 FROM course_completion WHERE enrollment_id = $1')).toBe(1);
      expect(
        await count(
          `SELECT 1 FROM outbox_event WHERE type = 'learning.course-completed' AND payload->>'enrollmentId' = $1::text`,
        ),
      ).toBe(1);
      expect(await app.drainOutbox()).toEqual([]);
      await app.sql(`UPDATE delivery SET state = 'PENDING'`);
      expect(await app.drainOutbox()).toEqual([]);
      expect(await count('SELECT 1 FROM certificate WHERE enrollment_id = $1')).toBe(1);
      const { viewer } = await learner.ask('{ viewer { certificates { id status } } }');
      expect(viewer.certificates).toHaveLength(1);
    });

    it('is one fact when the last lessons arrive together', async () => {
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, course.id);
      const attemptId = await answerQuiz(learner, { enrollmentId, lessonId: lesson('check') });
      await Promise.all([
        submitQuiz(learner, attemptId),
        ...['reading-1', 'reading-2', 'extra', 'reading-1', 'reading-2'].map((key) =>
          complete(learner, enrollmentId, lesson(key)),
        ),
      ]);
      expect(await standing(learner)).toMatchObject({
        state: 'COMPLETED',
        progress: { completedLessons: 3 },
      });
      expect(
        await app.sql('SELECT 1 FROM course_completion WHERE enrollment_id = $1', [enrollmentId]),
      ).toHaveLength(1);
    });

    it('survives a new version: it un-completes nobody', async () => {
      const own = await aCourse(trainer);
      const learner = await aPerson(app);
      await completeCourse(learner, own);
      const before = await standing(learner);
      await publishNewVersion(trainer, own);
      expect(await standing(learner)).toEqual(before);
      expect(before.state).toBe('COMPLETED');
    });

    it.each([
      'UPDATE course_completion SET occurred_at = now()',
      `UPDATE course_completion SET evidence = '[]'`,
      'DELETE FROM course_completion',
      'TRUNCATE course_completion CASCADE',
    ])('cannot be changed by a statement: %s', async (statement) => {
      const learner = await aPerson(app);
      await completeCourse(learner, course);
      const facts = () => app.sql('SELECT * FROM course_completion ORDER BY id');
      const before = await facts();
      await expect(app.sql(statement)).rejects.toThrow('append-only');
      expect(await facts()).toEqual(before);
    });
  });
});
