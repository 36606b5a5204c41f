import { aPerson } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { aQuestion, createQuestion, updateQuestion } from '../support/questions.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { translations } from '../support/translations.js';

describe('the translation of questions', () => {
  let app: TestApp;
  let trainer: Client;
  let imported: ReturnType<typeof translations>['imported'];
  let french: ReturnType<typeof translations>['french'];
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    ({ imported, french } = translations(trainer));
  });
  afterAll(() => app.close());

  const questionOf = async (versionId: string, key: string): Promise<any> =>
    (await french(versionId)).questions.find((each: any) => each.key === key);
  const read = async (id: string): Promise<Record<string, any> & { number: number }> =>
    (
      await trainer.ask(
        `query ($id: ID!) { question(id: $id) { version { number kind promptMarkdown explanation
           options { key text feedback correct weight match number { value tolerance } } } } }`,
        { id },
      )
    ).question.version;
  const translateQuestion = (input: object): Promise<any> =>
    trainer.mutate(
      'questionTranslate',
      'QuestionTranslateInput',
      input,
      'question { id version { number } }',
    );

  it('is a new version of the question, which the quiz of the draft asks', async () => {
    const { versionId, idOf } = await imported();
    const { id, state, excerpt, asked } = await questionOf(versionId, 'one');
    expect({ state, excerpt, asked }).toEqual({ state: 'COMPLETE', excerpt: 'One?', asked: true });
    const before = await read(id);
    const [first, ...others] = before.options;
    const { question, userErrors } = await translateQuestion({
      questionId: id,
      expectedVersion: before.number,
      locale: 'fr',
      promptMarkdown: 'Combien ?',
      explanation: 'Parce que.',
      options: [{ key: first.key, text: 'Un seul', feedback: 'Bravo.' }],
    });
    expect(userErrors).toEqual([]);
    expect(question.version.number).toBe(before.number + 1);
    const after = await read(id);
    expect(after.promptMarkdown).toEqual({ en: 'One?\n', fr: 'Combien ?\n' });
    expect(after.options[0]).toMatchObject({
      key: first.key,
      correct: first.correct,
      text: { ...first.text, fr: 'Un seul' },
      feedback: { ...first.feedback, fr: 'Bravo.' },
    });
    expect(after.options.slice(1)).toEqual(others);
    const asks = `query ($id: ID!) { lesson(id: $id) { questions(locale: "fr") { promptHtml } } }`;
    const { lesson } = await trainer.ask(asks, { id: idOf('check') });
    expect(lesson.questions[0].promptHtml).toBe('<p>Combien ?</p>');
    // What French says now and English does not is missing there: publishing would say the same.
    expect((await questionOf(versionId, 'one')).state).toBe('COMPLETE');
    const list = `query ($id: ID!) { courseVersion(id: $id) { publishChecklist { code ok } } }`;
    const { courseVersion } = await trainer.ask(list, { id: versionId });
    expect(courseVersion.publishChecklist).toContainEqual({ code: 'TRANSLATION_MISSING', ok: true });
    expect(courseVersion.publishChecklist).toContainEqual({ code: 'MAIN_TEXT_MISSING', ok: false });
  });

  it('is out of date once the question says something else, until somebody has looked at it', async () => {
    const { versionId } = await imported();
    const { id } = await questionOf(versionId, 'one');
    const { number, kind, promptMarkdown, options, explanation } = await read(id);
    const question = {
      kind,
      promptMarkdown: { ...promptMarkdown, en: 'Which one?' },
      options,
      explanation,
    };
    await updateQuestion(trainer, { questionId: id, expectedVersion: number, question });
    expect((await questionOf(versionId, 'one')).state).toBe('OUT_OF_DATE');
    expect((await questionOf(versionId, 'many')).state).toBe('COMPLETE');
    expect(await french(versionId)).toMatchObject({ completeCount: 12, totalCount: 13 });
    const asIs = {
      questionId: id,
      expectedVersion: number + 1,
      locale: 'fr',
      promptMarkdown: promptMarkdown.fr,
    };
    expect((await translateQuestion(asIs)).question.version.number).toBe(number + 1);
    expect((await questionOf(versionId, 'one')).state).toBe('COMPLETE');
    // Which of them is right is no text.
    const weighed = options.map((option: any) => ({ ...option, ...(option.correct && { weight: 100 }) }));
    await updateQuestion(trainer, {
      questionId: id,
      expectedVersion: number + 1,
      question: { ...question, options: weighed },
    });
    expect((await questionOf(versionId, 'one')).state).toBe('COMPLETE');
  });

  it('is missing where publishing says so, and is taken away with an empty text', async () => {
    const { versionId } = await imported();
    const { id } = await questionOf(versionId, 'one');
    const { number } = await read(id);
    await translateQuestion({ questionId: id, expectedVersion: number, locale: 'fr', promptMarkdown: ' ' });
    expect(Object.keys((await read(id)).promptMarkdown)).toEqual(['en']);
    expect((await questionOf(versionId, 'one')).state).toBe('MISSING');
    const list = `query ($id: ID!) { courseVersion(id: $id) { publishChecklist { code ok } } }`;
    const { courseVersion } = await trainer.ask(list, { id: versionId });
    expect(courseVersion.publishChecklist).toContainEqual({ code: 'TRANSLATION_MISSING', ok: false });
  });

  it('holds accepted answers, and those of the bank that no quiz asks', async () => {
    const { versionId, courseId } = await imported();
    const { question } = await createQuestion(trainer, courseId, aQuestion('SHORT_TEXT'));
    const { state, asked } = await questionOf(versionId, question.key);
    expect({ state, asked }).toEqual({ state: 'MISSING', asked: false });
    expect((await french(versionId)).totalCount).toBe(13);
    const [whole, part] = (await read(question.id)).options;
    const input = {
      questionId: question.id,
      expectedVersion: 1,
      locale: 'fr',
      promptMarkdown: 'D’où saute-t-on ?',
      options: [
        { key: whole.key, text: 'tremplin' },
        { key: part.key, text: 'planche*' },
      ],
    };
    expect((await translateQuestion(input)).userErrors).toEqual([]);
    expect((await questionOf(versionId, question.key)).state).toBe('COMPLETE');
    const late = await translateQuestion(input);
    expect(late).toMatchObject({ question: null, userErrors: [{ code: 'QUESTION_CHANGED' }] });
    const codeOf = async (more: object): Promise<string> =>
      (await translateQuestion({ ...input, expectedVersion: 2, ...more })).userErrors[0].code;
    expect(await codeOf({ locale: 'de' })).toBe('LOCALE_NOT_IN_COURSE');
    expect(await codeOf({ options: [{ key: 'nowhere', text: 'x' }] })).toBe('QUESTION_OPTION_UNKNOWN');
    expect(await codeOf({ options: [{ key: whole.key, text: '*' }] })).toBe('QUESTION_ACCEPTS_ANYTHING');
  });

  it('of two who translate one at once, one is told', async () => {
    const { versionId } = await imported();
    const { id } = await questionOf(versionId, 'one');
    const { number } = await read(id);
    const answers = await Promise.all(
      ['Le premier ?', 'L’unique ?'].map((promptMarkdown) =>
        translateQuestion({ questionId: id, expectedVersion: number, locale: 'fr', promptMarkdown }),
      ),
    );
    const codes = answers.flatMap(({ userErrors }) => userErrors.map(({ code }: any) => code));
    expect(codes).toEqual(['QUESTION_CHANGED']);
  });
});
