import request, { type Response } from 'supertest';
import { zipped, type ArchivedFile } from './archives.js';
import { enroll, readCourse, type BuiltCourse } from './builders.js';
import type { Client } from './client.js';
import { applyImport, sendImport } from './sent-import.js';
import type { TestApp } from './test-app.js';

let serial = 0;

interface Described {
  version?: '1.2' | '2004 4th Edition';
  /** Elements of the item, such as `<adlcp:masteryscore>`. */
  demands?: string;
  scormType?: 'sco' | 'asset';
  /** Besides the manifest and `index.html`. */
  files?: ArchivedFile[];
  /** How many items it has; each opens `index.html`, with its number. */
  items?: number;
}

/** A package of SCORM as an author's program writes it. */
export function aPackage({
  version = '1.2',
  demands = '',
  scormType = 'sco',
  files = [],
  items = 1,
}: Described = {}): Promise<Buffer> {
  const item = (number: number): string =>
    `<item identifier="i${number}" identifierref="r" parameters="item=${number}"><title>Item ${number}</title>${demands}</item>`;
  const manifest = `<manifest xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2" xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
<metadata><schema>ADL SCORM</schema><schemaversion>${version}</schemaversion></metadata>
<organizations default="o"><organization identifier="o"><title>A package</title>
${Array.from({ length: items }, (_, index) => item(index + 1)).join('\n')}</organization></organizations>
<resources><resource identifier="r" type="webcontent" adlcp:scormtype="${scormType}" href="index.html"/></resources></manifest>`;
  return zipped([
    { path: 'imsmanifest.xml', content: manifest },
    { path: 'index.html', content: '<!doctype html><p>Hello' },
    ...files,
  ]);
}

/** Imports a package as a trainer, and publishes its course. @param slug of a course to change; without it a new one. */
export async function publishPackage(
  app: TestApp,
  trainer: Client,
  content: Buffer,
  { into, policy = 'NEW_LEARNERS_ONLY' }: { into?: BuiltCourse; policy?: string } = {},
): Promise<BuiltCourse> {
  const slug = into?.slug ?? `package-${(serial += 1)}`;
  const target = into ? `course=${into.id}` : `slug=${slug}`;
  const job = await sendImport(app, trainer, { name: 'package.zip', content }, `${target}&locale=en`);
  const { version } = await applyImport(app, trainer, job.id);
  const summary = { versionId: version!.id, locale: 'en', summary: 'A course that came as a package.' };
  await trainer.mutate('courseVersionUpdate', 'CourseVersionUpdateInput', summary, 'version { id }');
  const input = { versionId: version!.id, policy };
  const published = await trainer.mutate(
    'courseVersionPublish',
    'CourseVersionPublishInput',
    input,
    'version { id }',
  );
  if (published.userErrors.length > 0) throw new Error(JSON.stringify(published.userErrors));
  await app.drainOutbox();
  return readCourse(trainer, slug);
}

/** Where a learner stands in the lessons of a course that they take, as its page tells. */
export async function packageLessons(who: Client, course: BuiltCourse): Promise<any[]> {
  const { course: read } = await who.ask(
    `query ($slug: String!) { course(slug: $slug) { enrollment { state } modules { lessons { id key completedAt
       packageStanding { status scorePercent address } } } } }`,
    { slug: course.slug },
  );
  return read.modules.flatMap((module: { lessons: unknown[] }) => module.lessons);
}

/** A package being played: what its player sends, from where it sends it. */
export class Played {
  readonly host: string;
  readonly path: string;
  session = 0;
  private sequence = 0;

  constructor(
    private readonly origin: string,
    address: string,
  ) {
    const url = new URL(address);
    this.host = url.host;
    this.path = url.pathname;
  }

  async begin(): Promise<any> {
    const { status, body } = await this.post('sessions', {});
    if (status !== 201) throw new Error(`${status} ${JSON.stringify(body)}`);
    this.session = body.session;
    this.sequence = 0;
    return body;
  }

  /** Saves what was set. @param over what a player would not send. */
  save(values: Record<string, string>, over: object = {}): Promise<Response> {
    this.sequence += 1;
    const { session, sequence } = this;
    return this.post('saves', { session, sequence, values, isFinished: false, ...over });
  }

  async post(path: string, body: object): Promise<Response> {
    return request(this.origin).post(`${this.path}/${path}`).set('Host', this.host).send(body);
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return request(this.origin)
      .get(`${this.path}/files/${path}`)
      .set({ Host: this.host, ...headers });
  }
}

/** Somebody takes a course and plays its first lesson. */
export async function playFirst(
  who: Client,
  course: BuiltCourse,
): Promise<{ played: Played; enrollmentId: string }> {
  const enrollmentId = await enroll(who, course.id);
  const [lesson] = await packageLessons(who, course);
  return { played: new Played(who.origin, lesson.packageStanding.address), enrollmentId };
}
