import {
  aCourse,
  answerQuiz,
  aPerson,
  completeCourse,
  completeReadings,
  courseFiles,
  enroll,
  publishNewVersion,
  submitQuiz,
  type BuiltCourse,
} from '../support/builders.js';
import type { Client } from '../support/client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('opening a lesson', () => {
  let app: TestApp;
  let trainer: Client;
  let course: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    course = await aCourse(trainer);
  });
  afterAll(() => app.close());

  const open = async (who: Client, key: string, slug = course.slug): Promise<any> =>
    (
      await who.ask(
        `query ($slug: String!, $key: String!) { course(slug: $slug) {
           lesson(key: $key) { key kind title bodyHtml body completedAt quiz { questionCount } } } }`,
        { slug, key },
      )
    ).course.lesson;

  describe('by its key', () => {
    it('gives its text in the reader’s language', async () => {
      expect(await open(await aPerson(app), 'reading-2')).toMatchObject({
        key: 'reading-2',
        title: 'Reading 2',
        bodyHtml: '<p id="block-0">Some <strong>text</strong> 2.</p>',
        completedAt: null,
      });
      expect(await open(await aPerson(app, { locale: 'fr' }), 'reading-2')).toMatchObject({
        title: 'Lecture 2',
        bodyHtml: '<p id="block-0">Du <strong>texte</strong> 2.</p>',
      });
    });

    it('gives a visitor the text of the first lesson only, and what the outline says of the others', async () => {
      const visitor = app.visitor({ locale: 'fr' });
      expect((await open(visitor, 'reading-1')).bodyHtml).toBe(
        '<p id="block-0">Du <strong>texte</strong> 1.</p>',
      );
      expect(await open(visitor, 'reading-2')).toMatchObject({
        title: 'Lecture 2',
        bodyHtml: null,
        body: null,
      });
      expect(await open(visitor, 'check')).toMatchObject({
        kind: 'QUIZ',
        bodyHtml: null,
        quiz: { questionCount: 3 },
      });
    });

    it.each(['', 'nothing', 'READING-1', 'constructor', "' OR 1=1 --", '\0'])(
      'is null for %j',
      async (key) => {
        expect(await open(app.visitor(), key)).toBeNull();
        expect(await open(await aPerson(app), key)).toBeNull();
      },
    );

    it('is of the version that the learner follows', async () => {
      const own = await aCourse(trainer);
      const learner = await aPerson(app);
      await enroll(learner, own.id);
      await publishNewVersion(trainer, own);
      expect((await open(learner, 'reading-1', own.slug)).title).toBe('Reading 1');
      expect((await open(app.visitor(), 'reading-1', own.slug)).title).toBe('Rewritten');
    });

    it('is null in a course that was never published', async () => {
      const slug = 'lesson-of-a-draft';
      await trainer.mutate(
        'courseImport',
        'CourseImportInput',
        { slug, files: courseFiles() },
        'version { id }',
      );
      expect(await open(trainer, 'reading-1', slug)).toBeNull();
    });
  });

  describe('the next one', () => {
    const next = async (who: Client): Promise<{ key: string; title: string } | null> =>
      (await who.ask('{ viewer { enrollments { nextLesson { key title bodyHtml } } } }')).viewer
        .enrollments[0].nextLesson;

    it('is the first required lesson that is not done, whichever was done before', async () => {
      const learner = await aPerson(app, { locale: 'fr' });
      const enrollmentId = await enroll(learner, course.id);
      expect(await next(learner)).toEqual({
        key: 'reading-1',
        title: 'Lecture 1',
        bodyHtml: '<p id="block-0">Du <strong>texte</strong> 1.</p>',
      });
      const lessonId = course.lessons.find(({ key }) => key === 'reading-2')!.id;
      const input = { enrollmentId, lessonId };
      await learner.mutate('lessonComplete', 'LessonCompleteInput', input, 'lesson { id }');
      expect(await next(learner)).toMatchObject({ key: 'reading-1' });
      await completeReadings(learner, enrollmentId, course);
      expect(await next(learner)).toMatchObject({ key: 'check' }); // the optional one is not asked for
    });

    it('is null when nothing is missing', async () => {
      const learner = await aPerson(app);
      await completeCourse(learner, course);
      expect(await next(learner)).toBeNull();
    });
  });

  describe('the last attempt at its quiz', () => {
    const attempts = async (who: Client): Promise<Record<string, any>> => {
      const { course: shown } = await who.ask(
        `query ($slug: String!) { course(slug: $slug) { modules { lessons { key
           lastAttempt { id number state scorePercent passed questions { chosenOptionIds explanation } } } } } }`,
        { slug: course.slug },
      );
      return Object.fromEntries(
        shown.modules[0].lessons.map(({ key, lastAttempt }: any) => [key, lastAttempt]),
      );
    };
    const quiz = (): string => course.lessons.find(({ kind }) => kind === 'QUIZ')!.id;

    it('is the newest, under way or graded, and null for readings', async () => {
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, course.id);
      expect(await attempts(learner)).toEqual({
        'reading-1': null,
        'reading-2': null,
        extra: null,
        check: null,
      });
      const first = await answerQuiz(learner, { enrollmentId, lessonId: quiz(), right: false });
      expect((await attempts(learner))['check']).toMatchObject({
        id: first,
        number: 1,
        state: 'IN_PROGRESS',
        passed: null,
      });
      await submitQuiz(learner, first);
      expect((await attempts(learner))['check']).toMatchObject({ id: first, state: 'GRADED', passed: false });
      const second = await answerQuiz(learner, { enrollmentId, lessonId: quiz() });
      const { check, ...readings } = await attempts(learner);
      expect(check).toMatchObject({ id: second, number: 2, state: 'IN_PROGRESS', scorePercent: null });
      expect(check.questions.map(({ explanation }: any) => explanation)).toEqual([null, null, null]);
      expect(Object.values(readings)).toEqual([null, null, null]);
    });

    it('is nobody else’s, nor a visitor’s', async () => {
      const learner = await aPerson(app);
      await completeCourse(learner, course);
      expect((await attempts(learner))['check']).toMatchObject({ passed: true });
      const other = await aPerson(app);
      expect((await attempts(other))['check']).toBeNull();
      await enroll(other, course.id);
      expect((await attempts(other))['check']).toBeNull();
      expect((await attempts(app.visitor()))['check']).toBeNull();
    });

    it('is forgotten when the course is taken again', async () => {
      const learner = await aPerson(app);
      const enrollmentId = await completeCourse(learner, course);
      await app.sql(
        `INSERT INTO enrollment (id, person_id, course_id, version_id, cycle, state, enrolled_at, last_activity_at)
         SELECT gen_random_uuid(), person_id, course_id, version_id, 2, 'ACTIVE', enrolled_at, last_activity_at
           FROM enrollment WHERE id = $1`,
        [enrollmentId],
      );
      expect((await attempts(learner))['check']).toBeNull();
    });
  });
});
