import { aCourse, aPerson, courseFiles } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';
import { TRANSLATIONS, translations } from '../support/translations.js';

const doc = (text: string) => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});

describe('the translation of a course', () => {
  let app: TestApp;
  let trainer: Client;
  let imported: ReturnType<typeof translations>['imported'];
  let french: ReturnType<typeof translations>['french'];
  let stateOf: ReturnType<typeof translations>['stateOf'];
  let save: ReturnType<typeof translations>['save'];
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    ({ imported, french, stateOf, save } = translations(trainer));
  });
  afterAll(() => app.close());

  it('is complete as it was imported, and says what is missing', async () => {
    const whole = await imported();
    expect(await french(whole.versionId)).toMatchObject({ locale: 'fr', completeCount: 13, totalCount: 13 });
    const half = await imported(courseFiles().filter(({ path }) => path !== '01-first/01-reading-1.fr.md'));
    await app.sql(`UPDATE course_version SET partial_locales = '{fr}' WHERE id = $1`, [half.versionId]);
    const { lessons, completeCount } = await french(half.versionId);
    expect(lessons[0]).toEqual({ state: 'MISSING', lesson: { key: 'reading-1' } });
    expect(completeCount).toBe(12);
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
      { field: 'OUTCOMES', text: 'Vous saurez.' },
      { field: 'DESCRIPTION', text: 'Bonjour.' },
      { field: 'TITLE', text: 'Le premier' },
      { field: 'SUMMARY', text: null },
    ]);
    const late = await translate(versionId, [
      { moduleId, field: 'TITLE', text: 'Autre' },
      { field: 'TITLE', text: 'Trop tard', expected: 'Small course (fr)' },
    ]);
    expect(late).toMatchObject({ version: null, userErrors: [{ code: 'TRANSLATION_CHANGED' }] });
    expect(late.userErrors[0].message).toContain('“Petit cours”');
    expect((await french(versionId)).texts[4].text).toBe('Le premier');
    const codeOf = async (texts: object[], locale?: string): Promise<string> =>
      (await translate(versionId, texts, locale)).userErrors[0].code;
    expect(await codeOf([{ field: 'TITLE', text: '' }], 'en')).toBe('REQUIRED');
    expect(await codeOf([{ field: 'TITLE', text: 'a'.repeat(201) }])).toBe('TOO_LONG');
    expect(await codeOf([{ field: 'TITLE', text: 'a' }], 'de')).toBe('LOCALE_NOT_IN_COURSE');
  });

  it('of outcomes and of the description is what a trainer writes by hand', async () => {
    const { versionId, moduleId } = await imported();
    const update = (input: object): Promise<any> =>
      trainer.mutate(
        'courseVersionUpdate',
        'CourseVersionUpdateInput',
        { versionId, locale: 'en', ...input },
        'version { id }',
      );
    await update({ outcomes: ['Sell', 'Buy'], descriptionMarkdown: 'For **shops**.' });
    const shown = async (): Promise<any> =>
      Object.fromEntries(
        (await french(versionId)).texts
          .filter(({ moduleId: id }: any) => id === null)
          .map(({ field, source, text, state }: any) => [field, { source, text, state }]),
      );
    await translate(versionId, [
      { field: 'OUTCOMES', text: '' },
      { field: 'DESCRIPTION', text: '' },
    ]);
    expect(await shown()).toMatchObject({
      OUTCOMES: { source: 'Sell\nBuy', text: null, state: 'MISSING' },
      DESCRIPTION: { source: 'For **shops**.', text: null, state: 'MISSING' },
    });
    await translate(versionId, [
      { field: 'OUTCOMES', text: ' Vendre \n\nAcheter' },
      { field: 'DESCRIPTION', text: 'Pour les **boutiques**.' },
    ]);
    expect(await shown()).toMatchObject({
      OUTCOMES: { text: 'Vendre\nAcheter', state: 'COMPLETE' },
      DESCRIPTION: { text: 'Pour les **boutiques**.', state: 'COMPLETE' },
    });
    await update({ outcomes: ['Sell'] });
    expect((await shown()).OUTCOMES.state).toBe('OUT_OF_DATE');
    expect((await shown()).DESCRIPTION.state).toBe('COMPLETE');
    await translate(versionId, [{ field: 'OUTCOMES', text: 'Vendre\nAcheter' }]);
    expect((await shown()).OUTCOMES.state).toBe('COMPLETE');
    const codeOf = async (text: object): Promise<string> => {
      const { userErrors, errors } = await trainer
        .mutate(
          'courseOutlineTranslate',
          'CourseOutlineTranslateInput',
          { versionId, locale: 'fr', texts: [text] },
          'version { id }',
        )
        .catch((error: Error) => ({ userErrors: [], errors: error.message }));
      return userErrors[0]?.code ?? errors;
    };
    expect(
      await codeOf({
        field: 'OUTCOMES',
        text: 'a\n'.repeat(21).replaceAll('a', () => Math.random().toString()),
      }),
    ).toBe('INVALID_FORMAT');
    expect(await codeOf({ field: 'OUTCOMES', text: 'a'.repeat(301) })).toBe('TOO_LONG');
    expect(await codeOf({ moduleId, field: 'OUTCOMES', text: 'a' })).toContain('NOT_FOUND');
  });

  it('of a title is out of date once its source is another one, wherever that was written', async () => {
    const { versionId, moduleId } = await imported();
    const states = async (): Promise<string[]> =>
      (await french(versionId)).texts
        .filter(({ field }: any) => field === 'TITLE' || field === 'SUMMARY')
        .map(({ state }: any) => state);
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
