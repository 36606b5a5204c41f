import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportFormat } from '../../src/features/formats/import/import-format.js';
import { IMPORT_FORMATS } from '../../src/features/formats/import/formats.js';
import { ImportRuns } from '../../src/features/interchange/import-runs.service.js';
import { UploadStore } from '../../src/features/interchange/upload-store.js';
import { HousekeepingDue } from '../../src/platform/outbox/housekeeping.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { Database } from '../../src/platform/database/database.js';
import { zipped } from '../support/archives.js';
import { aCourse, aPerson } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { courseFolder } from '../support/course-folder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let serial = 0;
const aSlug = (): string => `sent-${(serial += 1)}`;
const HEADERS = { 'x-tremplin-upload': '1', 'x-file-name': 'course.zip' };
const JOB = `id slug fileName state step progressPercent format failure isNewCourse course { slug } version { id number }
  summary { modules lessons questions bankQuestions errors warnings }
  problems(first: 100) { nodes { file line severity code message } pageInfo { hasNextPage endCursor } }`;

/** Gives control over a reading: a format of questions whose files begin with `TEST`. */
class TestFormat implements ImportFormat {
  name = 'TEST';
  readings = 0;
  /** Awaited by each reading. */
  pause: (reading: number) => Promise<void> = async () => {};
  recognizes: ImportFormat['recognizes'] = async (source) =>
    source.paths.length === 1 && (await source.read(source.paths[0]!)).toString().startsWith('TEST');
  read: ImportFormat['read'] = async (source, { progress }) => {
    const text = (await source.read(source.paths[0]!)).toString();
    this.readings += 1;
    await this.pause(this.readings);
    progress(0.5);
    const option = (key: string, correct: boolean) => ({ key, text: { en: key }, feedback: null, correct });
    const questions = text
      .split(' ')
      .slice(1)
      .map((word) => ({
        key: word.split('=')[0]!,
        kind: 'SINGLE_CHOICE' as const,
        prompt: {
          en: {
            type: 'doc' as const,
            content: [{ type: 'paragraph', content: [{ type: 'text', text: word }] }],
          },
        },
        options: [option('a', true), option('b', false)],
        explanation: null,
        tags: ['test'],
      }));
    return { course: null, questions: questions as never, problems: [] };
  };
}

