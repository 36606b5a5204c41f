import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { Ids } from '../../platform/ids.js';
import { AuthoringService } from '../studio/authoring.service.js';
import type { QuestionContent } from '../catalog/course-content.js';
import type { QuizChoice } from './course-import.entity.js';
import { emptyCourse, importRefusals, requireFreeWord, withQuiz } from './course-import.rules.js';
import type { CourseVersion } from '../catalog/course-version.entity.js';
import type { Course } from '../catalog/course.entity.js';
import { requireTrainer } from '../catalog/course.policies.js';
import { findDraft, insertCourse, lockCourse } from '../catalog/course.queries.js';
import type { Reading } from '../formats/import/read-source.js';
import { keepQuestions } from '../catalog/question-bank.queries.js';
import { readContent, type VersionContent } from '../catalog/version-content.js';

/** Where an import goes. */
export interface ImportTarget {
  /** Null for a new course. */
  courseId: string | null;
  slug: string;
  locale: string;
  quiz: QuizChoice | null;
}

/** Puts what was read into a course: all of it, in the caller's transaction. Published versions stay as they are. */
@Injectable()
export class ImportWriting {
  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly authoring: AuthoringService,
    private readonly audit: AuditLog,
  ) {}

  /**
   * A course that was read replaces what the draft held. Questions without a course go into the bank, and into a quiz at the end of the draft
   * when one is wanted.
   * @returns the draft; null when only the bank was changed.
   * @throws DomainError `IMPORT_SLUG_TAKEN`, `IMPORT_SLUG_RESERVED`; NotFoundError or ForbiddenError when the course is not the viewer's
   */
  async write(tx: Tx, viewer: Viewer, target: ImportTarget, reading: Reading): Promise<CourseVersion | null> {
    const course = await this.targetCourse(tx, viewer, target);
    const content = await this.newContent(tx, course, target, reading);
    // Before the draft, which may ask some of them; and after it nothing would bring their tags.
    const writing = { ids: this.ids, at: this.clock.now(), by: viewer.personId };
    await keepQuestions(tx, writing, course.id, reading.questions);
    const draft = content ? await this.authoring.replaceDraft(tx, course, content) : null;
    await this.audit.done(tx, {
      actorId: viewer.personId,
      action: 'courseImportApply',
      subject: `course:${course.id}`,
      detail: { format: reading.format, ...reading.summary },
    });
    return draft;
  }

  private async targetCourse(tx: Tx, viewer: Viewer, { courseId, slug }: ImportTarget): Promise<Course> {
    if (courseId) {
      const course = await lockCourse(tx, { id: courseId });
      if (!course) throw new NotFoundError();
      await requireTrainer(tx, viewer, course);
      return course;
    }
    requireFreeWord(slug);
    const createdAt = this.clock.now();
    const isNew = await insertCourse(tx, { id: this.ids.next(), slug, createdAt }, viewer.personId);
    if (!isNew) throw new DomainError(importRefusals.IMPORT_SLUG_TAKEN);
    return (await lockCourse(tx, { slug }))!;
  }

  /** What the draft is to hold; null when it stays as it is. */
  private async newContent(
    tx: Tx,
    course: Course,
    { slug, locale, quiz }: ImportTarget,
    reading: Reading,
  ): Promise<VersionContent | null> {
    const { questions } = reading;
    const isNew = !course.publishedVersionId && !(await findDraft(tx, course.id));
    if (!reading.course && !quiz && !isNew) return null;
    const base = reading.course ?? (isNew ? emptyCourse(slug, locale) : await currentContent(tx, course));
    const { slug: _, ...content } = 'slug' in base ? base : { ...base, slug };
    return quiz ? withQuiz(content, requireQuestions(questions), quiz) : content;
  }
}

function requireQuestions(questions: QuestionContent[]): QuestionContent[] {
  if (questions.length === 0) throw new DomainError(importRefusals.IMPORT_WITHOUT_QUESTIONS);
  return questions;
}

/** Of the draft, else of the published version. */
async function currentContent(tx: Tx, course: Course): Promise<VersionContent> {
  const draft = await findDraft(tx, course.id);
  return readContent(tx, draft?.id ?? course.publishedVersionId!);
}
