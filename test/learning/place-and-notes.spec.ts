import {
  aCourse,
  aText,
  aPerson,
  completeReadings,
  enroll,
  publishText,
  type BuiltCourse,
} from '../support/builders.js';
import type { Client } from '../support/client.js';
import { recordStatements } from '../support/statements.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

describe('where learners are, and their notes', () => {
  let app: TestApp;
  let trainer: Client & { email: string; personId: string };
  let course: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    course = await aCourse(trainer, { readings: 3 });
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  const aLearner = async () => {
    const who = await aPerson(app);
    return { who, enrollmentId: await enroll(who, course.id) };
  };
  const save = (who: Client, input: object): Promise<any> =>
    who.mutate(
      'lessonPositionSave',
      'LessonPositionSaveInput',
      input,
      'position { block videoSeconds savedAt }',
    );
  const note = (who: Client, input: object): Promise<any> =>
    who.mutate('lessonNoteSave', 'LessonNoteSaveInput', input, 'note { id text revision }');
  const CONTINUE = `{ viewer { enrollments { continueAt { lesson { key } position { block videoSeconds } } } } }`;
  const continueAt = async (who: Client): Promise<any> =>
    (await who.ask(CONTINUE)).viewer.enrollments[0].continueAt;
  const LESSON = `query ($slug: String!, $key: String!) { course(slug: $slug) { lesson(key: $key) {
    position { block videoSeconds } note { id text revision } } enrollment { continueAt { lesson { key } } } } }`;
  const lessonOf = async (who: Client, key = course.lessons[0]!.key): Promise<any> =>
    (await who.ask(LESSON, { slug: course.slug, key })).course.lesson;
  const LIST = `query ($first: Int!) { lessonNotes(first: $first) { nodes { text course { title } lesson { title } } } }`;
  const SAVE = `mutation ($input: LessonPositionSaveInput!) { lessonPositionSave(input: $input) { position { block } } }`;
  const code = ({ userErrors }: any): string | undefined => userErrors[0]?.code;

  describe('the place', () => {
    it('goes on where another device stopped, until that lesson is done', async () => {
      const { who, enrollmentId } = await aLearner();
      expect(await continueAt(who)).toEqual({ lesson: { key: course.lessons[0]!.key }, position: null });
      const second = course.lessons[1]!;
      await save(who, { enrollmentId, lessonId: course.lessons[0]!.id, block: 9 });
      app.clock.moveForward(60_000);
      await save(who, { enrollmentId, lessonId: second.id, block: 2, videoSeconds: 75 });
      expect(await continueAt(who)).toEqual({
        lesson: { key: second.key },
        position: { block: 2, videoSeconds: 75 },
      });
      expect((await lessonOf(who)).position).toEqual({ block: 9, videoSeconds: null });
      const done = { enrollmentId, lessonId: second.id };
      await who.mutate('lessonComplete', 'LessonCompleteInput', done, 'lesson { id }');
      expect(await continueAt(who)).toEqual({ lesson: { key: course.lessons[0]!.key }, position: null });
    });

    it('is that of the later save, and of what was sent at once one', async () => {
      const { who, enrollmentId } = await aLearner();
      const at = (block: number) => save(who, { enrollmentId, lessonId: course.lessons[0]!.id, block });
      await at(7);
      app.clock.moveForward(-60_000);
      await at(1);
      expect((await lessonOf(who)).position.block).toBe(7);
      app.clock.moveForward(120_000);
      const answers = await Promise.all([1, 2, 3, 4, 5].map(at));
      expect(answers.map(code)).toEqual([undefined, undefined, undefined, undefined, undefined]);
      expect([1, 2, 3, 4, 5]).toContain((await lessonOf(who)).position.block);
    });

    it('is no activity', async () => {
      const { who, enrollmentId } = await aLearner();
      const active = () => app.sql(`SELECT last_activity_at FROM enrollment WHERE id = $1`, [enrollmentId]);
      const before = await active();
      app.clock.moveForward(86_400_000);
      await save(who, { enrollmentId, lessonId: course.lessons[0]!.id, block: 3 });
      expect(await active()).toEqual(before);
    });

    it('is found again by its words in a changed text, also when it is sent from a page of before', async () => {
      const other = await aCourse(trainer);
      await publishText(trainer, other, aText('a', 'b', 'c', 'd'));
      const { who } = await aLearner();
      const moving = await enroll(who, other.id);
      const [before] = await app.sql(
        `SELECT lesson.id FROM lesson JOIN enrollment ON enrollment.version_id = lesson.version_id
          WHERE enrollment.id = $1 AND lesson.key = $2`,
        [moving, other.lessons[0]!.key],
      );
      await save(who, { enrollmentId: moving, lessonId: before!.id, block: 2 });
      await publishText(trainer, other, aText('new', 'a', 'b', 'new', 'c', 'd'), 'MOVE_IN_PROGRESS');
      await app.drainOutbox();
      const at = async () => {
        const { course: page } = await who.ask(LESSON, { slug: other.slug, key: other.lessons[0]!.key });
        return page.lesson.position.block;
      };
      expect(await at()).toBe(4);
      expect((await continueAt(who)).position.block).toBe(4);
      app.clock.moveForward(1000);
      await save(who, { enrollmentId: moving, lessonId: before!.id, block: 3 });
      expect(await at()).toBe(5);
    });

    it('is refused of somebody else’s enrollment, of an ended one, and where no text reaches', async () => {
      const { who, enrollmentId } = await aLearner();
      const lessonId = course.lessons[0]!.id;
      for (const other of [trainer, (await aLearner()).who])
        expect(await other.errorCode(SAVE, { input: { enrollmentId, lessonId, block: 1 } })).toBe(
          'NOT_FOUND',
        );
      for (const wrong of [
        { block: -1 },
        { block: 10_001 },
        { block: 0, videoSeconds: -1 },
        { block: 0, videoSeconds: 86_401 },
      ])
        expect(code(await save(who, { enrollmentId, lessonId, ...wrong }))).toBe('INVALID_FORMAT');
      const elsewhere = (await aCourse(trainer)).lessons[0]!.id;
      expect(code(await save(who, { enrollmentId, lessonId: elsewhere, block: 1 }))).toBe(
        'LESSON_NOT_IN_VERSION',
      );
      const left = { enrollmentId, reason: 'NO_TIME' };
      await who.mutate('enrollmentWithdraw', 'EnrollmentWithdrawInput', left, 'enrollment { id }');
      expect(code(await save(who, { enrollmentId, lessonId, block: 1 }))).toBe('ENROLLMENT_ENDED');
    });
  });

  describe('a note', () => {
    it('is written, changed, listed and deleted by its learner', async () => {
      const { who } = await aLearner();
      const [first, second] = course.lessons;
      const { note: made } = await note(who, { lessonId: first!.id, text: '  Call them.  ' });
      expect(made).toMatchObject({ text: 'Call them.', revision: 1 });
      await note(who, { lessonId: second!.id, text: 'Light.' });
      expect(
        (await note(who, { lessonId: first!.id, text: 'Call.', expectedRevision: 1 })).note.revision,
      ).toBe(2);
      expect((await lessonOf(who)).note).toEqual({ id: made.id, text: 'Call.', revision: 2 });
      expect((await who.ask(LIST, { first: 10 })).lessonNotes.nodes).toEqual([
        { text: 'Light.', course: { title: 'Small course' }, lesson: { title: 'Reading 2' } },
        { text: 'Call.', course: { title: 'Small course' }, lesson: { title: 'Reading 1' } },
      ]);
      const remove = () =>
        who.mutate('lessonNoteDelete', 'LessonNoteDeleteInput', { noteId: made.id }, 'deleted');
      expect(await remove()).toEqual({ deleted: true, userErrors: [] });
      expect(await remove()).toEqual({ deleted: true, userErrors: [] });
      expect((await lessonOf(who)).note).toBeNull();
    });

    it('is one for ten taps at once, and of two tabs the later one is told', async () => {
      const { who } = await aLearner();
      const lessonId = course.lessons[0]!.id;
      const taps = await Promise.all(Array.from({ length: 10 }, () => note(who, { lessonId, text: 'Once' })));
      expect(new Set(taps.map((tap) => tap.note?.id)).size).toBe(1);
      const tabs = await Promise.all(
        ['a', 'b'].map((text) => note(who, { lessonId, text, expectedRevision: 1 })),
      );
      expect(tabs.map(code).sort()).toEqual(['NOTE_CHANGED', undefined]);
      expect(code(await note(who, { lessonId, text: 'Blind' }))).toBe('NOTE_CHANGED');
    });

    it('is nobody else’s to read, change or delete: no trainer, manager, administrator or learner', async () => {
      const { who } = await aLearner();
      const lessonId = course.lessons[0]!.id;
      const { note: mine } = await note(who, { lessonId, text: 'My secret' });
      const others = [
        trainer,
        await aPerson(app, { roles: ['MANAGER'] }),
        await aPerson(app, { roles: ['ADMIN'] }),
        (await aLearner()).who,
      ];
      for (const other of others) {
        expect((await lessonOf(other)).note).toBeNull();
        expect((await other.ask(LIST, { first: 100 })).lessonNotes.nodes).toEqual([]);
        await other.mutate('lessonNoteDelete', 'LessonNoteDeleteInput', { noteId: mine.id }, 'deleted');
      }
      await note(others[3]!, { lessonId, text: 'Another', expectedRevision: 1 });
      expect((await lessonOf(who)).note).toEqual({ ...mine, text: 'My secret', revision: 1 });
      expect(await app.visitor().errorCode(LIST, { first: 1 })).toBe('UNAUTHENTICATED');
      // Nothing but a lesson and the list of one's own leads to a note.
      const { __schema } = await who.ask(
        `{ __schema { types { name fields { name type { name ofType { name } } } } } }`,
      );
      const leading = __schema.types.flatMap(({ name, fields }: any) =>
        (fields ?? [])
          .filter(({ type }: any) => [type.name, type.ofType?.name].includes('LessonNote'))
          .map((field: any) => `${name}.${field.name}`),
      );
      expect(leading.sort()).toEqual(['Lesson.note', 'LessonNoteEdge.node', 'LessonNoteSavePayload.note']);
    });

    it('needs words, not too many, and a course that its learner takes', async () => {
      const { who } = await aLearner();
      const lessonId = course.lessons[0]!.id;
      expect(code(await note(who, { lessonId, text: '  ' }))).toBe('REQUIRED');
      expect(code(await note(who, { lessonId, text: 'x'.repeat(10_001) }))).toBe('TOO_LONG');
      const stranger = await aPerson(app);
      const document = `mutation ($input: LessonNoteSaveInput!) { lessonNoteSave(input: $input) { note { id } } }`;
      for (const id of [lessonId, 'x', '019a0000-0000-7000-8000-000000000000'])
        expect(await stranger.errorCode(document, { input: { lessonId: id, text: 'a' } })).toBe('NOT_FOUND');
    });
  });

  it('is asked for in as many statements, however much there is', async () => {
    const count = async (who: Client, document: string, variables = {}) =>
      (await recordStatements(app, () => who.ask(document, variables))).statements.length;
    const page = { slug: course.slug, key: course.lessons[0]!.key };
    const { who, enrollmentId } = await aLearner();
    await note(who, { lessonId: course.lessons[0]!.id, text: 'One' });
    await save(who, { enrollmentId, lessonId: course.lessons[0]!.id, block: 1 });
    await count(who, LESSON, page);
    const counts = async () => [
      await count(who, LESSON, page),
      await count(who, CONTINUE),
      await count(who, LIST, { first: 100 }),
    ];
    const before = await counts();
    const others = await Promise.all([1, 2, 3].map(() => aCourse(trainer)));
    for (const other of others) {
      const id = await enroll(who, other.id);
      for (const lesson of other.lessons) {
        await note(who, { lessonId: lesson.id, text: 'More' });
        await save(who, { enrollmentId: id, lessonId: lesson.id, block: 1 });
      }
      await completeReadings(who, id, other);
    }
    await counts();
    expect(await counts()).toEqual(before);
  });

  it('keeps how large somebody reads, and whether pictures wait', async () => {
    const { who } = await aLearner();
    const reading = async () => (await who.ask('{ viewer { textSize lowData } }')).viewer;
    expect(await reading()).toEqual({ textSize: 'MEDIUM', lowData: false });
    await who.mutate(
      'viewerUpdate',
      'ViewerUpdateInput',
      { textSize: 'LARGEST', lowData: true },
      'viewer { id }',
    );
    expect(await reading()).toEqual({ textSize: 'LARGEST', lowData: true });
    await who.mutate('viewerUpdate', 'ViewerUpdateInput', { name: 'Léa' }, 'viewer { id }');
    expect(await reading()).toEqual({ textSize: 'LARGEST', lowData: true });
  });
});
