import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, ForbiddenError, HiddenError, NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { CourseImport, type QuizChoice } from './course-import.entity.js';
import { CourseImportConfirmed, CourseImportUploaded } from './course-import.events.js';
import { countWaiting, lockImport } from './course-import.queries.js';
import {
  importRefusals,
  MOST_WAITING,
  refusedFile,
  requireApplicable,
  requireCancelable,
  requireFreeWord,
} from './course-import.rules.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { Course } from '../catalog/course.entity.js';
import { requireTrainer } from '../catalog/course.policies.js';
import { findDraft } from '../catalog/course.queries.js';
import { ArchiveRefused } from '../formats/import/archive-limits.js';
import { UploadStore } from './upload-store.js';

/** BCP 47: a language, perhaps a script, perhaps a region; as of course files. */
const LOCALE = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/;

const startSchema = z.object({
  fileName: z.string().trim().min(1).max(255),
  courseId: z.string().optional(),
  slug: z
    .string()
    .max(64)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .optional(),
  locale: z.string().regex(LOCALE).optional(),
});

const title = z.string().trim().min(1).max(200);
const quizSchema = z.object({ quiz: z.object({ moduleTitle: title, lessonTitle: title }).nullable() });

/** Where an upload goes: an existing course by its id, or a new one by its slug. */
export type ImportStart = z.input<typeof startSchema>;

/** Files that trainers send: kept, read in the background, and taken over once the trainer has seen the report. */
@Injectable()
export class CourseImportService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly outbox: Outbox,
    private readonly uploads: UploadStore,
  ) {}

  /**
   * Keeps a file and has it read. Nothing of a course changes by it.
   * @throws ForbiddenError for who is no trainer; what `requireTrainer` throws; DomainError `IMPORT_SLUG_TAKEN`,
   *   `IMPORT_SLUG_RESERVED`, `IMPORT_TOO_MANY`, `IMPORT_FILE_REFUSED`
   */
  async start(viewer: Viewer, input: ImportStart, content: AsyncIterable<Buffer>): Promise<CourseImport> {
    if (!viewer.roles.has('TRAINER') && !viewer.roles.has('ADMIN')) throw new ForbiddenError('courseImport');
    const { fileName, courseId, slug, locale } = parseInput(startSchema, input);
    // Before the file comes in: nobody should wait for 200 MB to be told that it cannot go where they want it.
    const target = await this.database.read((tx) => requireTarget(tx, viewer, { courseId, slug, locale }));
    await this.database.transaction((tx) => requireRoom(tx, viewer));
    const id = this.ids.next();
    const bytes = await this.keep(id, content);
    try {
      return await this.database.transaction(async (tx) => {
        await requireRoom(tx, viewer);
        const now = this.clock.now();
        const job = { id, personId: viewer.personId, ...target, fileName, bytes, state: 'UPLOADED' as const };
        await tx.insert(CourseImport, { ...job, createdAt: now, updatedAt: now });
        await this.outbox.record(tx, CourseImportUploaded, { importId: id });
        return tx.findOneByOrFail(CourseImport, { id });
      });
    } catch (error) {
      await this.uploads.forget(id);
      throw error;
    }
  }

  /**
   * Has what was understood taken over, in one transaction of the background work. Of two that ask at once, one is refused.
   * @throws NotFoundError; DomainError `IMPORT_NOT_READY`, `IMPORT_ALREADY_APPLIED`, `IMPORT_WITHOUT_QUESTIONS`; what `requireTrainer` throws
   */
  async apply(viewer: Viewer, importId: string, quiz: QuizChoice | null): Promise<CourseImport> {
    const choice = parseInput(quizSchema, { quiz });
    return this.database.transaction(async (tx) => {
      const job = await lockOwn(tx, viewer, importId);
      requireApplicable(job.state);
      if (choice.quiz && !job.summary?.bankQuestions)
        throw new DomainError(importRefusals.IMPORT_WITHOUT_QUESTIONS);
      await requireTarget(tx, viewer, { ...job, courseId: job.courseId ?? undefined });
      const changes = {
        state: 'APPLYING' as const,
        quiz: choice.quiz,
        tries: 0,
        progressPercent: 0,
        updatedAt: this.clock.now(),
      };
      await tx.update(CourseImport, { id: job.id }, changes);
      await this.outbox.record(tx, CourseImportConfirmed, { importId: job.id });
      return Object.assign(job, changes);
    });
  }

  /**
   * Gives an import up. What reads it stops soon; its file is deleted.
   * @throws NotFoundError; DomainError `IMPORT_ALREADY_APPLIED`, `IMPORT_ENDED`
   */
  async cancel(viewer: Viewer, importId: string): Promise<CourseImport> {
    const job = await this.database.transaction(async (tx) => {
      const own = await lockOwn(tx, viewer, importId);
      requireCancelable(own.state);
      const changes = {
        state: 'CANCELED' as const,
        step: null,
        runId: null,
        hasUpload: false,
        updatedAt: this.clock.now(),
      };
      await tx.update(CourseImport, { id: own.id }, changes);
      return Object.assign(own, changes);
    });
    await this.uploads.forget(job.id);
    return job;
  }

  /** @throws NotFoundError when there is none, or it is another person's. */
  async require(viewer: Viewer, importId: string): Promise<CourseImport> {
    const job = await this.database.read((tx) => tx.findOneBy(CourseImport, { id: parseId(importId) }));
    return requireOwn(viewer, job);
  }

  private async keep(id: string, content: AsyncIterable<Buffer>): Promise<number> {
    try {
      return await this.uploads.keep(id, content);
    } catch (error) {
      throw error instanceof ArchiveRefused ? refusedFile(error) : error;
    }
  }
}

