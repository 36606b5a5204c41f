import { startTestApp, type TestApp } from '../support/test-app.js';

describe('signing in by code', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const codeFor = (email: string): string => /\b\d{6}\b/.exec(app.mailbox.list(email)[0]!.text)![0];
  const other = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

  it('mails a six-digit code and signs in with it', async () => {
    const client = await app.signIn('nadia@example.org');
    const { viewer } = await client.ask('{ viewer { email roles locale timeZone } }');
    expect(viewer).toEqual({ email: 'nadia@example.org', roles: [], locale: 'en', timeZone: 'Europe/Paris' });
  });

  it('writes in the language of the browser', async () => {
    await app.signIn('pierre@example.org', { locale: 'fr-FR,fr;q=0.9,en;q=0.5' });
    expect(app.mailbox.list('pierre@example.org')[0]!.subject).toMatch(/^\d{6} est votre code de connexion$/);
  });

  it('signs the same person in again, whatever the case of the address', async () => {
    const first = await (await app.signIn('Marie@Example.org')).ask('{ viewer { id } }');
    const second = await (await app.signIn('marie@example.org')).ask('{ viewer { id } }');
    expect(second).toEqual(first);
  });

  it('answers the same for an address that is known and one that is not', async () => {
    await app.signIn('known@example.org');
    const shape = (payload: { codeExpiresAt: string; userErrors: unknown[] }) => payload;
    const known = shape(await app.visitor().requestCode('known@example.org'));
    const unknown = shape(await app.visitor().requestCode('unknown@example.org'));
    expect(known).toEqual(unknown);
    expect(known.userErrors).toEqual([]);
  });

  it('refuses a wrong code, and the right one after five wrong ones', async () => {
    const client = app.visitor();
    await client.requestCode('guess@example.org');
    await app.drainOutbox();
    const code = codeFor('guess@example.org');
    for (let tries = 0; tries < 5; tries += 1) {
      const { userErrors } = await client.enterCode('guess@example.org', other(code));
      expect(userErrors[0]).toMatchObject({ code: 'CODE_WRONG', field: 'code' });
    }
    const { userErrors, viewer } = await client.enterCode('guess@example.org', code);
    expect(userErrors[0].code).toBe('CODE_EXPIRED');
    expect(viewer).toBeNull();
  });

  it('counts parallel guesses one by one', async () => {
    const client = app.visitor();
    await client.requestCode('parallel@example.org');
    await app.drainOutbox();
    const wrong = other(codeFor('parallel@example.org'));
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => client.enterCode('parallel@example.org', wrong)),
    );
    const codes = answers.map((answer) => answer.userErrors[0].code as string);
    expect(codes.filter((code) => code === 'CODE_WRONG')).toHaveLength(5);
    expect(codes.filter((code) => code === 'CODE_EXPIRED')).toHaveLength(15);
  });

  it('refuses a code after ten minutes', async () => {
    const client = app.visitor();
    await client.requestCode('late@example.org');
    await app.drainOutbox();
    app.clock.moveForward(10 * 60_000);
    const { userErrors } = await client.enterCode('late@example.org', codeFor('late@example.org'));
    expect(userErrors[0].code).toBe('CODE_EXPIRED');
  });

  it('refuses a code in another browser, and a second use', async () => {
    const client = app.visitor();
    await client.requestCode('bound@example.org');
    await app.drainOutbox();
    const code = codeFor('bound@example.org');
    expect((await app.visitor().enterCode('bound@example.org', code)).userErrors[0].code).toBe('CODE_WRONG');
    expect((await client.enterCode('bound@example.org', code)).userErrors).toEqual([]);
    await client.requestCode('bound@example.org');
    expect((await client.enterCode('bound@example.org', code)).userErrors[0].code).toBe('CODE_WRONG');
  });

  it('lets no more than ten codes an hour be asked for an address, even at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 14 }, () => app.visitor().requestCode('often@example.org')),
    );
    const refused = answers.filter((answer) => answer.userErrors[0]?.code === 'SIGN_IN_TOO_OFTEN');
    expect(refused).toHaveLength(4);
    app.clock.moveForward(3_600_001);
    expect((await app.visitor().requestCode('often@example.org')).userErrors).toEqual([]);
  });

  it('names what is wrong with an address', async () => {
    const { userErrors } = await app.visitor({ locale: 'fr' }).requestCode('pas une adresse');
    expect(userErrors[0]).toMatchObject({ code: 'EMAIL_INVALID', field: 'email' });
    expect(userErrors[0].message).toContain('nom@exemple.fr');
  });

  it('ends the session at sign-out, not only in the browser', async () => {
    const client = await app.signIn('leaver@example.org');
    await client.ask('mutation { signOut { signedOut } }');
    expect(await client.ask('{ viewer { id } }')).toEqual({ viewer: null });
    const left = await app.sql(
      `SELECT 1 FROM session JOIN person ON person.id = person_id WHERE email = 'leaver@example.org'`,
    );
    expect(left).toEqual([]);
  });

  it('keeps neither codes nor session secrets in the database', async () => {
    const client = app.visitor();
    await client.requestCode('secret@example.org');
    await app.drainOutbox();
    const code = codeFor('secret@example.org');
    const [row] = await app.sql<{ text: string }>(
      `SELECT string_agg(payload::text, ' ') AS text FROM outbox_event WHERE payload->>'email' = 'secret@example.org'`,
    );
    expect(row!.text).not.toContain(code);
  });

  it('sets a cookie that scripts cannot read and other sites do not send', async () => {
    const client = app.visitor();
    await client.requestCode('cookie@example.org');
    await app.drainOutbox();
    const response = await client.raw(
      `mutation { signInVerify(input: { email: "cookie@example.org", code: "${codeFor('cookie@example.org')}" }) { viewer { id } } }`,
    );
    const cookie = ([] as string[])
      .concat(response.headers['set-cookie'] ?? [])
      .find((each) => each.startsWith('session='));
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
  });
});
