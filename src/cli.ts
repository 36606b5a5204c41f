import 'reflect-metadata';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { helpText, reportTable } from './cli-text.js';
import { ConfigError, readConfig } from './config.js';
import { ContentFiles } from './features/interchange/content-files.js';
import { keyFromTitle } from './features/catalog/keys.rules.js';
import { CourseExportService } from './features/interchange/course-export.service.js';
import { Course } from './features/catalog/course.entity.js';
import { EXPORT_FORMATS } from './features/formats/export/formats.js';
import { ImportWriting } from './features/interchange/import-writing.service.js';
import { ArchiveRefused } from './features/formats/import/archive-limits.js';
import { unpack, type Unpacked } from './features/formats/import/archive.js';
import { folderFiles } from './features/formats/import/folder-files.js';
import { readSource, type Reading } from './features/formats/import/read-source.js';
import { Person } from './features/identity/person.entity.js';
import type { Viewer } from './platform/access/viewer.js';
import { Database } from './platform/database/database.js';
import { migrate } from './platform/database/migrate.js';
import { DomainError, ForbiddenError, NotFoundError } from './platform/errors.js';
import { prepareStorage } from './storage.js';

/** What a shell is told: done; something in the files was not understood, or nothing was; used wrongly or not allowed. */
const EXIT = { done: 0, problems: 1, refused: 2 } as const;

/** What a person can mend, said in one line. */
class Refused extends Error {}

/** Lines about what is being done go where they do not mix with a result. */
const note = (line: string): void => console.error(`  ${line}`);

const OPTIONS = {
  help: { type: 'boolean', short: 'h' },
  'dry-run': { type: 'boolean' },
  slug: { type: 'string' },
  as: { type: 'string' },
  locale: { type: 'string' },
  out: { type: 'string' },
  version: { type: 'string' },
  trainer: { type: 'string' },
} as const;

type Options = ReturnType<typeof parsed>['values'];
const parsed = (args: string[]) => parseArgs({ args, options: OPTIONS, allowPositionals: true });

/** `npm run tremplin -- import | export`: what the studio does, from a terminal. The product may run meanwhile, or not. */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parsed(args);
  const [command, subject] = positionals;
  if (values.help || command === undefined) {
    console.log(helpText(EXPORT_FORMATS.map(({ name }) => name)));
    return values.help ? EXIT.done : EXIT.refused;
  }
  if (subject === undefined || positionals.length > 2 || (command !== 'import' && command !== 'export'))
    throw new Refused('Say `import <file or folder>` or `export <slug> --as <format>`. See --help.');
  return inProduct((app) =>
    command === 'import' ? importFile(app, resolve(subject), values) : exportCourse(app, subject, values),
  );
}

/** Runs on the configured database, or on the embedded one: that of the product where it runs, else its own. */
async function inProduct(work: (app: INestApplicationContext) => Promise<number>): Promise<number> {
  const storage = await prepareStorage(readConfig(), note);
  try {
    if (storage.surroundings.config.embedded) await migrate(storage.surroundings.config, note);
    const app = await NestFactory.createApplicationContext(AppModule.with(storage.surroundings), {
      logger: ['error', 'fatal'],
    });
    try {
      return await work(app);
    } finally {
      await app.close();
    }
  } finally {
    await storage.close();
  }
}

async function importFile(app: INestApplicationContext, path: string, options: Options): Promise<number> {
  const { slug = slugOf(path), locale, 'dry-run': dryRun = false } = options;
  const database = app.get(Database);
  const viewer = await viewerFor(database, options.as);
  const course = await database.read((tx) => tx.findOneBy(Course, { slug }));
  const files = app.get(ContentFiles, { strict: false });
  const work = await mkdtemp(join(tmpdir(), 'tremplin-'));
  let opened: Unpacked | undefined;
  try {
    opened = await openSource(path, work);
    const context = {
      slug,
      locale: locale ?? viewer.locale,
      files: files.intake(dryRun ? null : viewer.personId),
      progress: () => {},
    };
    const reading = await readSource(opened.source, context, opened.problems);
    console.log(reportTable(reading));
    if (reading.failure) throw new Refused(reading.failure.en);
    if (dryRun)
      console.log(
        `Dry run: nothing was changed. It would go into the ${course ? '' : 'new '}course ${slug}.`,
      );
    else await write(app, viewer, { courseId: course?.id ?? null, slug, locale: context.locale }, reading);
    return reading.summary.errors > 0 ? EXIT.problems : EXIT.done;
  } finally {
    await opened?.close();
    await rm(work, { recursive: true, force: true });
  }
}

