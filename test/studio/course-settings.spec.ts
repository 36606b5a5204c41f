import { aCourse, aPerson } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { studio } from '../support/studio.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('what a draft says of itself', () => {
  let app: TestApp;
  let trainer: Client & { personId: string };
  let atelier: ReturnType<typeof studio>;
  let versionId: string;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    atelier = studio(trainer);
  });
  beforeEach(async () => {
    versionId = (await atelier.draftOf((await aCourse(trainer)).id)).id;
  });
  afterAll(() => app.close());

  it('changes in one language; what is left out stays, and what is empty goes', async () => {
    const { version } = await atelier.update({
      versionId,
      locale: 'fr',
      title: ' Nouveau ',
      summary: '',
      outcomes: ['Un', '', 'Un', 'Deux '],
      descriptionMarkdown: '## Pour qui\n\nTout le monde.\n',
      topics: ['photo', 'photo'],
      license: 'CC-BY-4.0',
    });
    expect(version).toMatchObject({
      revision: 2,
      topics: ['photo'],
      license: 'CC-BY-4.0',
      translation: { title: 'Nouveau', summary: null, outcomes: ['Un', 'Deux'] },
    });
    expect(version.translation.descriptionMarkdown).toContain('## Pour qui');
    const after = await atelier.update({ versionId, locale: 'fr', license: '', descriptionMarkdown: '' });
    expect(after.version).toMatchObject({
      license: null,
      topics: ['photo'],
      translation: { title: 'Nouveau', descriptionMarkdown: null },
    });
    expect(after.version.title).toBe('Small course');
  });

  it.each([
    ['a blank title', { title: ' ' }, { code: 'REQUIRED', field: 'title' }],
    ['a summary of 201 characters', { summary: 'x'.repeat(201) }, { code: 'TOO_LONG', field: 'summary' }],
    ['a language it has not', { locale: 'de' }, { code: 'LOCALE_NOT_IN_COURSE', field: 'locale' }],
    [
      'a description that is a script',
      { description: { type: 'doc', content: [{ type: 'script' }] } },
      { code: 'LESSON_BODY_INVALID', field: 'description' },
    ],
  ])('refuses %s', async (_what, changes, expected) => {
    const { version, userErrors } = await atelier.update({ versionId, locale: 'en', ...changes });
    expect(version).toBeNull();
    expect(userErrors[0]).toMatchObject(expected);
  });

  it('tells the second of two who opened the same settings', async () => {
    const save = (title: string) => atelier.update({ versionId, locale: 'en', title, expectedRevision: 1 });
    const answers = await Promise.all([save('Mine'), save('Theirs')]);
    expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? 'DONE').sort()).toEqual([
      'DONE',
      'VERSION_CHANGED',
    ]);
  });

  it('gets a language as partial, and loses one with its texts and nothing else', async () => {
    const added = await atelier.locale('courseLocaleAdd', versionId, 'pt-BR');
    expect(added.version).toEqual({ locales: ['en', 'fr', 'pt-BR'], partialLocales: ['pt-BR'] });
    const again = await atelier.locale('courseLocaleAdd', versionId, 'fr');
    expect(again.userErrors[0].code).toBe('LOCALE_KNOWN');
    expect((await atelier.locale('courseLocaleAdd', versionId, 'French')).userErrors[0].code).toBe(
      'LOCALE_INVALID',
    );
    const rows = () =>
      app.sql(
        `SELECT key, titles, bodies - 'fr' AS bodies, revision FROM lesson WHERE version_id = $1 ORDER BY position`,
        [versionId],
      );
    const before = await rows();
    const removed = await atelier.locale('courseLocaleRemove', versionId, 'fr');
    expect(removed.version).toEqual({ locales: ['en', 'pt-BR'], partialLocales: ['pt-BR'] });
    const after = await rows();
    expect(after).toEqual(
      before.map((row) => {
        const { fr: _, ...titles } = row.titles as Record<string, string>;
        return { ...row, titles };
      }),
    );
    const [{ found }] = (await app.sql(
      `SELECT EXISTS (SELECT 1 FROM lesson WHERE version_id = $1 AND (titles ? 'fr' OR bodies ? 'fr')) AS found`,
      [versionId],
    )) as [{ found: boolean }];
    expect(found).toBe(false);
    expect((await atelier.locale('courseLocaleRemove', versionId, 'en')).userErrors[0].code).toBe(
      'LOCALE_IS_DEFAULT',
    );
  });
});
