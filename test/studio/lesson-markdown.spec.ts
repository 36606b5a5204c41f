import { aCourse, aPerson } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const READ = `query ($id: ID!) { lesson(id: $id) { bodyHtml translation(locale: "en") { markdown body } } }`;
const PREVIEW = `query ($markdown: String!) { markdownPreview(markdown: $markdown) { html problems { line severity code } } }`;

describe('a lesson’s text as Markdown', () => {
  let app: TestApp;
  let trainer: Client;
  let reading: string;
  let quiz: string;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    const { id: courseId } = await aCourse(trainer);
    const { version } = await trainer.mutate(
      'courseDraftCreate',
      'CourseDraftCreateInput',
      { courseId },
      'version { modules { lessons { id kind } } }',
    );
    const lessons = version.modules.flatMap((module: any) => module.lessons);
    [reading, quiz] = ['READING', 'QUIZ'].map(
      (kind) => lessons.find((lesson: any) => lesson.kind === kind).id,
    );
  });
  afterAll(() => app.close());

  const save = (input: object): Promise<any> =>
    trainer.mutate(
      'lessonUpdate',
      'LessonUpdateInput',
      { lessonId: reading, locale: 'en', ...input },
      'lesson { id }',
    );
  const read = async (id: string): Promise<any> => (await trainer.ask(READ, { id })).lesson;

  it('is opened, changed and saved', async () => {
    expect((await read(reading)).translation.markdown).toBe('Some **text** 1.\n');
    expect(await save({ markdown: '## Hours\r\n\r\n- from *9*\r\n- to 12\r\n' })).toMatchObject({
      userErrors: [],
    });
    expect(await read(reading)).toMatchObject({
      bodyHtml:
        '<h2 id="block-0">Hours</h2><ul id="block-1"><li><p>from <em>9</em></p></li><li><p>to 12</p></li></ul>',
      translation: { markdown: '## Hours\n\n- from _9_\n- to 12\n' },
    });
  });

  it('keeps what Markdown cannot say when it is saved as it was opened', async () => {
    const words = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] });
    const body = { type: 'doc', content: [words('a'), { type: 'paragraph' }, words('b')] };
    await save({ body });
    const { markdown } = (await read(reading)).translation;
    await save({ title: 'Another title', markdown: markdown.replaceAll('\n', '\r\n') });
    expect((await read(reading)).translation.body).toEqual(body);
  });

  it.each([
    ['a\n\n<b>b</b>', 'MARKDOWN_HTML', /^Line 3: lessons hold no HTML/],
    ['![a](https://example.org/a.png)', 'MARKDOWN_IMAGE', /^Line 1: /],
    ['a\n\n|a|b|\n|-|-|\n', 'MARKDOWN_TABLE', /^Line 3: /],
    ['> '.repeat(20) + 'a', 'MARKDOWN_TOO_LARGE', /Split/],
    ['a'.repeat(300_001), 'TOO_LONG', /300000/],
    [' \n', 'REQUIRED', /needed/],
  ])('is refused where lessons cannot hold it (%#)', async (markdown, code, message) => {
    const before = await read(reading);
    const { lesson, userErrors } = await save({ markdown });
    expect({ lesson, userErrors }).toEqual({
      lesson: null,
      userErrors: [{ code, field: 'markdown', message: expect.stringMatching(message) }],
    });
    expect(await read(reading)).toEqual(before);
  });

  it('is not for a quiz', async () => {
    expect((await read(quiz)).translation.markdown).toBeNull();
    expect(await save({ lessonId: quiz, markdown: 'a' })).toMatchObject({
      userErrors: [{ code: 'LESSON_HAS_NO_BODY' }],
    });
  });

  it('is shown before it is saved, with the lines to mend', async () => {
    const markdown = '# Head\n\nSome *text* <script>\n\n[a](javascript:x)';
    expect((await trainer.ask(PREVIEW, { markdown })).markdownPreview).toEqual({
      html: '<h2>Head</h2><p>Some <em>text</em></p><p>a</p>',
      problems: [
        { line: 1, severity: 'WARNING', code: 'HEADING_LEVEL' },
        { line: 3, severity: 'ERROR', code: 'HTML' },
        { line: 5, severity: 'WARNING', code: 'LINK_REFUSED' },
      ],
    });
    expect(await trainer.errorCode(PREVIEW, { markdown: 'a'.repeat(300_001) })).toBe('BAD_USER_INPUT');
    expect(await app.visitor().errorCode(PREVIEW, { markdown: 'a' })).toBe('UNAUTHENTICATED');
  });
});
