import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { aCourse, aPerson, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { anMp4, aPng } from '../support/sample-files.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** As much of the S3 protocol as the store speaks: PUT, HEAD and GET of an object, in one bucket. */
class Bucket {
  readonly objects = new Map<string, Buffer>();
  private readonly server: Server = createServer((req, res) => {
    void (async () => {
      const key = decodeURIComponent(new URL(req.url!, 'http://s3').pathname);
      if (req.method === 'PUT') {
        this.objects.set(key, await bodyOf(req));
        return res.setHeader('ETag', '"x"').end();
      }
      const object = this.objects.get(key);
      if (!object) return res.writeHead(404).end();
      const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(req.headers.range ?? '') ?? [];
      const part = start === undefined ? object : object.subarray(Number(start), Number(end) + 1);
      res.writeHead(start === undefined ? 200 : 206, { 'Content-Length': part.length });
      return res.end(req.method === 'HEAD' ? undefined : part);
    })();
  });

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.close();
    this.server.closeAllConnections();
  }
}

async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of req) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

describe('files in S3', () => {
  const bucket = new Bucket();
  let app: TestApp;
  let trainer: Client;
  let course: BuiltCourse;
  beforeAll(async () => {
    const endpoint = await bucket.listen();
    const credentials = { accessKeyId: 'key', secretAccessKey: 'secret' };
    app = await startTestApp({
      config: { s3: { bucket: 'courses', region: 'eu-west-3', endpoint, credentials } },
    });
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    course = await aCourse(trainer);
  });
  afterAll(async () => {
    await app.close();
    bucket.close();
  });

  it('are kept there whole, with their narrower pictures, and served from there', async () => {
    const { body: picture } = await trainer.uploadFile(course.id, await aPng(600, 300));
    const folder = `/courses/${picture.hash.slice(0, 2)}/${picture.hash}`;
    expect([...bucket.objects.keys()].sort()).toEqual([folder, `${folder}.480.webp`]);
    expect(bucket.objects.get(folder)).toHaveLength(picture.bytes);
    const { body } = await app.visitor().get(`/files/${picture.hash}/480.webp`);
    expect(body).toEqual(bucket.objects.get(`${folder}.480.webp`));
  });

  it('are watched from any place', async () => {
    const film = anMp4();
    const { body: file } = await trainer.uploadFile(course.id, film);
    const part = await app.visitor().get(`/files/${file.hash}`, { Range: 'bytes=500-599' });
    expect([part.status, part.body]).toEqual([206, film.subarray(500, 600)]);
  });
});
