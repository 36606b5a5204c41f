import { aCourse, aPerson, aText, enroll, publishText, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { recordStatements } from '../support/statements.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

describe('bookmarks', () => {
  let app: TestApp;
  let trainer: Client;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  /** A learner of a course whose first lesson says a, b, c and d. */
  const aReader = async () => {
    const course = await aCourse(trainer);
    await publishText(trainer, course, aText('a', 'b', 'c', 'd'));
    const who = await aPerson(app);
    const enrollmentId = await enroll(who, course.id);
    return { who, course, enrollmentId, lessonId: (await lessonOf(who, course)).id as string };
  };
  const LESSON = `query ($slug: String!, $key: String!) { course(slug: $slug) { lesson(key: $key) {
    id bookmarks { id block words } } } }`;
  const lessonOf = async (who: Client, { slug, lessons }: BuiltCourse, at = 0): Promise<any> =>
    (await who.ask(LESSON, { slug, key: lessons[at]!.key })).course.lesson;
  const CREATE = `mutation ($input: BookmarkCreateInput!) { bookmarkCreate(input: $input) { bookmark { id } } }`;
  const mark = (who: Client, lessonId: string, block?: number): Promise<any> =>
    who.mutate('bookmarkCreate', 'BookmarkCreateInput', { lessonId, block }, 'bookmark { id block words }');
  const remove = (who: Client, bookmarkId: string): Promise<any> =>
    who.mutate('bookmarkDelete', 'BookmarkDeleteInput', { bookmarkId }, 'deleted');
  const LIST = `query ($first: Int!, $after: String, $course: String) {
    bookmarks(first: $first, after: $after, course: $course) {
      nodes { id block words createdAt course { slug } lesson { title } } pageInfo { hasNextPage endCursor } } }`;
  const list = async (who: Client, variables: object = {}): Promise<any> =>
    (await who.ask(LIST, { first: 100, ...variables })).bookmarks;
  const code = ({ userErrors }: any): string | undefined => userErrors[0]?.code;

  it('marks a lesson and places in it, lists them and takes them away', async () => {
    const { who, course, lessonId } = await aReader();
    const { bookmark: whole } = await mark(who, lessonId);
    expect(whole).toMatchObject({ block: 0, words: null });
    const { bookmark: place } = await mark(who, lessonId, 2);
    expect(place).toMatchObject({ block: 2, words: 'c' });
    expect((await lessonOf(who, course)).bookmarks).toEqual([whole, place]);
    expect((await list(who)).nodes).toEqual(
      [place, whole].map((each) => ({
        ...each,
        createdAt: START.toISOString(),
        course: { slug: course.slug },
        lesson: { title: 'Reading 1' },
      })),
    );
    for (const _ of [1, 2]) expect(await remove(who, place.id)).toEqual({ deleted: true, userErrors: [] });
    expect((await lessonOf(who, course)).bookmarks).toEqual([whole]);
  });

  it('lists those of one course, or of all, page by page', async () => {
    const { who, course, lessonId } = await aReader();
    const other = await aCourse(trainer);
    await enroll(who, other.id);
    for (const block of [1, 2, 3]) await mark(who, lessonId, block);
    await mark(who, other.lessons[1]!.id);
    expect((await list(who)).nodes.map(({ words }: any) => words)).toEqual([null, 'd', 'c', 'b']);
    expect((await list(who, { course: course.slug })).nodes).toHaveLength(3);
    expect((await list(who, { course: 'no-such-course' })).nodes).toEqual([]);
    const first = await list(who, { first: 2, course: course.slug });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const rest = await list(who, { first: 2, course: course.slug, after: first.pageInfo.endCursor });
    expect(rest).toMatchObject({ nodes: [{ words: 'b' }], pageInfo: { hasNextPage: false } });
  });

  it('is one for ten taps at once', async () => {
    const { who, course, lessonId } = await aReader();
    const taps = await Promise.all(Array.from({ length: 10 }, () => mark(who, lessonId, 1)));
    expect(new Set(taps.map(({ bookmark }) => bookmark.id)).size).toBe(1);
    expect((await lessonOf(who, course)).bookmarks).toHaveLength(1);
  });

  it('moves with its words when the course is changed, and says when the lesson is gone', async () => {
    const { who, course, lessonId } = await aReader();
    await mark(who, lessonId, 2);
    await publishText(trainer, course, aText('new', 'a', 'b', 'new', 'c', 'd'), 'MOVE_IN_PROGRESS');
    await app.drainOutbox();
    const [moved] = (await lessonOf(who, course)).bookmarks;
    expect(moved).toMatchObject({ block: 4, words: 'c' });
    expect((await list(who)).nodes[0]).toMatchObject({ ...moved, lesson: { title: 'Reading 1' } });
    // In another language the lesson has one paragraph: the place does not leave it.
    await who.mutate('viewerUpdate', 'ViewerUpdateInput', { locale: 'fr' }, 'viewer { id }');
    const [french] = (await lessonOf(who, course)).bookmarks;
    expect(french).toMatchObject({ block: 0, words: null });

    await app.sql(`UPDATE bookmark SET lesson_key = 'taken-out' WHERE id = $1`, [moved.id]);
    expect((await list(who)).nodes[0]).toMatchObject({ block: 0, words: null, lesson: null });
    expect(await remove(who, moved.id)).toMatchObject({ deleted: true });
  });

  it('is of whoever set it: nobody else sees it or takes it away', async () => {
    const { who, course, lessonId } = await aReader();
    const { bookmark: mine } = await mark(who, lessonId, 1);
    const neighbor = await aPerson(app);
    await enroll(neighbor, course.id);
    const others = [
      trainer,
      await aPerson(app, { roles: ['MANAGER'] }),
      await aPerson(app, { roles: ['ADMIN'] }),
      neighbor,
    ];
    for (const other of others) {
      expect((await lessonOf(other, course)).bookmarks).toEqual([]);
      expect((await list(other)).nodes).toEqual([]);
      await remove(other, mine.id);
    }
    const { bookmark: theirs } = await mark(neighbor, lessonId, 1);
    expect(theirs.id).not.toBe(mine.id);
    expect((await lessonOf(who, course)).bookmarks).toEqual([mine]);
    expect((await lessonOf(app.visitor(), course)).bookmarks).toEqual([]);
    expect(await app.visitor().errorCode(LIST, { first: 1 })).toBe('UNAUTHENTICATED');
    // Nothing but a lesson and the list of one's own leads to a bookmark.
    const { __schema } = await who.ask(
      `{ __schema { types { name fields { name type { name ofType { name ofType { name ofType { name } } } } } } } }`,
    );
    const named = (type: any): string => (type.ofType ? named(type.ofType) : type.name);
    const leading = __schema.types.flatMap(({ name, fields }: any) =>
      (fields ?? [])
        .filter(({ type }: any) => named(type) === 'Bookmark')
        .map((field: any) => `${name}.${field.name}`),
    );
    expect(leading.sort()).toEqual([
      'BookmarkConnection.nodes',
      'BookmarkCreatePayload.bookmark',
      'BookmarkEdge.node',
      'Lesson.bookmarks',
    ]);
  });

  it('needs a place that is there, in a course that its learner takes', async () => {
    const { who, lessonId } = await aReader();
    expect(code(await mark(who, lessonId, -1))).toBe('INVALID_FORMAT');
    expect(code(await mark(who, lessonId, 4))).toBe('BLOCK_NOT_IN_LESSON');
    expect(code(await mark(who, lessonId, 2_147_483_647))).toBe('BLOCK_NOT_IN_LESSON');
    const stranger = await aPerson(app);
    for (const id of [lessonId, 'x', '019a0000-0000-7000-8000-000000000000'])
      expect(await stranger.errorCode(CREATE, { input: { lessonId: id } })).toBe('NOT_FOUND');
    expect((await list(stranger)).nodes).toEqual([]);
  });

  it('marks a quiz, which has no text', async () => {
    const { who, course } = await aReader();
    const quiz = course.lessons.at(-1)!;
    expect((await mark(who, quiz.id)).bookmark).toMatchObject({ block: 0, words: null });
    expect(code(await mark(who, quiz.id, 1))).toBe('BLOCK_NOT_IN_LESSON');
  });

  it('is asked for in as many statements, however many there are', async () => {
    const { who, course, lessonId } = await aReader();
    await mark(who, lessonId, 1);
    const count = async (document: string, variables: object) =>
      (await recordStatements(app, () => who.ask(document, { ...variables }))).statements.length;
    const counts = async () => [
      await count(LESSON, { slug: course.slug, key: course.lessons[0]!.key }),
      await count(LIST, { first: 100 }),
    ];
    await counts();
    const before = await counts();
    for (const other of await Promise.all([1, 2, 3].map(() => aCourse(trainer)))) {
      await enroll(who, other.id);
      for (const { id } of other.lessons) await mark(who, id);
    }
    for (const block of [2, 3]) await mark(who, lessonId, block);
    await counts();
    expect(await counts()).toEqual(before);
  });
});