async function openSource(path: string, work: string): Promise<Unpacked> {
  const found = await stat(path).catch(() => {
    throw new Refused(`There is no file or folder ${path}.`);
  });
  if (found.isDirectory()) return { ...(await folderFiles(path)), close: async () => {} };
  return unpack(path, { name: basename(path), folder: work });
}

async function write(
  app: INestApplicationContext,
  viewer: Viewer,
  target: { courseId: string | null; slug: string; locale: string },
  reading: Reading,
): Promise<void> {
  const draft = await app
    .get(Database)
    .transaction((tx) =>
      app.get(ImportWriting, { strict: false }).write(tx, viewer, { ...target, quiz: null }, reading),
    );
  console.log(
    draft
      ? `Imported into version ${draft.number} of ${target.slug}, a draft. Publish it in the studio: /studio/${target.slug}`
      : `Imported into the question bank of ${target.slug}.`,
  );
}

const formatNames = (): string => EXPORT_FORMATS.map(({ name }) => name).join(', ') || 'none yet';

async function exportCourse(app: INestApplicationContext, slug: string, options: Options): Promise<number> {
  const { as: format, out, version, locale, trainer } = options;
  if (format === undefined) throw new Refused(`Say in which format with --as: ${formatNames()}.`);
  if (!EXPORT_FORMATS.some(({ name }) => name === format.toUpperCase()))
    throw new Refused(`There is no format ${format} to write, but: ${formatNames()}.`);
  const viewer = await viewerFor(app.get(Database), trainer);
  const request = { slug, format, version, locale };
  const exported = await app.get(CourseExportService, { strict: false }).export(viewer, request);
  const path = resolve(out ?? exported.fileName);
  const { content } = exported;
  // Never over a file that is there: an export is no reason to lose one.
  await pipeline(Buffer.isBuffer(content) ? [content] : content, createWriteStream(path, { flags: 'wx' }));
  console.log(path);
  return EXIT.done;
}

/**
 * In whose name it is done. Whoever may start this program may read and write the whole database: without a name, an administrator's
 * or, where there is none, a trainer's.
 */
async function viewerFor(database: Database, email: string | undefined): Promise<Viewer> {
  const person = await database.read((tx) =>
    email === undefined
      ? tx
          .createQueryBuilder(Person, 'person')
          .where(`person.roles && ARRAY['ADMIN', 'TRAINER']`)
          .orderBy(`'ADMIN' = ANY(person.roles)`, 'DESC')
          .addOrderBy('person.id')
          .getOne()
      : tx.findOneBy(Person, { email: email.toLowerCase() }),
  );
  if (!person)
    throw new Refused(
      email === undefined
        ? 'There is no trainer yet: sign in, let an administrator give you the role, and try again.'
        : `Nobody has the address ${email}. Sign in with it once.`,
    );
  const { id, roles, locale, timeZone } = person;
  if (!roles.includes('TRAINER') && !roles.includes('ADMIN'))
    throw new Refused(`${person.email} is no trainer.`);
  if (email === undefined) note(`As ${person.email}.`);
  return {
    personId: id,
    email: person.email,
    roles: new Set(roles),
    locale,
    timeZone,
    sessionHash: Buffer.alloc(0),
  };
}

/** `My course.zip` is `my-course`. */
const slugOf = (path: string): string =>
  keyFromTitle(basename(path).replace(/\.(tar\.gz|[a-z0-9]{1,6})$/i, ''), 'imported-course');

/** What a person can mend, or undefined for what is our fault. */
function sentenceOf(error: unknown): string | undefined {
  if (error instanceof Refused || error instanceof ConfigError) return error.message;
  if (error instanceof ArchiveRefused) return error.sentence.en;
  if (error instanceof DomainError) return error.sentence('en');
  if (error instanceof NotFoundError)
    return 'There is no such course or version, or it is not this trainer’s.';
  if (error instanceof ForbiddenError) return 'This trainer may not edit that course.';
  const { code, message } = error as NodeJS.ErrnoException;
  if (code?.startsWith('ERR_PARSE_ARGS')) return `${message} See --help.`;
  if (code === 'EEXIST') return `${message}. Choose another name with --out, or move that file away.`;
  return undefined;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(sentenceOf(error) ?? error);
    process.exit(EXIT.refused);
  },
);
