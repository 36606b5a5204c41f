import { aCourse, aPerson, courseFiles } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { recordStatements } from '../support/statements.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const HISTORY = `query ($id: ID!, $locale: String!, $first: Int!, $after: String) { lesson(id: $id) { revision
  history(locale: $locale, first: $first, after: $after) { pageInfo { hasNextPage endCursor }
    nodes { id kind title savedAt savedBy { name } versionNumber wordsInserted wordsDeleted bodyHtml } } } }`;
const DIFF = `query ($id: ID!) { lessonSave(id: $id) { diff { title { change text } blocks { change kind depth parts { change text } } } } }`;

const doc = (...texts: string[]) => ({
  type: 'doc',
  content: texts.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
});

describe('the history of a lesson', () => {
  let app: TestApp;
  let trainer: Client & { personId: string };
  let colleague: Client & { personId: string };
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'], name: 'tess' });
    colleague = await aPerson(app, { roles: ['TRAINER'], name: 'cole' });
  });
  afterAll(() => app.close());

  const aLesson = async (): Promise<{
    courseId: string;
    versionId: string;
    lessonId: string;
    quizId: string;
  }> => {
    const { id: courseId } = await aCourse(trainer);
    await app.sql('INSERT INTO course_trainer (course_id, person_id, created_at) VALUES ($1, $2, now())', [
      courseId,
      colleague.personId,
    ]);
    return draftOf(courseId);
  };
  const draftOf = async (courseId: string) => {
    const { version } = await trainer.mutate(
      'courseDraftCreate',
      'CourseDraftCreateInput',
      { courseId },
      'version { id modules { lessons { id key } } }',
    );
    const { lessons } = version.modules[0];
    const idOf = (key: string): string => lessons.find((lesson: any) => lesson.key === key).id;
    return { courseId, versionId: version.id, lessonId: idOf('reading-1'), quizId: idOf('check') };
  };
  const save = (who: Client, lessonId: string, input: object): Promise<any> =>
    who.mutate(
      'lessonUpdate',
      'LessonUpdateInput',
      { lessonId, locale: 'en', ...input },
      'lesson { revision title }',
    );
  const history = async (id: string, locale = 'en', page: object = { first: 50 }): Promise<any> =>
    (await trainer.ask(HISTORY, { id, locale, ...page })).lesson.history;
  const kinds = async (id: string, locale = 'en'): Promise<string[]> =>
    (await history(id, locale)).nodes.map(({ kind }: any) => kind);

  it('keeps what was there before the first save, and says who changed what', async () => {
    const { lessonId } = await aLesson();
    expect(await kinds(lessonId)).toEqual([]);
    await save(trainer, lessonId, { body: doc('Some text, and more.') });
    await save(colleague, lessonId, { title: 'Better' });
    const { nodes } = await history(lessonId);
    expect(nodes).toMatchObject([
      { kind: 'SAVE', title: 'Better', savedBy: { name: 'cole' }, versionNumber: 2, wordsInserted: 0 },
      { kind: 'SAVE', savedBy: { name: 'tess' }, bodyHtml: '<p>Some text, and more.</p>' },
      { kind: 'FOUND', savedBy: null, bodyHtml: '<p>Some <strong>text</strong> 1.</p>' },
    ]);
    expect(await kinds(lessonId, 'fr')).toEqual(['FOUND']);
    const { lessonSave } = await trainer.ask(DIFF, { id: nodes[0].id });
    expect(lessonSave.diff).toEqual({
      title: [
        { change: 'DELETED', text: 'Reading 1' },
        { change: 'INSERTED', text: 'Better' },
      ],
      blocks: [
        {
          change: 'SAME',
          kind: 'PARAGRAPH',
          depth: 0,
          parts: [{ change: 'SAME', text: 'Some text, and more.' }],
        },
      ],
    });
  });

  it('puts together what one person writes within two minutes, and nothing else', async () => {
    const { lessonId } = await aLesson();
    let revision = 1;
    const write = async (who: Client, text: string, more: object = {}): Promise<void> => {
      const { lesson } = await save(who, lessonId, {
        body: doc(text),
        autosave: true,
        expectedRevision: revision,
        ...more,
      });
      revision = lesson.revision;
    };
    await write(trainer, 'a');
    app.clock.moveForward(60_000);
    await write(trainer, 'ab');
    app.clock.moveForward(60_000);
    await write(trainer, 'abc');
    app.clock.moveForward(1_000);
    await write(trainer, 'abcd'); // two minutes after the first
    await write(colleague, 'abcde');
    await write(trainer, 'abcdef');
    await write(trainer, 'abcdefg', { autosave: false });
    await write(trainer, 'abcdefgh');
    await save(trainer, lessonId, { body: doc('blind'), autosave: true }); // says not what it opened
    const { nodes } = await history(lessonId);
    expect(nodes.map(({ kind, bodyHtml }: any) => `${kind} ${bodyHtml}`)).toEqual([
      'SAVE <p>blind</p>',
      'AUTOSAVE <p>abcdefgh</p>',
      'SAVE <p>abcdefg</p>',
      'AUTOSAVE <p>abcdef</p>',
      'AUTOSAVE <p>abcde</p>',
      'AUTOSAVE <p>abcd</p>',
      'AUTOSAVE <p>abc</p>',
      'FOUND <p>Some <strong>text</strong> 1.</p>',
    ]);
  });

  it('is not longer for a save that changes no text', async () => {
    const { lessonId } = await aLesson();
    await save(trainer, lessonId, { body: doc('a') });
    expect((await save(trainer, lessonId, { body: doc('a'), estimatedMinutes: 9 })).lesson.revision).toBe(3);
    expect(await kinds(lessonId)).toEqual(['SAVE', 'FOUND']);
  });

  it('of two trainers who save at the same moment, one is told, and nothing of the other is lost', async () => {
    const { lessonId } = await aLesson();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        save(index % 2 ? trainer : colleague, lessonId, {
          body: doc(`Text ${index}`),
          expectedRevision: 1,
          autosave: index % 4 < 2,
        }),
      ),
    );
    expect(answers.filter(({ lesson }) => lesson)).toHaveLength(1);
    const refused = answers.flatMap(({ userErrors }) => userErrors.map(({ code }: any) => code));
    expect(refused).toEqual(Array.from({ length: 19 }, () => 'LESSON_CHANGED'));
    const { nodes } = await history(lessonId);
    expect(nodes).toHaveLength(2);
    const winner = answers.findIndex(({ lesson }) => lesson);
    expect(nodes[0].bodyHtml).toBe(`<p>Text ${winner}</p>`);

    // Those who do not ask are all saved, one after the other; every text is in the history.
    await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        save(index % 2 ? trainer : colleague, lessonId, { body: doc(`Again ${index}`), autosave: true }),
      ),
    );
    const all = (await history(lessonId)).nodes.map(({ bodyHtml }: any) => bodyHtml);
    for (let index = 0; index < 20; index += 1) expect(all).toContain(`<p>Again ${index}</p>`);
  });

  it('gives an old text back as a new save, which can be undone the same way', async () => {
    const { lessonId } = await aLesson();
    await save(trainer, lessonId, { title: 'New', body: doc('new') });
    const restore = async (saveId: string, more: object = {}): Promise<any> =>
      trainer.mutate(
        'lessonSaveRestore',
        'LessonSaveRestoreInput',
        { lessonId, saveId, ...more },
        'lesson { title revision bodyHtml }',
      );
    const [fresh, found] = (await history(lessonId)).nodes;
    expect((await restore(found.id, { expectedRevision: 1 })).userErrors).toMatchObject([
      { code: 'LESSON_CHANGED' },
    ]);
    expect((await restore(found.id, { expectedRevision: 2 })).lesson).toEqual({
      title: 'Reading 1',
      revision: 3,
      bodyHtml: '<p id="block-0">Some <strong>text</strong> 1.</p>',
    });
    expect((await restore(fresh.id)).lesson).toMatchObject({
      title: 'New',
      bodyHtml: '<p id="block-0">new</p>',
    });
    expect(await kinds(lessonId)).toEqual(['RESTORE', 'RESTORE', 'SAVE', 'FOUND']);
    const other = await aLesson();
    const { errors } = await trainer.send(
      `mutation ($input: LessonSaveRestoreInput!) { lessonSaveRestore(input: $input) { userErrors { code } } }`,
      { input: { lessonId: other.lessonId, saveId: fresh.id } },
    );
    expect(errors?.[0]?.extensions.code).toBe('NOT_FOUND');
  });

  it('goes on from version to version and through an import, and comes in pages', async () => {
    const { lessonId, versionId, courseId } = await aLesson();
    await save(trainer, lessonId, { body: doc('one') });
    await trainer.mutate(
      'courseVersionPublish',
      'CourseVersionPublishInput',
      { versionId },
      'version { id }',
    );
    const next = await draftOf(courseId);
    await save(trainer, next.lessonId, { body: doc('two') });
    const { course } = (
      await trainer.ask('query ($id: ID!) { courseVersion(id: $id) { course { slug } } }', {
        id: next.versionId,
      })
    ).courseVersion;
    await trainer.mutate(
      'courseImport',
      'CourseImportInput',
      { slug: course.slug, files: courseFiles() },
      'version { id }',
    );
    const imported = await draftOf(courseId);
    await save(trainer, imported.lessonId, { body: doc('three') });
    const rows: any[] = [];
    let after: string | null = null;
    do {
      const page: any = await history(imported.lessonId, 'en', { first: 2, after });
      rows.push(...page.nodes);
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after);
    expect(rows.map(({ kind, versionNumber }) => `${kind} ${versionNumber}`)).toEqual([
      'SAVE 3',
      'FOUND 3',
      'SAVE 3',
      'SAVE 2',
      'FOUND 2',
    ]);
  });

  it('cannot be changed, not even with SQL', async () => {
    const { lessonId } = await aLesson();
    await save(trainer, lessonId, { body: doc('kept') });
    const { id } = (await history(lessonId)).nodes[0];
    const history$ = /history|append-only|cannot be changed|refus/i;
    await expect(app.sql(`UPDATE lesson_save SET body = NULL WHERE id = $1`, [id])).rejects.toThrow(history$);
    await expect(app.sql(`DELETE FROM lesson_save WHERE id = $1`, [id])).rejects.toThrow();
    await expect(app.sql(`TRUNCATE lesson_save`)).rejects.toThrow();
    expect((await history(lessonId)).nodes[0].bodyHtml).toBe('<p>kept</p>');
  });

  it('compares a text that is not saved yet with the stored one', async () => {
    const { lessonId } = await aLesson();
    const document = `query ($id: ID!, $body: JSONObject) { lesson(id: $id) {
      changesTo(locale: "en", title: "Reading 1", body: $body) { wordsInserted title { change } blocks { change } } } }`;
    const { lesson } = await trainer.ask(document, {
      id: lessonId,
      body: doc('Some text 1.', 'Three more words'),
    });
    expect(lesson.changesTo).toMatchObject({ title: [{ change: 'SAME' }] });
    expect(lesson.changesTo.blocks.at(-1)).toEqual({ change: 'INSERTED' });
    const bad = { id: lessonId, body: { type: 'doc', content: [{ type: 'script' }] } };
    expect(await trainer.errorCode(document, bad)).toBe('BAD_USER_INPUT');
  });

  it('is closed to everyone else', async () => {
    const { lessonId } = await aLesson();
    await save(trainer, lessonId, { body: doc('private') });
    const { id } = (await history(lessonId)).nodes[0];
    const rival = await aPerson(app, { roles: ['TRAINER'] });
    const variables = { id: lessonId, locale: 'en', first: 1 };
    expect(await app.visitor().errorCode(DIFF, { id })).toBe('UNAUTHENTICATED');
    expect(await rival.errorCode(DIFF, { id })).toBe('FORBIDDEN');
    expect(await rival.errorCode(HISTORY, variables)).toBe('FORBIDDEN');
    expect(await trainer.errorCode(DIFF, { id: lessonId })).toBe('NOT_FOUND');
  });

  it('costs a save as many statements in a course of 60 lessons as in one of 4', async () => {
    const statements = async (readings: number): Promise<number[]> => {
      const { id: courseId } = await aCourse(trainer, { readings });
      const { lessonId } = await draftOf(courseId);
      const document = `mutation ($input: LessonUpdateInput!) { lessonUpdate(input: $input) { lesson { revision } userErrors { code } } }`;
      const counts: number[] = [];
      for (let revision = 1; revision <= 3; revision += 1) {
        const input = {
          lessonId,
          locale: 'en',
          body: doc(`Text ${revision}`),
          expectedRevision: revision,
          autosave: true,
        };
        const { result, statements: sent } = await recordStatements(app, () =>
          trainer.ask(document, { input }),
        );
        expect(result.lessonUpdate.userErrors).toEqual([]);
        counts.push(sent.length);
      }
      return counts;
    };
    const few = await statements(2);
    expect(few).toEqual([11, 11, 11]);
    expect(await statements(58)).toEqual(few);
  });
});
