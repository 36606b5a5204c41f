import { aCourse, aPerson, courseFiles, enroll, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const LESSON = `query ($id: ID!) { lesson(id: $id) { key title bodyHtml version { id number course { id slug } } } }`;
const TRANSLATIONS = `query ($id: ID!) { lesson(id: $id) {
  en: translation(locale: "en") { title body } fr: translation(locale: "fr") { title body }
  de: translation(locale: "de") { title body } odd: translation(locale: "constructor") { title body } } }`;
const QUESTIONS = `query ($id: ID!) { lesson(id: $id) { questions {
  key kind promptHtml options { key text correct feedback } explanation } } }`;

describe('a lesson, as its trainer edits it', () => {
  let app: TestApp;
  let trainer: Client;
  let rival: Client;
  let course: BuiltCourse;
  let draft: { id: string; lessons: { id: string; key: string }[] };
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    rival = await aPerson(app, { roles: ['TRAINER'] });
    course = await aCourse(trainer);
    const { version } = await trainer.mutate(
      'courseDraftCreate',
      'CourseDraftCreateInput',
      { courseId: course.id },
      'version { id modules { lessons { id key } } }',
    );
    draft = { id: version.id, lessons: version.modules[0].lessons };
  });
  afterAll(() => app.close());

  const published = (key: string): string => course.lessons.find((lesson) => lesson.key === key)!.id;
  const drafted = (key: string): string => draft.lessons.find((lesson) => lesson.key === key)!.id;
  const french = async (): Promise<Client> => {
    const client = await aPerson(app, { locale: 'fr' });
    await app.sql('INSERT INTO course_trainer (course_id, person_id, created_at) VALUES ($1, $2, now())', [
      course.id,
      client.personId,
    ]);
    return client;
  };

  it('is found by its id in any version, and leads to its version and course', async () => {
    const of = async (id: string): Promise<any> => (await trainer.ask(LESSON, { id })).lesson;
    const identity = { id: course.id, slug: course.slug };
    expect(await of(published('reading-1'))).toMatchObject({
      key: 'reading-1',
      title: 'Reading 1',
      version: { id: course.versionId, number: 1, course: identity },
    });
    expect(await of(drafted('reading-1'))).toMatchObject({
      bodyHtml: '<p id="block-0">Some <strong>text</strong> 1.</p>',
      version: { id: draft.id, number: 2, course: identity },
    });
    const { lesson } = await (await french()).ask(LESSON, { id: drafted('reading-1') });
    expect(lesson.title).toBe('Lecture 1');
  });

  it('comes in each language exactly as stored: nothing falls back', async () => {
    const { lesson } = await trainer.ask(TRANSLATIONS, { id: drafted('reading-1') });
    expect(lesson).toMatchObject({ en: { title: 'Reading 1' }, fr: { title: 'Lecture 1' } });
    expect(JSON.stringify(lesson.en.body)).toContain('Some ');
    expect(JSON.stringify(lesson.fr.body)).toContain('Du ');
    expect(lesson).toMatchObject({ de: null, odd: null });

    const files = courseFiles().filter(({ path }) => path !== '01-first/01-reading-1.fr.md');
    const { version } = await trainer.mutate(
      'courseImport',
      'CourseImportInput',
      { slug: 'half-translated', files },
      'version { modules { lessons { id title } } }',
    );
    const half = await trainer.ask(TRANSLATIONS, { id: version.modules[0].lessons[0].id });
    expect(half.lesson).toMatchObject({ en: { title: 'Reading 1' }, fr: null });
  });

  it('has no text of its own as a quiz, but its title', async () => {
    const { lesson } = await trainer.ask(TRANSLATIONS, { id: drafted('check') });
    expect(lesson).toMatchObject({
      en: { title: 'Check', body: null },
      fr: { title: 'Vérification', body: null },
    });
  });

  it('shows the questions of a quiz with their answers, as written', async () => {
    const { lesson } = await trainer.ask(QUESTIONS, { id: drafted('check') });
    expect(lesson.questions).toMatchObject([
      {
        key: 'one',
        kind: 'SINGLE_CHOICE',
        promptHtml: '<p>One?</p>',
        options: [
          { key: 'a', text: 'wrong', correct: false, feedback: 'No.' },
          { key: 'b', text: 'right', correct: true, feedback: 'Yes.' },
          { key: 'c', text: 'also wrong', correct: false, feedback: null },
        ],
        explanation: null,
      },
      { key: 'many', kind: 'MULTIPLE_CHOICE', options: [{ correct: true }, { correct: true }, {}] },
      { key: 'truth', kind: 'TRUE_FALSE', explanation: 'Because.' },
    ]);
    const inFrench = await (await french()).ask(QUESTIONS, { id: drafted('check') });
    expect(inFrench.lesson.questions[0]).toMatchObject({
      promptHtml: '<p>Un ?</p>',
      options: [{ text: 'faux', feedback: 'Non.' }, { text: 'juste' }, { text: 'faux aussi' }],
    });
    expect(await trainer.ask(QUESTIONS, { id: drafted('reading-1') })).toEqual({ lesson: { questions: [] } });
  });

  describe('saved from two tabs', () => {
    const save = (who: Client, input: object): Promise<any> =>
      who.mutate('lessonUpdate', 'LessonUpdateInput', input, 'lesson { title estimatedMinutes revision }');
    const stored = async (id: string): Promise<any> =>
      (await trainer.ask('query ($id: ID!) { lesson(id: $id) { title revision estimatedMinutes } }', { id }))
        .lesson;
    const aDraftLesson = async (): Promise<string> => {
      const { id: courseId } = await aCourse(trainer);
      const { version } = await trainer.mutate(
        'courseDraftCreate',
        'CourseDraftCreateInput',
        { courseId },
        'version { modules { lessons { id revision } } }',
      );
      expect(version.modules[0].lessons[0].revision).toBe(1);
      return version.modules[0].lessons[0].id;
    };

    it('tells the second one that the first was faster, and keeps what the first saved', async () => {
      const lessonId = await aDraftLesson();
      const opened = { lessonId, locale: 'en', expectedRevision: 1 };
      expect((await save(trainer, { ...opened, title: 'First' })).lesson).toMatchObject({ revision: 2 });
      const late = await save(trainer, { ...opened, title: 'Second', estimatedMinutes: 7 });
      expect(late).toMatchObject({
        lesson: null,
        userErrors: [{ code: 'LESSON_CHANGED', field: 'expectedRevision' }],
      });
      expect(late.userErrors[0].message).toMatch(/^Somebody else saved this lesson since you opened it\. /);
      expect(await stored(lessonId)).toEqual({ title: 'First', revision: 2, estimatedMinutes: 5 });

      const informed = await save(trainer, { ...opened, expectedRevision: 2, title: 'Both' });
      expect(informed.lesson).toMatchObject({ title: 'Both', revision: 3 });
    });

    it('says so in French too', async () => {
      const { userErrors } = await save(await french(), {
        lessonId: drafted('reading-2'),
        locale: 'fr',
        title: 'Trop tard',
        expectedRevision: 0,
      });
      expect(userErrors[0].message).toMatch(/^Quelqu’un d’autre a enregistré cette leçon/);
    });

    it('saves the one that does not ask, and lets the other know', async () => {
      const lessonId = await aDraftLesson();
      expect((await save(trainer, { lessonId, locale: 'fr', title: 'Un' })).lesson.revision).toBe(2);
      expect((await save(trainer, { lessonId, locale: 'fr', title: 'Deux' })).lesson.revision).toBe(3);
      const late = await save(trainer, { lessonId, locale: 'en', title: 'Late', expectedRevision: 1 });
      expect(late.userErrors).toMatchObject([{ code: 'LESSON_CHANGED' }]);
    });

    it('at the same moment: exactly one is saved in each round', async () => {
      const lessonId = await aDraftLesson();
      for (let revision = 1; revision <= 3; revision += 1) {
        const answers = await Promise.all(
          Array.from({ length: 6 }, (_, tab) =>
            save(trainer, { lessonId, locale: 'en', title: `Tab ${tab}`, expectedRevision: revision }),
          ),
        );
        const saved = answers.filter(({ lesson }) => lesson);
        expect(saved).toHaveLength(1);
        const refused = answers.flatMap(({ userErrors }) => userErrors.map(({ code }: any) => code));
        expect(refused).toEqual(Array.from({ length: 5 }, () => 'LESSON_CHANGED'));
        expect(await stored(lessonId)).toMatchObject({ ...saved[0].lesson, revision: revision + 1 });
      }
    });

    it('is answered again, not refused, when the answer to a save was lost', async () => {
      const lessonId = await aDraftLesson();
      const input = { lessonId, locale: 'en', title: 'Once', expectedRevision: 1, idempotencyKey: 'lost' };
      const first = await save(trainer, input);
      expect(first.lesson.revision).toBe(2);
      expect(await save(trainer, input)).toEqual(first);
    });

    it('counts for the draft only: a copy begins again, and saving changes nothing that is published', async () => {
      const lessonId = await aDraftLesson();
      await save(trainer, { lessonId, locale: 'en', title: 'Saved' });
      await save(trainer, { lessonId, locale: 'en', title: 'Reading 1' });
      const { lesson } = await trainer.ask(
        'query ($id: ID!) { lesson(id: $id) { revision version { id } } }',
        { id: lessonId },
      );
      expect(lesson.revision).toBe(3);
      const { userErrors } = await trainer.mutate(
        'courseVersionPublish',
        'CourseVersionPublishInput',
        { versionId: lesson.version.id },
        'version { id }',
      );
      expect(userErrors[0].code).toBe('VERSION_UNCHANGED'); // the revision is no part of the content
    });
  });

  describe('is closed to everyone else', () => {
    it.each([LESSON, TRANSLATIONS, QUESTIONS])('%s', async (document) => {
      const administrator = await aPerson(app, { roles: ['ADMIN'] });
      const learner = await aPerson(app);
      await enroll(learner, course.id);
      for (const id of [published('check'), drafted('check')]) {
        expect(await app.visitor().errorCode(document, { id })).toBe('UNAUTHENTICATED');
        expect(await learner.errorCode(document, { id })).toBe('FORBIDDEN');
        expect(await rival.errorCode(document, { id })).toBe('FORBIDDEN');
        expect(await administrator.errorCode(document, { id })).toBeUndefined();
      }
      for (const id of [course.id, 'no-id']) {
        expect(await trainer.errorCode(document, { id })).toBe('NOT_FOUND');
      }
    });

    it('a course that is only a draft is not even there for another trainer', async () => {
      const { version } = await trainer.mutate(
        'courseImport',
        'CourseImportInput',
        { slug: 'not-there-yet', files: courseFiles() },
        'version { modules { lessons { id } } }',
      );
      const [{ id }] = version.modules[0].lessons;
      expect(await rival.errorCode(LESSON, { id })).toBe('NOT_FOUND');
      expect(await trainer.errorCode(LESSON, { id })).toBeUndefined();
    });

    it('by way of the course that everyone reads too', async () => {
      const learner = await aPerson(app);
      await enroll(learner, course.id);
      const through = (field: string) =>
        `query ($slug: String!) { course(slug: $slug) { modules { lessons { ${field} } } } }`;
      for (const field of ['translation(locale: "en") { title }', 'questions { options { correct } }']) {
        const variables = { slug: course.slug };
        expect(await app.visitor().errorCode(through(field), variables)).toBe('UNAUTHENTICATED');
        const { data, errors } = await learner.send(through(field), variables);
        expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
        expect(JSON.stringify(data)).not.toMatch(/Reading 1|true/);
        expect(await trainer.errorCode(through(field), variables)).toBeUndefined();
      }
    });
  });
});
