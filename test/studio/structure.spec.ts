import { aCourse, aPerson, courseFiles } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { recordStatements } from '../support/statements.js';
import { brief, studio, type Draft } from '../support/studio.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('the structure of a draft', () => {
  let app: TestApp;
  let trainer: Client & { personId: string };
  let atelier: ReturnType<typeof studio>;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { name: 'trainer', roles: ['TRAINER'] });
    atelier = studio(trainer);
  });
  afterAll(() => app.close());

  /** The draft of a published course: `first: reading-1 reading-2 extra check`. */
  const aDraft = async (): Promise<Draft> => atelier.draftOf((await aCourse(trainer)).id);
  const lessonOf = (draft: Draft, key: string) =>
    draft.modules.flatMap(({ lessons }) => lessons).find((lesson) => lesson.key === key)!;
  /** Positions as they are stored. */
  const positions = async (versionId: string) => ({
    modules: await app.sql('SELECT position FROM course_module WHERE version_id = $1 ORDER BY position', [
      versionId,
    ]),
    lessons: await app.sql('SELECT position FROM lesson WHERE version_id = $1 ORDER BY position', [
      versionId,
    ]),
  });
  const expectDense = async (versionId: string): Promise<void> => {
    const { modules, lessons } = await positions(versionId);
    expect(modules).toEqual(modules.map((_, position) => ({ position })));
    expect(lessons).toEqual(lessons.map((_, position) => ({ position })));
  };

  describe('a course made from nothing', () => {
    it('has an address made from its title, another where that is taken, and works while it is empty', async () => {
      const { version } = await atelier.createCourse({ title: 'Être vu : l’œil', defaultLocale: 'fr' });
      expect(version).toMatchObject({ course: { slug: 'etre-vu-l-oeil' }, modules: [] });
      const again = await atelier.createCourse({ title: 'Être vu, l’œil !', defaultLocale: 'fr' });
      expect(again.version.course.slug).toBe('etre-vu-l-oeil-2');
      const page = await trainer.ask(
        `query ($slug: String!) { course(slug: $slug) { title summary outcomes descriptionHtml estimatedMinutes lessonCount
          learners { inProgress } version { number publishedAt } draft { number title impact { minutesAfter changes { key } }
          publishChecklist { code ok } deletedParts { id } modules { id } } modules { id } enrollment { id } } }`,
        { slug: version.course.slug },
      );
      expect(page.course).toMatchObject({
        title: 'Être vu : l’œil',
        summary: '',
        lessonCount: 0,
        draft: { number: 1, impact: { changes: [] } },
        modules: [],
      });
      expect((await atelier.draftOf(version.course.id)).id).toBe(version.id);
      expect((await atelier.publish(version.id)).userErrors[0].code).toBe('NO_REQUIRED_LESSON');
      expect(await app.visitor().ask(`{ course(slug: "${version.course.slug}") { id } }`)).toEqual({
        course: null,
      });
    });

    it('keeps an address that was asked for, and says when it is taken or reserved', async () => {
      const slug = 'asked-for';
      const input = { title: 'Any', slug, defaultLocale: 'en' };
      expect((await atelier.createCourse(input)).version.course.slug).toBe(slug);
      for (const taken of [slug, 'import']) {
        const { userErrors } = await atelier.createCourse({ ...input, slug: taken });
        expect(userErrors[0]).toMatchObject({ code: 'SLUG_TAKEN', field: 'slug' });
      }
    });

    it('gives each of ten that are made at once an address of its own', async () => {
      const made = await Promise.all(
        Array.from({ length: 10 }, () => atelier.createCourse({ title: 'Rush', defaultLocale: 'en' })),
      );
      expect(new Set(made.map(({ version }) => version.course.slug)).size).toBe(10);
    });

    it('refuses a language that is none, a blank title and who is no trainer', async () => {
      const refused = async (input: object) => (await atelier.createCourse(input)).userErrors[0];
      expect(await refused({ title: 'X', defaultLocale: 'French' })).toMatchObject({
        code: 'LOCALE_INVALID',
        field: 'defaultLocale',
      });
      expect(await refused({ title: ' ', defaultLocale: 'fr' })).toMatchObject({ field: 'title' });
      const document = `mutation { courseCreate(input: { title: "X", defaultLocale: "fr" }) { version { id } } }`;
      expect(await (await aPerson(app)).errorCode(document)).toBe('FORBIDDEN');
    });

    it('is written to the end and published', async () => {
      const { version } = await atelier.createCourse({ title: 'From nothing', defaultLocale: 'en' });
      const { module } = await atelier.module('moduleCreate', { versionId: version.id, title: 'Start' });
      const { lesson } = await atelier.lesson('lessonCreate', {
        moduleId: module.id,
        kind: 'ACTIVITY',
        title: 'Do it',
      });
      expect(lesson).toMatchObject({
        key: 'do-it',
        estimatedMinutes: 15,
        required: true,
        submission: 'TEXT',
      });
      await trainer.mutate(
        'lessonUpdate',
        'LessonUpdateInput',
        { lessonId: lesson.id, locale: 'en', markdown: 'Take a photo.' },
        'lesson { id }',
      );
      const published = await atelier.publish(version.id);
      expect(published).toMatchObject({
        userErrors: [],
        version: { number: 1, publishPolicy: 'NEW_LEARNERS_ONLY', publishedBy: { name: 'trainer' } },
      });
    });
  });

  describe('lessons', () => {
    it('come where they are wanted, with keys that no version of the course had', async () => {
      const draft = await aDraft();
      const moduleId = draft.modules[0]!.id;
      const input = { moduleId, kind: 'READING', title: 'Reading 1' };
      const { lesson } = await atelier.lesson('lessonCreate', { ...input, position: 1 });
      expect(lesson).toMatchObject({ key: 'reading-1-2', title: 'Reading 1', revision: 1, kind: 'READING' });
      await atelier.lesson('lessonDelete', { lessonId: lessonOf(draft, 'reading-1').id });
      const second = await atelier.lesson('lessonCreate', input);
      expect(second.lesson.key).toBe('reading-1-3');
      expect(brief(second.version)).toBe('first: reading-1-2 reading-2 extra check reading-1-3');
      await expectDense(draft.id);
    });

    it.each([
      ['a package', { kind: 'PACKAGE' }, 'PACKAGE_BY_IMPORT'],
      ['a reading that is answered', { submission: 'FILE' }, 'NOT_AN_ACTIVITY'],
      ['a language that the course has not', { locale: 'de' }, 'LOCALE_NOT_IN_COURSE'],
      ['no minutes', { estimatedMinutes: 0 }, 'INVALID_FORMAT'],
      ['601 minutes', { estimatedMinutes: 601 }, 'INVALID_FORMAT'],
      ['a blank title', { title: '  ' }, 'REQUIRED'],
      ['a place before the first', { position: -1 }, 'INVALID_FORMAT'],
    ])('refuses %s', async (_what, changes, code) => {
      const draft = await aDraft();
      const input = { moduleId: draft.modules[0]!.id, kind: 'READING', title: 'X', ...changes };
      expect((await atelier.lesson('lessonCreate', input)).userErrors[0].code).toBe(code);
    });

    it('move within a module and to another; all others keep their ids and revisions', async () => {
      const draft = await aDraft();
      const { module } = await atelier.module('moduleCreate', { versionId: draft.id, title: 'Second' });
      const lessonId = lessonOf(draft, 'check').id;
      const move = async (moduleId: string, position?: number) =>
        brief((await atelier.lesson('lessonMove', { lessonId, moduleId, position })).version);
      const [first] = draft.modules;
      expect(await move(first!.id, 0)).toBe('first: check reading-1 reading-2 extra | second:');
      expect(await move(module.id)).toBe('first: reading-1 reading-2 extra | second: check');
      expect(await move(first!.id, 1)).toBe('first: reading-1 check reading-2 extra | second:');
      const after = await atelier.draft(draft.id);
      const identities = (some: Draft) =>
        some.modules.flatMap(({ lessons }) =>
          lessons.map(({ id, key, revision }) => `${id} ${key} ${revision}`),
        );
      expect(identities(after).sort()).toEqual(identities(draft).sort());
      await expectDense(draft.id);
    });

    it('do not move into another course', async () => {
      const [draft, other] = [await aDraft(), await aDraft()];
      const document = `mutation ($input: LessonMoveInput!) { lessonMove(input: $input) { lesson { id } } }`;
      const input = { lessonId: lessonOf(draft, 'check').id, moduleId: other.modules[0]!.id };
      expect(await trainer.errorCode(document, { input })).toBe('NOT_FOUND');
    });

    it('change what is no text; the revision rises with the minutes only', async () => {
      const draft = await aDraft();
      const lessonId = lessonOf(draft, 'reading-1').id;
      const change = async (changes: object) =>
        atelier.lesson('lessonSettingsUpdate', { lessonId, ...changes });
      expect((await change({ required: false })).lesson).toMatchObject({ required: false, revision: 1 });
      expect((await change({ estimatedMinutes: 9 })).lesson).toMatchObject({
        required: false,
        estimatedMinutes: 9,
        revision: 2,
      });
      expect((await change({ submission: 'FILE' })).userErrors[0].code).toBe('NOT_AN_ACTIVITY');
    });

    it('are copied whole under another key, with the questions of a quiz', async () => {
      const draft = await aDraft();
      const quiz = lessonOf(draft, 'check');
      const { lesson, version } = await atelier.lesson('lessonDuplicate', { lessonId: quiz.id });
      expect(lesson).toMatchObject({ key: 'check-2', title: 'Check (copy)', kind: 'QUIZ', revision: 1 });
      expect(brief(version)).toBe('first: reading-1 reading-2 extra check check-2');
      const QUESTIONS = `query ($id: ID!) { lesson(id: $id) { quiz { passPercent questionCount } questions { key }
        translation(locale: "fr") { title } } }`;
      const [original, copy] = [
        (await trainer.ask(QUESTIONS, { id: quiz.id })).lesson,
        (await trainer.ask(QUESTIONS, { id: lesson.id })).lesson,
      ];
      expect(copy).toEqual({ ...original, translation: { title: 'Vérification (copie)' } });
      await expectDense(draft.id);
    });

    it('come back whole after they were deleted, to their place', async () => {
      const draft = await aDraft();
      const row = async (id: string) => ({
        lesson: await app.sql('SELECT * FROM lesson WHERE id = $1', [id]),
        questions: await app.sql('SELECT * FROM quiz_question WHERE lesson_id = $1 ORDER BY position', [id]),
      });
      for (const key of ['reading-2', 'check']) {
        const { id } = lessonOf(draft, key);
        const before = await row(id);
        const { lesson, version } = await atelier.lesson('lessonDelete', { lessonId: id });
        expect(lesson).toBeNull();
        expect(brief(version)).not.toContain(key);
        await expectDense(draft.id);
        const { courseVersion } = await trainer.ask(
          `query ($id: ID!) { courseVersion(id: $id) { deletedParts { id isModule title } } }`,
          { id: draft.id },
        );
        expect(courseVersion.deletedParts).toEqual([
          { id, isModule: false, title: key === 'check' ? 'Check' : 'Reading 2' },
        ]);
        const back = await atelier.lesson('lessonRestore', { lessonId: id });
        expect(brief(back.version)).toBe('first: reading-1 reading-2 extra check');
        expect(await row(id)).toEqual(before);
        // Pressed twice is once.
        const deletions = await Promise.allSettled([
          atelier.lesson('lessonDelete', { lessonId: id }),
          atelier.lesson('lessonDelete', { lessonId: id }),
        ]);
        expect(deletions.some(({ status }) => status === 'fulfilled')).toBe(true);
        const twice = await Promise.allSettled([
          atelier.lesson('lessonRestore', { lessonId: id }),
          atelier.lesson('lessonRestore', { lessonId: id }),
        ]);
        expect(twice.some(({ status }) => status === 'fulfilled')).toBe(true);
        expect(brief(await atelier.draft(draft.id))).toBe('first: reading-1 reading-2 extra check');
      }
    });

    it('come back into the last module when their own is gone, and not beside what an import brought', async () => {
      const course = await aCourse(trainer);
      const draft = await atelier.draftOf(course.id);
      const { id } = lessonOf(draft, 'extra');
      await atelier.lesson('lessonDelete', { lessonId: id });
      await atelier.module('moduleDelete', { moduleId: draft.modules[0]!.id });
      const restore = () => atelier.lesson('lessonRestore', { lessonId: id });
      expect((await restore()).userErrors[0].code).toBe('NO_MODULE');
      await atelier.module('moduleCreate', { versionId: draft.id, title: 'Other' });
      expect(brief((await restore()).version)).toBe('other: extra');
      await atelier.lesson('lessonDelete', { lessonId: id });
      await trainer.mutate(
        'courseImport',
        'CourseImportInput',
        { slug: course.slug, files: courseFiles() },
        'version { id }',
      );
      expect((await restore()).userErrors[0].code).toBe('ALREADY_BACK');
    });
  });

  describe('modules', () => {
    it('are added, renamed in a language, moved, deleted with their lessons and brought back', async () => {
      const draft = await aDraft();
      const [first] = draft.modules;
      const { module } = await atelier.module('moduleCreate', {
        versionId: draft.id,
        title: 'First',
        summary: 'Again.',
        position: 0,
      });
      expect(module).toMatchObject({ key: 'first-2', summary: 'Again.' });
      const renamed = await atelier.module('moduleUpdate', {
        moduleId: module.id,
        locale: 'fr',
        title: 'Début',
        summary: '',
      });
      expect(renamed.module).toMatchObject({ title: 'First', summary: 'Again.' });
      const moved = await atelier.module('moduleMove', { moduleId: module.id, position: 99 });
      expect(brief(moved.version)).toBe('first: reading-1 reading-2 extra check | first-2:');
      const before = await app.sql('SELECT * FROM lesson WHERE version_id = $1 ORDER BY position', [
        draft.id,
      ]);
      const deleted = await atelier.module('moduleDelete', { moduleId: first!.id });
      expect(deleted.module).toBeNull();
      expect(brief(deleted.version)).toBe('first-2:');
      const back = await atelier.module('moduleRestore', { moduleId: first!.id });
      expect(brief(back.version)).toBe(brief(moved.version));
      expect(
        await app.sql('SELECT * FROM lesson WHERE version_id = $1 ORDER BY position', [draft.id]),
      ).toEqual(before);
      await expectDense(draft.id);
    });
  });

  it('is for the trainers of the course, and of drafts only', async () => {
    const course = await aCourse(trainer);
    const published = course.lessons[0]!.id;
    const [{ module_id: moduleId }] = (await app.sql('SELECT module_id FROM lesson WHERE id = $1', [
      published,
    ])) as [{ module_id: string }];
    const calls: [string, (who: ReturnType<typeof studio>) => Promise<any>][] = [
      ['create', (who) => who.lesson('lessonCreate', { moduleId, kind: 'READING', title: 'X' })],
      ['settings', (who) => who.lesson('lessonSettingsUpdate', { lessonId: published, required: false })],
      ['move', (who) => who.lesson('lessonMove', { lessonId: published, moduleId })],
      ['duplicate', (who) => who.lesson('lessonDuplicate', { lessonId: published })],
      ['delete', (who) => who.lesson('lessonDelete', { lessonId: published })],
      ['add a module', (who) => who.module('moduleCreate', { versionId: course.versionId, title: 'X' })],
      ['rename', (who) => who.module('moduleUpdate', { moduleId, title: 'X' })],
      ['move a module', (who) => who.module('moduleMove', { moduleId, position: 0 })],
      ['delete a module', (who) => who.module('moduleDelete', { moduleId })],
      ['update', (who) => who.update({ versionId: course.versionId, locale: 'en', title: 'X' })],
      ['add a language', (who) => who.locale('courseLocaleAdd', course.versionId, 'de')],
      ['remove a language', (who) => who.locale('courseLocaleRemove', course.versionId, 'fr')],
    ];
    const rival = studio(await aPerson(app, { roles: ['TRAINER'] }));
    for (const [what, call] of calls) {
      const { userErrors } = await call(atelier);
      expect([what, userErrors[0]?.code]).toEqual([what, 'VERSION_PUBLISHED']);
      await expect(call(rival)).rejects.toThrow('FORBIDDEN');
    }
  });

  it('loses nothing when two trainers change it at the same moment', async () => {
    const draft = await aDraft();
    const colleague = await aPerson(app, { roles: ['ADMIN'] });
    const both = [atelier, studio(colleague)];
    const { module } = await atelier.module('moduleCreate', { versionId: draft.id, title: 'Second' });
    const [moduleId, second] = [draft.modules[0]!.id, module.id];
    await Promise.all(
      Array.from({ length: 24 }, (_, index) => {
        const who = both[index % 2]!;
        if (index % 4 === 0) return who.lesson('lessonCreate', { moduleId, kind: 'READING', title: 'New' });
        if (index % 4 === 1) return who.lesson('lessonDuplicate', { lessonId: lessonOf(draft, 'check').id });
        if (index % 4 === 2) return who.module('moduleMove', { moduleId: second, position: index % 3 });
        return who.lesson('lessonMove', {
          lessonId: lessonOf(draft, 'reading-1').id,
          moduleId: index % 8 === 3 ? second : moduleId,
          position: index % 5,
        });
      }),
    );
    const after = await atelier.draft(draft.id);
    const keys = after.modules.flatMap(({ lessons }) => lessons.map(({ key }) => key));
    expect(keys).toHaveLength(4 + 6 + 6);
    expect(new Set(keys).size).toBe(16);
    await expectDense(draft.id);
  });

  it('asks as many statements of a course of 500 lessons as of one of four', async () => {
    const counts: Record<string, number>[] = [];
    for (const readings of [2, 498]) {
      const draft = await atelier.draftOf((await aCourse(trainer)).id);
      const moduleId = draft.modules[0]!.id;
      // Straight into the tables: adding them one by one is not what is measured.
      await app.sql(
        `INSERT INTO lesson (id, version_id, module_id, key, position, kind, required, estimated_minutes, titles, bodies)
         SELECT gen_random_uuid(), $1, $2, 'more-' || n, n + 3, 'READING', true, 5, '{"en": "More"}', '{}'
           FROM generate_series(1, $3::int) AS n`,
        [draft.id, moduleId, readings],
      );
      const count = async (work: () => Promise<unknown>): Promise<number> =>
        (await recordStatements(app, work)).statements.length;
      const lessonId = lessonOf(draft, 'check').id;
      const call = (name: string, input: string) =>
        count(() => trainer.ask(`mutation { ${name}(input: { ${input} }) { userErrors { code } } }`));
      const one = `lessonId: "${lessonId}"`;
      counts.push({
        outline: await count(() => atelier.draft(draft.id)),
        create: await call('lessonCreate', `moduleId: "${moduleId}", kind: READING, title: "X", position: 0`),
        settings: await call('lessonSettingsUpdate', `${one}, required: false`),
        move: await call('lessonMove', `${one}, moduleId: "${moduleId}", position: 0`),
        duplicate: await call('lessonDuplicate', one),
        delete: await call('lessonDelete', one),
        restore: await call('lessonRestore', one),
        moveModule: await call('moduleMove', `moduleId: "${moduleId}", position: 0`),
        checklist: await count(() => atelier.checklist(draft.id)),
      });
    }
    expect(counts[1]).toEqual(counts[0]);
    for (const each of Object.values(counts[1]!)) expect(each).toBeLessThanOrEqual(16);
    expect(counts[1]).toMatchObject({ move: 11, settings: 9 });
  });
});
