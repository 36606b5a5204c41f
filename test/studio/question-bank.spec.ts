import { aCourse, aPerson, enroll, publishNewVersion, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { aDraftQuiz, aQuestion, createQuestion, updateQuestion } from '../support/questions.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const LIST = `query ($slug: String!, $filter: BankQuestionFilter, $first: Int! = 50, $after: String) {
  course(slug: $slug) { questions(filter: $filter, first: $first, after: $after) {
    totalCount nodes { id key tags archivedAt version { number kind excerpt promptHtml }
      uses { title inDraft inPublished drawn } }
    pageInfo { hasNextPage endCursor } } questionTags { tag count } } }`;
const ONE = `query ($id: ID!) { question(id: $id) { key tags course { slug }
  version { number kind promptMarkdown options { key text feedback correct weight match number { value tolerance } } explanation }
  versions { number createdAt createdBy { name } } } }`;
const ASKED = `query ($id: ID!) { lesson(id: $id) { questions { key promptHtml options { text } } } }`;

describe('the question bank of a course', () => {
  let app: TestApp;
  let trainer: Client;
  let course: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'], name: 'ada' });
  });
  beforeEach(async () => {
    course = await aCourse(trainer);
  });
  afterAll(() => app.close());

  const list = async (filter: object = {}, more: object = {}): Promise<any> =>
    (await trainer.ask(LIST, { slug: course.slug, filter, ...more })).course;
  const keysOf = async (filter: object): Promise<string[]> =>
    (await list(filter)).questions.nodes.map(({ key }: any) => key);
  const read = async (id: string): Promise<any> => (await trainer.ask(ONE, { id })).question;
  const idOf = async (key: string): Promise<string> =>
    (await list({ text: key })).questions.nodes.find((each: any) => each.key === key).id;
  const editable = async (id: string): Promise<any> => {
    const { version } = await read(id);
    const { number, kind, promptMarkdown, options, explanation } = version;
    return { number, question: { kind, promptMarkdown, options, explanation } };
  };

  it('lists what an import brought, where it is asked, and finds it', async () => {
    const { questions } = await list();
    expect(questions.totalCount).toBe(3);
    expect(questions.nodes.find(({ key }: any) => key === 'one')).toMatchObject({
      version: { number: 1, kind: 'SINGLE_CHOICE', excerpt: 'One?', promptHtml: '<p>One?</p>' },
      uses: [{ title: 'Check', inDraft: false, inPublished: true, drawn: false }],
    });
    expect(await keysOf({ text: 'plusieurs' })).toEqual(['many']);
    expect(await keysOf({ text: '100%_' })).toEqual([]);
    expect(await keysOf({ kind: 'TRUE_FALSE' })).toEqual(['truth']);
    expect(await keysOf({ unused: true })).toEqual([]);
    await createQuestion(trainer, course.id, aQuestion('NUMBER', { tags: [' VAT ', 'vat', 'money'] }));
    expect(await keysOf({ unused: true })).toEqual(['about-number']);
    expect(await keysOf({ tag: 'vat' })).toEqual(['about-number']);
    expect((await list()).questionTags).toEqual([
      { tag: 'money', count: 1 },
      { tag: 'vat', count: 1 },
    ]);
    await aDraftQuiz(trainer, course.id);
    const [used] = (await list({ text: 'one?' })).questions.nodes;
    expect(used.uses).toEqual([{ title: 'Check', inDraft: true, inPublished: true, drawn: false }]);
  });

  it('is read page by page, the newest first', async () => {
    for (const n of [1, 2])
      await createQuestion(trainer, course.id, aQuestion('ORDERING', { tags: [`n${n}`] }));
    const first = (await list({}, { first: 2 })).questions;
    expect(first.nodes.map(({ key }: any) => key)).toEqual(['about-ordering-2', 'about-ordering']);
    const rest = (await list({}, { first: 5, after: first.pageInfo.endCursor })).questions;
    expect([first.totalCount, rest.nodes.length, rest.pageInfo.hasNextPage]).toEqual([5, 3, false]);
  });

  it.each(['SINGLE_CHOICE', 'MULTIPLE_CHOICE', 'TRUE_FALSE', 'SHORT_TEXT', 'NUMBER', 'MATCHING', 'ORDERING'])(
    'keeps a question of the kind %s, and saving it untouched makes no new version',
    async (kind) => {
      const { question, userErrors } = await createQuestion(
        trainer,
        course.id,
        aQuestion(kind, { explanation: { en: 'Because.', fr: '' } }),
      );
      expect(userErrors).toEqual([]);
      const { number, question: stored } = await editable(question.id);
      expect(stored).toMatchObject({ kind, explanation: { en: 'Because.' } });
      expect(stored.options.length).toBe((aQuestion(kind).options as object[]).length);
      const again = await updateQuestion(trainer, {
        questionId: question.id,
        expectedVersion: number,
        question: stored,
      });
      expect(again.userErrors).toEqual([]);
      expect((await read(question.id)).versions).toMatchObject([{ number: 1, createdBy: { name: 'ada' } }]);
    },
  );

  it('refuses a question that cannot be asked, with the place in it and in both languages', async () => {
    const [right] = aQuestion().options as object[];
    const { userErrors } = await createQuestion(
      trainer,
      course.id,
      aQuestion('SINGLE_CHOICE', { options: [right, { text: { en: ' ' } }] }),
    );
    expect(userErrors).toEqual([
      {
        code: 'QUESTION_OPTION_EMPTY',
        message: 'Number 2 is empty: fill it in, or remove it.',
        field: 'options.1.text',
      },
    ]);
    const html = aQuestion('SINGLE_CHOICE', { promptMarkdown: { fr: '<script>alert(1)</script>' } });
    const markup = await createQuestion(trainer, course.id, html);
    expect(markup.userErrors).toMatchObject([{ code: 'MARKDOWN_HTML', field: 'prompt.fr' }]);
    const other = await createQuestion(
      trainer,
      course.id,
      aQuestion('NUMBER', { promptMarkdown: { de: 'Wie viel?' } }),
    );
    expect(other.userErrors).toMatchObject([{ code: 'LOCALE_NOT_IN_COURSE', field: 'prompt.de' }]);
    const french = await aPerson(app, { roles: ['ADMIN'], locale: 'fr' });
    const { userErrors: inFrench } = await createQuestion(
      french,
      course.id,
      aQuestion('NUMBER', { options: [] }),
    );
    expect(inFrench[0].message).toMatch(/^Remplissez-en au moins 1/);
    expect((await list()).questions.totalCount).toBe(3);
  });

  it('gives a changed question a new version, which the draft takes at once and what is published does not', async () => {
    const { quizId } = await aDraftQuiz(trainer, course.id);
    const published = course.lessons.find(({ kind }) => kind === 'QUIZ')!.id;
    const questionId = await idOf('one');
    const { number, question } = await editable(questionId);
    question.promptMarkdown.en = 'Uno?';
    question.options[0].text.en = 'very wrong';
    app.clock.moveForward(60_000);
    await updateQuestion(trainer, { questionId, expectedVersion: number, question });

    const asked = async (id: string): Promise<any> => (await trainer.ask(ASKED, { id })).lesson.questions[0];
    expect(await asked(quizId)).toMatchObject({
      promptHtml: '<p>Uno?</p>',
      options: [{ text: 'very wrong' }, {}, {}],
    });
    expect(await asked(published)).toMatchObject({
      promptHtml: '<p>One?</p>',
      options: [{ text: 'wrong' }, {}, {}],
    });
    const { versions, version } = await read(questionId);
    expect(versions).toMatchObject([
      { number: 2, createdBy: { name: 'ada' }, createdAt: app.clock.now().toISOString() },
      { number: 1, createdBy: null },
    ]);
    expect(version.options.map(({ key }: any) => key)).toEqual(['a', 'b', 'c']);
    expect(await keysOf({ text: 'uno' })).toEqual(['one']);
    expect(await keysOf({ text: 'One?' })).toEqual([]);
  });

  it('hands what was mended between two versions to the next draft, not to learners', async () => {
    const questionId = await idOf('truth');
    const { number, question } = await editable(questionId);
    question.promptMarkdown.en = 'Really true?';
    await updateQuestion(trainer, { questionId, expectedVersion: number, question });
    const published = course.lessons.find(({ kind }) => kind === 'QUIZ')!.id;
    const { quizId } = await aDraftQuiz(trainer, course.id);
    const prompts = async (id: string): Promise<string[]> =>
      (await trainer.ask(ASKED, { id })).lesson.questions.map(({ promptHtml }: any) => promptHtml);
    expect((await prompts(quizId))[2]).toBe('<p>Really true?</p>');
    expect((await prompts(published))[2]).toBe('<p>True?</p>');
  });

  it('never uses the key of an option that is gone for another one', async () => {
    const questionId = await idOf('one');
    const { question } = await editable(questionId);
    const without = { ...question, options: question.options.slice(0, 2) };
    await updateQuestion(trainer, { questionId, expectedVersion: 1, question: without });
    const added = { ...without, options: [...without.options, { text: { en: 'another', fr: 'autre' } }] };
    await updateQuestion(trainer, { questionId, expectedVersion: 2, question: added });
    const { version } = await read(questionId);
    expect(version.options.map(({ key }: any) => key)).toEqual(['a', 'b', 'd']);
  });

  it('takes one of two trainers who save the same question, and tells the other', async () => {
    const colleague = await aPerson(app, { roles: ['ADMIN'] });
    const questionId = await idOf('one');
    const { question } = await editable(questionId);
    for (const expectedVersion of [1, 2, 3]) {
      const saves = [trainer, colleague, trainer, colleague].map((who, index) => {
        const promptMarkdown = { en: `Round ${expectedVersion}, hand ${index}?` };
        return updateQuestion(who, {
          questionId,
          expectedVersion,
          question: { ...question, promptMarkdown },
        });
      });
      const answers = await Promise.all(saves);
      expect(answers.filter((answer) => answer.question)).toHaveLength(1);
      const codes = answers.flatMap(({ userErrors }) => userErrors.map(({ code }: any) => code));
      expect(codes).toEqual(Array.from({ length: 3 }, () => 'QUESTION_CHANGED'));
    }
    expect((await read(questionId)).versions).toHaveLength(4);
  });

  it('keeps an archived question where it is asked, offers it no longer, and takes it back', async () => {
    const questionId = await idOf('many');
    const set = (name: string, type: string): Promise<any> =>
      trainer.mutate(name, type, { questionId }, 'question { archivedAt }');
    const archived = await set('questionArchive', 'QuestionArchiveInput');
    expect(archived.question.archivedAt).toBe(app.clock.now().toISOString());
    expect(await keysOf({})).not.toContain('many');
    expect(await keysOf({ archived: true })).toEqual(['many']);
    const { quizId } = await aDraftQuiz(trainer, course.id);
    expect((await trainer.ask(ASKED, { id: quizId })).lesson.questions).toHaveLength(3);
    await set('questionRestore', 'QuestionRestoreInput');
    expect(await keysOf({})).toContain('many');
  });

  it('duplicates a question under a key of its own, and tags several at once', async () => {
    const questionId = await idOf('one');
    const { question } = await trainer.mutate(
      'questionDuplicate',
      'QuestionDuplicateInput',
      { questionId },
      'question { id key version { number excerpt } uses { title } }',
    );
    expect(question).toMatchObject({ key: 'one-2', version: { number: 1, excerpt: 'One?' }, uses: [] });
    const tag = (input: object): Promise<any> =>
      trainer.mutate('questionTag', 'QuestionTagInput', input, 'questions { tags }');
    const questionIds = [questionId, question.id];
    expect((await tag({ questionIds, add: ['Basics', 'shop'] })).questions[1].tags).toEqual([
      'basics',
      'shop',
    ]);
    const { questions } = await tag({ questionIds: [questionId], remove: ['shop'] });
    expect(questions).toEqual([{ tags: ['basics'] }]);
    const { userErrors } = await tag({ questionIds, add: ['one,two'] });
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: 'add.0' }]);
    const { courseId } = await aCourse(trainer).then(({ id }) => ({ courseId: id }));
    const elsewhere = await createQuestion(trainer, courseId, aQuestion());
    const mixed = `mutation ($input: QuestionTagInput!) { questionTag(input: $input) { questions { id } } }`;
    const input = { questionIds: [questionId, elsewhere.question.id], add: ['x'] };
    expect(await trainer.errorCode(mixed, { input })).toBe('NOT_FOUND');
  });

  it('is closed to everyone but the trainers of the course', async () => {
    const learner = await aPerson(app);
    await enroll(learner, course.id);
    const rival = await aPerson(app, { roles: ['TRAINER'] });
    const id = await idOf('one');
    const archive = `mutation ($id: ID!) { questionArchive(input: { questionId: $id }) { question { id } } }`;
    for (const [document, variables] of [
      [LIST, { slug: course.slug }],
      [ONE, { id }],
      [archive, { id }],
    ] as const) {
      expect(await app.visitor().errorCode(document, variables)).toBe('UNAUTHENTICATED');
      for (const who of [learner, rival]) expect(await who.errorCode(document, variables)).toBe('FORBIDDEN');
    }
    for (const unknown of [course.id, 'no-id'])
      expect(await trainer.errorCode(ONE, { id: unknown })).toBe('NOT_FOUND');
  });

  it('keeps the versions of a question even from SQL', async () => {
    const change = app.sql(`UPDATE question_version SET created_at = now()`);
    await expect(change).rejects.toThrow(/append-only|cannot|change/i);
    await publishNewVersion(trainer, course);
    expect((await read(await idOf('one'))).versions).toHaveLength(1);
  });
});
