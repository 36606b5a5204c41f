import { Database } from '../../src/platform/database/database.js';
import { aCall, aCourse, aPerson, aProgram, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { recordStatements } from '../support/statements.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

interface Listed {
  totalCount: number;
  suggestion: string | null;
  topicCounts: { topic: string; courseCount: number }[];
  localeCounts: { locale: string; courseCount: number }[];
  nodes: { slug: string }[];
  edges: { cursor: string; excerpt: { text: string; highlighted: boolean }[] | null }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

const LIST = `query ($first: Int!, $after: String, $search: String, $topic: String, $locale: String, $maxMinutes: Int, $opensCall: ID) {
  courses(first: $first, after: $after, search: $search, topic: $topic, locale: $locale, maxMinutes: $maxMinutes, opensCall: $opensCall) {
    totalCount suggestion topicCounts { topic courseCount } localeCounts { locale courseCount }
    nodes { slug } edges { cursor excerpt { text highlighted } } pageInfo { hasNextPage endCursor } } }`;

type Texts = { title: string; summary?: string; lesson?: string; body?: string };

/** The files of a course of one reading, in each of these languages; the first is its own. */
function filesOf(texts: Record<string, Texts>, { topics = [] as string[], minutes = 10 } = {}) {
  const [own] = Object.keys(texts);
  return Object.entries(texts).flatMap(([locale, { title, summary = '-', lesson = '-', body = 'Text.' }]) => [
    {
      path: `course.${locale}.md`,
      text: [
        `---\ntitle: "${title}"\nsummary: "${summary}"\noutcomes: ["-"]`,
        ...(locale === own ? [`defaultLocale: ${own}\ntopics: [${topics.join(', ')}]`] : []),
        '---\n',
      ].join('\n'),
    },
    { path: `01-first/module.${locale}.md`, text: '---\ntitle: "-"\nsummary: "-"\n---\n' },
    {
      path: `01-first/01-read.${locale}.md`,
      text: `---\ntitle: "${lesson}"\n${locale === own ? `minutes: ${minutes}\n` : ''}---\n${body}\n`,
    },
  ]);
}

describe('searching the catalog', () => {
  let app: TestApp;
  let trainer: Client;
  let manager: Client & { personId: string };
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    manager = await aPerson(app, { roles: ['MANAGER'] });
  });
  afterAll(() => app.close());

  const draft = async (
    slug: string,
    texts: Record<string, Texts>,
    options?: Parameters<typeof filesOf>[1],
  ): Promise<string> => {
    const { version, userErrors } = await trainer.mutate(
      'courseImport',
      'CourseImportInput',
      { slug, files: filesOf(texts, options) },
      'version { id course { id } }',
    );
    expect(userErrors).toEqual([]);
    return version.id as string;
  };
  const publish = async (slug: string, ...rest: [Record<string, Texts>, Parameters<typeof filesOf>[1]?]) => {
    const versionId = await draft(slug, ...rest);
    const payload = await trainer.mutate(
      'courseVersionPublish',
      'CourseVersionPublishInput',
      { versionId },
      'version { id }',
    );
    expect(payload.userErrors).toEqual([]);
  };
  const list = async (variables: Record<string, unknown>, locale = 'fr'): Promise<Listed> =>
    (await app.visitor({ locale }).ask(LIST, { first: 100, ...variables })).courses;
  const slugs = async (search: string, locale = 'fr', more: object = {}): Promise<string[]> =>
    (await list({ search, ...more }, locale)).nodes.map(({ slug }) => slug);

  describe('by words', () => {
    beforeAll(async () => {
      await publish('billing', {
        fr: {
          title: 'Émettre des factures',
          summary: 'Une œuvre simple pour l’entreprise.',
          lesson: 'Les mentions obligatoires',
          body: 'Le **cœur** d’un devis : « la signature ». Pour 20 € par élève.',
        },
        en: {
          title: 'Sending invoices',
          summary: 'Paid on time.',
          body: 'Customers who were *paying* late.',
        },
      });
      await publish('mentioned', { fr: { title: 'Vendre', body: 'Joindre la facture au colis.' } });
      await publish('elsewhere', { es: { title: 'Facturación', body: 'El corazón de la canción.' } });
      await publish('naive', { en: { title: 'A café of one’s own', body: 'No naïve plan.' } });
    });

    it.each([
      ['facture', ['billing', 'mentioned']],
      ['factures', ['billing', 'mentioned']],
      ['FACTURÉ', ['billing', 'mentioned']],
      ['emettre', ['billing']],
      ['éméttre', ['billing']],
      ['œuvre', ['billing']],
      ['oeuvre', ['billing']],
      ['coeur', ['billing']],
      ['l’entreprise', ['billing']],
      ["l'entreprise", ['billing']],
      ['entreprises', ['billing']],
      ['signature', ['billing']],
      ['eleves', ['billing']],
      ['mention obligatoire', ['billing']],
      ['facture devis', ['billing']],
      ['facture inconnue', []],
    ])('finds in French, for %j: %j', async (search, expected) => {
      expect((await slugs(search)).sort()).toEqual(expected);
    });

    it.each([
      ['invoice', ['billing']],
      ['pay', ['billing']],
      ['paid', ['billing']],
      ['cafe', ['naive']],
      ['CAFÉS', ['naive']],
      ['naive plans', ['naive']],
      ['facture', []],
    ])('finds in English, for %j: %j', async (search, expected) => {
      expect(await slugs(search, 'en')).toEqual(expected);
    });

    it('finds whole words in a language that it has no rules for', async () => {
      expect(await slugs('facturacion', 'fr', { locale: 'es' })).toEqual(['elsewhere']);
      expect(await slugs('corazon', 'fr', { locale: 'es' })).toEqual(['elsewhere']);
      expect(await slugs('corazones', 'fr', { locale: 'es' })).toEqual([]);
    });

    it('puts what is in a title before what is in a text', async () => {
      expect(await slugs('factures')).toEqual(['billing', 'mentioned']);
    });

    it('shows where it stands, as plain text', async () => {
      const body = 'When 5 < 6 & a<b, the *lighthouse* is “seen”.';
      await publish('markup', { en: { title: 'Markup', body } });
      const { edges } = await list({ search: 'lighthouses' }, 'en');
      expect(edges[0]!.excerpt).toEqual([
        { text: expect.stringMatching(/When 5 < 6 & a<b, the $/), highlighted: false },
        { text: 'lighthouse', highlighted: true },
        { text: ' is "seen', highlighted: false },
      ]);
      const [{ excerpt }] = (await list({ search: 'coeur' })).edges as [Listed['edges'][number]];
      expect(excerpt!.find(({ highlighted }) => highlighted)!.text).toBe('cœur');
      expect(excerpt!.map(({ text }) => text).join('')).toContain(
        'd’un devis : "la signature". Pour 20 € par élève',
      );
      const [inBoth] = (await list({ search: 'emettre signatures' })).edges;
      expect(inBoth!.excerpt!.filter(({ highlighted }) => highlighted)).toEqual([
        { text: 'signature', highlighted: true },
      ]);
      const [titleOnly] = (await list({ search: 'emettre' })).edges;
      expect(titleOnly!.excerpt).toBeNull();
    });

    it('says in which languages there is more', async () => {
      const { totalCount, localeCounts } = await list({ search: 'facture' }, 'en');
      expect(totalCount).toBe(0);
      expect(localeCounts).toEqual([{ locale: 'fr', courseCount: 2 }]);
      expect((await list({ search: 'facture', locale: 'fr' }, 'en')).totalCount).toBe(2);
    });

    it.each([
      ['factrue', 'facture'],
      ['emetre', 'émettre'],
      ['devis factur', null],
      ['zzzzzz', null],
    ])('for %j proposes %j', async (search, suggestion) => {
      const listed = await list({ search });
      if (suggestion === 'facture') expect(['facture', 'factures']).toContain(listed.suggestion);
      else expect(listed.suggestion).toBe(suggestion);
    });

    it.each([
      ['10,000 characters', 'facture '.repeat(1250)],
      ['one endless word', 'a'.repeat(10_000)],
      ['operators', 'facture & | ! : * <-> ( ) \' " \\ -- ; %'],
      ['NUL', 'fac\0ture'],
      ['lone surrogates', '\ud800 facture \udc00'],
      ['stop words', 'le la les de'],
      ['operators alone', '& | ! :*'],
      ['marks of excerpts', '\ue000facture\ue001'],
    ])('takes %s', async (_, search) => {
      const { totalCount, nodes } = await list({ search });
      expect(nodes).toHaveLength(totalCount);
    });

    it('lists everything when nothing was typed', async () => {
      const { totalCount } = await list({});
      expect((await list({ search: '  ' })).totalCount).toBe(totalCount);
      expect((await list({ search: '& | !' })).totalCount).toBe(0);
    });
  });

  it('finds what is published now, never a draft nor an earlier version', async () => {
    await draft('in-writing', { en: { title: 'Zeppelin' } });
    expect(await slugs('zeppelin', 'en')).toEqual([]);
    await publish('in-writing', { en: { title: 'Zeppelin' } });
    expect(await slugs('zeppelin', 'en')).toEqual(['in-writing']);
    await draft('in-writing', { en: { title: 'Balloon' }, fr: { title: 'Montgolfière' } });
    expect(await slugs('zeppelin', 'en')).toEqual(['in-writing']);
    expect(await slugs('balloon', 'en')).toEqual([]);
    await publish('in-writing', { en: { title: 'Balloon' }, fr: { title: 'Montgolfière' } });
    expect(await slugs('zeppelin', 'en')).toEqual([]);
    expect(await slugs('balloons', 'en')).toEqual(['in-writing']);
    expect(await slugs('montgolfieres')).toEqual(['in-writing']);
    await publish('in-writing', { en: { title: 'Kite' } });
    expect(await slugs('montgolfieres')).toEqual([]);
  });

  it('is written again by touching the published version, as the migration does for what was there before', async () => {
    const rows = (): Promise<unknown[]> => app.sql('SELECT * FROM course_search ORDER BY locale, course_id');
    const written = await rows();
    await app.sql('DELETE FROM course_search');
    await app.sql(
      'UPDATE course SET published_version_id = published_version_id WHERE published_version_id IS NOT NULL',
    );
    expect(await rows()).toEqual(written);
    expect(written.length).toBeGreaterThan(5);
  });

  it('publishes a course that is longer than what is searched', async () => {
    const words = Array.from({ length: 20_000 }, (_, index) => `mot${index}`).join(' ');
    const parts = Array.from({ length: 4 }, (_, part) =>
      words.replaceAll('mot', `mot${part}x`).slice(0, 140_000),
    );
    const [first, ...others] = parts.map((body, index) => ({
      path: `01-first/1${index}-long.fr.md`,
      text: `---\ntitle: "-"\nminutes: 5\n---\n${body}\n`,
    }));
    const files = [...filesOf({ fr: { title: 'Interminable' } }), first!, ...others];
    const { version } = await trainer.mutate(
      'courseImport',
      'CourseImportInput',
      { slug: 'endless', files },
      'version { id }',
    );
    const { userErrors } = await trainer.mutate(
      'courseVersionPublish',
      'CourseVersionPublishInput',
      { versionId: version.id },
      'version { id }',
    );
    expect(userErrors).toEqual([]);
    expect(await slugs('mot0x5')).toEqual(['endless']);
  });

  describe('by what courses are', () => {
    let open: BuiltCourse;
    let callId: string;
    beforeAll(async () => {
      await publish(
        'short-safe',
        { en: { title: 'Passwords', body: 'marmot' } },
        { topics: ['safety'], minutes: 10 },
      );
      await publish(
        'long-safe',
        { fr: { title: 'Hameçonnage', body: 'marmotte' }, en: { title: 'Phishing', body: 'marmot' } },
        { topics: ['safety', 'problem-solving', 'own-word'], minutes: 90 },
      );
      open = await aCourse(trainer, { title: 'Opens marmot grants' });
      const { programId } = await aProgram(app, { managerIds: [manager.personId], courseIds: [open.id] });
      callId = await aCall(app, {
        programId,
        createdBy: manager.personId,
        rules: { kind: 'HOLDS_BADGE', key: 'badge', courseId: open.id },
      });
    });
    const found = async (filter: object, locale = 'en'): Promise<string[]> =>
      (await list({ search: locale === 'en' ? 'marmot' : 'marmottes', ...filter }, locale)).nodes
        .map(({ slug }) => slug)
        .sort();

    it('narrows by topic, length, language and call', async () => {
      expect(await found({})).toEqual([open.slug, 'long-safe', 'short-safe']);
      expect(await found({ topic: 'safety' })).toEqual(['long-safe', 'short-safe']);
      expect(await found({ topic: 'own-word' })).toEqual(['long-safe']);
      expect(await found({ topic: 'safety', maxMinutes: 89 })).toEqual(['short-safe']);
      expect(await found({ topic: 'safety', maxMinutes: 90 })).toEqual(['long-safe', 'short-safe']);
      expect(await found({ locale: 'fr' }, 'fr')).toEqual(['long-safe']);
      expect(await found({ opensCall: callId })).toEqual([open.slug]);
      expect(await found({ opensCall: callId.toUpperCase() })).toEqual([open.slug]);
      expect(await found({ opensCall: callId, topic: 'safety' })).toEqual([]);
    });

    it('narrows without a search too, each course once', async () => {
      const all = (await list({ topic: 'safety' })).nodes.map(({ slug }) => slug);
      expect(all).toEqual(['short-safe', 'long-safe']); // oldest first
      expect((await list({ topic: 'safety', locale: 'fr' })).nodes).toEqual([{ slug: 'long-safe' }]);
      expect((await list({ opensCall: callId })).nodes).toEqual([{ slug: open.slug }]);
    });

    it('counts what another choice would give', async () => {
      const counts = await list({ search: 'marmot', topic: 'problem-solving' }, 'en');
      expect(counts.totalCount).toBe(1);
      const topics = Object.fromEntries(
        counts.topicCounts.map(({ topic, courseCount }) => [topic, courseCount]),
      );
      expect(topics).toEqual({
        'information-and-data-literacy': 0,
        'communication-and-collaboration': 0,
        'digital-content-creation': 0,
        safety: 2,
        'problem-solving': 1,
      });
      expect(counts.localeCounts).toEqual([{ locale: 'en', courseCount: 1 }]);
      const { topicCounts } = await list({});
      expect(topicCounts).toContainEqual({ topic: 'safety', courseCount: 2 });
    });

    it('finds nothing for a call that is closed or that there is none of', async () => {
      expect(await found({ opensCall: 'nonsense' })).toEqual([]);
      expect(await found({ opensCall: open.id })).toEqual([]);
      const before = app.clock.now();
      app.clock.set('2027-02-01T00:00:00Z');
      expect(await found({ opensCall: callId })).toEqual([]);
      app.clock.set(before.toISOString());
    });

    it('refuses what no page sends', async () => {
      for (const wrong of [
        { maxMinutes: 0 },
        { topic: 'a\0b' },
        { locale: '\0' },
        { after: 'x' },
        { after: cursorOf('1 x') },
      ])
        expect(await app.visitor().errorCode(LIST, { first: 1, ...wrong })).toBe('BAD_USER_INPUT');
      expect((await list({ topic: "'; DROP", locale: 'constructor' })).totalCount).toBe(0);
    });
  });

  it('comes page by page, the best first, each course once', async () => {
    for (let made = 0; made < 5; made += 1)
      await publish(`paged-${made}`, {
        en: { title: made === 3 ? 'Kangaroo' : 'Other', body: 'A kangaroo. '.repeat(1 + (made % 2)) },
      });
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more;) {
      const page: Listed = await list({ search: 'kangaroo', first: 2, after }, 'en');
      seen.push(...page.nodes.map(({ slug }) => slug));
      ({ endCursor: after, hasNextPage: more } = page.pageInfo);
    }
    expect(seen[0]).toBe('paged-3');
    expect([...seen].sort()).toEqual(['paged-0', 'paged-1', 'paged-2', 'paged-3', 'paged-4']);
    expect(seen).toEqual(await slugs('kangaroo', 'en'));
  });

  describe('with two thousand courses', () => {
    beforeAll(async () => {
      await app.sql(`INSERT INTO course (id, slug, created_at)
        SELECT gen_random_uuid(), 'copy-' || n, now() FROM generate_series(1, 2000) n`);
      await app.sql(`INSERT INTO course_search (locale, course_id, is_default, topics, minutes, text, words, document)
        SELECT locale, id, locale = 'fr', '{safety}', 30, 'Un texte.', '{texte}',
               (SELECT to_tsvector('course_french', 'Un texte sur ' || string_agg('numéro' || (number * word) % 997, ' '))
                  FROM generate_series(1, 200) AS word)
          FROM (SELECT id, row_number() OVER () AS number FROM course WHERE slug LIKE 'copy-%') AS copy,
               unnest('{fr,en}'::text[]) AS locale`);
      await app.sql('VACUUM ANALYZE course_search');
    });

    it('asks as few statements as with twenty', async () => {
      for (const variables of [
        { search: 'texte' },
        { search: 'facture' },
        { search: 'factrue' },
        {},
        { topic: 'safety' },
      ]) {
        await list(variables);
        const { statements } = await recordStatements(app, () => list({ first: 20, ...variables }));
        expect(statements).toHaveLength(variables.search === 'factrue' ? 3 : 2);
      }
    });

    it('finds through the index', async () => {
      const { statements } = await recordStatements(app, () => list({ search: 'facture', topic: 'safety' }));
      const searches = statements.filter((statement) => statement.includes('found.document @@'));
      expect(searches.length).toBeGreaterThanOrEqual(2);
      const page = searches.find((statement) => statement.includes('ts_headline'))!;
      expect(await planOf(page, ['fr', 'facture', 'fr', 'safety', 20])).toContain(
        'course_search_document_idx',
      );
      const counts = searches.find((statement) => statement.includes('WITH found'))!;
      expect(await planOf(counts, ['facture', 'fr', 'safety'])).toContain('course_search_document_idx');
    });

    const planOf = async (statement: string, values: unknown[]): Promise<string> =>
      JSON.stringify(await app.get(Database).dataSource.query(`EXPLAIN ${statement}`, values));
  });
});

const cursorOf = (key: string): string => Buffer.from(`k:${key}`).toString('base64url');
