import { aCourse, aPerson, anEmail, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const HOUR_MS = 3_600_000;

describe('the language of an answer', () => {
  let app: TestApp;
  let course: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    course = await aCourse(await aPerson(app, { roles: ['TRAINER'] }), { title: 'Course' });
  });
  afterAll(() => app.close());

  const ask = async (who: Client, query: string, headers: Record<string, string>): Promise<any> =>
    (await who.rawBody(JSON.stringify({ query }), headers)).body.data;
  const titleFor = async (who: Client, headers: Record<string, string>): Promise<string> =>
    (await ask(who, `{ course(slug: "${course.slug}") { title } }`, headers)).course.title;

  it('is what the page was switched to, before the person’s own and the browser’s', async () => {
    const [english, french] = [await aPerson(app), await aPerson(app, { locale: 'fr' })];
    for (const who of [app.visitor(), english, french]) {
      expect(await titleFor(who, { 'x-locale': 'fr', 'accept-language': 'en' })).toBe('Course (fr)');
      expect(await titleFor(who, { 'x-locale': 'en', 'accept-language': 'fr' })).toBe('Course');
    }
  });

  it.each(['de', 'FR', 'fr-FR', 'fr, en', ''])(
    'stays as it was for %j, which is none of ours',
    async (header) => {
      const french = await aPerson(app, { locale: 'fr' });
      expect(await titleFor(french, { 'x-locale': header, 'accept-language': 'en' })).toBe('Course (fr)');
      expect(await titleFor(app.visitor(), { 'x-locale': header, 'accept-language': 'fr' })).toBe(
        'Course (fr)',
      );
      expect(await titleFor(app.visitor(), { 'x-locale': header })).toBe('Course');
    },
  );

  it('holds for refusals', async () => {
    const query = 'mutation { viewerUpdate(input: { name: " " }) { userErrors { message } } }';
    const english = await aPerson(app);
    const refused = await ask(english, query, { 'x-locale': 'fr' });
    expect(refused.viewerUpdate.userErrors[0].message).toBe('Cette information est nécessaire.');
    const asBefore = await ask(english, query, {});
    expect(asBefore.viewerUpdate.userErrors[0].message).toBe('This is needed.');
  });

  /** Signs in from a new browser, with these headers. @returns what the last request was told of the viewer. */
  const signIn = async (email: string, headers: Record<string, string>, selection: string): Promise<any> => {
    const visitor = app.visitor();
    const start = `mutation { signInStart(input: { email: "${email}" }) { userErrors { code } } }`;
    await ask(visitor, start, headers);
    await app.drainOutbox();
    const code = /\b\d{6}\b/.exec(app.mailbox.list(email)[0]!.text)![0];
    const verify = `mutation { signInVerify(input: { email: "${email}", code: "${code}" }) { viewer { ${selection} } } }`;
    return (await ask(visitor, verify, headers)).signInVerify.viewer;
  };

  it('becomes that of a newcomer who signs in on a page that they switched, their first mail included', async () => {
    const email = anEmail('switched');
    const headers = { 'x-locale': 'fr', 'accept-language': 'en' };
    expect(await signIn(email, headers, 'locale')).toEqual({ locale: 'fr' });
    expect(app.mailbox.list(email)[0]!.subject).toMatch(/est votre code de connexion$/);
  });

  it('stays what the page was switched to when somebody signs in who has another one', async () => {
    const trainer = await aPerson(app, { roles: ['TRAINER'], locale: 'fr' });
    await aCourse(trainer, { title: 'Mine' });
    const courses = 'locale authoredCourses { title }';
    app.clock.moveForward(HOUR_MS);
    const switched = await signIn(trainer.email, { 'x-locale': 'en' }, courses);
    expect(switched).toEqual({ locale: 'fr', authoredCourses: [{ title: 'Mine' }] });
    app.clock.moveForward(HOUR_MS);
    const own = await signIn(trainer.email, { 'accept-language': 'en' }, courses);
    expect(own).toEqual({ locale: 'fr', authoredCourses: [{ title: 'Mine (fr)' }] });
  });
});
