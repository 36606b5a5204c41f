import { aCourse, aPerson, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('comments on a lesson', () => {
  let app: TestApp;
  let author: Client & { email: string };
  let reviewer: Client & { email: string };
  let course: BuiltCourse;
  let lessonId: string;
  let versionId: string;
  beforeAll(async () => {
    app = await startTestApp();
    author = await aPerson(app, { name: 'Ada', roles: ['TRAINER'] });
    reviewer = await aPerson(app, { name: 'Rémi', roles: ['TRAINER'] });
  });
  afterAll(() => app.close());
  beforeEach(async () => {
    course = await aCourse(author);
    const member = { courseId: course.id, email: reviewer.email, role: 'REVIEWER' };
    await author.mutate('courseTeamAdd', 'CourseTeamAddInput', member, 'course { id }');
    const draft = await author.mutate(
      'courseDraftCreate',
      'CourseDraftCreateInput',
      { courseId: course.id },
      'version { id modules { lessons { id } } }',
    );
    versionId = draft.version.id;
    lessonId = draft.version.modules[0].lessons[0].id;
    await write('First thing.', 'Second thing.', 'Third thing.');
  });

  const write = (...paragraphs: string[]): Promise<any> =>
    author.mutate(
      'lessonUpdate',
      'LessonUpdateInput',
      { lessonId, locale: 'en', markdown: paragraphs.join('\n\n') },
      'lesson { id }',
    );
  const comment = (who: Client, input: object): Promise<any> =>
    who.mutate(
      'lessonCommentAdd',
      'LessonCommentAddInput',
      { lessonId, locale: 'en', text: 'Why?', ...input },
      'comment { id block excerpt text author { name } }',
    );
  const set = (who: Client, name: 'Resolve' | 'Reopen', commentId: string): Promise<any> =>
    who.mutate(
      `lessonComment${name}`,
      'LessonCommentInput',
      { commentId },
      'comment { resolvedAt resolvedBy { name } replies { text } }',
    );
  const LIST = `query ($id: ID!, $locale: String!) { lesson(id: $id) { comments(locale: $locale) {
    id block excerpt text resolvedAt author { name } replies { text author { name } } } blockExcerpts(locale: $locale) } }`;
  const list = async (who: Client = author, locale = 'en'): Promise<any> =>
    (await who.ask(LIST, { id: lessonId, locale })).lesson;

  it('stay with their block when others are written, moved and deleted around it', async () => {
    expect((await list()).blockExcerpts).toEqual(['First thing.', 'Second thing.', 'Third thing.']);
    await comment(reviewer, { blockIndex: 1 });
    const where = async () => (await list()).comments[0].block;
    expect(await where()).toBe(1);
    await write('New.', 'First thing.', 'Third thing.', 'Second thing.');
    expect(await where()).toBe(3);
    await write('Second thing, said better.');
    expect(await where()).toBeNull();
    await write('x', 'Second thing, said better.');
    expect((await list()).comments[0]).toMatchObject({ block: 1, excerpt: 'Second thing.' });
  });

  it('are about one language, or about the whole lesson, and are there in the next version', async () => {
    await comment(reviewer, { text: '  The whole of it. ' });
    await comment(reviewer, { locale: 'fr', text: 'Le tout.' });
    expect((await list()).comments).toEqual([
      expect.objectContaining({
        text: 'The whole of it.',
        block: null,
        excerpt: '',
        author: { name: 'Rémi' },
      }),
    ]);
    expect((await list(author, 'fr')).comments).toHaveLength(1);
    const publish = { versionId };
    await author.mutate('courseVersionPublish', 'CourseVersionPublishInput', publish, 'version { id }');
    const { version } = await author.mutate(
      'courseDraftCreate',
      'CourseDraftCreateInput',
      { courseId: course.id },
      'version { modules { lessons { id } } }',
    );
    lessonId = version.modules[0].lessons[0].id;
    expect((await list()).comments).toHaveLength(1);
  });

  it('are answered, resolved by who edits, and opened again by who wrote them', async () => {
    const { comment: asked } = await comment(reviewer, { blockIndex: 0 });
    const { comment: answer } = await comment(author, { parentId: asked.id, text: 'Because.' });
    await comment(reviewer, { parentId: answer.id, text: 'Ah.' });
    const [thread, ...others] = (await list()).comments;
    expect(others).toEqual([]);
    expect(thread.replies).toEqual([
      { text: 'Because.', author: { name: 'Ada' } },
      { text: 'Ah.', author: { name: 'Rémi' } },
    ]);
    const { comment: resolved } = await set(author, 'Resolve', asked.id);
    expect(resolved).toMatchObject({ resolvedBy: { name: 'Ada' }, replies: [{}, {}] });
    expect((await set(author, 'Resolve', answer.id)).comment.resolvedAt).toBe(resolved.resolvedAt);
    expect((await set(reviewer, 'Reopen', asked.id)).comment.resolvedAt).toBeNull();
  });

  it('are not resolved by a reviewer who did not write them', async () => {
    const { comment: own } = await comment(author, {});
    const document = `mutation { lessonCommentResolve(input: { commentId: "${own.id}" }) { comment { id } } }`;
    expect(await reviewer.errorCode(document)).toBe('FORBIDDEN');
    const stranger = await aPerson(app, { roles: ['TRAINER'] });
    expect(await stranger.errorCode(document)).toBe('FORBIDDEN');
    expect(await stranger.errorCode(LIST, { id: lessonId, locale: 'en' })).toBe('FORBIDDEN');
  });

  it.each([
    ['nothing', { text: '  ' }, 'REQUIRED'],
    ['a novel', { text: 'x'.repeat(2_001) }, 'TOO_LONG'],
    ['on a language that the course has not', { locale: 'de' }, 'LOCALE_NOT_IN_COURSE'],
    ['on a block that is not there', { blockIndex: 3 }, 'COMMENT_BLOCK_UNKNOWN'],
    ['on a block before the first', { blockIndex: -1 }, 'INVALID_FORMAT'],
  ])('cannot be %s', async (_what, input, code) => {
    expect((await comment(reviewer, input)).userErrors[0].code).toBe(code);
    expect((await list()).comments).toEqual([]);
  });

  it('are counted on the course until somebody has dealt with them, for its team alone', async () => {
    const OPEN = `query ($slug: String!) { course(slug: $slug) { openComments { locale count } } }`;
    const open = async (): Promise<unknown> =>
      (await reviewer.ask(OPEN, { slug: course.slug })).course.openComments;
    const { comment: first } = await comment(reviewer, {});
    await comment(author, { parentId: first.id, text: 'Because.' });
    await comment(author, { text: 'And?' });
    await comment(author, { locale: 'fr', text: 'Et ?' });
    expect(await open()).toEqual([
      { locale: 'fr', count: 1 },
      { locale: 'en', count: 2 },
    ]);
    await set(author, 'Resolve', first.id);
    expect(await open()).toEqual([
      { locale: 'fr', count: 1 },
      { locale: 'en', count: 1 },
    ]);
    const stranger = await aPerson(app, { roles: ['TRAINER'] });
    expect(await stranger.errorCode(OPEN, { slug: course.slug })).toBe('FORBIDDEN');
  });

  it('cannot answer a comment on another lesson', async () => {
    const { comment: other } = await comment(author, { locale: 'fr' });
    const document = `mutation { lessonCommentAdd(input: { lessonId: "${lessonId}", locale: "en", text: "x", parentId: "${other.id}" }) { comment { id } } }`;
    expect(await author.errorCode(document)).toBe('NOT_FOUND');
  });
});
