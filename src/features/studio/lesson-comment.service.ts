import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { stored } from '../../platform/locale.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { Course } from '../catalog/course.entity.js';
import { requireReviewer, requireTrainer } from '../catalog/course.policies.js';
import { findLessonsWithBodies } from '../catalog/course.queries.js';
import { catalogRefusals } from '../catalog/course.rules.js';
import { LessonComment } from './lesson-comment.entity.js';
import { findComments, lockComment } from './lesson-comment.queries.js';
import { commentRefusals, excerptsOf, findBlock } from './lesson-comment.rules.js';
import type { Lesson } from '../catalog/lesson.entity.js';

const commentSchema = z.object({
  lessonId: z.string(),
  locale: z.string().max(35),
  blockIndex: z.int().min(0).nullish(),
  parentId: z.string().nullish(),
  text: z.string().trim().min(1).max(2_000),
});

/** What a team says to one another about a lesson. */
@Injectable()
export class LessonCommentService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Comments on a block of a lesson; on all of it, without a block; or answers another comment.
   * @throws DomainError `LOCALE_NOT_IN_COURSE`, `COMMENT_BLOCK_UNKNOWN`, or about the text.
   */
  async add(viewer: Viewer, input: z.input<typeof commentSchema>): Promise<LessonComment> {
    const { lessonId, locale, text, ...place } = parseInput(commentSchema, input);
    return this.database.transaction(async (tx) => {
      const { lesson, version, course } = await findLesson(tx, lessonId);
      await requireReviewer(tx, viewer, course);
      if (!version.locales.includes(locale)) throw new DomainError(catalogRefusals.LOCALE_NOT_IN_COURSE);
      const where = { courseId: course.id, lessonKey: lesson.key, locale };
      const parent = place.parentId == null ? null : await lockComment(tx, parseId(place.parentId));
      if (place.parentId != null && !isOf(parent, where)) throw new NotFoundError();
      const blockIndex = parent ? parent.blockIndex : (place.blockIndex ?? null);
      const excerpt = parent?.excerpt ?? excerptAt(lesson, locale, blockIndex);
      const comment = tx.create(LessonComment, {
        id: this.ids.next(),
        ...where,
        blockIndex,
        excerpt,
        // An answer to an answer stands beside it.
        parentId: parent && (parent.parentId ?? parent.id),
        authorId: viewer.personId,
        text,
        createdAt: this.clock.now(),
        resolvedAt: null,
        resolvedBy: null,
      });
      await tx.insert(LessonComment, comment);
      return Object.assign(comment, { block: blockIndex, replies: [] });
    });
  }

  /** Resolves a comment, or opens it again. For who may edit the course, and for who wrote the comment. Twice is the same as once. */
  async setResolved(viewer: Viewer, commentId: string, resolved: boolean): Promise<LessonComment> {
    return this.database.transaction(async (tx) => {
      const found = await lockComment(tx, parseId(commentId));
      // A reply is part of what it answers.
      const comment = found?.parentId ? await lockComment(tx, found.parentId) : found;
      if (!comment) throw new NotFoundError();
      const course = await tx.findOneByOrFail(Course, { id: comment.courseId });
      await requireReviewer(tx, viewer, course);
      if (comment.authorId !== viewer.personId) await requireTrainer(tx, viewer, course);
      if ((comment.resolvedAt !== null) !== resolved) {
        const change = {
          resolvedAt: resolved ? this.clock.now() : null,
          resolvedBy: resolved ? viewer.personId : null,
        };
        await tx.update(LessonComment, { id: comment.id }, change);
        Object.assign(comment, change);
      }
      const { courseId, lessonKey, locale } = comment;
      const all = await findComments(tx, { courseId, lessonKey, locale });
      return Object.assign(comment, { replies: all.find(({ id }) => id === comment.id)?.replies ?? [] });
    });
  }

  /** Comments on a lesson in one language, with where their blocks are now. The caller has asked who may read them. */
  async list(
    lesson: Lesson,
    { courseId, locale }: { courseId: string; locale: string },
  ): Promise<LessonComment[]> {
    return this.database.read(async (tx) => {
      const comments = await findComments(tx, { courseId, lessonKey: lesson.key, locale });
      const excerpts = await this.readExcerpts(tx, lesson.id, locale);
      return comments.map((comment) => Object.assign(comment, { block: findBlock(excerpts, comment) }));
    });
  }

  /** How each block of a lesson begins. */
  async excerpts(lessonId: string, locale: string): Promise<string[]> {
    return this.database.read((tx) => this.readExcerpts(tx, lessonId, locale));
  }

  private async readExcerpts(tx: Tx, lessonId: string, locale: string): Promise<string[]> {
    const lesson = (await findLessonsWithBodies(tx, [lessonId])).get(lessonId);
    return excerptsOf(stored(lesson?.bodies, locale));
  }
}

function excerptAt(lesson: Lesson, locale: string, blockIndex: number | null): string {
  if (blockIndex === null) return '';
  const excerpt = excerptsOf(stored(lesson?.bodies, locale))[blockIndex];
  if (excerpt === undefined) throw new DomainError(commentRefusals.COMMENT_BLOCK_UNKNOWN);
  return excerpt;
}

const isOf = (
  comment: LessonComment | null,
  where: { courseId: string; lessonKey: string; locale: string },
): boolean =>
  comment?.courseId === where.courseId &&
  comment.lessonKey === where.lessonKey &&
  comment.locale === where.locale;

async function findLesson(
  tx: Tx,
  lessonId: string,
): Promise<{ lesson: Lesson; version: CourseVersion; course: Course }> {
  const id = parseId(lessonId);
  const lesson = (await findLessonsWithBodies(tx, [id])).get(id);
  if (!lesson) throw new NotFoundError();
  const version = await tx.findOneByOrFail(CourseVersion, { id: lesson.versionId });
  return { lesson, version, course: await tx.findOneByOrFail(Course, { id: version.courseId }) };
}
