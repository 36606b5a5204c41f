import { aCourse, aPerson, courseFiles, enroll, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('reading courses', () => {
  let app: TestApp;
  let trainer: Client;
  let course: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    course = await aCourse(trainer, { title: 'Shown' });
  });
  afterAll(() => app.close());

  const read = async (who: Client, selection: string, slug = course.slug): Promise<any> =>
    (await who.ask(`query ($slug: String!) { course(slug: $slug) { ${selection} } }`, { slug })).course;

  describe('the list', () => {
    const PAGE = `query ($first: Int!, $after: String) { courses(first: $first, after: $after) {
      nodes { slug } edges { cursor } pageInfo { hasNextPage endCursor } } }`;

    it('comes page by page, each course once, drafts never', async () => {
      for (let more = 0; more < 4; more += 1) await aCourse(trainer);
      await trainer.mutate(
        'courseImport',
        'CourseImportInput',
        { slug: 'only-a-draft', files: courseFiles() },
        'version { id }',
      );
      const published = await app.sql<{ slug: string }>(
        'SELECT slug FROM course WHERE published_version_id IS NOT NULL ORDER BY id',
      );
      const seen: string[] = [];
      for (let after: string | null = null, more = true; more;) {
        const { courses } = await app.visitor().ask(PAGE, { first: 2, after });
        seen.push(...courses.nodes.map(({ slug }: { slug: string }) => slug));
        expect(courses.pageInfo.endCursor).toBe(courses.edges.at(-1).cursor);
        ({ endCursor: after, hasNextPage: more } = courses.pageInfo);
      }
      expect(seen).toEqual(published.map(({ slug }) => slug));
      expect(seen.length).toBeGreaterThanOrEqual(5);
      const all = await app.visitor().ask(PAGE, { first: seen.length });
      expect(all.courses.pageInfo.hasNextPage).toBe(false);
    });

    it('takes 1 to 100 at a time', async () => {
      for (const first of [-1, 0, 101])
        expect(await app.visitor().errorCode(PAGE, { first })).toBe('BAD_USER_INPUT');
      for (const first of [1, 100]) expect(await app.visitor().errorCode(PAGE, { first })).toBeUndefined();
    });

    it.each(['', 'nonsense', cursorOf('not-a-uuid'), cursorOf(''), cursorOf("' OR 1=1 --")])(
      'refuses a cursor that it never gave: %s',
      async (after) => {
        expect(await app.visitor().errorCode(PAGE, { first: 1, after })).toBe('BAD_USER_INPUT');
      },
    );
  });

  describe('lesson texts', () => {
    const bodies = async (who: Client): Promise<(string | null)[]> =>
      (await read(who, 'modules { lessons { bodyHtml } }')).modules[0].lessons.map(
        (lesson: any) => lesson.bodyHtml,
      );

    it('open with the first lesson to visitors, and wholly to who signs in', async () => {
      const forVisitor = await bodies(app.visitor());
      expect(forVisitor[0]).toContain('Some <strong>text</strong> 1.');
      expect(forVisitor.slice(1)).toEqual([null, null, null]);
      const forLearner = await bodies(await aPerson(app));
      expect(forLearner.slice(0, 3).every((html) => html!.startsWith('<p id="block-0">'))).toBe(true);
      expect(forLearner[3]).toBeNull(); // a quiz
    });

    it('stay closed to visitors as block trees too, and through the version', async () => {
      const { version } = await read(app.visitor(), 'version { modules { lessons { body } } }');
      expect(version.modules[0].lessons.map(({ body }: { body: unknown }) => body !== null)).toEqual([
        true,
        false,
        false,
        false,
      ]);
    });

    it('come in the reader’s language, else in the course’s', async () => {
      const selection = 'title summary outcomes modules { title lessons { title bodyHtml } }';
      const french = await read(await aPerson(app, { locale: 'fr' }), selection);
      expect(french).toMatchObject({
        title: 'Shown (fr)',
        summary: 'Une formation.',
        outcomes: ['Vous saurez.'],
      });
      expect(french.modules[0]).toMatchObject({ title: 'Premier' });
      expect(french.modules[0].lessons[0].bodyHtml).toContain('Du <strong>texte</strong> 1.');

      const slug = 'french-only';
      const files = courseFiles({ title: 'Shown' })
        .filter(({ path }) => path.endsWith('.en.md'))
        .map(({ path, text }) => ({
          path: path.replace('.en.md', '.fr.md'),
          text: text.replace('defaultLocale: en', 'defaultLocale: fr'),
        }));
      const { version } = await trainer.mutate(
        'courseImport',
        'CourseImportInput',
        { slug, files },
        'version { id locales }',
      );
      expect(version.locales).toEqual(['fr']);
      await trainer.mutate(
        'courseVersionPublish',
        'CourseVersionPublishInput',
        { versionId: version.id },
        'version { id }',
      );
      const fallback = await read(app.visitor({ locale: 'en' }), selection, slug);
      expect(fallback).toMatchObject({ title: 'Shown', outcomes: ['You will know.'] });
      expect(fallback.modules[0].lessons[0].bodyHtml).toContain('Some <strong>text</strong> 1.');
    });
  });

  it('hides a draft from everyone but its trainers', async () => {
    const slug = 'unseen-draft';
    await trainer.mutate(
      'courseImport',
      'CourseImportInput',
      { slug, files: courseFiles() },
      'version { id }',
    );
    expect(await read(app.visitor(), 'id', slug)).toBeNull();
    expect(await read(await aPerson(app, { roles: ['TRAINER'] }), 'id', slug)).toBeNull();
    expect(await read(trainer, 'slug title', slug)).toEqual({ slug, title: 'Small course' });
    expect(await app.visitor().errorCode(`{ course(slug: "${course.slug}") { versions { id } } }`)).toBe(
      'UNAUTHENTICATED',
    );
    expect(
      await (await aPerson(app)).errorCode(`{ course(slug: "${course.slug}") { versions { id } } }`),
    ).toBe('FORBIDDEN');
  });

  describe('a published version, to whoever reaches the database as the product does', () => {
    const versionRow = `(SELECT published_version_id FROM course WHERE slug = 'frozen')`;
    const lesson = (key: string): string =>
      `(SELECT id FROM lesson WHERE version_id = ${versionRow} AND key = '${key}')`;
    const draft = `(SELECT v.id FROM course_version v JOIN course c ON c.id = v.course_id WHERE c.slug = 'frozen' AND published_at IS NULL)`;
    const draftLesson = `(SELECT id FROM lesson WHERE version_id = ${draft} AND key = 'check')`;
    const snapshot = (): Promise<unknown[]> =>
      app.sql(`SELECT (SELECT json_agg(v ORDER BY id) FROM course_version v WHERE published_at IS NOT NULL) AS versions,
        (SELECT json_agg(m ORDER BY id) FROM course_module m) AS modules, (SELECT json_agg(l ORDER BY id) FROM lesson l) AS lessons,
        (SELECT json_agg(q ORDER BY lesson_id, position) FROM quiz_question q) AS quizzes,
        (SELECT json_agg(v ORDER BY id) FROM question_version v) AS questions`);
    beforeAll(async () => {
      const frozen = await aCourse(trainer, { slug: 'frozen' });
      await enroll(await aPerson(app), frozen.id);
      await trainer.mutate(
        'courseDraftCreate',
        'CourseDraftCreateInput',
        { courseId: frozen.id },
        'version { id }',
      );
    });

    it.each([
      `UPDATE course_version SET titles = '{"en": "x"}' WHERE id = ${versionRow}`,
      `UPDATE course_version SET published_at = NULL, content_hash = NULL WHERE id = ${versionRow}`,
      `DELETE FROM course_version WHERE id = ${versionRow}`,
      `TRUNCATE course_version CASCADE`,
      `UPDATE course_module SET titles = '{"en": "x"}' WHERE version_id = ${versionRow}`,
      `UPDATE course_module SET version_id = ${draft} WHERE version_id = ${versionRow}`,
      `DELETE FROM course_module WHERE version_id = ${versionRow}`,
      `INSERT INTO course_module (id, version_id, key, position, titles, summaries) VALUES (gen_random_uuid(), ${versionRow}, 'new', 9, '{}', '{}')`,
      `TRUNCATE course_module CASCADE`,
      `UPDATE lesson SET required = false WHERE id = ${lesson('reading-1')}`,
      `UPDATE lesson SET version_id = ${draft}, key = 'stolen' WHERE id = ${lesson('reading-1')}`,
      `UPDATE lesson SET version_id = ${versionRow}, key = 'smuggled' WHERE id = ${draftLesson}`,
      `DELETE FROM lesson WHERE id = ${lesson('extra')}`,
      `INSERT INTO lesson SELECT gen_random_uuid(), version_id, module_id, 'new', 99, kind, required, estimated_minutes, titles, bodies, quiz_pass_percent
         FROM lesson WHERE id = ${lesson('reading-1')}`,
      `TRUNCATE lesson CASCADE`,
      `UPDATE quiz_question SET position = position + 10 WHERE lesson_id = ${lesson('check')}`,
      `UPDATE quiz_question SET lesson_id = ${lesson('check')}, position = position + 10 WHERE lesson_id = ${draftLesson}`,
      `DELETE FROM quiz_question WHERE lesson_id = ${lesson('check')}`,
      `INSERT INTO quiz_question SELECT ${lesson('check')}, id, 99 FROM question_version WHERE id NOT IN (SELECT question_version_id FROM quiz_question) LIMIT 1`,
      `TRUNCATE quiz_question`,
      `UPDATE question_version SET options = '[]'`,
      `DELETE FROM question_version`,
      `INSERT INTO question_version SELECT gen_random_uuid(), question_id, number, kind, prompts, '[]', explanations, content_hash, created_at FROM question_version`,
      `TRUNCATE question_version CASCADE`,
      `TRUNCATE question CASCADE`,
      `TRUNCATE course CASCADE`,
      `DELETE FROM course WHERE slug = 'frozen'`,
    ])('refuses: %s', async (statement) => {
      // A question that no quiz asks yet, so that each statement has a row to act on.
      await app.sql(`INSERT INTO question_version SELECT gen_random_uuid(), question_id, (SELECT max(number) + 1 FROM question_version), kind, prompts,
        options, explanations, content_hash, created_at FROM question_version LIMIT 1`);
      const before = await snapshot();
      await expect(app.sql(statement)).rejects.toThrow(/published|append-only|violates/);
      expect(await snapshot()).toEqual(before);
    });
  });
});

function cursorOf(key: string): string {
  return Buffer.from(`k:${key}`).toString('base64url');
}
