import { createHash } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { FileStore } from '../../src/platform/files/file-store.js';
import { LookingIntake, StoreIntake } from '../../src/features/formats/import/file-intake.js';
import { aCourse, aPerson, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { eventually } from '../support/eventually.js';
import { aBomb, aDocx, aGif, anMp4, aPdf, aPhotograph, aPng, aZip } from '../support/sample-files.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');

describe('files of courses', () => {
  let app: TestApp;
  let trainer: Client & { personId: string };
  let course: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { name: 'trainer', roles: ['TRAINER'] });
    course = await aCourse(trainer);
  });
  afterAll(() => app.close());

  const rows = (): Promise<{ sha256: string; created_by: string }[]> =>
    app.sql('SELECT sha256, created_by FROM stored_file');
  const leftOver = (): string[] => readdirSync(join(app.config.dataDir, 'files', 'incoming'));
  const taken = async (content: Buffer, name?: string): Promise<any> => {
    const { status, body } = await trainer.uploadFile(course.id, content, { name });
    expect({ status, body }).toMatchObject({ status: 201, body: { hash: expect.any(String) } });
    return body;
  };
  /** The answer's code and sentence, for a file that must be refused and leave nothing behind. */
  const refused = async (content: Buffer, name = 'file'): Promise<{ code: string; message: string }> => {
    const before = await rows();
    const { status, body } = await trainer.uploadFile(course.id, content, { name });
    expect(status).toBe(422);
    expect(await rows()).toEqual(before);
    expect(leftOver()).toEqual([]);
    return body.error;
  };

  describe('pictures', () => {
    it('are encoded anew, upright, without what the telephone wrote into them', async () => {
      const photograph = await aPhotograph(1200, 800);
      expect(photograph.includes('SecretPhone')).toBe(true);
      const file = await taken(photograph, 'IMG 1.jpg');
      expect(file).toMatchObject({ mediaType: 'image/webp', width: 800, height: 1200 });
      const { body: own } = await app.visitor().get(`/files/${file.hash}`);
      expect(sha256(own)).toBe(file.hash);
      expect(own).toHaveLength(file.bytes);
      const { format, width, height, exif } = await sharp(own).metadata();
      expect({ format, width, height, exif }).toEqual({
        format: 'webp',
        width: 800,
        height: 1200,
        exif: undefined,
      });
      expect(own.includes('SecretPhone')).toBe(false);
      // Turned clockwise: what was dark on the left is now at the top.
      const { data, info } = await sharp(own).raw().toBuffer({ resolveWithObject: true });
      expect(data[0]!).toBeLessThan(data[(info.height - 1) * info.width * info.channels]! - 100);
    });

    it('are served in each width that a page may ask for, and in no other', async () => {
      const file = await taken(await aPng(1000, 500), 'drawing.png');
      for (const width of [480, 960, 1000]) {
        const { status, body, headers } = await app.visitor().get(`/files/${file.hash}/${width}.webp`);
        expect({ status, type: headers['content-type'] }).toEqual({ status: 200, type: 'image/webp' });
        expect(await sharp(body).metadata()).toMatchObject({ format: 'webp', width, height: width / 2 });
      }
      for (const name of ['1600.webp', '481.webp', '480.png', '0.webp', '-1.webp', '..%2f..%2fetc%2fpasswd'])
        expect((await app.visitor().get(`/files/${file.hash}/${name}`)).status).toBe(404);
    });

    it('are no wider than a screen, whatever the camera', async () => {
      expect(await taken(await aPng(4000, 200))).toMatchObject({ width: 2560, height: 128 });
    });

    it('are known by their content, not by their name or by what the sender says', async () => {
      const headers = { 'Content-Type': 'text/html' };
      const answer = await trainer.uploadFile(course.id, await aGif(), { name: 'page.html', headers });
      expect(answer.body).toMatchObject({ mediaType: 'image/webp', width: 30, height: 30 });
    });

    it('come back under the same name when what was stored is sent again', async () => {
      const file = await taken(await aPng(700, 300));
      const { body } = await app.visitor().get(`/files/${file.hash}`);
      expect(await taken(body, 'export.webp')).toEqual(file);
    });

    it('are refused when they are damaged, with a sentence that says what to do', async () => {
      const photograph = await aPhotograph();
      const cut = photograph.subarray(0, photograph.length / 2);
      expect(await refused(cut, 'côte.jpg')).toEqual({
        code: 'PICTURE_UNREADABLE',
        message:
          '“côte.jpg” cannot be opened as a picture: it is damaged or incomplete. Save it again as PNG or JPEG and send that.',
      });
      const headers = { 'X-Locale': 'fr' };
      const french = await trainer.uploadFile(course.id, cut, { name: 'côte.jpg', headers });
      expect(french.body.error.message).toMatch(/^« côte\.jpg » ne peut pas être ouvert comme image/);
    });

    it('are refused when opening them would fill the memory', async () => {
      const bomb = aBomb();
      expect(bomb.length).toBeLessThan(1_000_000);
      const before = process.memoryUsage().rss;
      expect(await refused(bomb)).toMatchObject({ code: 'PICTURE_TOO_LARGE' });
      expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
    });
  });

  describe('what else is refused', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
    it.each([
      ['a drawing with a script', 'drawing.svg', svg, 'FILE_SVG'],
      ['a drawing behind a preamble', 'a.png', `\uFEFF <?xml version="1.0"?><!-- x -->\n${svg}`, 'FILE_SVG'],
      ['a web page named as a picture', 'a.png', '<!DOCTYPE html><p>x', 'FILE_HTML'],
      ['a web page named as a text', 'a.txt', '\n <script>alert(1)</script>', 'FILE_HTML'],
      ['XML', 'a.xml', '<?xml version="1.0"?><a/>', 'FILE_HTML'],
      ['a program', 'a.pdf', `MZ${'\0'.repeat(100)}`, 'FILE_TYPE_REFUSED'],
      ['a text with control characters', 'a.txt', 'a\0b', 'FILE_TYPE_REFUSED'],
      ['a text that is not UTF-8', 'a.txt', Buffer.from([0x41, 0xe9, 0x42]), 'FILE_TYPE_REFUSED'],
      ['nothing', 'a.png', '', 'FILE_EMPTY'],
      [
        'a picture of its first bytes',
        'a.png',
        Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
        'FILE_TYPE_REFUSED',
      ],
    ])('%s', async (_what, name, content, code) => {
      expect(await refused(Buffer.from(content as string), name)).toMatchObject({ code });
    });

    it('an archive, which only an import brings', async () => {
      const zip = await aZip({ 'imsmanifest.xml': '<manifest/>' });
      expect(await refused(zip, 'course.zip')).toMatchObject({ code: 'FILE_ARCHIVE' });
    });

    it.each([
      [
        'a picture of more than 20 MB',
        async () => Buffer.concat([await aPng(), Buffer.alloc(20_000_000)]),
        '20',
      ],
      ['a document of more than 50 MB', async () => Buffer.concat([aPdf(), Buffer.alloc(50_000_000)]), '50'],
      ['captions of more than 1 MB', async () => Buffer.from(`WEBVTT\n\n${'x'.repeat(1_000_000)}`), '1'],
    ])('%s', async (_what, content, max) => {
      const { code, message } = await refused(await content(), 'large');
      expect(code).toBe('FILE_TOO_LARGE');
      expect(message).toContain(`${max} MB`);
    });
  });

  describe('documents, videos and captions', () => {
    it('are kept as they are', async () => {
      const vtt = Buffer.from('WEBVTT\n\n00:00.000 --> 00:01.000\nBonjour\n');
      const docx = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
      const samples: [Buffer, string][] = [
        [aPdf(), 'application/pdf'],
        [await aDocx(), docx],
        [anMp4(), 'video/mp4'],
        [vtt, 'text/vtt'],
        [Buffer.from('A list;of prices\n'), 'text/plain'],
      ];
      for (const [content, mediaType] of samples) {
        const file = await taken(content);
        const { length: bytes } = content;
        expect(file).toEqual({ hash: sha256(content), mediaType, bytes, width: null, height: null });
      }
    });

    it('are saved under a plain name with the ending of what they are', async () => {
      const { hash } = await taken(Buffer.from('not a page'), '../../etc/passwd');
      const disposition = async (name: string): Promise<string> =>
        (await app.visitor().get(`/files/${hash}?name=${encodeURIComponent(name)}`)).get(
          'content-disposition',
        )!;
      expect(await disposition('prices.txt')).toBe('attachment; filename="prices.txt"');
      expect(await disposition('../../x\r\nSet-Cookie: a".html')).toBe(
        'attachment; filename="xSet-Cookie a.html.txt"',
      );
      expect(await disposition('liste\u202Efdp.txt')).toBe('attachment; filename="listefdp.txt"');
      expect(await disposition('Été à Paris.csv')).toBe(
        'attachment; filename="Ete a Paris.csv"; filename*=UTF-8\'\'%C3%89t%C3%A9%20%C3%A0%20Paris.csv',
      );
    });

    it('are served so that nothing in them can run, and kept for ever', async () => {
      const { hash } = await taken(aPdf());
      const { headers } = await app.visitor().get(`/files/${hash}`);
      expect(headers).toMatchObject({
        'content-type': 'application/pdf',
        'cache-control': 'public, max-age=31536000, immutable',
        'content-security-policy': "sandbox; default-src 'none'",
        'cross-origin-resource-policy': 'same-origin',
        'x-content-type-options': 'nosniff',
        etag: `"${hash}"`,
      });
      const again = await app.visitor().get(`/files/${hash}`, { 'If-None-Match': `"${hash}"` });
      expect(again.status).toBe(304);
    });

    it('can be watched from any place', async () => {
      const film = anMp4();
      const { hash } = await taken(film);
      const ask = (headers: Record<string, string>) => app.visitor().get(`/files/${hash}`, headers);
      const part = await ask({ Range: 'bytes=1000-1999' });
      expect(part.status).toBe(206);
      expect(part.headers).toMatchObject({
        'content-range': `bytes 1000-1999/${film.length}`,
        'content-length': '1000',
        'accept-ranges': 'bytes',
      });
      expect(part.body).toEqual(film.subarray(1000, 2000));
      expect((await ask({ Range: 'bytes=-10' })).body).toEqual(film.subarray(-10));
      expect((await ask({ Range: 'bytes=99990-' })).body).toEqual(film.subarray(99_990));
      const past = await ask({ Range: 'bytes=200000-' });
      expect([past.status, past.headers['content-range']]).toEqual([416, `bytes */${film.length}`]);
      for (const headers of [
        { Range: 'bytes=0-1,5-6' } as Record<string, string>,
        { Range: 'pages=1-2' },
        { Range: 'bytes=0-1', 'If-Range': '"other"' },
      ]) {
        const whole = await ask(headers);
        expect([whole.status, whole.body.length]).toEqual([200, film.length]);
      }
    });
  });

  describe('who may send', () => {
    const statusAndCode = async (who: Client, courseId = course.id, headers = {}): Promise<unknown[]> => {
      const { status, body } = await who.uploadFile(courseId, aPdf(), { headers });
      return [status, body.error?.code];
    };

    it('is whoever may edit the course', async () => {
      expect(await statusAndCode(app.visitor())).toEqual([401, 'UNAUTHENTICATED']);
      const rival = await aPerson(app, { roles: ['TRAINER'] });
      expect(await statusAndCode(rival)).toEqual([403, 'FORBIDDEN']);
      const [entry] = await app.sql(
        `SELECT action, subject FROM audit_entry WHERE actor_id = $1 AND outcome = 'REFUSED'`,
        [rival.personId],
      );
      expect(entry).toEqual({ action: 'POST /files', subject: `course:${course.id}` });
      expect(await statusAndCode(trainer, '018f0000-0000-7000-8000-000000000000')).toEqual([
        404,
        'NOT_FOUND',
      ]);
      expect(await statusAndCode(trainer, 'nonsense')).toEqual([404, 'NOT_FOUND']);
      expect(await statusAndCode(await aPerson(app, { roles: ['ADMIN'] }))).toEqual([201, undefined]);
    });

    it('is no form of another site', async () => {
      const headers = { 'X-Tremplin-Upload': '' };
      expect(await statusAndCode(trainer, course.id, headers)).toEqual([422, 'UPLOAD_HEADER_MISSING']);
      expect(await statusAndCode(trainer, course.id, { 'X-File-Name': '%ZZ' })).toEqual([
        400,
        'BAD_USER_INPUT',
      ]);
    });
  });

  describe('whatever happens', () => {
    it('the same file sent ten times at once is one', async () => {
      const picture = await aPng(333, 222);
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => trainer.uploadFile(course.id, picture)),
      );
      expect(new Set(answers.map(({ status, body }) => `${status} ${body.hash}`)).size).toBe(1);
      const { hash } = answers[0]!.body;
      expect((await rows()).filter((row) => row.sha256 === hash)).toEqual([
        { sha256: hash, created_by: trainer.personId },
      ]);
      expect(leftOver()).toEqual([]);
    });

    it('what breaks off leaves nothing behind', async () => {
      const before = await rows();
      const breakOff = new AbortController();
      let isHere = false;
      const sending = fetch(`${trainer.origin}/files?course=${course.id}`, {
        method: 'POST',
        headers: { Cookie: trainer.cookies, 'X-File-Name': 'a.mp4', 'X-Tremplin-Upload': '1' },
        signal: breakOff.signal,
        duplex: 'half',
        body: new ReadableStream({
          pull(stream) {
            if (!isHere) stream.enqueue(anMp4());
            isHere = true;
            return new Promise(() => {});
          },
        }),
      }).catch((error: Error) => error.name);
      await eventually('the file is on its way', () => leftOver().length === 1);
      breakOff.abort();
      expect(await sending).toBe('AbortError');
      await eventually('it is gone', () => leftOver().length === 0);
      expect(await rows()).toEqual(before);
    });

    it('a file that was lost is healed by sending it again', async () => {
      const film = anMp4(5_000);
      const { hash } = await taken(film);
      rmSync(join(app.config.dataDir, 'files', hash.slice(0, 2), hash));
      const lost = await app.visitor().get(`/files/${hash}`);
      expect([lost.status, lost.headers['cache-control']]).toEqual([500, undefined]);
      await taken(film);
      expect((await app.visitor().get(`/files/${hash}`)).body).toEqual(film);
    });
  });

  it('imports look at files without keeping them, and keep what they saw', async () => {
    const store = app.get(FileStore);
    const [picture, zip] = [await aPng(1700, 100), await aZip({ 'imsmanifest.xml': '<manifest/>' })];
    const before = await rows();
    const looking = new LookingIntake(store);
    const seen = [await looking.take('a.png', picture), await looking.take('scorm.zip', zip)];
    expect(await looking.take('a.svg', Buffer.from('<svg/>'))).toEqual({
      refused: { en: expect.stringMatching(/^“a\.svg” is an SVG/), fr: expect.stringMatching(/^« a\.svg »/) },
    });
    expect(await rows()).toEqual(before);
    const keeping = new StoreIntake(store, trainer.personId);
    expect([await keeping.take('a.png', picture), await keeping.take('scorm.zip', zip)]).toEqual(seen);
    expect(seen[1]).toMatchObject({ hash: sha256(zip), mediaType: 'application/zip' });
    expect((await app.visitor().get(`/files/${sha256(zip)}`)).status).toBe(404);
  });

  it.each(['/files/x', `/files/${'0'.repeat(64)}`, '/files/..%2f..%2fetc%2fpasswd'])(
    '%s is not there',
    async (path) => {
      expect((await app.visitor().get(path)).status).toBe(404);
    },
  );
});