describe('importing an uploaded file', () => {
  let app: TestApp;
  let dataDir: string;
  let trainer: Client & { personId: string };
  let rival: Client & { personId: string };
  const format = new TestFormat();
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tremplin-import-'));
    app = await startTestApp({ config: { dataDir } });
    trainer = await aPerson(app, { name: 'trainer', roles: ['TRAINER'] });
    rival = await aPerson(app, { name: 'rival', roles: ['TRAINER'] });
    IMPORT_FORMATS.push(format);
  });
  afterAll(async () => {
    IMPORT_FORMATS.splice(IMPORT_FORMATS.indexOf(format), 1);
    await app.close();
    await rm(dataDir, { recursive: true });
  });
  beforeEach(async () => {
    format.pause = async () => {};
    format.readings = 0;
    // Each case has room of its own.
    await app.sql(
      `UPDATE course_import SET state = 'CANCELED' WHERE state IN ('UPLOADED', 'READY', 'READING')`,
    );
  });

  const courseZip = (replaced: Record<string, string> = {}, top = ''): Promise<Buffer> =>
    zipped(courseFolder(replaced).map(({ path, text }) => ({ path: top + path, content: text })));
  const send = (
    content: Buffer,
    query: string,
    { who = trainer, headers = {} }: { who?: Pick<Client, 'upload'>; headers?: Record<string, string> } = {},
  ) => who.upload(`/imports?${query}`, content, { ...HEADERS, ...headers });
  const sent = async (content: Buffer, query: string, options = {}): Promise<string> => {
    const { body, status } = await send(content, query, options);
    if (status !== 201) throw new Error(JSON.stringify(body));
    return body.id as string;
  };
  const jobOf = async (id: string, who: Client = trainer): Promise<any> =>
    (await who.ask(`query ($id: ID!) { courseImportJob(id: $id) { ${JOB} } }`, { id })).courseImportJob;
  const apply = (jobId: string, more: object = {}, who: Client = trainer): Promise<any> =>
    who.mutate('courseImportApply', 'CourseImportApplyInput', { jobId, ...more }, `job { ${JOB} }`);
  const cancel = (jobId: string, who: Client = trainer): Promise<any> =>
    who.mutate('courseImportCancel', 'CourseImportCancelInput', { jobId }, `job { ${JOB} }`);
  const lessonKeys = async (slug: string): Promise<string[]> =>
    (
      await app.sql<{ key: string }>(
        `SELECT lesson.key FROM lesson JOIN course_version v ON v.id = lesson.version_id JOIN course c ON c.id = v.course_id
          WHERE c.slug = $1 AND v.published_at IS NULL ORDER BY lesson.position`,
        [slug],
      )
    ).map(({ key }) => key);

  it('reports first, changes nothing, and then makes the course as it was reported', async () => {
    const slug = aSlug();
    const id = await sent(await courseZip({ 'notes.txt': 'Milk.' }, 'my-course/'), `slug=${slug}`);
    expect(await jobOf(id)).toMatchObject({
      state: 'UPLOADED',
      fileName: 'course.zip',
      summary: null,
      isNewCourse: true,
    });
    expect(await app.drainOutbox()).toEqual([]);

    const ready = await jobOf(id);
    expect(ready).toMatchObject({
      state: 'READY',
      format: 'MARKDOWN',
      progressPercent: 100,
      failure: null,
      course: null,
    });
    expect(ready.summary).toEqual({
      modules: 1,
      lessons: 2,
      questions: 2,
      bankQuestions: 0,
      errors: 0,
      warnings: 1,
    });
    expect(ready.problems.nodes).toMatchObject([{ file: 'my-course/notes.txt', code: 'FILE_UNKNOWN' }]);
    expect(await app.sql('SELECT 1 FROM course WHERE slug = $1', [slug])).toEqual([]);

    expect((await apply(id)).job.state).toBe('APPLYING');
    expect(await app.drainOutbox()).toEqual([]);
    const applied = await jobOf(id);
    expect(applied).toMatchObject({ state: 'APPLIED', course: { slug }, version: { number: 1 } });
    expect(await lessonKeys(slug)).toEqual(['photos', 'check']);
    expect((await apply(id)).userErrors[0].code).toBe('IMPORT_ALREADY_APPLIED');
    const listed = await trainer.ask('{ courseImportJobs(first: 1) { nodes { id state } } }');
    expect(listed.courseImportJobs.nodes).toEqual([{ id, state: 'APPLIED' }]);
  });

  it('replaces the draft of a course and leaves what is published as it is', async () => {
    const course = await aCourse(trainer);
    const id = await sent(await courseZip(), `course=${course.id}`);
    await app.drainOutbox();
    expect(await jobOf(id)).toMatchObject({ state: 'READY', isNewCourse: false, slug: course.slug });
    await apply(id);
    await app.drainOutbox();
    expect((await jobOf(id)).version.number).toBe(2);
    expect(await lessonKeys(course.slug)).toEqual(['photos', 'check']);
    const published = await app.sql<{ key: string }>(
      'SELECT key FROM lesson WHERE version_id = $1 ORDER BY position',
      [course.versionId],
    );
    expect(published.map(({ key }) => key)).toEqual(course.lessons.map(({ key }) => key));
  });

  it('applies once, of two tabs that ask at the same time', async () => {
    const slug = aSlug();
    const id = await sent(await courseZip(), `slug=${slug}`);
    await app.drainOutbox();
    const answers = await Promise.all([apply(id), apply(id)]);
    expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? 'DONE').sort()).toEqual([
      'DONE',
      'IMPORT_ALREADY_APPLIED',
    ]);
    // And of two workers that have the same job.
    await Promise.all([app.get(ImportRuns).apply(id), app.get(ImportRuns).apply(id)]);
    expect((await jobOf(id)).state).toBe('APPLIED');
    expect(await app.sql('SELECT 1 FROM course WHERE slug = $1', [slug])).toHaveLength(1);
  });

  it('begins again after its worker was killed, and the dead run changes nothing when it wakes', async () => {
    let wake = (): void => {};
    format.pause = (reading) =>
      reading === 1 ? new Promise((resolve) => (wake = resolve)) : Promise.resolve();
    const id = await sent(Buffer.from('TEST q1'), `slug=${aSlug()}`);
    const dead = app.get(ImportRuns).read(id);
    while (format.readings === 0) await new Promise((resolve) => setImmediate(resolve));
    expect((await jobOf(id)).state).toBe('READING');
    await app.drainOutbox();
    expect(format.readings).toBe(2);
    const ready = await jobOf(id);
    expect(ready.state).toBe('READY');
    await app.sql(`UPDATE course_import SET format = 'KEPT' WHERE id = $1`, [id]);
    wake();
    await dead;
    expect((await jobOf(id)).format).toBe('KEPT');
    expect((await readdir(join(dataDir, 'uploads', id))).sort()).toEqual(['upload']);
  });

  it('gives up a file that ends its worker again and again', async () => {
    const id = await sent(Buffer.from('TEST q1'), `slug=${aSlug()}`);
    await app.sql(`UPDATE course_import SET tries = 3, state = 'READING' WHERE id = $1`, [id]);
    await app.drainOutbox();
    expect(await jobOf(id)).toMatchObject({
      state: 'FAILED',
      failure: expect.stringMatching(/fault on our side/),
    });
    expect(format.readings).toBe(0);
  });

  it('can be given up while it is read, and deletes the file', async () => {
    let wake = (): void => {};
    format.pause = () => new Promise((resolve) => (wake = resolve));
    const id = await sent(Buffer.from('TEST q1'), `slug=${aSlug()}`);
    const reading = app.get(ImportRuns).read(id);
    while (format.readings === 0) await new Promise((resolve) => setImmediate(resolve));
    expect((await cancel(id)).job.state).toBe('CANCELED');
    wake();
    await reading;
    expect(await jobOf(id)).toMatchObject({ state: 'CANCELED', summary: null });
    expect(await readdir(join(dataDir, 'uploads'))).not.toContain(id);
    expect((await apply(id)).userErrors[0].code).toBe('IMPORT_NOT_READY');
    expect((await cancel(id)).userErrors[0].code).toBe('IMPORT_ENDED');
  });

  it('puts questions into the bank, and into a quiz at the end where it is wanted', async () => {
    const course = await aCourse(trainer);
    const first = await sent(Buffer.from('TEST uno due'), `course=${course.id}`);
    await app.drainOutbox();
    expect((await jobOf(first)).summary).toMatchObject({ lessons: 0, questions: 2, bankQuestions: 2 });
    await apply(first);
    await app.drainOutbox();
    expect(await jobOf(first)).toMatchObject({ state: 'APPLIED', version: null });
    const bank = (): Promise<{ key: string; versions: number }[]> =>
      app.sql(
        `SELECT question.key, count(*)::int AS versions FROM question JOIN question_version v ON v.question_id = question.id
          WHERE course_id = $1 AND 'test' = ANY(tags) GROUP BY 1 ORDER BY 1`,
        [course.id],
      );
    expect(await bank()).toEqual([
      { key: 'due', versions: 1 },
      { key: 'uno', versions: 1 },
    ]);

    const second = await sent(Buffer.from('TEST uno due=changed tre'), `course=${course.id}`);
    await app.drainOutbox();
    const told = (await jobOf(second)).problems.nodes;
    expect(told.filter(({ code }: { code: string }) => code === 'QUESTION_REPLACED')).toHaveLength(1);
    await apply(second, { quiz: { moduleTitle: 'First', lessonTitle: 'Épreuve finale' } });
    await app.drainOutbox();
    expect((await bank()).map(({ versions }) => versions)).toEqual([2, 1, 1]);
    expect((await lessonKeys(course.slug)).at(-1)).toBe('epreuve-finale');
    const modules = await app.sql(
      'SELECT 1 FROM course_module m JOIN course_version v ON v.id = m.version_id WHERE v.course_id = $1 AND v.published_at IS NULL',
      [course.id],
    );
    expect(modules).toHaveLength(1);

    const slug = aSlug();
    const fresh = await sent(Buffer.from('TEST one'), `slug=${slug}&locale=en`);
    await app.drainOutbox();
    await apply(fresh, { quiz: { moduleTitle: 'Quiz', lessonTitle: 'Quiz' } });
    await app.drainOutbox();
    expect(await lessonKeys(slug)).toEqual(['quiz']);
  });

  it('makes no quiz of a file without questions for the bank', async () => {
    const id = await sent(await courseZip(), `slug=${aSlug()}`);
    await app.drainOutbox();
    const { userErrors } = await apply(id, { quiz: { moduleTitle: 'A', lessonTitle: 'B' } });
    expect(userErrors[0].code).toBe('IMPORT_WITHOUT_QUESTIONS');
  });

  it.each([
    ['a truncated zip', async () => (await courseZip()).subarray(0, 300), /abîmée/],
    ['a bomb', () => zipped([{ path: 'course.en.md', content: Buffer.alloc(20_000_000) }]), /nuire/],
    ['what no format knows', async () => Buffer.from('Dear diary'), /aucun/i],
    ['no course', () => zipped([{ path: 'a.txt', content: 'x' }]), /aucun/i],
    ['an image with the name of a zip', async () => Buffer.from('89504e470d0a1a0a', 'hex'), /aucun/i],
    [
      '10,001 files',
      () => zipped(Array.from({ length: 10_001 }, (_, index) => ({ path: `${index}.md`, content: '' }))),
      /10.000 fichiers/,
    ],
  ])('says in the trainer’s language why it takes nothing of %s', async (_what, make, why) => {
    const french = await aPerson(app, { name: 'formatrice', roles: ['TRAINER'], locale: 'fr' });
    const id = await sent(await make(), `slug=${aSlug()}`, { who: french });
    expect(await app.drainOutbox()).toEqual([]);
    const job = await jobOf(id, french);
    expect(job).toMatchObject({ state: 'FAILED', failure: expect.stringMatching(why) });
    expect((await apply(id, {}, french)).userErrors[0].code).toBe('IMPORT_NOT_READY');
  });

  it('lists what it leaves out of a hostile archive, page by page, and takes the rest', async () => {
    const files = [
      ...courseFolder().map(({ path, text }) => ({ path, content: text })),
      ...Array.from({ length: 120 }, (_, index) => ({ path: `01-basics/x${index}.exe`, content: 'MZ' })),
      { path: 'link', content: '../../etc/passwd', mode: 0o120777 },
    ];
    const slug = aSlug();
    const id = await sent(await zipped(files), `slug=${slug}`);
    await app.drainOutbox();
    const { summary, problems, state } = await jobOf(id);
    expect(state).toBe('READY');
    expect(summary).toMatchObject({ lessons: 2, errors: 1, warnings: 120 });
    expect(problems.pageInfo.hasNextPage).toBe(true);
    const { courseImportJob } = await trainer.ask(
      `query ($id: ID!, $after: String) { courseImportJob(id: $id) { problems(first: 100, after: $after) { nodes { code } }
        errors: problems(first: 10, severity: ERROR) { nodes { code file } } } }`,
      { id, after: problems.pageInfo.endCursor },
    );
    expect(courseImportJob.problems.nodes).toHaveLength(21);
    expect(courseImportJob.errors.nodes).toEqual([{ code: 'FILE_IS_LINK', file: 'link' }]);
  });

  it('reads a zip of 10,000 files, and lists no more problems than a person can mend', async () => {
    const files = Array.from({ length: 9_999 }, (_, index) => ({ path: `01-a/${index}.md`, content: '' }));
    const id = await sent(
      await zipped([{ path: 'course.en.md', content: '---\n---' }, ...files]),
      `slug=${aSlug()}`,
    );
    await app.drainOutbox();
    const { state, problems } = await jobOf(id);
    expect([state, problems.nodes[0].code]).toEqual(['FAILED', 'TOO_MANY_PROBLEMS']);
  });

  it('refuses before the file comes in what could not go where it is wanted', async () => {
    const zip = await courseZip();
    const { slug, id } = await aCourse(trainer);
    const refused = async (query: string, options = {}) => {
      const { status, body } = await send(zip, query, options);
      return [status, body.error.code];
    };
    expect(await refused(`slug=${slug}`)).toEqual([422, 'IMPORT_SLUG_TAKEN']);
    expect(await refused('slug=import')).toEqual([422, 'IMPORT_SLUG_RESERVED']);
    expect(await refused('slug=No%20Spaces')).toEqual([422, 'INVALID_FORMAT']);
    expect(await refused('')).toEqual([422, 'REQUIRED']);
    expect(await refused(`course=${id}`, { who: rival })).toEqual([403, 'FORBIDDEN']);
    expect(await refused(`slug=${aSlug()}`, { who: await aPerson(app) })).toEqual([403, 'FORBIDDEN']);
    expect(await refused(`slug=${aSlug()}`, { who: app.visitor() })).toEqual([401, 'UNAUTHENTICATED']);
    expect(await refused(`slug=${aSlug()}`, { headers: { 'x-tremplin-upload': '' } })).toEqual([
      403,
      'FORBIDDEN',
    ]);
    expect(await refused(`slug=${aSlug()}`, { headers: { 'x-file-name': '%00' } })).toEqual([
      422,
      'REQUIRED',
    ]);
    expect((await send(Buffer.alloc(0), `slug=${aSlug()}`)).body.error.message).toMatch(/empty/);
  });

  it('keeps nothing of what is larger than allowed, announced or not', async () => {
    const store = app.get(UploadStore);
    const usual = store.limits;
    const before = await readdir(join(dataDir, 'uploads'));
    store.limits = { ...usual, uploadBytes: 1_000 };
    try {
      const announced = await send(Buffer.alloc(1_001), `slug=${aSlug()}`);
      expect([announced.status, announced.body.error.message]).toEqual([
        413,
        expect.stringMatching(/larger than/),
      ]);
      const streamed = store.keep(
        'unannounced',
        (async function* () {
          for (let index = 0; index < 11; index += 1) yield Buffer.alloc(100);
        })(),
      );
      await expect(streamed).rejects.toThrow(/larger than/);
    } finally {
      store.limits = usual;
    }
    expect(await readdir(join(dataDir, 'uploads'))).toEqual(before);
  });

  it('shows nobody else’s import, and lets nobody else apply or cancel it', async () => {
    const id = await sent(await courseZip(), `slug=${aSlug()}`);
    await app.drainOutbox();
    const query = 'query ($id: ID!) { courseImportJob(id: $id) { id } }';
    expect(await rival.errorCode(query, { id })).toBe('NOT_FOUND');
    for (const name of ['Apply', 'Cancel'])
      expect(
        await rival.errorCode(
          `mutation ($input: CourseImport${name}Input!) { courseImport${name}(input: $input) { job { id } } }`,
          { input: { jobId: id } },
        ),
      ).toBe('NOT_FOUND');
    expect(
      (await rival.ask('{ courseImportJobs(first: 9) { nodes { id } } }')).courseImportJobs.nodes,
    ).toEqual([]);
  });

  it('changes nothing when the course is no longer the trainer’s, or its address is taken meanwhile', async () => {
    const { id: courseId, slug } = await aCourse(trainer);
    const lost = await sent(await courseZip(), `course=${courseId}`);
    const taken = aSlug();
    const late = await sent(await courseZip(), `slug=${taken}`);
    await app.drainOutbox();
    await apply(lost);
    await apply(late);
    await app.sql('DELETE FROM course_trainer WHERE course_id = $1', [courseId]);
    await app.sql('INSERT INTO course (id, slug, created_at) VALUES (gen_random_uuid(), $1, now())', [taken]);
    await app.drainOutbox();
    expect(await jobOf(lost)).toMatchObject({
      state: 'FAILED',
      failure: expect.stringMatching(/no longer edit/),
    });
    expect(await jobOf(late)).toMatchObject({
      state: 'FAILED',
      failure: expect.stringMatching(/at this address already/),
    });
    expect(await lessonKeys(slug)).toEqual([]);
    expect(await lessonKeys(taken)).toEqual([]);
  });

  it('takes ten waiting files of one trainer, and no more', async () => {
    const busy = await aPerson(app, { name: 'busy', roles: ['TRAINER'] });
    const zip = await courseZip();
    for (let count = 0; count < 10; count += 1) await sent(zip, `slug=${aSlug()}`, { who: busy });
    expect((await send(zip, `slug=${aSlug()}`, { who: busy })).body.error.code).toBe('IMPORT_TOO_MANY');
    await app.drainOutbox();
  });

  it('deletes files after a week, and what no import knows', async () => {
    const id = await sent(await courseZip(), `slug=${aSlug()}`);
    await app.drainOutbox();
    const orphan = '01800000-0000-7000-8000-000000000000';
    await app.get(UploadStore).keep(
      orphan,
      (async function* () {
        yield Buffer.from('x');
      })(),
    );
    app.clock.moveForward(8 * 86_400_000);
    await app.get(Database).transaction((tx) => app.get(Outbox).record(tx, HousekeepingDue, {}));
    expect(await app.drainOutbox()).toEqual([]);
    const left = await readdir(join(dataDir, 'uploads'));
    expect(left).not.toContain(id);
    expect(left).not.toContain(orphan);
    expect(await jobOf(id)).toMatchObject({ state: 'CANCELED', failure: expect.stringMatching(/7 days/) });
  });
});
