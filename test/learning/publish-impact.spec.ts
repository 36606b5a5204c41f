import type { ImportFile } from '../../src/features/formats/import/import-problems.js';
import {
  aCourse,
  aPerson,
  completeCourse,
  courseFiles,
  enroll,
  publishNewVersion,
  type BuiltCourse,
} from '../support/builders.js';
import type { Client } from '../support/client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const IMPACT = `query ($id: ID!) { courseVersion(id: $id) { impact {
  learnersInProgress learnersCompleted minutesBefore minutesAfter changes { kind key title required } } } }`;

describe('what publishing a version changes', () => {
  let app: TestApp;
  let trainer: Client & { personId: string };
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
  });
  afterAll(() => app.close());

  const impactOf = async (id: string, who: Client = trainer): Promise<any> =>
    (await who.ask(IMPACT, { id })).courseVersion.impact;
  /** Puts files into the course's draft. @returns its id. */
  const draft = async (slug: string, files: ImportFile[]): Promise<string> => {
    const { version } = await trainer.mutate(
      'courseImport',
      'CourseImportInput',
      { slug, files },
      'version { id }',
    );
    return version.id;
  };
  /** The files of a course without reading 1, with a reading 3, and more time for the quiz. */
  const reworked = (): ImportFile[] =>
    courseFiles({ readings: 3 })
      .filter(({ path }) => !path.includes('reading-1'))
      .map(({ path, text }) => ({
        path,
        text: path.endsWith('90-check.en.md') ? text.replace('minutes: 5', 'minutes: 9') : text,
      }));

  it('is told for a draft, lesson by lesson, in the language of who asks', async () => {
    const { slug, id: courseId } = await aCourse(trainer);
    const version = await draft(slug, reworked());
    expect(await impactOf(version)).toEqual({
      learnersInProgress: 0,
      learnersCompleted: 0,
      minutesBefore: 15,
      minutesAfter: 19,
      changes: [
        { kind: 'ADDED', key: 'reading-3', title: 'Reading 3', required: true },
        { kind: 'CHANGED', key: 'check', title: 'Check', required: true },
        { kind: 'REMOVED', key: 'reading-1', title: 'Reading 1', required: true },
      ],
    });
    const colleague = await aPerson(app, { locale: 'fr' });
    await app.sql('INSERT INTO course_trainer (course_id, person_id, created_at) VALUES ($1, $2, now())', [
      courseId,
      colleague.personId,
    ]);
    const { changes } = await impactOf(version, colleague);
    expect(changes.map(({ title }: { title: string }) => title)).toEqual([
      'Lecture 3',
      'Vérification',
      'Lecture 1',
    ]);
  });

  it('is nothing for a copy, and what was saved since for an edited one', async () => {
    const { id: courseId } = await aCourse(trainer);
    const { version } = await trainer.mutate(
      'courseDraftCreate',
      'CourseDraftCreateInput',
      { courseId },
      'version { id modules { lessons { id key } } }',
    );
    expect(await impactOf(version.id)).toMatchObject({ changes: [], minutesBefore: 15, minutesAfter: 15 });
    await trainer.mutate(
      'lessonUpdate',
      'LessonUpdateInput',
      { lessonId: version.modules[0].lessons[1].id, locale: 'fr', title: 'Nouveau' },
      'lesson { id }',
    );
    expect((await impactOf(version.id)).changes).toMatchObject([{ kind: 'CHANGED', key: 'reading-2' }]);
  });

  it('names a lesson that is only elsewhere', async () => {
    const { slug } = await aCourse(trainer, { readings: 3 });
    const files = courseFiles({ readings: 3 }).map(({ path, text }) => ({
      path: path.replace('01-reading-1', '70-reading-1'),
      text,
    }));
    expect((await impactOf(await draft(slug, files))).changes).toEqual([
      { kind: 'MOVED', key: 'reading-1', title: 'Reading 1', required: true },
    ]);
  });

  it('counts the people on earlier versions, each once, without tests and staff', async () => {
    const course: BuiltCourse = await aCourse(trainer);
    const other = await aCourse(trainer);
    const [early, done, tester] = [await aPerson(app), await aPerson(app), await aPerson(app)];
    await enroll(early, course.id);
    await completeCourse(done, course);
    await enroll(tester, course.id);
    await app.sql('UPDATE person SET is_test = true WHERE id = $1', [tester.personId]);
    await enroll(trainer, course.id);
    await enroll(await aPerson(app), other.id);
    expect(await impactOf(course.versionId)).toMatchObject({ learnersInProgress: 0, learnersCompleted: 0 });

    const second = await publishNewVersion(trainer, course);
    await enroll(await aPerson(app), course.id); // on the second version
    expect(await impactOf(second)).toMatchObject({ learnersInProgress: 1, learnersCompleted: 1 });
    const third = await draft(course.slug, reworked());
    expect(await impactOf(third)).toMatchObject({ learnersInProgress: 2, learnersCompleted: 1 });
  });

  it('stays told once it is published: against the version before, all of it for the first', async () => {
    const course = await aCourse(trainer);
    const second = await publishNewVersion(trainer, course);
    expect(await impactOf(second)).toMatchObject({
      changes: [{ kind: 'CHANGED', key: 'reading-1', title: 'Rewritten' }],
    });
    const first = await impactOf(course.versionId);
    expect(first).toMatchObject({ minutesBefore: 0, minutesAfter: 15 });
    expect(first.changes.map(({ kind, key }: any) => `${kind} ${key}`)).toEqual([
      'ADDED reading-1',
      'ADDED reading-2',
      'ADDED extra',
      'ADDED check',
    ]);
  });

  it('is for the trainers of the course', async () => {
    const course = await aCourse(trainer);
    const version = await draft(course.slug, reworked());
    const learner = await aPerson(app);
    await enroll(learner, course.id);
    const rival = await aPerson(app, { roles: ['TRAINER', 'MANAGER'] });
    expect(await app.visitor().errorCode(IMPACT, { id: version })).toBe('UNAUTHENTICATED');
    expect(await learner.errorCode(IMPACT, { id: version })).toBe('FORBIDDEN');
    expect(await rival.errorCode(IMPACT, { id: version })).toBe('FORBIDDEN');
    expect(
      await (await aPerson(app, { roles: ['ADMIN'] })).errorCode(IMPACT, { id: version }),
    ).toBeUndefined();
    const through = `query ($slug: String!) { course(slug: $slug) { version { impact { learnersInProgress } } } }`;
    expect(await app.visitor().errorCode(through, { slug: course.slug })).toBe('UNAUTHENTICATED');
    expect(await learner.errorCode(through, { slug: course.slug })).toBe('FORBIDDEN');
    const unseen = await draft('never-published', courseFiles());
    expect(await rival.errorCode(IMPACT, { id: unseen })).toBe('NOT_FOUND');
  });
});
