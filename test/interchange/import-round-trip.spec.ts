import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipped } from '../support/archives.js';
import { aPerson } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { aScormPackage, richCourse } from '../support/rich-course.js';
import { applyImport, sendImport } from '../support/sent-import.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('a course that leaves and comes back', () => {
  let app: TestApp;
  let dataDir: string;
  let trainer: Client;
  /** What left, by the name of the format. */
  const left = new Map<string, Buffer>();
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tremplin-round-trip-'));
    app = await startTestApp({ config: { dataDir } });
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    const content = await zipped(await richCourse());
    const sent = await sendImport(app, trainer, { name: 'rich.zip', content }, 'slug=first');
    expect(sent.problems.nodes).toEqual([]);
    expect(sent).toMatchObject({
      state: 'READY',
      format: 'MARKDOWN',
      summary: { lessons: 4, questions: 10 },
    });
    await applyImport(app, trainer, sent.id);
    for (const format of ['MARKDOWN', 'COMMON_CARTRIDGE', 'MOODLE_XML', 'GIFT'])
      left.set(format, await leave('first', format));
  });
  afterAll(async () => {
    await app.close();
    await rm(dataDir, { recursive: true });
  });

  const leave = async (slug: string, format: string): Promise<Buffer> => {
    const { status, body, text } = await trainer.download(`/studio-export/${slug}/${format}`);
    if (status !== 200) throw new Error(`${status} ${text}`);
    return body as Buffer;
  };
  const publishedHash = async (slug: string): Promise<string> => {
    const [draft] = await app.sql<{ id: string }>(
      'SELECT v.id FROM course_version v JOIN course c ON c.id = v.course_id WHERE c.slug = $1 AND v.published_at IS NULL',
      [slug],
    );
    const { version, userErrors } = await trainer.mutate(
      'courseVersionPublish',
      'CourseVersionPublishInput',
      { versionId: draft!.id },
      'version { contentHash }',
    );
    expect(userErrors).toEqual([]);
    return version.contentHash as string;
  };

  it('is the same bytes as Markdown, files included, and has the same hash once published', async () => {
    const content = left.get('MARKDOWN')!;
    const sent = await sendImport(app, trainer, { name: 'first.zip', content }, 'slug=second');
    expect(sent.problems.nodes).toEqual([]);
    expect((await applyImport(app, trainer, sent.id)).state).toBe('APPLIED');
    expect((await leave('second', 'MARKDOWN')).equals(content)).toBe(true);
    expect(await publishedHash('second')).toBe(await publishedHash('first'));
  });

  it.each([
    // QTI 1.2 has no sign for an order; a package leaves as a file.
    ['COMMON_CARTRIDGE', 'first.imscc', { lessons: 4, questions: 9, errors: 0 }],
    ['MOODLE_XML', 'first.xml', { lessons: 0, questions: 10, errors: 0 }],
    ['GIFT', 'first.txt', { lessons: 0, questions: 10, errors: 0 }],
  ])('is understood as %s', async (format, name, summary) => {
    const content = left.get(format)!;
    const sent = await sendImport(
      app,
      trainer,
      { name, content },
      `slug=${format.toLowerCase().replace('_', '-')}`,
    );
    expect(sent.problems.nodes.filter(({ severity }) => severity === 'ERROR')).toEqual([]);
    expect(sent).toMatchObject({ state: 'READY', format, summary });
  });

  it('keeps a package as it came, and serves it to nobody', async () => {
    const content = await aScormPackage();
    const sent = await sendImport(app, trainer, { name: 'safety.zip', content }, 'slug=safety');
    expect(sent).toMatchObject({ state: 'READY', format: 'SCORM', summary: { lessons: 1, errors: 0 } });
    expect((await applyImport(app, trainer, sent.id)).state).toBe('APPLIED');
    const [stored] = await app.sql<{ hash: string }>(
      `SELECT sha256 AS hash FROM stored_file WHERE media_type = 'application/zip' ORDER BY created_at DESC LIMIT 1`,
    );
    expect((await trainer.get(`/files/${stored!.hash}`)).status).toBe(404);
  });
});
