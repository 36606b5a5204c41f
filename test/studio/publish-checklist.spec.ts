import { aCourse, aPerson } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { studio, type Draft } from '../support/studio.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const text = (words: string) => ({ type: 'paragraph', content: [{ type: 'text', text: words }] });
const document = (...content: object[]) => ({ type: 'doc', content });
const FILE = 'a'.repeat(64);
const image = (alt: string, decorative = false) => ({
  type: 'image',
  attrs: { file: FILE, alt, decorative, caption: '', width: 10, height: 10 },
});
const video = (transcript: string) => ({
  type: 'video',
  attrs: { href: null, file: FILE, title: 'V', bytes: 1, durationSeconds: 1, captions: [], transcript },
});

describe('the checklist before publishing', () => {
  let app: TestApp;
  let trainer: Client & { personId: string };
  let atelier: ReturnType<typeof studio>;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    atelier = studio(trainer);
  });
  afterAll(() => app.close());

  const aDraft = async (): Promise<Draft> => atelier.draftOf((await aCourse(trainer)).id);
  const wrong = async (id: string): Promise<any[]> => (await atelier.checklist(id)).filter(({ ok }) => !ok);
  const codes = async (id: string): Promise<string[]> => (await wrong(id)).map(({ code }) => code);
  const write = (lessonId: string, body: object, locale = 'en') =>
    trainer.mutate('lessonUpdate', 'LessonUpdateInput', { lessonId, locale, body }, 'lesson { id }');

  it('says what is well too, and refuses with the first that is not', async () => {
    const draft = await aDraft();
    const all = await atelier.checklist(draft.id);
    expect(all.filter(({ ok }) => ok)).toHaveLength(10);
    expect(all.find(({ code }) => code === 'MODULE_EMPTY')).toMatchObject({
      ok: true,
      message: 'Every module has a lesson.',
      module: null,
    });
    expect(await codes(draft.id)).toEqual(['VERSION_UNCHANGED']);
    await atelier.module('moduleCreate', { versionId: draft.id, title: 'Nothing' });
    const { userErrors } = await atelier.publish(draft.id);
    expect(userErrors[0]).toMatchObject({
      code: 'MODULE_EMPTY',
      message: 'The module “Nothing” has no lesson. Add one, or delete the module.',
    });
  });

  it('names the lesson, the module and the language to mend, in the language of who asks', async () => {
    const draft = await aDraft();
    const [module] = draft.modules;
    const lessonId = module!.lessons[0]!.id;
    await atelier.module('moduleCreate', { versionId: draft.id, title: 'Nothing' });
    await atelier.lesson('lessonCreate', { moduleId: module!.id, kind: 'VIDEO', title: 'Film' });
    await atelier.lesson('lessonCreate', { moduleId: module!.id, kind: 'QUIZ', title: 'Test' });
    await write(lessonId, document(text('x'), image(''), image('A shop'), image('', true)));
    await write(lessonId, document({ type: 'callout', attrs: { tone: 'TIP' }, content: [video('')] }), 'fr');
    expect(await wrong(draft.id)).toMatchObject([
      { code: 'MODULE_EMPTY', module: { key: 'nothing' } },
      { code: 'LESSON_EMPTY', lesson: { key: 'film' } },
      { code: 'QUIZ_WITHOUT_QUESTION', lesson: { key: 'test' } },
      { code: 'IMAGE_WITHOUT_ALT', lesson: { key: 'reading-1' }, locale: 'en' },
      { code: 'VIDEO_WITHOUT_CAPTIONS', lesson: { key: 'reading-1' }, locale: 'fr' },
      { code: 'TRANSLATION_MISSING', module: { key: 'nothing' }, locale: 'fr' },
    ]);
    const colleague = await aPerson(app, { roles: ['ADMIN'], locale: 'fr' });
    const [, empty, , , film, missing] = (await studio(colleague).checklist(draft.id)).filter(
      ({ ok }) => !ok,
    );
    expect(empty.message).toBe('La leçon « Film » est vide. Écrivez son texte, ou supprimez-la.');
    expect(film.message).toContain('« Lecture 1 » a une vidéo sans sous-titres ni transcription (français)');
    expect(missing.message).toContain('Les textes ne sont pas complets en français : 3 manquants');
    await write(lessonId, document(text('x'), image('A shop')));
    await write(lessonId, document(video('Bonjour.')), 'fr');
    expect(await codes(draft.id)).not.toEqual(expect.arrayContaining(['IMAGE_WITHOUT_ALT']));
    expect(await codes(draft.id)).not.toEqual(expect.arrayContaining(['VIDEO_WITHOUT_CAPTIONS']));
  });

  it('waits for a translation unless its language is marked as partial; never for less than the main one', async () => {
    const draft = await aDraft();
    const moduleId = draft.modules[0]!.id;
    const { lesson } = await atelier.lesson('lessonCreate', {
      moduleId,
      kind: 'READING',
      title: 'Only English',
    });
    await write(lesson.id, document(text('Text.')));
    expect(await wrong(draft.id)).toMatchObject([{ code: 'TRANSLATION_MISSING', locale: 'fr' }]);
    const { version } = await atelier.update({ versionId: draft.id, locale: 'fr', partial: true });
    expect(version.partialLocales).toEqual(['fr']);
    const refused = await atelier.update({ versionId: draft.id, locale: 'en', partial: true });
    expect(refused.userErrors[0].code).toBe('LOCALE_IS_DEFAULT');
    const { lesson: french } = await atelier.lesson('lessonCreate', {
      moduleId,
      kind: 'READING',
      title: 'Seulement',
      locale: 'fr',
    });
    await write(french.id, document(text('Texte.')), 'fr');
    expect(await wrong(draft.id)).toMatchObject([
      { code: 'MAIN_TEXT_MISSING', locale: 'en', lesson: { key: 'seulement' } },
    ]);
    await atelier.lesson('lessonDelete', { lessonId: french.id });
    expect((await atelier.publish(draft.id)).userErrors).toEqual([]);
    // What may stay incomplete may in the next draft too.
    const next = await atelier.draftOf(draft.course.id);
    const again = await atelier.update({ versionId: next.id, locale: 'fr', title: 'Autre' });
    expect(again.version.partialLocales).toEqual(['fr']);
  });

  it('fills pools from the bank of today when it is published, and asks for enough questions', async () => {
    const draft = await aDraft();
    const quiz = draft.modules[0]!.lessons.find(({ kind }) => kind === 'QUIZ')!;
    const tag = (key: string, tags: string[]) =>
      app.sql('UPDATE question SET tags = $2 WHERE course_id = $3 AND key = $1', [
        key,
        tags,
        draft.course.id,
      ]);
    // `one` stays fixed; `many` and `truth` are drawn.
    await app.sql(`DELETE FROM quiz_question WHERE lesson_id = $1 AND position > 0`, [quiz.id]);
    await app.sql(`UPDATE lesson SET quiz_pools = '[{"tag": "shop", "count": 2}]' WHERE id = $1`, [quiz.id]);
    await tag('one', ['shop']);
    await tag('many', ['shop']);
    expect(await wrong(draft.id)).toMatchObject([
      {
        code: 'POOL_TOO_SMALL',
        lesson: { key: 'check' },
        message: expect.stringContaining('draws 2 questions with the tag “shop”, and 1 can be drawn'),
      },
    ]);
    await tag('truth', ['shop']);
    await app.sql(
      `INSERT INTO question_version (id, question_id, number, kind, prompts, options, content_hash, created_at)
       SELECT gen_random_uuid(), question_id, 2, kind, '{"en": {"type": "doc", "content": []}}', '[]', 'x', now() FROM question_version
         JOIN question ON question.id = question_id WHERE course_id = $1 AND key = 'truth'`,
      [draft.course.id],
    );
    expect(await codes(draft.id)).toEqual(['QUESTION_WITHOUT_ANSWER']);
    await app.sql('UPDATE question SET archived_at = now() WHERE course_id = $1 AND key = $2', [
      draft.course.id,
      'truth',
    ]);
    expect(await codes(draft.id)).toEqual(['POOL_TOO_SMALL']);
    await app.sql(`UPDATE lesson SET quiz_pools = '[{"tag": "shop", "count": 1}]' WHERE id = $1`, [quiz.id]);
    expect((await atelier.publish(draft.id)).userErrors).toEqual([]);
    const frozen = await app.sql(
      `SELECT question.key, pool, position FROM quiz_question JOIN question_version asked ON asked.id = question_version_id
         JOIN question ON question.id = asked.question_id WHERE lesson_id = $1 ORDER BY position`,
      [quiz.id],
    );
    expect(frozen).toEqual([
      { key: 'one', pool: null, position: 0 },
      { key: 'many', pool: 0, position: 1 },
    ]);
  });

  it('is for the trainers of the course, and empty once it is published', async () => {
    const course = await aCourse(trainer);
    expect(await atelier.checklist(course.versionId)).toEqual([]);
    const draft = await atelier.draftOf(course.id);
    const learner = await aPerson(app);
    await expect(studio(learner).checklist(draft.id)).rejects.toThrow('FORBIDDEN');
  });
});
