import type { Response } from 'supertest';
import { EXPORT_FORMATS } from '../../src/features/formats/export/formats.js';
import { zipOf } from '../../src/features/formats/export/zip.js';
import type { ExportFormat } from '../../src/features/formats/export/export-format.js';
import { aCourse, aPerson, publishNewVersion, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Writes what it was given. */
const asJson: ExportFormat = {
  name: 'TEST_JSON',
  mediaType: 'application/json',
  extension: 'json',
  write: async (course, _files, locale) => Buffer.from(JSON.stringify({ ...course, asked: locale })),
};
const asZip: ExportFormat = {
  name: 'TEST_ZIP',
  mediaType: 'application/zip',
  extension: 'zip',
  write: async ({ slug, modules }) =>
    zipOf(
      new Map<string, string | Buffer>([
        ['b.txt', slug],
        ...modules.map(({ key }) => [`a/${key}`, key] as const),
      ]),
    ),
};

describe('exporting a course', () => {
  let app: TestApp;
  let trainer: Client;
  let course: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    course = await aCourse(trainer);
    EXPORT_FORMATS.push(asJson, asZip);
  });
  afterAll(async () => {
    for (const format of [asJson, asZip]) EXPORT_FORMATS.splice(EXPORT_FORMATS.indexOf(format), 1);
    await app.close();
  });

  const get = (what: string, who: Client = trainer): Promise<Response> => who.get(`/studio-export/${what}`);
  const titleOf = ({ body }: Response): string => body.modules[0].lessons[0].title.en as string;

  it('gives the draft, what is published, or a version, as a file with a name', async () => {
    await publishNewVersion(trainer, course);
    const { version } = await trainer.mutate(
      'courseDraftCreate',
      'CourseDraftCreateInput',
      { courseId: course.id },
      'version { id modules { lessons { id } } }',
    );
    const input = { lessonId: version.modules[0].lessons[0].id, locale: 'en', title: 'In the draft' };
    await trainer.mutate('lessonUpdate', 'LessonUpdateInput', input, 'lesson { id }');

    const draft = await get(`${course.slug}/test_json?locale=fr`);
    expect(draft.headers['content-type']).toMatch('application/json');
    expect(draft.headers['content-disposition']).toBe(`attachment; filename="${course.slug}-v3.json"`);
    expect(draft.headers['cache-control']).toBe('private, no-store');
    expect(draft.body).toMatchObject({ slug: course.slug, asked: 'fr', locales: ['en', 'fr'] });
    expect(titleOf(draft)).toBe('In the draft');
    expect(titleOf(await get(`${course.slug}/TEST_JSON?version=published`))).toBe('Rewritten');
    expect(titleOf(await get(`${course.slug}/TEST_JSON?version=${course.versionId}`))).toBe('Reading 1');
  });

  it('takes along the bank: questions that no quiz asks, and tags', async () => {
    const own = await aCourse(trainer);
    await app.sql(`UPDATE question SET tags = '{easy}' WHERE course_id = $1`, [own.id]);
    const copied = await app.sql<{ id: string }>(
      `INSERT INTO question (id, course_id, key, search_text) VALUES (gen_random_uuid(), $1, 'spare', '') RETURNING id`,
      [own.id],
    );
    await app.sql(
      `INSERT INTO question_version (id, question_id, number, kind, prompts, options, explanations, content_hash, created_at)
       SELECT gen_random_uuid(), $1, 1, kind, prompts, options, explanations, content_hash, now() FROM question_version LIMIT 1`,
      [copied[0]!.id],
    );
    const { body } = await get(`${own.slug}/test_json`);
    expect(body.questions.map(({ key }: { key: string }) => key)).toEqual(['spare']);
    const quiz = body.modules[0].lessons.find(({ kind }: { kind: string }) => kind === 'QUIZ').quiz;
    expect(quiz.questions.map(({ tags }: { tags: string[] }) => tags)).toEqual([
      ['easy'],
      ['easy'],
      ['easy'],
    ]);
  });

  it('packs the same course into the same bytes', async () => {
    const bytes = async (): Promise<Buffer> => {
      const chunks: Buffer[] = [];
      for await (const chunk of zipOf(
        new Map([
          ['b', '2'],
          ['a', '1'],
        ]),
      ))
        chunks.push(chunk as Buffer);
      return Buffer.concat(chunks);
    };
    const first = await bytes();
    await new Promise((resolve) => setTimeout(resolve, 2_100)); // a zip counts time in steps of two seconds
    expect((await bytes()).equals(first)).toBe(true);
    expect(first.indexOf('a')).toBeLessThan(first.indexOf('b'));
    const { headers, status } = await get(`${course.slug}/test_zip`);
    expect([status, headers['content-type']]).toEqual([200, 'application/zip']);
  });

  it('is for its trainers, and tells others no more than they know', async () => {
    const rival = await aPerson(app, { name: 'rival', roles: ['TRAINER'] });
    const secret = await aCourse(trainer);
    await app.sql('UPDATE course SET published_version_id = NULL WHERE id = $1', [secret.id]);
    const status = async (what: string, who: Client): Promise<number> => (await get(what, who)).status;
    expect(await status(`${course.slug}/test_json`, app.visitor())).toBe(401);
    expect(await status(`${course.slug}/test_json`, rival)).toBe(403);
    expect(await status(`${secret.slug}/test_json`, rival)).toBe(404);
    for (const what of [
      'nothing-here/test_json',
      `${course.slug}/UNKNOWN`,
      `${course.slug}/test_json?version=${secret.versionId}`,
      `${course.slug}/test_json?version=nonsense`,
      '%00/test_json',
    ])
      expect([what, await status(what, trainer)]).toEqual([what, 404]);
  });

  it('says what it can be downloaded as', async () => {
    const { course: found } = await trainer.ask(
      'query ($slug: String!) { course(slug: $slug) { exportFormats { name extension } } }',
      { slug: course.slug },
    );
    expect(found.exportFormats).toContainEqual({ name: 'TEST_JSON', extension: 'json' });
  });
});
