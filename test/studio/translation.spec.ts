import { aCourse, aPerson, courseFiles } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { aQuestion, createQuestion, updateQuestion } from '../support/questions.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const TRANSLATIONS = `query ($id: ID!) { courseVersion(id: $id) { translations { locale completeCount totalCount
  texts { moduleId field source text state } questions { id key excerpt asked state } lessons { state lesson { key } } } } }`;

const doc = (text: string) => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

describe('the translation of a course', () => {
  let app: TestApp;
  let trainer: Client;
  let serial = 0;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
  });
  afterAll(() => app.close());

  const imported = async (files = courseFiles()) => {
    const { version } = await trainer.mutate(
      'courseImport',
      'CourseImportInput',
      { slug: `translated-${(serial += 1)}`, files },
      'version { id modules { id lessons { id key } } course { id slug } }',
    );
    const [module] = version.modules;
    const idOf = (key: string): string => module.lessons.find((lesson: any) => lesson.key === key).id;
    return {
      versionId: version.id as string,
      slug: version.course.slug,
      courseId: version.course.id as string,
      moduleId: module.id as string,
      idOf,
    };
  };
  const french = async (id: string): Promise<any> =>
    (await trainer.ask(TRANSLATIONS, { id })).courseVersion.translations[0];
  const stateOf = async (id: string, key: string): Promise<string> =>
    (await french(id)).lessons.find(({ lesson }: any) => lesson.key === key).state;
  const save = (lessonId: string, locale: string, body: object): Promise<any> =>
    trainer.mutate('lessonUpdate', 'LessonUpdateInput', { lessonId, locale, body }, 'lesson { revision }');

  it('is complete as it was imported, and says what is missing', async () => {
    const whole = await imported();
    expect(await french(whole.versionId)).toMatchObject({ locale: 'fr', completeCount: 11, totalCount: 11 });
    const half = await imported(courseFiles().filter(({ path }) => path !== '01-first/01-reading-1.fr.md'));
    await app.sql(`UPDATE course_version SET partial_locales = '{fr}' WHERE id = $1`, [half.versionId]);
    const { lessons, completeCount } = await french(half.versionId);
    expect(lessons[0]).toEqual({ state: 'MISSING', lesson: { key: 'reading-1' } });
    expect(completeCount).toBe(10);
  });

  it('is out of date once the text it was made from is another one, until somebody has looked at it', async () => {
    const { versionId, idOf } = await imported();
    const lesson = idOf('reading-1');
    await save(lesson, 'en', doc('Changed.'));
    expect(await stateOf(versionId, 'reading-1')).toBe('OUT_OF_DATE');
    expect(await stateOf(versionId, 'reading-2')).toBe('COMPLETE');
    await save(lesson, 'fr', doc('Changé.'));
    expect(await stateOf(versionId, 'reading-1')).toBe('COMPLETE');
    await save(lesson, 'en', doc('Changed again.'));
    expect(await stateOf(versionId, 'reading-1')).toBe('OUT_OF_DATE');
    await save(lesson, 'fr', doc('Changé.')); // it still holds: saved as it is
    expect(await stateOf(versionId, 'reading-1')).toBe('COMPLETE');
    await save(lesson, 'en', doc('Changed.'));
    await save(lesson, 'en', doc('Changed again.')); // and back
    expect(await stateOf(versionId, 'reading-1')).toBe('COMPLETE');
  });

  it('knows in the next version what was out of date in the one before', async () => {
    const { versionId, idOf, slug } = await imported();
    await save(idOf('reading-1'), 'en', doc('Changed.'));
    await trainer.mutate(
      'courseVersionPublish',
      'CourseVersionPublishInput',
      { versionId },
      'version { id }',
    );
    const { course } = await trainer.ask('query ($slug: String!) { course(slug: $slug) { id } }', { slug });
    const { version } = await trainer.mutate(
      'courseDraftCreate',
      'CourseDraftCreateInput',
      { courseId: course.id },
      'version { id }',
    );
    expect(await stateOf(version.id, 'reading-1')).toBe('OUT_OF_DATE');
  });

  const translate = (versionId: string, texts: object[], locale = 'fr'): Promise<any> =>
    trainer.mutate(
      'courseOutlineTranslate',
      'CourseOutlineTranslateInput',
      { versionId, locale, texts },
      'version { translations { texts { field text } } }',
    );

  it('of titles and summaries is saved, taken away, and never over what somebody else wrote', async () => {
    const { versionId, moduleId } = await imported();
    const answer = await translate(versionId, [
      { field: 'TITLE', text: 'Petit cours', expected: 'Small course (fr)' },
      { moduleId, field: 'TITLE', text: 'Le premier' },
      { moduleId, field: 'SUMMARY', text: '' },
    ]);
    expect(answer.version.translations[0].texts).toEqual([
      { field: 'TITLE', text: 'Petit cours' },
      { field: 'SUMMARY', text: 'Une formation.' },
      { field: 'TITLE', text: 'Le premier' },
      { field: 'SUMMARY', text: null },
    ]);
    const late = await translate(versionId, [
      { moduleId, field: 'TITLE', text: 'Autre' },
      { field: 'TITLE', text: 'Trop tard', expected: 'Small course (fr)' },
    ]);
    expect(late).toMatchObject({ version: null, userErrors: [{ code: 'TRANSLATION_CHANGED' }] });
    expect(late.userErrors[0].message).toContain('“Petit cours”');
    expect((await french(versionId)).texts[2].text).toBe('Le premier');
    const codeOf = async (texts: object[], locale?: string): Promise<string> =>
      (await translate(versionId, texts, locale)).userErrors[0].code;
    expect(await codeOf([{ field: 'TITLE', text: '' }], 'en')).toBe('REQUIRED');
    expect(await codeOf([{ field: 'TITLE', text: 'a'.repeat(201) }])).toBe('TOO_LONG');
    expect(await codeOf([{ field: 'TITLE', text: 'a' }], 'de')).toBe('LOCALE_NOT_IN_COURSE');
  });

  it('of a title is out of date once its source is another one, wherever that was written', async () => {
    const { versionId, moduleId } = await imported();
    const states = async (): Promise<string[]> =>
      (await french(versionId)).texts.map(({ state }: any) => state);
    const settings = (title: string): Promise<any> =>
      trainer.mutate(
        'courseVersionUpdate',
        'CourseVersionUpdateInput',
        { versionId, locale: 'en', title },
        'version { id }',
      );
    expect(await states()).toEqual(['COMPLETE', 'COMPLETE', 'COMPLETE', 'COMPLETE']);
    await settings('Another course');
    await trainer.mutate(
      'moduleUpdate',
      'ModuleUpdateInput',
      { moduleId, title: 'Another module' },
      'version { id }',
    );
    expect(await states()).toEqual(['OUT_OF_DATE', 'COMPLETE', 'OUT_OF_DATE', 'COMPLETE']);
    await settings('Yet another course');
    const title = (await french(versionId)).texts[0].text;
    await translate(versionId, [
      { field: 'TITLE', text: title, expected: title }, // it still fits
      { moduleId, field: 'TITLE', text: 'Autre module', source: 'What the module was called' },
    ]);
    expect(await states()).toEqual(['COMPLETE', 'COMPLETE', 'OUT_OF_DATE', 'COMPLETE']);
    await translate(versionId, [{ moduleId, field: 'TITLE', text: '' }]);
    expect((await states())[2]).toBe('MISSING');
    await translate(versionId, [{ field: 'SUMMARY', text: 'It is short.' }], 'en');
    expect((await states())[1]).toBe('OUT_OF_DATE');
  });

  it('of a title stays out of date in the next version', async () => {
    const { versionId, slug } = await imported();
    await translate(versionId, [{ field: 'TITLE', text: 'Another course' }], 'en');
    await trainer.mutate(
      'courseVersionPublish',
      'CourseVersionPublishInput',
      { versionId },
      'version { id }',
    );
    const { course } = await trainer.ask('query ($slug: String!) { course(slug: $slug) { id } }', { slug });
    const { version } = await trainer.mutate(
      'courseDraftCreate',
      'CourseDraftCreateInput',
      { courseId: course.id },
      'version { id }',
    );
    expect((await french(version.id)).texts[0].state).toBe('OUT_OF_DATE');
  });

  describe('of its questions', () => {
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
      expect(await french(versionId)).toMatchObject({ completeCount: 10, totalCount: 11 });
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
      expect((await french(versionId)).totalCount).toBe(11);
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

  it('is open about what is not there: learners are told which language they read', async () => {
    const half = await imported(courseFiles().filter(({ path }) => path !== '01-first/01-reading-1.fr.md'));
    await app.sql(`UPDATE course_version SET partial_locales = '{fr}' WHERE id = $1`, [half.versionId]);
    await trainer.mutate(
      'courseVersionPublish',
      'CourseVersionPublishInput',
      { versionId: half.versionId },
      'version { id }',
    );
    const learner = await aPerson(app, { locale: 'fr' });
    const { course } = await learner.ask(
      'query ($slug: String!) { course(slug: $slug) { modules { lessons { key bodyLocale } } } }',
      { slug: half.slug },
    );
    const localeOf = (key: string): string =>
      course.modules[0].lessons.find((lesson: any) => lesson.key === key).bodyLocale;
    expect(['reading-1', 'reading-2', 'check'].map(localeOf)).toEqual(['en', 'fr', null]);
  });

  it('shows the questions of a quiz in each language', async () => {
    const { idOf } = await imported();
    const document = `query ($id: ID!) { lesson(id: $id) { en: questions(locale: "en") { promptHtml } fr: questions(locale: "fr") { promptHtml } } }`;
    const { lesson } = await trainer.ask(document, { id: idOf('check') });
    expect([lesson.en[0].promptHtml, lesson.fr[0].promptHtml]).toEqual(['<p>One?</p>', '<p>Un ?</p>']);
  });

  it('is for the trainers of the course', async () => {
    const course = await aCourse(trainer);
    const rival = await aPerson(app, { roles: ['TRAINER'] });
    expect(await rival.errorCode(TRANSLATIONS, { id: course.versionId })).toBe('FORBIDDEN');
    expect(await app.visitor().errorCode(TRANSLATIONS, { id: course.versionId })).toBe('UNAUTHENTICATED');
    const through = `query ($slug: String!) { course(slug: $slug) { version { translations { locale } } } }`;
    expect(await rival.errorCode(through, { slug: course.slug })).toBe('FORBIDDEN');
  });
});
