import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipped, zippedAs } from '../support/archives.js';
import { aPerson } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { courseFolder } from '../support/course-folder.js';
import { applyImport, sendImport } from '../support/sent-import.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const COUNTED = ['course', 'course_version', 'lesson', 'question', 'question_version', 'stored_file'];
const folder = courseFolder().map(({ path, text }) => ({ path, content: text }));
const moodle = (questions: string, before = ''): string =>
  `<?xml version="1.0"?>${before}<quiz>${questions}</quiz>`;
const trueFalse = (name: string): string =>
  `<question type="truefalse"><name><text>${name}</text></name><questiontext format="html"><text>${name}?</text></questiontext>
<answer fraction="100"><text>true</text></answer><answer fraction="0"><text>false</text></answer></question>`;
const BOMB = `<!DOCTYPE q [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>`;
const XXE = `<!DOCTYPE q [<!ENTITY x SYSTEM "file:///etc/passwd">]>`;
const cartridge = (organization: string, resources: string): string =>
  `<manifest identifier="m" xmlns="http://www.imsglobal.org/xsd/imsccv1p3/imscp_v1p1"><metadata><schema>IMS Common Cartridge</schema>
<schemaversion>1.3.0</schemaversion></metadata><organizations><organization identifier="o"><item identifier="root">${organization}</item>
</organization></organizations><resources>${resources}</resources></manifest>`;
const page = (body: string): string => `<html><head><title>P</title></head><body>${body}</body></html>`;

