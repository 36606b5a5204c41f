import { aPerson } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { recordStatements } from '../support/statements.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PEOPLE = `query ($first: Int!, $after: String, $search: String) { people(first: $first, after: $after, search: $search) {
  nodes { id name email roles createdAt } pageInfo { hasNextPage endCursor } } }`;

describe('the people, as administrators see them', () => {
  let app: TestApp;
  let admin: Client & { personId: string; email: string };
  const emails: string[] = [];
  /** Somebody with this name and an address that begins like this. */
  const somebody = async (name: string | null, email: string): Promise<void> => {
    await app.signIn(email);
    await app.sql('UPDATE person SET name = $2 WHERE email = $1', [email, name]);
    emails.push(email);
  };
  beforeAll(async () => {
    app = await startTestApp();
    admin = await aPerson(app, { name: 'admin', roles: ['ADMIN'] });
    await somebody('Élodie Müller', 'elodie@example.org');
    await somebody('100 % Bio', 'bio_shop@example.org');
    await somebody(null, 'bioxshop@example.org');
    await somebody("O'Brien \\ Sons", 'sons@example.org');
    await somebody('Ana', 'ANA@EXAMPLE.com');
  });
  afterAll(() => app.close());

  const found = async (search: string | null): Promise<string[]> =>
    (await admin.ask(PEOPLE, { first: 100, search })).people.nodes.map((person: any) => person.email);

  it('come newest first, page by page, each once', async () => {
    const seen: any[] = [];
    for (let after: string | null = null, more = true; more;) {
      const { people } = await admin.ask(PEOPLE, { first: 2, after });
      expect(people.nodes.length).toBeLessThanOrEqual(2);
      seen.push(...people.nodes);
      ({ endCursor: after, hasNextPage: more } = people.pageInfo);
    }
    const added = emails.map((email) => email.toLowerCase());
    expect(seen.map(({ email }) => email)).toEqual([...added.reverse(), admin.email]);
    expect(seen.at(-1)).toEqual({
      id: admin.personId,
      name: 'admin',
      email: admin.email,
      roles: ['ADMIN'],
      createdAt: app.clock.now().toISOString(),
    });
  });

  it.each([
    ['the beginning of an address', 'elo', ['elodie@example.org']],
    ['its capitals', 'Ana@Example.', ['ana@example.com']],
    ['not its middle', 'example', []],
    ['a part of a name', 'die m', ['elodie@example.org']],
    ['its capitals, with accents', 'ÉLODIE MÜ', ['elodie@example.org']],
    ['spaces around', '  elo ', ['elodie@example.org']],
    ['a percent sign for itself', '%', ['bio_shop@example.org']],
    ['an underscore for itself', 'bio_', ['bio_shop@example.org']],
    ['a backslash for itself', '\\', ['sons@example.org']],
    ['a quote for itself', "o'b", ['sons@example.org']],
    ['nobody', 'nobody of this name', []],
  ])('are searched by %s', async (_what, search, expected) => {
    expect(await found(search)).toEqual(expected);
  });

  it('are all there when the search is blank', async () => {
    expect(await found('  ')).toHaveLength(emails.length + 1);
    expect(await found(null)).toHaveLength(emails.length + 1);
  });

  it('are searched page by page too', async () => {
    const first = await admin.ask(PEOPLE, { first: 1, search: 'bio' });
    expect(first.people.nodes[0].email).toBe('bioxshop@example.org');
    const after = first.people.pageInfo.endCursor;
    const second = await admin.ask(PEOPLE, { first: 1, search: 'bio', after });
    expect(second.people).toMatchObject({
      nodes: [{ email: 'bio_shop@example.org' }],
      pageInfo: { hasNextPage: false },
    });
  });

  it('refuses a search that nobody could have typed', async () => {
    for (const search of ['x'.repeat(255), '\0'])
      expect(await admin.errorCode(PEOPLE, { first: 1, search })).toBe('BAD_USER_INPUT');
  });

  it('cost two statements, few or many', async () => {
    for (const first of [1, 100]) {
      const { statements } = await recordStatements(app, () => admin.ask(PEOPLE, { first }));
      expect(statements).toHaveLength(2);
    }
  });

  it('are nobody else’s to see', async () => {
    expect(await app.visitor().errorCode(PEOPLE, { first: 1 })).toBe('UNAUTHENTICATED');
    const staff = await aPerson(app, { roles: ['TRAINER', 'MANAGER'] });
    expect(await staff.errorCode(PEOPLE, { first: 1 })).toBe('FORBIDDEN');
    expect(await (await aPerson(app)).errorCode(PEOPLE, { first: 1 })).toBe('FORBIDDEN');
  });
});
