import { execFile } from 'node:child_process';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { zipped } from '../support/archives.js';
import { aPerson } from '../support/builders.js';
import { courseFolder } from '../support/course-folder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const CLI = join(import.meta.dirname, '../../src/cli.js');

describe('courses from a terminal', () => {
  let app: TestApp;
  let folder: string;
  let trainer: { email: string };
  beforeAll(async () => {
    app = await startTestApp();
    folder = await mkdtemp(join(tmpdir(), 'tremplin-cli-'));
    trainer = await aPerson(app, { name: 'trainer', roles: ['TRAINER'] });
  });
  afterAll(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });

  const tremplin = (...args: string[]): Promise<{ code: number; out: string; err: string }> =>
    new Promise((resolve) => {
      const env = {
        PATH: process.env.PATH,
        DATABASE_URL: app.config.databaseUrl,
        PUBLIC_URL: 'http://localhost:3000',
        MASTER_KEY: Buffer.alloc(32, 7).toString('base64'),
        SMTP_URL: 'smtp://127.0.0.1:1',
      };
      execFile(process.execPath, [CLI, ...args], { env, cwd: folder }, (error, out, err) =>
        resolve({ code: error ? Number(error.code) : 0, out, err }),
      );
    });
  const versions = (slug: string): Promise<{ number: number }[]> =>
    app.sql('SELECT number FROM course_version v JOIN course c ON c.id = v.course_id WHERE slug = $1', [
      slug,
    ]);

  it('imports a folder, first as a dry run', async () => {
    for (const { path, text } of courseFolder()) {
      const file = join(folder, 'my-shop', path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, text);
    }
    const dry = await tremplin('import', 'my-shop', '--dry-run');
    expect(dry).toMatchObject({ code: 0, out: expect.stringMatching(/1 modules, 2 lessons, 2 questions/) });
    expect(dry.out).toMatch(/Dry run: nothing was changed/);
    expect(await versions('my-shop')).toEqual([]);

    const done = await tremplin('import', 'my-shop', '--as', trainer.email);
    expect(done).toMatchObject({ code: 0, out: expect.stringMatching(/into version 1 of my-shop, a draft/) });
    expect(await versions('my-shop')).toEqual([{ number: 1 }]);
  }, 60_000);

  it('says with a line and its exit code what was left out, and what could not be done', async () => {
    const zip = join(folder, 'Été.zip');
    const files = courseFolder({ '01-basics/03-broken.en.md': '---\ntitle: "B"\nminutes: many\n---\nText.' });
    await writeFile(zip, await zipped(files.map(({ path, text }) => ({ path, content: text }))));
    const partly = await tremplin('import', zip, '--as', trainer.email);
    expect(partly.code).toBe(1);
    expect(partly.out).toMatch(/left out +01-basics\/03-broken\.en\.md:3 +FIELD_INVALID +"minutes"/);
    expect(await versions('ete')).toEqual([{ number: 1 }]);

    await writeFile(join(folder, 'cut.zip'), (await zipped([{ path: 'a', content: 'a' }])).subarray(0, 40));
    for (const [args, why] of [
      [['import', 'cut.zip'], /incomplete or damaged/],
      [['import', 'nowhere'], /no file or folder/],
      [['import', zip, '--as', 'nobody@example.org'], /Nobody has the address/],
      [['export', 'ete', '--as', 'PDF'], /no format PDF/],
      [['import', zip, '--wrong'], /--wrong.*--help/],
      [['paint', zip], /--help/],
    ] as const) {
      const { code, err } = await tremplin(...args);
      expect([args, code, err]).toEqual([args, 2, expect.stringMatching(why)]);
    }
    expect(await tremplin('--help')).toMatchObject({ code: 0, out: expect.stringMatching(/--dry-run/) });
  }, 90_000);
});