describe('importing what is damaged, false or hostile', () => {
  let app: TestApp;
  let dataDir: string;
  let trainer: Client;
  let serial = 0;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tremplin-bad-input-'));
    app = await startTestApp({ config: { dataDir } });
    trainer = await aPerson(app, { roles: ['TRAINER'] });
  });
  afterAll(async () => {
    await app.close();
    await rm(dataDir, { recursive: true });
  });
  beforeEach(() => app.sql(`UPDATE course_import SET state = 'CANCELED' WHERE state = 'READY'`));

  const send = (name: string, content: Buffer | string) =>
    sendImport(app, trainer, { name, content: Buffer.from(content as string) }, `slug=bad-${(serial += 1)}`);
  const counts = async () => {
    const rows: unknown[] = [];
    for (const table of COUNTED) rows.push(await app.sql(`SELECT '${table}' AS t, count(*) FROM ${table}`));
    return rows;
  };
  const lessonTexts = async (versionId: string): Promise<string> =>
    JSON.stringify(await app.sql('SELECT * FROM lesson WHERE version_id = $1', [versionId]));

  it.each<[string, string, () => Promise<Buffer | string> | string, RegExp]>([
    ['a zip cut in half', 'a.zip', async () => (await zipped(folder)).subarray(0, 900), /damaged/],
    ['a cartridge cut in half', 'a.imscc', async () => (await zipped(folder)).subarray(0, 900), /damaged/],
    ['a picture that is called GIFT', 'a.gift', () => '\u0089PNG\r\n\u001a\n\0\0', /none of the formats/],
    ['a letter that is called XML', 'a.xml', () => 'Dear colleagues, see you soon.', /none of the formats/],
    ['XML cut in half', 'a.xml', () => moodle(trueFalse('one')).slice(0, 150), /Nothing in this file/],
    [
      'names that lead elsewhere alone',
      'a.zip',
      () => zippedAs([{ path: '../../a.md', content: '# A\n\nB' }]),
      /./,
    ],
    [
      'a cartridge whose pages are missing',
      'a.imscc',
      () =>
        zipped([
          {
            path: 'imsmanifest.xml',
            content: cartridge(
              '<item identifier="i" identifierref="r"><title>Gone</title></item>',
              '<resource identifier="r" type="webcontent" href="gone.html"><file href="gone.html"/></resource>',
            ),
          },
        ]),
      /Nothing in this file/,
    ],
  ])('takes nothing of %s, and says so', async (_what, name, make, why) => {
    const before = await counts();
    const job = await send(name, await make());
    expect(job).toMatchObject({ state: 'FAILED', failure: expect.stringMatching(why) });
    await applyImport(app, trainer, job.id);
    expect(await counts()).toEqual(before);
  });

  it('reads a bomb of entities and a file of the server as no more than it says', async () => {
    for (const [before, name] of [
      [BOMB, '&c;'],
      [XXE, '&x;'],
    ] as const) {
      const { state, problems, summary } = await send(
        'a.xml',
        moodle(trueFalse('good') + trueFalse(name), before),
      );
      expect(problems.nodes.map(({ code }) => code)).toContain('XML_ENTITY');
      expect(JSON.stringify(problems)).not.toMatch(/root:|hahahaha/);
      expect([state, summary.questions]).not.toEqual(['READY', 0]);
    }
  });

  it('leaves out files whose names lead elsewhere or hold NUL, one line each, and takes the rest', async () => {
    const content = await zippedAs([
      ...folder,
      { path: '../../../etc/cron.d/evil.md', content: 'x' },
      { path: '01-basics/a\0b.md', content: 'x' },
      { path: 'C:\\windows\\evil.md', content: 'x' },
    ]);
    const job = await send('a.zip', content);
    expect(job).toMatchObject({ state: 'READY', summary: { lessons: 2, errors: 3 } });
    expect(job.problems.nodes.map(({ code }) => code)).toEqual([
      'PATH_REFUSED',
      'PATH_REFUSED',
      'PATH_REFUSED',
    ]);
  });

  it('keeps the text and not the programs of HTML', async () => {
    const evil =
      '<p onclick="a()">Kept<script>alert(1)</script><a href="javascript:x">link</a></p><iframe src="//evil"></iframe>';
    const job = await send('site.zip', await zipped([{ path: 'a.html', content: page(evil) }]));
    expect(job).toMatchObject({ state: 'READY', format: 'MARKDOWN', summary: { lessons: 1 } });
    const told = job.problems.nodes.map(({ message }) => message).join('\n');
    expect(told).toMatch(/<script>/);
    expect(told).toMatch(/javascript:x/);
    const { version } = await applyImport(app, trainer, job.id);
    expect(await lessonTexts(version!.id)).not.toMatch(/alert|javascript|onclick/);
  });

  it('says of letters that cannot be read where they are, and keeps the others', async () => {
    const broken = Buffer.concat([
      Buffer.from('Caf\u00e9 \u20ac {T}\n\nBad: '),
      Buffer.from([0xff, 0xc3]),
      Buffer.from(' {F}\n'),
    ]);
    const job = await send('a.gift', broken);
    expect(job).toMatchObject({ state: 'READY', format: 'GIFT', summary: { questions: 2 } });
    expect(job.problems.nodes).toMatchObject([{ code: 'ENCODING_DAMAGED', line: 3 }]);
  });

  it('ends with a manifest that names itself, and takes its pages once', async () => {
    const item = (id: string, inner = ''): string =>
      `<item identifier="${id}" identifierref="r"><title>Again</title>${inner}</item>`;
    const content = await zipped([
      {
        path: 'imsmanifest.xml',
        content: cartridge(
          item('a', item('b', item('a'))),
          '<resource identifier="r" type="webcontent" href="p.html"><file href="p.html"/><dependency identifierref="r"/></resource>',
        ),
      },
      { path: 'p.html', content: page('<p>Text.</p>') },
    ]);
    const job = await send('a.imscc', content);
    expect(job).toMatchObject({ state: 'READY', format: 'COMMON_CARTRIDGE' });
    expect((await applyImport(app, trainer, job.id)).state).toBe('APPLIED');
  });

  it('reads folders of question files as such, and says what else was in them', async () => {
    const gift = { path: 'bank/a.gift', content: 'One? {T}' };
    const more = [gift, { path: 'bank/b.gift', content: 'Two? {=yes ~no}' }];
    const rest = { path: 'LICENSE', content: 'MIT' };
    const job = await send('bank.zip', await zipped([...more, rest]));
    expect(job).toMatchObject({ state: 'READY', format: 'GIFT', summary: { questions: 2 } });
    expect(job.problems.nodes).toMatchObject([{ file: 'LICENSE', code: 'FILE_UNKNOWN' }]);
    const aiken = ['a.txt', 'b.txt'].map((path) => ({
      path,
      content: `${path}?\nA. Yes\nB. No\nANSWER: A\n`,
    }));
    expect(await send('b.zip', await zipped(aiken))).toMatchObject({
      format: 'AIKEN',
      summary: { questions: 2 },
    });
    const xml = ['a.xml', 'b.xml'].map((path) => ({ path, content: moodle(trueFalse(path)) }));
    expect(await send('c.zip', await zipped(xml))).toMatchObject({
      format: 'MOODLE_XML',
      summary: { questions: 2 },
    });
    // A course stays a course, whatever stands beside it.
    expect(await send('d.zip', await zipped([...folder, ...more]))).toMatchObject({ format: 'MARKDOWN' });
  });

  it('keeps the questions of the bank that come with texts', async () => {
    const files = [
      ...courseFolder(),
      { path: 'bank.en.md', text: `## Spare? {#spare}\n\n- (x) Yes\n- ( ) No\n` },
      { path: 'bank.fr.md', text: `## En plus ? {#spare}\n\n- (x) Oui\n- ( ) Non\n` },
    ];
    const { report } = await trainer.mutate(
      'courseImport',
      'CourseImportInput',
      { slug: 'with-bank', files },
      'report { problems { code } }',
    );
    expect(report.problems).toEqual([]);
    expect(
      await app.sql(
        `SELECT key FROM question JOIN course ON course.id = course_id WHERE slug = 'with-bank' AND key = 'spare'`,
      ),
    ).toHaveLength(1);
    const { userErrors } = await trainer.mutate(
      'courseImport',
      'CourseImportInput',
      { slug: 'new', files },
      'report { problems { code } }',
    );
    expect(userErrors).toMatchObject([{ code: 'IMPORT_SLUG_RESERVED', field: 'slug' }]);
  });
});
