import { Database } from '../../src/platform/database/database.js';
import { Deliveries, MOST_ATTEMPTS, type DeliveryKey } from '../../src/platform/outbox/deliveries.js';
import { verifyBadge, type SignedBadge } from '../../src/features/credentials/badge.proof.js';
import type { DidDocument } from '../../src/features/credentials/did.js';
import { SigningKeys } from '../../src/features/credentials/signing-keys.js';
import { aCourse, aPerson, completeCourse, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { startTestApp, START, type TestApp } from '../support/test-app.js';

// From dist/test/credentials/ to the root of the project.
const script = new URL('../../../scripts/verify-badge.mjs', import.meta.url);
type VerifyBadgeAt = (url: string) => Promise<{ verified: boolean; problems: string[]; badge: SignedBadge }>;

const ISSUE = 'credentials.issue-certificate';

/** The product, its public address being the one it listens on, so that a verifier can fetch from it. */
describe('certificates and their badges', () => {
  let app: TestApp;
  let trainer: Client;
  let course: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp({ publicAtOwnOrigin: true });
    // The verifier's library asks the machine for the time; a badge of the tests' own day would not be valid yet there.
    app.clock.set('2024-03-04T10:00:00Z');
    trainer = await aPerson(app, { name: 'trainer', roles: ['TRAINER'] });
    course = await aCourse(trainer);
  });
  beforeEach(() => app.clock.set('2024-03-04T10:00:00Z'));
  afterAll(() => app.close());

  interface Shown {
    id: string;
    holder: string | null;
    issuedAt: string;
    verificationUrl: string;
    badge: SignedBadge;
  }
  const certificatesOf = async (client: Client): Promise<Shown[]> =>
    (await client.ask('{ viewer { certificates { id holder issuedAt status verificationUrl badge } } }'))
      .viewer.certificates;
  /** Somebody with a certificate. */
  const aHolder = async (options: Parameters<typeof aPerson>[1] = {}, of = course) => {
    const person = await aPerson(app, options);
    await completeCourse(person, of);
    expect(await app.drainOutbox()).toEqual([]);
    const [certificate] = await certificatesOf(person);
    return { person, certificate: certificate!, path: new URL(certificate!.verificationUrl).pathname };
  };
  const owed = (handler: string): Promise<DeliveryKey[]> =>
    app.sql(`SELECT event_id AS "eventId", handler FROM delivery WHERE handler = $1 AND state <> 'DONE'`, [
      handler,
    ]);
  const json = { Accept: 'application/json' };

  describe('issuing', () => {
    it('makes one certificate and one mail, however often and by however many workers the event is handled', async () => {
      const other = await startTestApp({
        config: { databaseUrl: app.config.databaseUrl, publicUrl: app.config.publicUrl },
      });
      const person = await aPerson(app, { name: 'Awa' });
      await completeCourse(person, course);
      const [key] = await owed(ISSUE);
      const workers = [app.get(Deliveries), other.get(Deliveries)];
      await Promise.all(Array.from({ length: 12 }, (_, index) => workers[index % 2]!.run(key!)));
      const [first, ...more] = await certificatesOf(person);
      expect(more).toEqual([]);
      await app.get(Deliveries).run(key!); // and once more when it is done
      expect(await certificatesOf(person)).toEqual([first]);

      await app.drainOutbox();
      await app.drainOutbox();
      const mails = app.mailbox.list(person.email).filter(({ subject }) => subject.includes('badge'));
      expect(mails).toHaveLength(1);
      expect(mails[0]!.text).toContain(first!.verificationUrl);
      expect(other.mailbox.list(person.email)).toEqual([]);
      await other.close();
    });

    it('makes one even when the event itself was recorded twice', async () => {
      const person = await aPerson(app);
      await completeCourse(person, course);
      await app.sql(
        `WITH event AS (SELECT * FROM outbox_event WHERE type = 'learning.course-completed' ORDER BY id DESC LIMIT 1),
              again AS (INSERT INTO outbox_event (id, type, payload, occurred_at)
                        SELECT gen_random_uuid(), type, payload, occurred_at FROM event RETURNING id)
         INSERT INTO delivery (event_id, handler, state) SELECT id, $1, 'PENDING' FROM again`,
        [ISSUE],
      );
      const keys = await owed(ISSUE);
      expect(keys).toHaveLength(2);
      await Promise.all(keys.map((key) => app.get(Deliveries).run(key)));
      expect(await certificatesOf(person)).toHaveLength(1);
      expect(await app.drainOutbox()).toEqual([]);
      expect(app.mailbox.list(person.email).filter(({ subject }) => subject.includes('badge'))).toHaveLength(
        1,
      );
    });

    it('is dated by the completion, though the worker came days later', async () => {
      const person = await aPerson(app);
      app.clock.set('2024-03-04T22:59:59.900Z');
      await completeCourse(person, course);
      app.clock.set('2024-03-09T08:00:00Z');
      await app.drainOutbox();
      const [certificate] = await certificatesOf(person);
      expect(certificate!.issuedAt).toBe('2024-03-04T22:59:59.900Z');
      expect(certificate!.badge.validFrom).toBe('2024-03-04T22:59:59Z');
      expect(certificate!.badge.proof[0].created).toBe('2024-03-09T08:00:00Z');
    });

    it('mails the holder in their own language, and keeps the name of that day', async () => {
      const { person, certificate } = await aHolder({ locale: 'fr', name: 'Zoé' });
      const [mail] = app.mailbox.list(person.email);
      expect(mail!.subject).toBe('Votre badge : Small course (fr)');
      expect(mail!.text).toContain(certificate.verificationUrl);
      expect(certificate.badge.credentialSubject.achievement).toMatchObject({
        inLanguage: 'fr',
        criteria: {
          narrative: 'A terminé les 3 leçons obligatoires, dont un quiz (seuil de réussite : 80 %).',
        },
      });
      await person.mutate('viewerUpdate', 'ViewerUpdateInput', { name: 'Somebody else' }, '__typename');
      expect((await certificatesOf(person))[0]!.holder).toBe('Zoé');
    });

    it('shows a certificate to its holder only, in the API', async () => {
      await aHolder();
      expect(await certificatesOf(await aPerson(app))).toEqual([]);
      expect(await app.visitor().ask('{ viewer { certificates { id } } }')).toEqual({ viewer: null });
    });
  });

  describe('the address that anyone may open', () => {
    let path: string;
    let badge: SignedBadge;
    beforeAll(async () => {
      const holder = await aHolder();
      path = holder.path;
      badge = holder.certificate.badge;
    });

    it.each([
      ['application/ld+json', 'application/ld+json'],
      ['application/vc', 'application/vc'],
      ['application/json', 'application/json'],
      ['application/ld+json;q=0.9, text/html;q=0.5', 'application/ld+json'],
      ['text/html;q=0.5, application/vc', 'application/vc'],
    ])('answers Accept: %s with the badge as %s', async (accept, type) => {
      const response = await app.visitor().get(path, { Accept: accept });
      expect(response.status).toBe(200);
      expect(response.type).toBe(type);
      expect(response.headers['vary']).toMatch(/\bAccept\b/);
      expect(JSON.parse(response.text || (response.body as Buffer).toString())).toEqual(badge);
      expect(response.headers['access-control-allow-origin']).toBe('*');
    });

    it.each([
      'text/html',
      'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
      '*/*',
      'application/pdf', // nothing that it has is wanted: a page is kinder than a refusal (RFC 9110, 12.4.1)
    ])('leaves Accept: %s to the pages, and tells caches so', async (accept) => {
      for (const each of [path, '/credentials/not-an-id']) {
        const response = await app.visitor().get(each, { Accept: accept });
        expect(response.status).toBe(404); // the tests run without the pages
        expect(response.headers['vary']).toMatch(/\bAccept\b/);
        expect(response.headers['access-control-allow-origin']).toBeUndefined();
      }
    });

    it('says nothing of an email address, nor the holder’s name', async () => {
      const { person, path: own } = await aHolder({ name: 'Discreet' });
      const { text } = await app.visitor().get(own, json);
      expect(text.toLowerCase()).not.toContain(person.email);
      expect(text).not.toContain('example.org');
      expect(text).not.toContain(person.personId);
      expect(text).not.toContain('Discreet');
    });

    it('hashes the address with a salt of its own for each badge', async () => {
      const { person, certificate } = await aHolder();
      await completeCourse(person, await aCourse(trainer));
      await app.drainOutbox();
      const [second] = await certificatesOf(person);
      const [one, two] = [certificate, second!].map(({ badge: each }) => each.credentialSubject);
      expect(one!.identifier[0]!.salt).not.toBe(two!.identifier[0]!.salt);
      expect(one!.identifier[0]!.identityHash).not.toBe(two!.identifier[0]!.identityHash);
      expect(one!.id).not.toBe(two!.id);
    });

    it.each([
      '/credentials/00000000-0000-7000-8000-000000000000',
      '/credentials/not-an-id',
      "/credentials/' OR 1=1 --",
      '/credentials/%00',
      '/credentials/%E0%A4%A',
      '/achievements/nothing/v1',
      '/achievements/%00/v1',
    ])('answers 4xx to %s and says nothing of the server', async (missing) => {
      for (const accept of ['text/html', 'application/ld+json']) {
        const response = await app
          .visitor()
          .get(encodeURI(missing).replaceAll('%25', '%'), { Accept: accept });
        expect([400, 404]).toContain(response.status);
        expect(response.text).not.toMatch(/ at |\.js|node_modules|select|postgres/i);
      }
    });

    it.each(['v0', 'v2', 'v-1', 'v1.5', 'v1e0', 'v99999999999999999999', 'vNaN'])(
      'has no achievement %s',
      async (version) => {
        expect((await app.visitor().get(`/achievements/${course.slug}/${version}`)).status).toBe(404);
      },
    );

    it('serves the achievement and the picture that the badge names', async () => {
      const { achievement } = badge.credentialSubject;
      const found = await app.visitor().get(new URL(achievement.id).pathname);
      expect(found.status).toBe(200);
      expect(JSON.parse(found.text || (found.body as Buffer).toString())).toMatchObject({
        id: achievement.id,
        name: achievement.name,
      });
      const picture = await app.visitor().get(new URL(achievement.image.id).pathname);
      expect(picture.type).toBe('image/svg+xml');
    });

    it('is found in upper case too', async () => {
      expect(
        (await app.visitor().get(`/credentials/${path.split('/')[2]!.toUpperCase()}`, json)).status,
      ).toBe(200);
    });
  });

  describe('verifying', () => {
    let url: string;
    let badge: SignedBadge;
    let document: DidDocument;
    const resolve = async (did: string): Promise<DidDocument | null> =>
      did === document.id ? document : null;
    const now = new Date('2024-03-05T10:00:00Z');
    beforeAll(async () => {
      const { certificate } = await aHolder();
      url = certificate.verificationUrl;
      badge = certificate.badge;
      const response = await app.visitor().get('/.well-known/did.json');
      expect(response.type).toBe('application/did+ld+json');
      expect(response.headers['access-control-allow-origin']).toBe('*');
      document = JSON.parse(response.text || (response.body as Buffer).toString()) as DidDocument;
    });

    it('publishes the issuer under the host and port of its public address, and only public keys', () => {
      const host = new URL(app.config.publicUrl).host.replace(':', '%3A');
      expect(document.id).toBe(`did:web:${host}`);
      expect(document.verificationMethod).toHaveLength(1);
      expect(document.assertionMethod).toEqual([document.verificationMethod![0]!.id]);
      expect(JSON.stringify(document)).not.toMatch(/secret|private/i);
    });

    it('succeeds with the product’s own verifier, on what is served', async () => {
      const served = JSON.parse(
        (await app.visitor().get(new URL(url).pathname, { Accept: 'application/json' })).text,
      ) as SignedBadge;
      expect(await verifyBadge(served, resolve, now, async () => false)).toEqual({
        verified: true,
        problems: [],
      });
    });

    it('succeeds with a verifier that shares no code with the product, over HTTP', async () => {
      const { verifyBadgeAt } = (await import(script.href)) as { verifyBadgeAt: VerifyBadgeAt };
      const { verified, problems } = await verifyBadgeAt(url);
      expect({ verified, problems }).toEqual({ verified: true, problems: [] });
    });

    const rename = (subject: SignedBadge['credentialSubject']) => ({
      ...subject,
      achievement: { ...subject.achievement, name: 'Brain surgery' },
    });
    it.each<[string, (genuine: SignedBadge) => object]>([
      ['another course', (genuine) => ({ ...genuine, credentialSubject: rename(genuine.credentialSubject) })],
      [
        'another holder',
        (genuine) => ({
          ...genuine,
          credentialSubject: {
            ...genuine.credentialSubject,
            id: 'urn:uuid:7c9e6679-7425-40de-944b-e07fc1f90ae7',
          },
        }),
      ],
      ['another date', (genuine) => ({ ...genuine, validFrom: '2024-03-04T10:00:01Z' })],
      [
        'another issuer',
        (genuine) => ({ ...genuine, issuer: { ...genuine.issuer, id: 'did:web:elsewhere.example' } }),
      ],
      ['another address', (genuine) => ({ ...genuine, id: `${genuine.id}0` })],
      [
        'a changed signature',
        (genuine) => ({
          ...genuine,
          proof: [
            {
              ...genuine.proof[0],
              proofValue: genuine.proof[0].proofValue.replace(/.$/, (last) => (last === '2' ? '3' : '2')),
            },
          ],
        }),
      ],
      ['no signature', (genuine) => ({ ...genuine, proof: [] })],
    ])('fails for %s', async (_, tamper) => {
      const result = await verifyBadge(tamper(badge), resolve, now);
      expect(result.verified).toBe(false);
      expect(result.problems).not.toEqual([]);
    });

    it('fails over HTTP for a badge that was changed in the database', async () => {
      const { certificate } = await aHolder();
      await app.sql(
        `UPDATE certificate SET badge = jsonb_set(badge, '{name}', '"Brain surgery"') WHERE id = $1`,
        [certificate.id],
      );
      const { verifyBadgeAt } = (await import(script.href)) as { verifyBadgeAt: VerifyBadgeAt };
      expect(await verifyBadgeAt(certificate.verificationUrl)).toMatchObject({
        verified: false,
        problems: ['the signature does not match the badge'],
      });
    });
  });
});

