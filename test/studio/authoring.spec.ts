import type { ImportFile } from '../../src/features/formats/import/import-problems.js';
import { aCourse, aPerson, enroll, readCourse, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { courseFolder } from '../support/course-folder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let serial = 0;
const aSlug = (): string => `authored-${(serial += 1)}`;

describe('authoring a course', () => {
  let app: TestApp;
  let trainer: Client & { personId: string };
  let rival: Client & { personId: string };
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { name: 'trainer', roles: ['TRAINER'] });
    rival = await aPerson(app, { name: 'rival', roles: ['TRAINER'] });
  });
  afterAll(() => app.close());

  const importFiles = async (slug: string, files: ImportFile[]): Promise<any> =>
    (
      await trainer.mutate(
        'courseImport',
        'CourseImportInput',
        { slug, files },
        'version { id modules { lessons { id } } }',
      )
    ).version;
  const publish = (who: Client, versionId: string): Promise<any> =>
    who.mutate(
      'courseVersionPublish',
      'CourseVersionPublishInput',
      { versionId },
      'version { id publishedAt contentHash }',
    );
  const PUBLISH = `mutation ($id: ID!) { courseVersionPublish(input: { versionId: $id }) { version { id } } }`;
  const draftOf = async (who: Client, courseId: string): Promise<any> =>
    (
      await who.mutate(
        'courseDraftCreate',
        'CourseDraftCreateInput',
        { courseId },
        'version { id number modules { lessons { id key title } } }',
      )
    ).version;
  const updateLesson = (who: Client, input: object): Promise<any> =>
    who.mutate(
      'lessonUpdate',
      'LessonUpdateInput',
      input,
      'lesson { id title estimatedMinutes bodyHtml quiz { questionCount } }',
    );
  const UPDATE = `mutation ($input: LessonUpdateInput!) { lessonUpdate(input: $input) { lesson { id } userErrors { code } } }`;
  const lessonsOf = (version: any): any[] => version.modules.flatMap((module: any) => module.lessons);
  const paragraph = (text: string) => ({
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
  });
  const courseId = async (slug: string): Promise<string> =>
    (await trainer.ask('query ($slug: String!) { course(slug: $slug) { id } }', { slug })).course.id;

  describe('editing a draft', () => {
    it('changes one language and leaves the rest', async () => {
      const course = await aCourse(trainer);
      const lesson = lessonsOf(await draftOf(trainer, course.id))[0];
      const { lesson: edited } = await updateLesson(trainer, {
        lessonId: lesson.id,
        locale: 'en',
        title: '  New title ',
        body: paragraph('<b>new</b>'),
        estimatedMinutes: null,
      });
      expect(edited).toMatchObject({ title: 'New title', estimatedMinutes: 5, quiz: null });
      expect(edited.bodyHtml).toContain('&lt;b&gt;new&lt;/b&gt;');
      const french = await updateLesson(trainer, {
        lessonId: lesson.id,
        locale: 'fr',
        title: null,
        body: null,
      });
      expect(french.lesson.title).toBe('Lecture 1');
    });

    it('keeps what each of several tabs saved at the same moment', async () => {
      const course = await aCourse(trainer);
      const lessonId = lessonsOf(await draftOf(trainer, course.id))[0].id;
      await Promise.all([
        updateLesson(trainer, { lessonId, locale: 'en', title: 'English' }),
        updateLesson(trainer, { lessonId, locale: 'fr', title: 'Français' }),
        updateLesson(trainer, { lessonId, locale: 'en', body: paragraph('body') }),
        updateLesson(trainer, { lessonId, locale: 'fr', body: paragraph('corps') }),
        updateLesson(trainer, { lessonId, locale: 'en', estimatedMinutes: 120 }),
      ]);
      const [row] = await app.sql('SELECT titles, bodies, estimated_minutes FROM lesson WHERE id = $1', [
        lessonId,
      ]);
      expect(row).toEqual({
        titles: { en: 'English', fr: 'Français' },
        bodies: { en: paragraph('body'), fr: paragraph('corps') },
        estimated_minutes: 120,
      });
    });

    it.each([
      ['a title of 201 characters', { title: 'x'.repeat(201) }, { code: 'TOO_LONG', field: 'title' }],
      ['a blank title', { title: '  ' }, { code: 'REQUIRED', field: 'title' }],
      ['no minutes', { estimatedMinutes: 0 }, { field: 'estimatedMinutes' }],
      ['121 minutes', { estimatedMinutes: 121 }, { field: 'estimatedMinutes' }],
      [
        'a language that the course has not',
        { locale: 'de', title: 'x' },
        { code: 'LOCALE_NOT_IN_COURSE', field: 'locale' },
      ],
      [
        'a script',
        { body: { type: 'doc', content: [{ type: 'script' }] } },
        { code: 'LESSON_BODY_INVALID', field: 'body' },
      ],
      [
        'a link that runs code',
        {
          body: {
            type: 'doc',
            content: [
              {
                type: 'paragraph',
                content: [
                  { type: 'text', text: 'x', marks: [{ type: 'link', attrs: { href: 'javascript:x' } }] },
                ],
              },
            ],
          },
        },
        { code: 'LESSON_BODY_INVALID', field: 'body' },
      ],
    ])('refuses %s', async (_what, input, expected) => {
      const course = await aCourse(trainer);
      const lessonId = lessonsOf(await draftOf(trainer, course.id))[0].id;
      const { lesson, userErrors } = await updateLesson(trainer, { lessonId, locale: 'en', ...input });
      expect(lesson).toBeNull();
      expect(userErrors).toHaveLength(1);
      expect(userErrors[0]).toMatchObject(expected);
    });

    it('does not swallow a text given to a quiz', async () => {
      const course = await aCourse(trainer);
      const quiz = lessonsOf(await draftOf(trainer, course.id)).find(({ key }) => key === 'check');
      const input = { lessonId: quiz.id, locale: 'en' };
      const { userErrors } = await updateLesson(trainer, { ...input, body: paragraph('lost') });
      expect(userErrors[0]).toMatchObject({ code: 'LESSON_HAS_NO_BODY', field: 'body' });
      expect((await updateLesson(trainer, { ...input, title: 'Test' })).lesson).toMatchObject({
        quiz: { questionCount: 3 },
      });
    });

    it('makes one draft however many ask at once', async () => {
      const course = await aCourse(trainer);
      const drafts = await Promise.all(Array.from({ length: 10 }, () => draftOf(trainer, course.id)));
      expect(new Set(drafts.map(({ id }) => id)).size).toBe(1);
      expect(drafts[0].number).toBe(2);
    });

    it('is for the course’s own trainers', async () => {
      const course = await aCourse(trainer);
      const lessonId = lessonsOf(await draftOf(trainer, course.id))[0].id;
      const update = `mutation ($id: ID!) { lessonUpdate(input: { lessonId: $id, locale: "en", title: "Mine" }) { lesson { id } } }`;
      const create = `mutation ($id: ID!) { courseDraftCreate(input: { courseId: $id }) { version { id } } }`;
      expect(await rival.errorCode(update, { id: lessonId })).toBe('FORBIDDEN');
      expect(await rival.errorCode(create, { id: course.id })).toBe('FORBIDDEN');
      const unseen = await importFiles(aSlug(), courseFolder());
      expect(await rival.errorCode(update, { id: lessonsOf(unseen)[0].id })).toBe('NOT_FOUND');
      expect(await rival.errorCode(PUBLISH, { id: unseen.id })).toBe('NOT_FOUND');
    });
  });

  describe('publishing', () => {
    it('gives the new version to new learners; who is under way stays on theirs', async () => {
      const course = await aCourse(trainer);
      const [early, late] = [await aPerson(app), await aPerson(app)];
      await enroll(early, course.id);
      const draft = await draftOf(trainer, course.id);
      await updateLesson(trainer, { lessonId: lessonsOf(draft)[0].id, locale: 'en', title: 'Rewritten' });
      expect((await publish(trainer, draft.id)).userErrors).toEqual([]);
      await enroll(late, course.id);

      const seenBy = async (who: Client) =>
        (
          await who.ask(
            `query ($slug: String!) { course(slug: $slug) { version { id } modules { lessons { title } } enrollment { version { id number } } } }`,
            { slug: course.slug },
          )
        ).course;
      const [forEarly, forLate, forVisitor] = [
        await seenBy(early),
        await seenBy(late),
        await seenBy(app.visitor()),
      ];
      expect(forEarly.modules[0].lessons[0].title).toBe('Reading 1');
      expect(forEarly.enrollment.version).toEqual({ id: course.versionId, number: 1 });
      expect(forLate.modules[0].lessons[0].title).toBe('Rewritten');
      expect(forLate.enrollment.version).toEqual({ id: draft.id, number: 2 });
      expect(forVisitor.modules).toEqual(forLate.modules);
      expect(forVisitor.enrollment).toBeNull();
    });

    it('freezes: the published version and its lessons are refused from then on', async () => {
      const course = await aCourse(trainer);
      const { userErrors } = await updateLesson(trainer, {
        lessonId: course.lessons[0]!.id,
        locale: 'en',
        title: 'Late',
      });
      expect(userErrors[0].code).toBe('VERSION_PUBLISHED');
      expect((await publish(trainer, course.versionId)).userErrors[0].code).toBe('VERSION_PUBLISHED');
    });

    it('refuses a draft that changes nothing', async () => {
      const course = await aCourse(trainer);
      const draft = await draftOf(trainer, course.id);
      expect((await publish(trainer, draft.id)).userErrors[0].code).toBe('VERSION_UNCHANGED');
      expect((await readCourse(trainer, course.slug)).versionId).toBe(course.versionId);
    });

    it('refuses a course without a required lesson, and one whose quiz asks nothing', async () => {
      const slug = aSlug();
      const optional = '---\ntitle: "Photos"\nminutes: 5\nrequired: false\n---\nText.';
      const version = await importFiles(slug, courseFolder({ '01-basics/01-photos.en.md': optional }));
      await app.sql(
        'DELETE FROM quiz_question WHERE lesson_id IN (SELECT id FROM lesson WHERE version_id = $1)',
        [version.id],
      );
      const refused = await publish(trainer, version.id);
      expect(refused.userErrors[0]).toMatchObject({
        code: 'QUIZ_WITHOUT_QUESTION',
        message: 'The quiz “Check” has no question.',
      });
      await app.sql('UPDATE lesson SET required = false WHERE version_id = $1', [version.id]);
      expect((await publish(trainer, version.id)).userErrors[0].code).toBe('NO_REQUIRED_LESSON');
      expect(
        await app.visitor().ask('query ($slug: String!) { course(slug: $slug) { id } }', { slug }),
      ).toEqual({ course: null });
    });

    it('publishes once when asked twice at once', async () => {
      const version = await importFiles(aSlug(), courseFolder());
      const answers = await Promise.all(Array.from({ length: 5 }, () => publish(trainer, version.id)));
      const codes = answers.map(({ userErrors }) => userErrors[0]?.code ?? 'DONE').sort();
      expect(codes).toEqual(['DONE', ...Array.from({ length: 4 }, () => 'VERSION_PUBLISHED')]);
      const events = await app.sql(
        `SELECT 1 FROM outbox_event WHERE type = 'catalog.course-published' AND payload->>'versionId' = $1`,
        [version.id],
      );
      expect(events).toHaveLength(1);
    });

    it('never lets an edit or an import that races with it into the published version', async () => {
      for (let round = 0; round < 5; round += 1) {
        const slug = aSlug();
        const version = await importFiles(slug, courseFolder());
        const lessonId = lessonsOf(version)[0].id;
        const edit = async (title: string): Promise<string> => {
          const { data, errors } = await trainer.send(UPDATE, { input: { lessonId, locale: 'en', title } });
          return errors?.[0]!.extensions.code ?? data.lessonUpdate.userErrors[0]?.code ?? 'DONE';
        };
        const [published, , ...edits] = await Promise.all([
          publish(trainer, version.id),
          importFiles(
            slug,
            courseFolder({ '01-basics/01-photos.fr.md': '---\ntitle: "Images"\n---\nTexte.' }),
          ),
          ...Array.from({ length: 6 }, (_, index) => edit(`Edit ${index}`)),
        ]);
        expect(published.userErrors).toEqual([]);
        // Done in time, or told that it came too late: for the version, or for the lesson, which the import replaced.
        for (const outcome of edits) expect(['DONE', 'VERSION_PUBLISHED', 'NOT_FOUND']).toContain(outcome);
        // What was hashed is what is there: publishing a copy of it finds nothing changed.
        await app.sql('DELETE FROM course_version WHERE published_at IS NULL AND course_id = $1', [
          await courseId(slug),
        ]);
        const copy = await draftOf(trainer, await courseId(slug));
        expect((await publish(trainer, copy.id)).userErrors[0].code).toBe('VERSION_UNCHANGED');
      }
    });

    it('shows who published what in the audit log', async () => {
      const course: BuiltCourse = await aCourse(trainer);
      const rows = await app.sql(
        `SELECT action, outcome, actor_id FROM audit_entry WHERE subject = $1 ORDER BY id`,
        [`course:${course.id}`],
      );
      expect(rows).toEqual(
        ['courseImport', 'courseVersionPublish'].map((action) => ({
          action,
          outcome: 'DONE',
          actor_id: trainer.personId,
        })),
      );
    });
  });
});
