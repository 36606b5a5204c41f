import type { ImportFile } from '../../src/features/formats/import/import-problems.js';
import { aCourse, aPerson } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { courseFolder } from '../support/course-folder.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let serial = 0;
const aSlug = (): string => `imported-${(serial += 1)}`;
const IMPORT = `mutation ($input: CourseImportInput!) { courseImport(input: $input) { userErrors { code field message }
  report { understood { modules lessons questions } problems { file line severity code message } }
  version { id number contentHash publishedAt modules { lessons { key title quiz { questionCount passPercent } } } } } }`;

interface ReportedProblem {
  file: string;
  code: string;
}

describe('importing a course', () => {
  let app: TestApp;
  let trainer: Client & { personId: string };
  let rival: Client & { personId: string };
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { name: 'trainer', roles: ['TRAINER'] });
    rival = await aPerson(app, { name: 'rival', roles: ['TRAINER'] });
  });
  afterAll(() => app.close());

  const importFiles = async (who: Client, slug: string, files: ImportFile[], dryRun = false): Promise<any> =>
    (await who.ask(IMPORT, { input: { slug, files, dryRun } })).courseImport;
  const lessonsOf = (version: any): any[] => version.modules.flatMap((module: any) => module.lessons);

  it('reports what it understood; a dry run changes nothing', async () => {
    const slug = aSlug();
    const dry = await importFiles(trainer, slug, courseFolder(), true);
    expect(dry).toEqual({
      userErrors: [],
      report: { understood: { modules: 1, lessons: 2, questions: 2 }, problems: [] },
      version: null,
    });
    expect(await app.sql('SELECT 1 FROM course WHERE slug = $1', [slug])).toEqual([]);

    const { report, version } = await importFiles(trainer, slug, courseFolder());
    expect(report).toEqual(dry.report);
    expect(version).toMatchObject({ number: 1, publishedAt: null, contentHash: null });
    expect(lessonsOf(version).map(({ title }) => title)).toEqual(['Photos', 'Check']);
    expect(version.modules[0].lessons[1].quiz).toEqual({ questionCount: 2, passPercent: 80 });
  });

  it('leaves out what it cannot read, saying where and why, and takes the rest', async () => {
    const { report, version } = await importFiles(
      trainer,
      aSlug(),
      courseFolder({ '01-basics/03-broken.en.md': '---\ntitle: "Broken"\nminutes: many\n---\nText.' }),
    );
    const problem = report.problems.find(({ file }: ReportedProblem) => file === '01-basics/03-broken.en.md');
    expect(problem).toMatchObject({ line: 3, severity: 'ERROR', code: 'FIELD_INVALID' });
    expect(problem.message).toMatch(/minutes/);
    expect(
      lessonsOf(version)
        .map(({ key }) => key)
        .slice(0, 2),
    ).toEqual(['photos', 'check']);
  });

  it('makes nothing of files that hold no course, and says so', async () => {
    const slug = aSlug();
    const { report, version, userErrors } = await importFiles(trainer, slug, [
      { path: 'notes.txt', text: 'Milk, eggs.' },
    ]);
    expect(version).toBeNull();
    expect(userErrors).toEqual([]);
    expect(report.problems.map(({ code }: ReportedProblem) => code)).toContain('COURSE_MISSING');
    expect(await app.sql('SELECT 1 FROM course WHERE slug = $1', [slug])).toEqual([]);
  });

  it.each([
    ['an unusable address', { slug: 'No Spaces' }, { code: 'INVALID_FORMAT', field: 'slug' }],
    ['an address of 81 characters', { slug: 'a'.repeat(81) }, { code: 'TOO_LONG', field: 'slug' }],
    ['no file', { files: [] }, { field: 'files' }],
    [
      'a path of 301 characters',
      { files: [{ path: 'p'.repeat(301), text: '' }] },
      { code: 'TOO_LONG', field: 'files.0.path' },
    ],
  ])('refuses %s', async (_what, input, expected) => {
    const { courseImport } = await trainer.ask(IMPORT, {
      input: { slug: aSlug(), files: courseFolder(), ...input },
    });
    expect(courseImport.userErrors[0]).toMatchObject(expected);
    expect(courseImport.version).toBeNull();
  });

  it('is for trainers', async () => {
    const input = { slug: aSlug(), files: courseFolder() };
    expect(await (await aPerson(app)).errorCode(IMPORT, { input })).toBe('FORBIDDEN');
    expect(await (await aPerson(app, { roles: ['MANAGER'] })).errorCode(IMPORT, { input })).toBe('FORBIDDEN');
    expect(await app.visitor().errorCode(IMPORT, { input })).toBe('UNAUTHENTICATED');
  });

  it('does not touch another trainer’s course, published or not, in a dry run either', async () => {
    const draft = aSlug();
    await importFiles(trainer, draft, courseFolder());
    const { slug: published } = await aCourse(trainer);
    for (const slug of [draft, published]) {
      for (const dryRun of [true, false]) {
        expect(await rival.errorCode(IMPORT, { input: { slug, files: courseFolder(), dryRun } })).toBe(
          'FORBIDDEN',
        );
      }
    }
    const refused = await app.sql(`SELECT 1 FROM audit_entry WHERE actor_id = $1 AND outcome = 'REFUSED'`, [
      rival.personId,
    ]);
    expect(refused).toHaveLength(4);
    expect(
      (await importFiles(await aPerson(app, { roles: ['ADMIN'] }), draft, courseFolder())).version.number,
    ).toBe(1);
  });

  it('does not give a course that lost its trainers to whoever imports next', async () => {
    const { slug, id } = await aCourse(trainer);
    await app.sql('DELETE FROM course_trainer WHERE course_id = $1', [id]);
    expect(await rival.errorCode(IMPORT, { input: { slug, files: courseFolder() } })).toBe('FORBIDDEN');
  });

  it('gives a new address to one of two trainers who take it together', async () => {
    const slug = aSlug();
    const input = { slug, files: courseFolder() };
    const answers = await Promise.all([trainer, rival].map((who) => who.send(IMPORT, { input })));
    expect(answers.map(({ errors }) => errors?.[0]!.extensions.code ?? 'DONE').sort()).toEqual([
      'DONE',
      'FORBIDDEN',
    ]);
  });

  it('replaces the draft, and keeps the version of each question that did not change', async () => {
    const slug = aSlug();
    const first = await importFiles(trainer, slug, courseFolder());
    const questionVersions = (versionId: string) =>
      app.sql<{ key: string; number: number; id: string }>(
        `SELECT question.key, version.number, version.id FROM quiz_question quiz
           JOIN lesson ON lesson.id = quiz.lesson_id JOIN question_version version ON version.id = quiz.question_version_id
           JOIN question ON question.id = version.question_id WHERE lesson.version_id = $1 ORDER BY quiz.position`,
        [versionId],
      );
    const before = await questionVersions(first.version.id);
    const quiz = courseFolder().find(({ path }) => path === '01-basics/02-check.en.md')!.text;
    const second = await importFiles(
      trainer,
      slug,
      courseFolder({
        '01-basics/02-check.en.md': quiz.replace('Reviews may be bought.', 'Reviews may be sold.'),
        '01-basics/01-photos.en.md': '---\ntitle: "Pictures"\nminutes: 7\n---\nTake **four** photos.',
      }),
    );
    expect(second.version.id).toBe(first.version.id);
    expect(lessonsOf(second.version)[0]).toMatchObject({ key: 'photos', title: 'Pictures' });
    const after = await questionVersions(first.version.id);
    expect(after[0]).toEqual(before[0]);
    expect(after[1]).toMatchObject({ key: 'buy-review', number: 2 });
    // And back again: the first version of the question is found again, not made anew.
    await importFiles(trainer, slug, courseFolder());
    expect(await questionVersions(first.version.id)).toEqual(before);
  });
});