async function requireRoom(tx: Tx, viewer: Viewer): Promise<void> {
  const count = await countWaiting(tx, viewer.personId);
  if (count >= MOST_WAITING) throw new DomainError(importRefusals.IMPORT_TOO_MANY, { count });
}

async function lockOwn(tx: Tx, viewer: Viewer, importId: string): Promise<CourseImport> {
  return requireOwn(viewer, await lockImport(tx, parseId(importId)));
}

function requireOwn(viewer: Viewer, job: CourseImport | null): CourseImport {
  if (!job) throw new NotFoundError();
  if (job.personId !== viewer.personId) throw new HiddenError(`courseImport:${job.id}`);
  return job;
}

/** Where it goes, if the viewer may bring something there. The language is that of the course, where none is given. */
async function requireTarget(
  tx: Tx,
  viewer: Viewer,
  { courseId, slug, locale }: { courseId?: string; slug?: string; locale?: string },
): Promise<Pick<CourseImport, 'courseId' | 'slug' | 'locale'>> {
  if (courseId === undefined) {
    // Asked for by neither id nor slug, as no page does.
    const { slug: wanted } = parseInput(z.object({ slug: z.string().min(1) }), { slug: slug ?? '' });
    requireFreeWord(wanted);
    if (await tx.existsBy(Course, { slug: wanted })) throw new DomainError(importRefusals.IMPORT_SLUG_TAKEN);
    return { courseId: null, slug: wanted, locale: locale ?? viewer.locale };
  }
  const course = await tx.findOneBy(Course, { id: parseId(courseId) });
  if (!course) throw new NotFoundError();
  await requireTrainer(tx, viewer, course);
  return {
    courseId: course.id,
    slug: course.slug,
    locale: locale ?? (await localeOf(tx, course)) ?? viewer.locale,
  };
}

async function localeOf(tx: Tx, { id, publishedVersionId }: Course): Promise<string | undefined> {
  const draft = await findDraft(tx, id);
  if (draft || !publishedVersionId) return draft?.defaultLocale;
  return (await tx.findOneByOrFail(CourseVersion, { id: publishedVersionId })).defaultLocale;
}
