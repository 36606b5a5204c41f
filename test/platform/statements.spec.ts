import { Outlines } from '../../src/features/catalog/outlines.js';
import {
  aBusiness,
  aCourse,
  answerQuiz,
  aPerson,
  aProgram,
  completeCourse,
  completeReadings,
  courseFiles,
  enroll,
  needsFirst,
  type BuiltCourse,
} from '../support/builders.js';
import type { Client } from '../support/client.js';
import { recordStatements } from '../support/statements.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const LIST = `{ courses(first: 20) { nodes { id slug title summary lessonCount estimatedMinutes version { number }
  modules { title lessons { id title kind quiz { questionCount } } } } pageInfo { hasNextPage } } }`;
const PAGE = `query ($slug: String!) { course(slug: $slug) { title modules { title lessons { id title completedAt } }
  enrollment { state progress { requiredLessons completedLessons minutesLeft missing { code lesson { title } } } } } }`;
const LESSON = `query ($slug: String!, $key: String!) { course(slug: $slug) { title
  lesson(key: $key) { id title bodyHtml completedAt lastAttempt { state } } modules { lessons { key lastAttempt { id } } }
  enrollment { state nextLesson { key title } progress { completedLessons } } } }`;
const DASHBOARD = `{ viewer { name enrollments { id state course { slug title } version { number } business { name } completedLessonIds
  nextLesson { key title } progress { requiredLessons completedLessons missing { code lesson { title } } } completion { occurredAt } }
  certificates { id status verificationUrl course { slug title } } } }`;

/**
 * What the main screens ask of PostgreSQL: numbers that do not grow with what they show. A signed-in person's session is one
 * statement of each; a transaction's beginning and end are two.
 */
describe('statements per screen', () => {
  let app: TestApp;
  let trainer: Client;
  let courses: BuiltCourse[];
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    courses = [];
    for (let made = 0; made < 6; made += 1)
      courses.push(await aCourse(trainer, { readings: 1 + (made % 2) * 5 }));
  });
  afterAll(() => app.close());

  const count = async (
    who: Client,
    document: string,
    variables: Record<string, unknown> = {},
  ): Promise<number> => {
    const { statements } = await recordStatements(app, () => who.ask(document, variables));
    return statements.length;
  };
  /** Empties what the process remembers, as a start does. */
  const forgetOutlines = (): void =>
    (app.get(Outlines) as unknown as { published: Map<string, unknown> }).published.clear();
  /** Somebody with this many enrollments, the first of them completed and certified. */
  const learnerOf = async (enrollments: number, completed: number): Promise<Client> => {
    const learner = await aPerson(app);
    await aBusiness(learner);
    for (const [index, course] of courses.slice(0, enrollments).entries()) {
      if (index < completed) await completeCourse(learner, course);
      else await enroll(learner, course.id);
    }
    await app.drainOutbox();
    return learner;
  };

  it('lists courses with their modules and lessons in one, and in five when none was ever read', async () => {
    const visitor = app.visitor();
    await count(visitor, LIST);
    expect(await count(visitor, LIST)).toBe(1);
    expect(await count(visitor, LIST.replace('20', '1'))).toBe(1);
    for (const first of ['1', '6']) {
      forgetOutlines();
      expect(await count(visitor, LIST.replace('20', first))).toBe(5);
    }
  });

  it('lists them in three for somebody signed in, however many they take', async () => {
    expect(await count(await learnerOf(1, 0), LIST)).toBe(3);
    expect(await count(await learnerOf(5, 2), LIST)).toBe(3);
  });

  it('shows a course to an enrolled learner in three', async () => {
    const learner = await learnerOf(2, 0);
    expect(await count(learner, PAGE, { slug: courses[0]!.slug })).toBe(3);
    expect(await count(learner, PAGE, { slug: courses[1]!.slug })).toBe(3); // of six readings, not one
    expect(await count(app.visitor(), PAGE, { slug: courses[0]!.slug })).toBe(1);
  });

  it('shows what a course asks for first, and whether the learner has it, in none more', async () => {
    const page = PAGE.replace('title modules', 'title prerequisites { slug title completed } modules');
    const list = LIST.replace(
      'id slug title summary',
      'id slug title prerequisites { title completed } summary',
    );
    const learner = await learnerOf(1, 1);
    const counts = async (): Promise<number[]> => [
      await count(learner, page, { slug: courses[5]!.slug }),
      await count(app.visitor(), page, { slug: courses[5]!.slug }),
      await count(learner, list),
    ];
    await count(learner, list);
    const before = await counts();
    expect(before).toEqual([3, 1, 3]);
    for (const { id } of courses.slice(0, 4)) {
      await needsFirst(trainer, courses[5]!.id, id);
      expect(await counts()).toEqual(before);
    }
  });

  it('opens a lesson to an enrolled learner in five, and to a visitor in two', async () => {
    const learner = await learnerOf(2, 0);
    for (const { slug } of courses.slice(0, 2)) {
      expect(await count(learner, LESSON, { slug, key: 'reading-1' })).toBe(5);
      expect(await count(app.visitor(), LESSON, { slug, key: 'reading-1' })).toBe(2);
    }
  });

  it('shows a person’s enrollments, progress and certificates in eight, one or five of them', async () => {
    expect(await count(await learnerOf(1, 1), DASHBOARD)).toBe(8);
    // Both lists ask for courses: nine when that of the certificates, which are fewer, happens to be read first.
    expect([8, 9]).toContain(await count(await learnerOf(5, 3), DASHBOARD));
  });

  it('shows a trainer their courses and versions in five', async () => {
    const document = '{ viewer { authoredCourses { slug title versions { number publishedAt } } } }';
    const one = await aPerson(app, { roles: ['TRAINER'] });
    await aCourse(one);
    expect(await count(one, document)).toBe(5);
    for (let more = 0; more < 4; more += 1) await aCourse(one);
    expect(await count(one, document)).toBe(5);
  });

  it('shows a trainer a version’s lessons with their languages and answers in six, of a draft in fourteen', async () => {
    const document = `query ($id: ID!) { courseVersion(id: $id) { course { slug } modules { lessons { version { number }
      translation(locale: "fr") { title body } questions { key options { correct } } } } } }`;
    for (const readings of [1, 6]) {
      const course = await aCourse(trainer, { readings });
      expect(await count(trainer, document, { id: course.versionId })).toBe(6);
      const { version } = await trainer.mutate(
        'courseDraftCreate',
        'CourseDraftCreateInput',
        { courseId: course.id },
        'version { id }',
      );
      expect(await count(trainer, document, { id: version.id })).toBe(14);
    }
  });

  it('tells a trainer what each version changed in nine, one version or three', async () => {
    const document = `query ($slug: String!) { course(slug: $slug) { versions { impact { learnersInProgress minutesAfter
      changes { kind title } } } } }`;
    const { slug, ...rest } = await aCourse(trainer, { readings: 4 });
    expect(await count(trainer, document, { slug })).toBe(9);
    for (let more = 0; more < 2; more += 1) {
      await enroll(await aPerson(app), rest.id);
      await trainer.mutate(
        'courseImport',
        'CourseImportInput',
        { slug, files: courseFiles({ readings: 5 + more }) },
        'version { id }',
      );
      const { version } = await trainer.mutate(
        'courseDraftCreate',
        'CourseDraftCreateInput',
        { courseId: rest.id },
        'version { id }',
      );
      await trainer.mutate(
        'courseVersionPublish',
        'CourseVersionPublishInput',
        { versionId: version.id },
        'version { id }',
      );
    }
    expect(await count(trainer, document, { slug })).toBe(9);
  });

  const COMPLETE = `mutation ($input: LessonCompleteInput!) { lessonComplete(input: $input) { lesson { id completedAt }
    enrollment { state progress { completedLessons minutesLeft missing { code } } } userErrors { code } } }`;
  it('notes a lesson in eight, and in seven when it is known', async () => {
    for (const course of courses.slice(0, 2)) {
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, course.id);
      const input = { enrollmentId, lessonId: course.lessons[0]!.id };
      expect(await count(learner, COMPLETE, { input })).toBe(8);
      expect(await count(learner, COMPLETE, { input })).toBe(7);
    }
  });

  const SUBMIT = `mutation ($input: QuizAttemptSubmitInput!) { quizAttemptSubmit(input: $input) {
    attempt { passed scorePercent questions { points explanation options { correct feedback } } }
    enrollment { state progress { completedLessons } completion { id } } userErrors { code } } }`;
  it('grades a quiz in seventeen, and completes the course with it in twenty-two', async () => {
    for (const course of courses.slice(0, 2)) {
      const lessonId = course.lessons.find(({ kind }) => kind === 'QUIZ')!.id;
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, course.id);
      const failing = await answerQuiz(learner, { enrollmentId, lessonId, right: false });
      expect(await count(learner, SUBMIT, { input: { attemptId: failing } })).toBe(17);
      await completeReadings(learner, enrollmentId, course);
      const passing = await answerQuiz(learner, { enrollmentId, lessonId });
      expect(await count(learner, SUBMIT, { input: { attemptId: passing } })).toBe(22);
    }
  });

  it('enrolls in eleven, and in six who is enrolled already', async () => {
    const create =
      'mutation ($id: ID!) { enrollmentCreate(input: { courseId: $id }) { enrollment { id course { title } } } }';
    const learner = await aPerson(app);
    expect(await count(learner, create, { id: courses[0]!.id })).toBe(11);
    expect(await count(learner, create, { id: courses[0]!.id })).toBe(6);
  });

  it('reports a program’s completion in four', async () => {
    const manager = await aPerson(app, { roles: ['MANAGER'] });
    const course = await aCourse(trainer);
    const { programId } = await aProgram(app, { managerIds: [manager.personId], courseIds: [course.id] });
    const document = `query ($id: ID!) { completionReport(programId: $id) { rateEnrolled { value } rows { regionCode course { slug title } rateEnrolled { value } } } }`;
    await enroll(await aPerson(app), course.id);
    expect(await count(manager, document, { id: programId })).toBe(4);
    for (let more = 0; more < 4; more += 1) await enroll(await aPerson(app), course.id);
    expect(await count(manager, document, { id: programId })).toBe(4);
  });

  it('lists a program’s learners at risk in ten, those of a stage in eight, and its dashboard in fourteen, one or five of them', async () => {
    const manager = await aPerson(app, { roles: ['MANAGER'] });
    const course = await aCourse(trainer);
    const { programId } = await aProgram(app, { managerIds: [manager.personId], courseIds: [course.id] });
    const people = `nodes { email person { name } cohort { name } enrollment { course { title } progress { completedLessons } }`;
    const atRisk = `query ($id: ID!) { learnersAtRisk(programId: $id, first: 50) { totalCount ${people} reasons { sentence } } } }`;
    const inStage = `query ($id: ID!) { enrollmentsInStage(programId: $id, stage: ENROLLED, first: 50) { ${people} } } }`;
    const dashboard = `query ($id: ID!) { completionReport(programId: $id) { asOf rateMatured { value } invited { invited } funnel { stage count }
      regions { code name } rows { course { title } regionName rateMatured { value } } }
      learnersAtRisk(programId: $id, first: 5) { totalCount goneCount ${people} reasons { sentence } } } }`;
    const longAgo = (): Promise<unknown> =>
      app.sql(
        `UPDATE enrollment SET enrolled_at = enrolled_at - interval '20 days',
                 last_activity_at = enrolled_at - interval '20 days' WHERE course_id = $1`,
        [course.id],
      );
    await enroll(await aPerson(app), course.id);
    await longAgo();
    expect(await count(manager, atRisk, { id: programId })).toBe(10);
    expect(await count(manager, inStage, { id: programId })).toBe(8);
    expect(await count(manager, dashboard, { id: programId })).toBe(14);
    for (let more = 0; more < 4; more += 1) await enroll(await aPerson(app), course.id);
    await longAgo();
    expect((await manager.ask(atRisk, { id: programId })).learnersAtRisk.totalCount).toBe(5);
    expect(await count(manager, atRisk, { id: programId })).toBe(10);
    expect(await count(manager, inStage, { id: programId })).toBe(8);
    expect(await count(manager, dashboard, { id: programId })).toBe(14);
  });
});
