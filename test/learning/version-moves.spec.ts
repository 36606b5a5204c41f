import type { PublishPolicy } from '../../src/features/catalog/course-version.entity.js';
import type { QuizContent } from '../../src/features/catalog/course-content.js';
import type { VersionContent } from '../../src/features/catalog/version-content.js';
import { VersionMoveService } from '../../src/features/learning/version-move.service.js';
import { Database } from '../../src/platform/database/database.js';
import { aPerson, enroll, type BuiltCourse } from '../support/builders.js';
import {
  answerInFull,
  aQuizCourse,
  draftContent,
  everyKind,
  publish,
  quizCourseContent,
  readAttempt,
  startAttempt,
  submitAttempt,
} from '../support/quiz.builders.js';
import { recordStatements } from '../support/statements.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

type Person = Awaited<ReturnType<typeof aPerson>>;
type Course = BuiltCourse & { quizId: string };

const PAGE = `query ($slug: String!) { course(slug: $slug) { modules { lessons { id key completedAt } } enrollment { id state
  version { number } progress { requiredLessons completedLessons } nextLesson { key } completion { id occurredAt }
  changes { kind version { number } addedLessons { key } changedLessons { key } removedCount keptCount } } } }`;

describe('publishing a version while people learn', () => {
  let app: TestApp;
  let trainer: Person;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
  });
  afterAll(() => app.close());
  // So many sign in from one address that it would be refused.
  beforeEach(() => void app.clock.moveForward(3_600_000));

  const page = async (who: Person, { slug }: BuiltCourse): Promise<any> =>
    (await who.ask(PAGE, { slug })).course;
  const complete = (who: Person, enrollmentId: string, lessonId: string): Promise<any> =>
    who.mutate('lessonComplete', 'LessonCompleteInput', { enrollmentId, lessonId }, 'enrollment { state }');
  const passQuiz = async (who: Person, enrollmentId: string, lessonId: string): Promise<void> => {
    const { attempt } = await startAttempt(who, enrollmentId, lessonId);
    await submitAttempt(who, attempt.id, attempt.questions.map(answerInFull));
  };
  const readingOf = (course: BuiltCourse): string => course.lessons.find(({ key }) => key === 'reading')!.id;
  /** The course with these readings more, and a quiz that is another. */
  const reworked = (more: string[], quiz: Partial<QuizContent> | null = {}): VersionContent => {
    const content = quizCourseContent({ questions: everyKind().slice(0, 3), ...quiz });
    const [module] = content.modules;
    const [reading, check] = module!.lessons;
    const added = more.map((key) => ({ ...reading!, key }));
    module!.lessons = quiz ? [reading!, ...added, check!] : [reading!, ...added];
    return content;
  };
  const publishNext = async (
    { slug }: BuiltCourse,
    policy: PublishPolicy,
    content = reworked(['new-1', 'new-2']),
  ): Promise<string> => {
    const versionId = await draftContent(app, trainer, slug, content);
    expect((await publish(trainer, versionId, policy)).userErrors).toEqual([]);
    return versionId;
  };
  const learning = async (course: Course): Promise<{ learner: Person; enrollmentId: string }> => {
    const learner = await aPerson(app);
    return { learner, enrollmentId: await enroll(learner, course.id) };
  };

  it('leaves learners where they are, if that is the policy', async () => {
    const course = await aQuizCourse(app, trainer);
    const { learner, enrollmentId } = await learning(course);
    await complete(learner, enrollmentId, readingOf(course));
    await publishNext(course, 'NEW_LEARNERS_ONLY');
    await app.drainOutbox();
    expect((await page(learner, course)).enrollment).toMatchObject({
      version: { number: 1 },
      progress: { requiredLessons: 2, completedLessons: 1 },
      changes: [],
    });
  });

  it('moves a learner with their work, and tells them once what changed', async () => {
    const course = await aQuizCourse(app, trainer);
    const { learner, enrollmentId } = await learning(course);
    await complete(learner, enrollmentId, readingOf(course));
    await publishNext(course, 'MOVE_IN_PROGRESS');
    expect(await app.drainOutbox()).toEqual([]);
    const { modules, enrollment } = await page(learner, course);
    expect(enrollment).toMatchObject({
      state: 'ACTIVE',
      version: { number: 2 },
      progress: { requiredLessons: 4, completedLessons: 1 },
      nextLesson: { key: 'new-1' },
    });
    expect(enrollment.changes).toEqual([
      {
        kind: 'MOVED',
        version: { number: 2 },
        addedLessons: [{ key: 'new-1' }, { key: 'new-2' }],
        changedLessons: [{ key: 'quiz' }],
        removedCount: 0,
        keptCount: 1,
      },
    ]);
    expect(modules[0].lessons.map(({ key, completedAt }: any) => [key, completedAt !== null])).toEqual([
      ['reading', true],
      ['new-1', false],
      ['new-2', false],
      ['quiz', false],
    ]);
    const seen = () =>
      learner.mutate(
        'enrollmentChangesSeen',
        'EnrollmentChangesSeenInput',
        { enrollmentId },
        'enrollment { changes { kind } }',
      );
    for (let times = 0; times < 2; times += 1) expect((await seen()).enrollment.changes).toEqual([]);
    expect((await page(learner, course)).enrollment.changes).toEqual([]);
  });

  it('takes work on a lesson as it was opened before the move', async () => {
    const course = await aQuizCourse(app, trainer);
    const { learner, enrollmentId } = await learning(course);
    await publishNext(course, 'MOVE_IN_PROGRESS');
    await app.drainOutbox();
    expect((await complete(learner, enrollmentId, readingOf(course))).userErrors).toEqual([]);
    const { attempt } = await startAttempt(learner, enrollmentId, course.quizId);
    expect(attempt.questions).toHaveLength(3); // the quiz as it is now
    expect((await page(learner, course)).enrollment.progress.completedLessons).toBe(1);
  });

  it('lets an attempt be finished on what it froze, at a quiz that changed and at one that is gone', async () => {
    for (const quiz of [{}, null]) {
      const course = await aQuizCourse(app, trainer);
      const { learner, enrollmentId } = await learning(course);
      const { attempt } = await startAttempt(learner, enrollmentId, course.quizId);
      await publishNext(course, 'MOVE_IN_PROGRESS', reworked(['new-1'], quiz));
      await app.drainOutbox();
      expect((await readAttempt(learner, attempt.id)).questions).toEqual(attempt.questions);
      const { attempt: graded } = await submitAttempt(
        learner,
        attempt.id,
        attempt.questions.map(answerInFull),
      );
      expect(graded).toMatchObject({ passed: true, scorePercent: 100 });
      const { progress } = (await page(learner, course)).enrollment;
      expect(progress).toEqual(
        quiz ? { requiredLessons: 3, completedLessons: 1 } : { requiredLessons: 2, completedLessons: 0 },
      );
      const { lastAttempt } = (
        await learner.ask(
          'query ($slug: String!) { course(slug: $slug) { lesson(key: "quiz") { lastAttempt { id } } } }',
          {
            slug: course.slug,
          },
        )
      ).course.lesson ?? { lastAttempt: null };
      expect(lastAttempt).toEqual(quiz ? { id: attempt.id } : null);
    }
  });

  it('completes at once who lacks nothing in the new version', async () => {
    const course = await aQuizCourse(app, trainer);
    const { learner, enrollmentId } = await learning(course);
    await complete(learner, enrollmentId, readingOf(course));
    app.clock.moveForward(60_000);
    await publishNext(course, 'MOVE_IN_PROGRESS', reworked([], null));
    await app.drainOutbox();
    const { enrollment } = await page(learner, course);
    expect(enrollment).toMatchObject({
      state: 'COMPLETED',
      completion: { occurredAt: app.clock.now().toISOString() },
    });
    const { viewer } = await learner.ask('{ viewer { certificates { status } } }');
    expect(viewer.certificates).toEqual([{ status: 'VALID' }]);
  });

  it('never un-completes anyone, and offers them what is new', async () => {
    const course = await aQuizCourse(app, trainer);
    const { learner, enrollmentId } = await learning(course);
    await complete(learner, enrollmentId, readingOf(course));
    await passQuiz(learner, enrollmentId, course.quizId);
    await app.drainOutbox();
    const facts = () =>
      app.sql(
        `SELECT enrollment.state, enrollment.version_id, to_jsonb(completion) AS fact, to_jsonb(certificate) AS certificate
           FROM enrollment JOIN course_completion completion ON completion.enrollment_id = enrollment.id
           JOIN certificate ON certificate.enrollment_id = enrollment.id WHERE enrollment.id = $1`,
        [enrollmentId],
      );
    const before = await facts();
    expect(before).toMatchObject([{ state: 'COMPLETED', version_id: course.versionId }]);

    await publishNext(course, 'MOVE_IN_PROGRESS', reworked(['new-0']));
    await app.drainOutbox();
    expect((await page(learner, course)).enrollment.changes).toEqual([]); // they were not to be asked
    await publishNext(course, 'MOVE_AND_ASK_COMPLETED');
    expect(await app.drainOutbox()).toEqual([]);
    expect(await facts()).toEqual(before);
    const { enrollment } = await page(learner, course);
    expect(enrollment.changes).toMatchObject([
      {
        kind: 'OFFERED',
        version: { number: 3 },
        addedLessons: [{ key: 'new-1' }, { key: 'new-2' }],
        keptCount: 2,
      },
    ]);

    const lesson = async (): Promise<any> =>
      (
        await learner.ask(
          'query ($slug: String!) { course(slug: $slug) { lesson(key: "new-1") { id bodyHtml completedAt } } }',
          {
            slug: course.slug,
          },
        )
      ).course.lesson;
    const { id, bodyHtml, completedAt } = await lesson();
    expect([bodyHtml, completedAt]).toEqual(['<p id="block-0">Text.</p>', null]);
    expect((await complete(learner, enrollmentId, id)).userErrors).toEqual([]);
    expect((await lesson()).completedAt).toBe(app.clock.now().toISOString());
    expect(await facts()).toEqual(before);

    await publishNext(course, 'MOVE_AND_ASK_COMPLETED', reworked(['new-3']));
    await app.drainOutbox();
    const { changes } = (await page(learner, course)).enrollment;
    expect(changes).toMatchObject([{ version: { number: 4 }, addedLessons: [{ key: 'new-3' }] }]); // in place of the other
  });

  it.each(['NEW_LEARNERS_ONLY', 'MOVE_IN_PROGRESS', 'MOVE_AND_ASK_COMPLETED'] as const)(
    'harms none of two hundred learners: %s',
    async (policy) => {
      const course = await aQuizCourse(app, trainer);
      const crowd = await app.sql<{ id: string; done: boolean }>(
        `WITH people AS (
           INSERT INTO person (id, email, name, locale, time_zone, roles, is_test, created_at)
           SELECT gen_random_uuid(), 'crowd-' || lower($3) || n || '@example.org', 'Crowd', 'en', 'Europe/Paris', '{}', false, $2
             FROM generate_series(1, 200) n RETURNING id
         ), enrolled AS (
           INSERT INTO enrollment (id, person_id, course_id, version_id, cycle, state, enrolled_at, last_activity_at)
           SELECT gen_random_uuid(), id, $1, $4, 1, 'ACTIVE', $2, $2 FROM people RETURNING id
         ), numbered AS (SELECT id, row_number() OVER (ORDER BY id) AS n FROM enrolled),
         done AS (
           INSERT INTO lesson_completion (enrollment_id, lesson_key, lesson_id, completed_at)
           SELECT id, 'reading', $5, $2 FROM numbered WHERE n % 2 = 0
         )
         SELECT id, n % 2 = 0 AS done FROM numbered`,
        [course.id, app.clock.now(), policy, course.versionId, readingOf(course)],
      );
      const active = await Promise.all(Array.from({ length: 10 }, () => learning(course)));
      // While the version is published and its learners are moved, ten go on, and ten more come.
      const versionId = await draftContent(app, trainer, course.slug, reworked(['new-1']));
      const [, , ...came] = await Promise.all([
        publish(trainer, versionId, policy).then(() => app.drainOutbox()),
        Promise.all(
          active.map(async ({ learner, enrollmentId }) => {
            expect((await complete(learner, enrollmentId, readingOf(course))).userErrors).toEqual([]);
            await passQuiz(learner, enrollmentId, course.quizId);
          }),
        ),
        ...Array.from({ length: 10 }, () => learning(course)),
      ]);
      expect(await app.drainOutbox()).toEqual([]);

      const moves = policy !== 'NEW_LEARNERS_ONLY';
      const rows = await app.sql<{ id: string; version: number; kept: number; done: number; state: string }>(
        `SELECT enrollment.id, enrollment.state, version.number AS version, change.kept_count AS kept,
                (SELECT count(*)::int FROM lesson_completion done WHERE done.enrollment_id = enrollment.id) AS done
           FROM enrollment JOIN course_version version ON version.id = enrollment.version_id
           LEFT JOIN enrollment_change change ON change.enrollment_id = enrollment.id AND change.kind = 'MOVED'
          WHERE enrollment.course_id = $1`,
        [course.id],
      );
      const byId = new Map(rows.map((row) => [row.id, row]));
      for (const { id, done } of crowd)
        expect(byId.get(id)).toMatchObject({
          state: 'ACTIVE',
          version: moves ? 2 : 1,
          done: done ? 1 : 0,
          kept: moves ? (done ? 1 : 0) : null,
        });
      // Each of the ten completed the old version before they were moved, or has all their work in the new one.
      for (const { enrollmentId } of active) {
        const { state, version, done } = byId.get(enrollmentId)!;
        expect(done).toBe(2);
        expect(state).toBe(version === 1 ? 'COMPLETED' : 'ACTIVE');
      }
      if (moves) for (const { enrollmentId } of came) expect(byId.get(enrollmentId)!.version).toBe(2);
    },
    60_000,
  );

  it('and completing at the same instant is one or the other, ten times over', async () => {
    for (let times = 0; times < 10; times += 1) {
      const course = await aQuizCourse(app, trainer);
      const { learner, enrollmentId } = await learning(course);
      await passQuiz(learner, enrollmentId, course.quizId);
      const versionId = await publishNext(course, 'MOVE_AND_ASK_COMPLETED');
      const move = () =>
        app.get(Database).transaction((tx) => app.get(VersionMoveService).moveBatch(tx, versionId, null));
      const [, { userErrors }] = await Promise.all([
        move(),
        complete(learner, enrollmentId, readingOf(course)),
        move(),
      ]);
      expect(userErrors).toEqual([]);
      await app.drainOutbox();
      const { enrollment } = await page(learner, course);
      expect(enrollment.changes).toHaveLength(1);
      const isCompleted = enrollment.state === 'COMPLETED';
      expect(enrollment).toMatchObject({
        version: { number: isCompleted ? 1 : 2 },
        progress: { completedLessons: 2 },
        changes: [{ kind: isCompleted ? 'OFFERED' : 'MOVED' }],
      });
      expect(enrollment.completion === null).toBe(!isCompleted);
    }
  });

  it('goes on where a worker died, and does nothing twice', async () => {
    const course = await aQuizCourse(app, trainer);
    const { learner, enrollmentId } = await learning(course);
    await complete(learner, enrollmentId, readingOf(course));
    const versionId = await publishNext(course, 'MOVE_IN_PROGRESS');
    const service = app.get(VersionMoveService);
    const killed = app.get(Database).transaction(async (tx) => {
      await service.moveBatch(tx, versionId, null);
      throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    expect((await page(learner, course)).enrollment.version.number).toBe(1);
    await app.drainOutbox();
    const moved = await page(learner, course);
    expect(moved.enrollment.version.number).toBe(2);
    app.clock.moveForward(60_000);
    for (let again = 0; again < 3; again += 1)
      await app.get(Database).transaction((tx) => service.moveBatch(tx, versionId, null));
    expect(await page(learner, course)).toEqual(moved);
    expect(
      await app.sql('SELECT 1 FROM enrollment_change WHERE enrollment_id = $1', [enrollmentId]),
    ).toHaveLength(1);
  });

  it('asks PostgreSQL as often for one learner as for forty', async () => {
    const counts: number[] = [];
    for (const people of [1, 40]) {
      const course = await aQuizCourse(app, trainer);
      await Promise.all(Array.from({ length: people }, () => learning(course)));
      const versionId = await publishNext(course, 'MOVE_IN_PROGRESS');
      const { statements } = await recordStatements(app, () =>
        app.get(Database).transaction((tx) => app.get(VersionMoveService).moveBatch(tx, versionId, null)),
      );
      counts.push(statements.length);
    }
    expect(counts).toEqual([15, 15]);
  });
});