describe('the signing key', () => {
  it('is made once when many workers need the first at the same moment, and is sealed', async () => {
    const one = await startTestApp();
    const two = await startTestApp({ config: { databaseUrl: one.config.databaseUrl } });
    expect((await one.visitor().get('/.well-known/did.json')).status).toBe(200); // nobody has needed a key yet
    const ask = (app: TestApp) => app.get(Database).transaction((tx) => app.get(SigningKeys).active(tx));
    const keys = await Promise.all(Array.from({ length: 8 }, (_, index) => ask(index % 2 ? one : two)));
    expect(new Set(keys.map(({ keyId }) => keyId)).size).toBe(1);
    const rows = await one.sql<{ text: string }>(
      'SELECT row_to_json(signing_key)::text AS text FROM signing_key',
    );
    expect(rows).toHaveLength(1);
    const bare = keys[0]!.secretKeyMultibase;
    expect(rows[0]!.text).toContain(keys[0]!.publicKeyMultibase);
    expect(rows[0]!.text).not.toContain(bare);
    expect(rows[0]!.text).not.toContain(Buffer.from(bare).toString('base64'));
    await two.close();
    await one.close();
  });

  it('that cannot be opened with this MASTER_KEY parks the certificate, says why, and stops nothing else', async () => {
    const right = await startTestApp();
    await right.get(Database).transaction((tx) => right.get(SigningKeys).active(tx));
    const wrong = await startTestApp({
      config: { databaseUrl: right.config.databaseUrl, masterKey: Buffer.alloc(32, 9) },
    });
    const trainer = await aPerson(wrong, { roles: ['TRAINER'] });
    const person = await aPerson(wrong);
    await completeCourse(person, await aCourse(trainer));
    const key = (
      await wrong.sql<DeliveryKey>(`SELECT event_id AS "eventId", handler FROM delivery WHERE handler = $1`, [
        ISSUE,
      ])
    )[0]!;
    for (let tries = 1; tries < MOST_ATTEMPTS; tries += 1) {
      await expect(wrong.get(Deliveries).run(key)).rejects.toThrow('MASTER_KEY');
    }
    await wrong.get(Deliveries).run(key);
    const [parked] = await wrong.sql(`SELECT state, last_error FROM delivery WHERE handler = $1`, [ISSUE]);
    expect(parked).toEqual({
      state: 'PARKED',
      last_error: expect.stringContaining('MASTER_KEY is not the one that sealed it'),
    });
    expect((await person.ask('{ viewer { certificates { id } enrollments { state } } }')).viewer).toEqual({
      certificates: [],
      enrollments: [{ state: 'COMPLETED' }],
    });

    // With the right key again, an administrator's retry issues it, dated by the completion.
    await right.get(Database).transaction((tx) => right.get(Deliveries).retry(tx, key));
    expect(await right.drainOutbox()).toEqual([]);
    const { viewer } = await person.ask('{ viewer { certificates { issuedAt } } }');
    expect(viewer.certificates).toEqual([{ issuedAt: START.toISOString() }]);
    await wrong.close();
    await right.close();
  });
});
