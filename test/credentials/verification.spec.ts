import { SigningKeys } from '../../src/features/credentials/signing-keys.js';
import { signBadge, type SignedBadge } from '../../src/features/credentials/badge.proof.js';
import { Database } from '../../src/platform/database/database.js';
import { aCourse, aPerson, completeCourse, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { recordStatements } from '../support/statements.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

const CHECKED = 'valid checkedAt checks { code passed sentence }';
const CERTIFICATE = `query ($id: ID!) { certificate(id: $id) { id holder issuedAt status verificationUrl badge course { slug title }
  verification { ${CHECKED} } } }`;
const VERIFY = `query ($badge: JSONObject!) { badgeVerify(badge: $badge) { ${CHECKED} } }`;

describe('checking a badge', () => {
  let app: TestApp;
  let trainer: Client;
  let course: BuiltCourse;
  let genuine: SignedBadge;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    course = await aCourse(trainer);
    genuine = (await aHolder()).badge;
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  /** The certificate of somebody who completed the course. */
  const aHolder = async (options: Parameters<typeof aPerson>[1] = {}): Promise<any> => {
    const person = await aPerson(app, options);
    await completeCourse(person, course);
    await app.drainOutbox();
    const { viewer } = await person.ask('{ viewer { certificates { id badge } } }');
    return { ...viewer.certificates[0], person };
  };
  const verify = async (badge: object, who = app.visitor()): Promise<any> =>
    (await who.ask(VERIFY, { badge })).badgeVerify;
  const codes = ({ checks }: any): string[] =>
    checks.map(({ code, passed }: any) => (passed ? code : `not ${code}`));

  describe('a certificate', () => {
    it('is shown to anyone, with its badge checked now', async () => {
      const { id, badge } = await aHolder({ name: 'Zoé' });
      app.clock.moveForward(86_400_000);
      const { certificate } = await app.visitor().ask(CERTIFICATE, { id });
      expect(certificate).toMatchObject({
        id,
        holder: 'Zoé',
        issuedAt: START.toISOString(),
        status: 'VALID',
        verificationUrl: `http://localhost:3000/credentials/${id}`,
        badge,
        course: { slug: course.slug, title: 'Small course' },
      });
      expect(certificate.verification).toEqual({
        valid: true,
        checkedAt: '2026-10-08T10:00:00.000Z',
        checks: [
          { code: 'FORM', passed: true, sentence: 'It has the form of an Open Badges 3.0 credential.' },
          {
            code: 'ISSUER',
            passed: true,
            sentence: `It was signed with a key that ${app.config.issuerName} has published.`,
          },
          { code: 'DATES', passed: true, sentence: 'It is valid today.' },
          {
            code: 'SIGNATURE',
            passed: true,
            sentence: 'The signature is genuine: nothing was changed since it was issued.',
          },
          { code: 'STATUS', passed: true, sentence: 'It was not revoked.' },
        ],
      });
      const french = await app.visitor({ locale: 'fr' }).ask(CERTIFICATE, { id: id.toUpperCase() });
      expect(french.certificate.verification.checks.map(({ sentence }: any) => sentence)).toEqual([
        'Il a la forme d’un titre Open Badges 3.0.',
        `Il a été signé avec une clé publiée par ${app.config.issuerName}.`,
        'Il est valable aujourd’hui.',
        'La signature est authentique : rien n’a été modifié depuis sa délivrance.',
        'Il n’a pas été révoqué.',
      ]);
    });

    it('says nothing of its holder but the name they gave', async () => {
      const { id, person } = await aHolder();
      await app.sql('UPDATE certificate SET holder_name = NULL WHERE id = $1', [id]);
      const { certificate } = await app.visitor().ask(CERTIFICATE, { id });
      expect(certificate.holder).toBeNull();
      expect(JSON.stringify(certificate)).not.toContain('example.org');
      expect(JSON.stringify(certificate)).not.toContain(person.personId);
    });

    it.each(['00000000-0000-7000-8000-000000000000', 'not-an-id', '', "' OR 1=1 --", '\0'])(
      'is null for %j',
      async (id) => {
        expect(await app.visitor().ask(CERTIFICATE, { id })).toEqual({ certificate: null });
      },
    );

    it.each([
      ['name', `'"Brain surgery"'`],
      ['validFrom', `'"2020-01-01T00:00:00Z"'`],
    ])('is found out when the %s in it was changed in the database', async (field, value) => {
      const { id } = await aHolder();
      await app.sql(`UPDATE certificate SET badge = jsonb_set(badge, '{${field}}', ${value}) WHERE id = $1`, [
        id,
      ]);
      const { verification } = (await app.visitor({ locale: 'fr' }).ask(CERTIFICATE, { id })).certificate;
      expect(verification.valid).toBe(false);
      expect(codes(verification)).toEqual(['FORM', 'ISSUER', 'DATES', 'not SIGNATURE']);
      expect(verification.checks[3].sentence).toContain('La signature ne correspond pas');
    });

    it('takes as many statements for five as for one', async () => {
      const document = `{ viewer { certificates { verification { valid } } } }`;
      const person = await aPerson(app);
      const count = async (): Promise<number> =>
        (await recordStatements(app, () => person.ask(document))).statements.length;
      await completeCourse(person, course);
      await app.drainOutbox();
      const one = await count();
      for (let more = 0; more < 4; more += 1) await completeCourse(person, await aCourse(trainer));
      await app.drainOutbox();
      expect(await count()).toBe(one);
    });
  });

  describe('a badge that somebody pasted', () => {
    it('is valid when it was issued here and left as it was', async () => {
      expect(codes(await verify(genuine))).toEqual(['FORM', 'ISSUER', 'DATES', 'SIGNATURE', 'STATUS']);
      expect((await verify(genuine, await aPerson(app))).valid).toBe(true);
    });

    it.each<[string, (badge: any) => object, string[]]>([
      [
        'another name',
        (badge) => ({ ...badge, name: 'Brain surgery' }),
        ['FORM', 'ISSUER', 'DATES', 'not SIGNATURE'],
      ],
      [
        'another holder',
        (badge) => ({
          ...badge,
          credentialSubject: {
            ...badge.credentialSubject,
            id: 'urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90ae7',
          },
        }),
        ['FORM', 'ISSUER', 'DATES', 'not SIGNATURE'],
      ],
      [
        'a date to come',
        (badge) => ({ ...badge, validFrom: '2027-01-01T00:00:00Z' }),
        ['FORM', 'ISSUER', 'not DATES'],
      ],
      [
        'a key that was never published',
        (badge) => ({
          ...badge,
          proof: [{ ...badge.proof[0], verificationMethod: `${badge.issuer.id}#key-of-mine` }],
        }),
        ['FORM', 'not ISSUER'],
      ],
      ['no proof', (badge) => ({ ...badge, proof: undefined }), ['not FORM']],
      ['another issuer', (badge) => ({ ...badge, issuer: 'https://elsewhere.example' }), ['not ISSUER']],
    ])('is not with %s', async (_, tamper, expected) => {
      const result = await verify(tamper(genuine));
      expect(result.valid).toBe(false);
      expect(codes(result)).toEqual(expected);
    });

    it('of another issuer is told to be checked elsewhere, even when its own key signed it', async () => {
      const key = await app.get(Database).transaction((tx) => app.get(SigningKeys).active(tx));
      const { proof: _, ...unsigned } = genuine;
      const did = 'did:web:elsewhere.example';
      const foreign = await signBadge(
        { ...unsigned, issuer: { ...unsigned.issuer, id: did } },
        { ...key, did },
        app.clock.now(),
      );
      expect(await verify(foreign)).toMatchObject({
        valid: false,
        checks: [
          {
            code: 'ISSUER',
            passed: false,
            sentence: `This badge says that somebody else issued it. Only badges issued by ${app.config.issuerName} can be checked here.`,
          },
        ],
      });
      const [check] = (await verify(foreign, app.visitor({ locale: 'fr' }))).checks;
      expect(check.sentence).toContain(
        `Seuls les badges délivrés par ${app.config.issuerName} peuvent être vérifiés ici.`,
      );
    });

    const deep = (levels: number): string => '{"a":'.repeat(levels) + '1' + '}'.repeat(levels);
    it.each<[string, () => string]>([
      ['nothing', () => '{}'],
      ['something else', () => '{"hello":["world",null,1e400]}'],
      ['a prototype', () => '{"__proto__":{"issuer":null},"constructor":1}'],
      ['a hundred thousand levels', () => deep(100_000)],
      ['a long list', () => JSON.stringify({ ...genuine, evidence: Array(300).fill({ type: 'Evidence' }) })],
      ['a long text', () => JSON.stringify({ ...genuine, name: 'x'.repeat(1_000_000) })],
    ])('is said to be no badge when it is %s', async (_, text) => {
      const body = `{"query":${JSON.stringify(VERIFY)},"variables":{"badge":${text()}}}`;
      const { body: answer } = await app.visitor().rawBody(body);
      expect(answer.errors).toBeUndefined();
      expect(answer.data.badgeVerify).toMatchObject({
        valid: false,
        checks: [
          {
            code: 'FORM',
            passed: false,
            sentence: 'This is not a signed Open Badges 3.0 credential, or a part of it is missing.',
          },
        ],
      });
    });

    it('is refused with any of its parts replaced by junk, and never with an error of ours', async () => {
      const paths: (string | number)[][] = [];
      const walk = (value: unknown, path: (string | number)[]): void => {
        if (path.length > 0) paths.push(path);
        if (typeof value !== 'object' || value === null) return;
        for (const [key, inner] of Object.entries(value)) walk(inner, [...path, key]);
      };
      walk(genuine, []);
      expect(paths.length).toBeGreaterThan(50);
      for (const [index, path] of paths.entries()) {
        const junk = [null, '', 'z', 7, true, [], {}, '\0', 'https://[', { '@id': 'x' }][index % 10];
        const copy = structuredClone(genuine) as any;
        path.slice(0, -1).reduce((node, step) => node[step], copy)[path.at(-1)!] = junk;
        const { valid, checks } = await verify(copy);
        expect({ path, valid, failed: checks.filter(({ passed }: any) => !passed).length }).toEqual({
          path,
          valid: false,
          failed: 1,
        });
      }
    });
  });
});
