import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import request from 'supertest';
import { aPerson, enroll, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { aPackage, Played, playFirst, publishPackage } from '../support/package.builders.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

/** Does not become smaller, so that it is told from text by how it lies in the archive. */
const FILM = randomBytes(300_000);
const TEXT = 'a line of a script that comes again and again\n'.repeat(2_000);

describe('files of packages', () => {
  let app: TestApp;
  let trainer: Client & { personId: string };
  let learner: Client & { personId: string };
  let course: BuiltCourse;
  let played: Played;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { name: 'trainer', roles: ['TRAINER'] });
    const files = [
      { path: 'Media/film.mp4', content: FILM },
      { path: 'scripts/long.js', content: TEXT },
      { path: 'été & co/plan#1.svg', content: '<svg xmlns="http://www.w3.org/2000/svg"/>' },
      { path: 'empty.css', content: '' },
      { path: 'unknown.thing', content: '<script>1</script>' },
    ];
    course = await publishPackage(app, trainer, await aPackage({ files }));
    learner = await aPerson(app);
    played = (await playFirst(learner, course)).played;
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  const bytes = async (path: string, headers: Record<string, string> = {}) =>
    request(learner.origin)
      .get(`${played.path}/files/${path}`)
      .set({ Host: played.host, 'Accept-Encoding': 'identity', ...headers })
      .buffer(true)
      .parse((res, done) => {
        const chunks: Buffer[] = [];
        res.on('data', (chunk: Buffer) => chunks.push(chunk));
        res.on('end', () => done(null, Buffer.concat(chunks)));
      });

  it.each([
    ['index.html', 'text/html', '<!doctype html><p>Hello'],
    ['scripts/long.js', 'text/javascript', TEXT],
    ['SCRIPTS/Long.JS', 'text/javascript', TEXT],
    ['%C3%A9t%C3%A9%20%26%20co/plan%231.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['e%CC%81te%CC%81%20%26%20co/plan%231.svg', 'image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['empty.css', 'text/css', ''],
    ['unknown.thing', 'application/octet-stream', '<script>1</script>'],
  ])('are served as they are: %s', async (path, type, content) => {
    const { status, headers, body } = await bytes(path);
    expect({ status, type: headers['content-type'], body: body.toString() }).toEqual({
      status: 200,
      type,
      body: content,
    });
    expect(headers['content-length']).toBe(String(Buffer.byteLength(content)));
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('come compressed as they lie in the archive, where the browser takes that', async () => {
    const { headers, body } = await bytes('scripts/long.js', { 'Accept-Encoding': 'gzip' });
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    // Either of the two may have unpacked it.
    expect((body[0] === 0x1f ? gunzipSync(body) : body).toString()).toBe(TEXT);
    expect(Number(headers['content-length'])).toBeLessThan(TEXT.length / 10);
  });

  it.each([
    ['Media/film.mp4', FILM],
    ['scripts/long.js', Buffer.from(TEXT)],
  ])('come in parts, for who jumps in a film: %s', async (path, content) => {
    const total = content.length;
    for (const [range, start, end] of [
      ['bytes=0-', 0, total - 1],
      ['bytes=1000-1999', 1_000, 1_999],
      ['bytes=-5', total - 5, total - 1],
      [`bytes=${total - 1}-`, total - 1, total - 1],
    ] as const) {
      const { status, headers, body } = await bytes(path, { Range: range });
      expect({ status, range: headers['content-range'] }).toEqual({
        status: 206,
        range: `bytes ${start}-${end}/${total}`,
      });
      expect(body.equals(content.subarray(start, end + 1))).toBe(true);
    }
    const beyond = await bytes(path, { Range: `bytes=${total}-` });
    expect({ status: beyond.status, range: beyond.headers['content-range'] }).toEqual({
      status: 416,
      range: `bytes */${total}`,
    });
  });

  it('are kept by the browser for as long as the pass lasts', async () => {
    const { headers } = await played.get('index.html');
    expect(headers['cache-control']).toBe('private, max-age=10800, immutable');
    const again = await played.get('index.html', { 'If-None-Match': headers.etag! });
    expect({ status: again.status, text: again.text }).toEqual({ status: 304, text: '' });
  });

  it.each([
    '../../../etc/passwd',
    '..%2f..%2f..%2fetc%2fpasswd',
    '%2e%2e/%2e%2e/etc/passwd',
    '..%5c..%5cetc%5cpasswd',
    'Media/../index.html%00.js',
    '/etc/passwd',
    'Media',
    'Media/',
    'nothing.html',
    '%E0%A4%A',
  ])('are the archive’s and no others: %s', async (path) => {
    const { status } = await played.get(path);
    expect([400, 404]).toContain(status);
  });

  it('cannot act as the site: a policy, no frame elsewhere, no cookie, no worker', async () => {
    const { headers } = await played.get('index.html');
    const policy = headers['content-security-policy']!;
    expect(policy).toContain('sandbox allow-scripts allow-same-origin allow-forms');
    expect(policy).not.toContain('allow-top-navigation');
    expect(policy).not.toContain('escape');
    expect(policy).toContain("default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval';");
    expect(policy).toContain("frame-ancestors 'self' http://localhost:3000");
    expect(headers).not.toHaveProperty('x-frame-options');
    expect(headers).not.toHaveProperty('set-cookie');
    expect(headers).not.toHaveProperty('access-control-allow-origin');
    expect(headers['cross-origin-resource-policy']).toBe('same-origin');
    expect((await played.get('scripts/long.js', { 'Service-Worker': 'script' })).status).toBe(404);
  });

  describe('are on a host of their own', () => {
    const asked = (method: 'get' | 'post', path: string, host: string) =>
      request(learner.origin)[method](path).set({ Host: host, Cookie: learner.cookies });

    it('on which there is nothing of the site, whoever asks', async () => {
      for (const [method, path] of [
        ['post', '/graphql'],
        ['get', '/health/live'],
        ['get', '/'],
        ['get', '/account'],
        ['get', `/files/${'0'.repeat(64)}`],
        ['get', '/packages'],
        ['get', '/packages/../graphql'],
      ] as const)
        expect({ path, status: (await asked(method, path, played.host)).status }).toEqual({
          path,
          status: 404,
        });
    });

    it('and not on the site’s own, nor on that of another package', async () => {
      const path = `${played.path}/files/index.html`;
      const [label, ...rest] = played.host.split('.');
      const another = [label!.replace(/./g, (digit) => (digit === '0' ? '1' : '0')), ...rest].join('.');
      for (const host of ['localhost:3000', '127.0.0.1', another, `x.${played.host}`, rest.join('.')])
        expect({ host, status: (await asked('get', path, host)).status }).toEqual({ host, status: 404 });
    });
  });

  describe('need a pass', () => {
    const pass = (): Buffer => Buffer.from(played.path.split('/')[2]!, 'base64url');
    const statusWith = async (bytes_: Buffer): Promise<number[]> => {
      const path = `/packages/${bytes_.toString('base64url')}`;
      const forged = new Played(learner.origin, `http://${played.host}${path}`);
      const all = [forged.get('index.html'), forged.post('sessions', {}), forged.save({}, { session: 1 })];
      return (await Promise.all(all)).map(({ status }) => status);
    };

    it('that nobody can make or change', async () => {
      expect((await statusWith(pass()))[0]).toBe(200);
      for (let at = 0; at < pass().length; at += 1) {
        const changed = pass();
        changed[at]! ^= 1;
        expect({ at, status: (await statusWith(changed))[0] }).toEqual({ at, status: 404 });
      }
      for (const wrong of [
        Buffer.alloc(0),
        randomBytes(101),
        pass().subarray(1),
        Buffer.concat([pass(), Buffer.alloc(1)]),
      ])
        expect(await statusWith(wrong)).toEqual([404, 404, 404]);
    });

    it('that ends after a few hours, and is the same until a while before', async () => {
      const address = async (): Promise<string> =>
        (
          await learner.ask(
            `query ($slug: String!) { course(slug: $slug) { modules { lessons { packageStanding { address } } } } }`,
            { slug: course.slug },
          )
        ).course.modules[0].lessons[0].packageStanding.address;
      const first = await address();
      app.clock.moveForward(60_000);
      expect(await address()).toBe(first);
      app.clock.moveForward(3 * 3_600_000 - 60_000);
      expect((await played.get('index.html')).status).toBe(200);
      expect(await address()).not.toBe(first);
      app.clock.moveForward(3 * 3_600_000);
      expect(await statusWith(pass())).toEqual([404, 404, 404]);
    });

    it('which is given to learners of the course, and to its trainers for a look', async () => {
      const ask = (who: Client): Promise<any> =>
        who.ask(
          `query ($slug: String!) { course(slug: $slug) { modules { lessons { packageStanding { address } } } } }`,
          {
            slug: course.slug,
          },
        );
      for (const who of [await aPerson(app), app.visitor(), trainer])
        expect((await ask(who)).course.modules[0].lessons[0].packageStanding).toBeNull();
      const preview = `query ($slug: String!) { course(slug: $slug) { modules { lessons { packagePreviewAddress } } } }`;
      const { course: looked } = await trainer.ask(preview, { slug: course.slug });
      expect(looked.modules[0].lessons[0].packagePreviewAddress).toMatch(
        /^http:\/\/[0-9a-f]{40}\.packages\.localhost:3000\/packages\//,
      );
      expect(await learner.errorCode(preview, { slug: course.slug })).toBe('FORBIDDEN');
      expect(await app.visitor().errorCode(preview, { slug: course.slug })).toBe('UNAUTHENTICATED');
    });
  });
});

describe('where no host for packages is set up', () => {
  it('none is played, and the page can say so', async () => {
    const app = await startTestApp({ config: { packagesUrl: null } });
    try {
      const trainer = await aPerson(app, { roles: ['TRAINER'] });
      const course = await publishPackage(app, trainer, await aPackage());
      const learner = await aPerson(app);
      await enroll(learner, course.id);
      const { course: read } = await learner.ask(
        `query ($slug: String!) { course(slug: $slug) { modules { lessons { packageStanding { status address } } } } }`,
        { slug: course.slug },
      );
      expect(read.modules[0].lessons[0].packageStanding).toEqual({ status: null, address: null });
      const { status } = await app.visitor().get('/packages/x/files/index.html');
      expect(status).toBe(404);
    } finally {
      await app.close();
    }
  });
});
