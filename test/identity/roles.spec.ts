import { aPerson, anEmail } from '../support/builders.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const SET = `mutation ($input: PersonRolesSetInput!) { personRolesSet(input: $input) { person { id } userErrors { code } } }`;

describe('roles', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp({ config: { adminEmails: ['first@example.org'] } });
  });
  afterAll(() => app.close());

  it('begin with the administrator that the configuration names', async () => {
    const first = await app.signIn('First@example.org');
    expect(await first.ask('{ viewer { roles } }')).toEqual({ viewer: { roles: ['ADMIN'] } });
    const anyone = await app.signIn('anyone@example.org');
    expect(await anyone.ask('{ viewer { roles } }')).toEqual({ viewer: { roles: [] } });
  });

  it('are given by an administrator, before the person first signs in too, and the act is audited', async () => {
    const admin = await aPerson(app, { roles: ['ADMIN'] });
    const email = anEmail('new-trainer');
    const { person } = await admin.mutate(
      'personRolesSet',
      'PersonRolesSetInput',
      { email, roles: ['TRAINER'] },
      'person { id }',
    );
    const trainer = await app.signIn(email);
    expect(await trainer.ask('{ viewer { id roles } }')).toEqual({
      viewer: { id: person.id, roles: ['TRAINER'] },
    });
    const audited = await app.sql(
      `SELECT outcome, detail FROM audit_entry WHERE action = 'personRolesSet' AND actor_id = $1`,
      [admin.personId],
    );
    expect(audited).toEqual([{ outcome: 'DONE', detail: { roles: ['TRAINER'] } }]);
  });

  it('cannot be given by anyone else, nor taken from the last administrator by themselves', async () => {
    const trainer = await aPerson(app, { roles: ['TRAINER'] });
    expect(await trainer.errorCode(SET, { input: { email: trainer.email, roles: ['ADMIN'] } })).toBe(
      'FORBIDDEN',
    );
    const admin = await aPerson(app, { roles: ['ADMIN'] });
    const { personRolesSet } = await admin.ask(SET, { input: { email: admin.email, roles: [] } });
    expect(personRolesSet.userErrors).toEqual([{ code: 'OWN_ADMIN_ROLE' }]);
  });
});
