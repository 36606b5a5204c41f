import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, ForbiddenError } from '../../platform/errors.js';
import { Ids } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { AuthoringService } from '../studio/authoring.service.js';
import type { CourseVersion } from '../catalog/course-version.entity.js';
import { Course } from '../catalog/course.entity.js';
import { mayEdit } from '../catalog/course.policies.js';
import { insertCourse, lockCourse } from '../catalog/course.queries.js';
import { requireFreeWord } from './course-import.rules.js';
import { catalogRefusals } from '../catalog/course.rules.js';
import { listedProblems, type ImportFile, type ImportProblem } from '../formats/import/import-problems.js';
import { parseMarkdownCourse } from '../formats/import/markdown-course.js';
import { keepQuestions } from '../catalog/question-bank.queries.js';

const importSchema = z.object({
  slug: z
    .string()
    .max(80)
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  files: z
    .array(z.object({ path: z.string().min(1).max(300), text: z.string() }))
    .min(1)
    .max(2000),
  dryRun: z.boolean().default(false),
});

/** What an import understood, and what it did not. */
export interface ImportReport {
  understood: { modules: number; lessons: number; questions: number };
  problems: ImportProblem[];
}

/** Brings in courses from files, in our Markdown format (content/README.md). */
@Injectable()
export class MarkdownImportService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly authoring: AuthoringService,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Reads a course from files into a draft: of the course with this slug, or of a new one that the viewer then trains.
   * What is not understood is in the report, and the rest is imported. A dry run only reports.
   * @returns the report, and the draft unless it was a dry run or nothing could be read.
   * @throws ForbiddenError when the slug is another trainer's course; DomainError `IMPORT_SLUG_RESERVED`
   */
  async importCourse(
    viewer: Viewer,
    input: { slug: string; files: ImportFile[]; dryRun?: boolean },
  ): Promise<{ report: ImportReport; version: CourseVersion | null }> {
    const { slug, files, dryRun } = parseInput(importSchema, input);
    if (!viewer.roles.has('TRAINER') && !viewer.roles.has('ADMIN'))
      throw new ForbiddenError(`course:${slug}`);
    // Before the files are read: a dry run must not promise what the import would then refuse.
    await this.database.read(async (tx) => {
      const course = await tx.findOneBy(Course, { slug });
      if (course) await requireSlug(tx, viewer, course);
      else requireFreeWord(slug);
    });
    const { course: parsed, questions, problems, understood } = parseMarkdownCourse(files, slug);
    const report = { understood, problems: listedProblems(problems) };
    if (dryRun || !parsed) return { report, version: null };
    const { slug: _, ...content } = parsed;
    const version = await this.database.transaction(async (tx) => {
      const createdAt = this.clock.now();
      const isNew = await insertCourse(tx, { id: this.ids.next(), slug, createdAt }, viewer.personId);
      const course = (await lockCourse(tx, { slug }))!;
      if (!isNew) await requireSlug(tx, viewer, course);
      // Before the draft, which may ask some of them.
      const writing = { ids: this.ids, at: createdAt, by: viewer.personId };
      await keepQuestions(tx, writing, course.id, questions);
      const draft = await this.authoring.replaceDraft(tx, course, content);
      const subject = `course:${course.id}`;
      await this.audit.done(tx, {
        actorId: viewer.personId,
        action: 'courseImport',
        subject,
        detail: understood,
      });
      return draft;
    });
    return { report, version };
  }

  /** As {@link importCourse}, for a caller that cannot go on without a course. @throws DomainError `IMPORT_FAILED` */
  async importOrFail(viewer: Viewer, input: { slug: string; files: ImportFile[] }) {
    const { report, version } = await this.importCourse(viewer, input);
    if (!version) throw new DomainError(catalogRefusals.IMPORT_FAILED);
    return { report, version };
  }
}

/** Forbidden and not hidden: that a slug is taken shows anyway, and its author must read why nothing was imported. */
async function requireSlug(tx: Tx, viewer: Viewer, course: Course): Promise<void> {
  if (!(await mayEdit(tx, viewer, course))) throw new ForbiddenError(`course:${course.id}`);
}
