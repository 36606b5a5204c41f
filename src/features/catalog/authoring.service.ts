import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { CourseVersion, type PublishPolicy } from './course-version.entity.js';
import { Course } from './course.entity.js';
import { CoursePublished } from './course.events.js';
import { lockDraft, requireTrainer } from './course.policies.js';
import { lockCourse } from './course.queries.js';
import { contentHash, refusalToPublish } from './course.rules.js';
import { Outlines } from './outlines.js';
import { readContent, versionColumns, writeContent, type VersionContent } from './version-content.js';

/** Drafts: made from the published version, edited, published. */
@Injectable()
export class AuthoringService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly outlines: Outlines,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  /** The course's draft, made from its published version when there is none. Asking twice gives the same one. */
  async createDraft(viewer: Viewer, courseId: string): Promise<CourseVersion> {
    return this.database.transaction(async (tx) => {
      const course = await lockCourse(tx, { id: parseId(courseId) });
      if (!course) throw new NotFoundError();
      await requireTrainer(tx, viewer, course);
      const draft = await findDraft(tx, course.id);
      if (draft) return draft;
      return this.insertDraft(tx, course.id, await readContent(tx, course.publishedVersionId!));
    });
  }

  /**
   * Puts content into the course's draft, replacing what the draft held. The caller holds the course's lock.
   * @returns the draft.
   */
  async replaceDraft(tx: Tx, course: Course, content: VersionContent): Promise<CourseVersion> {
    const draft = await findDraft(tx, course.id);
    if (!draft) return this.insertDraft(tx, course.id, content);
    await tx.update(CourseVersion, { id: draft.id }, versionColumns(content));
    await writeContent(tx, this.ids, draft, content);
    return tx.findOneByOrFail(CourseVersion, { id: draft.id });
  }

  /**
   * Freezes a draft and gives it to new learners. Learners in progress stay where they are.
   * @throws DomainError `VERSION_PUBLISHED`, `NO_REQUIRED_LESSON`, `QUIZ_WITHOUT_QUESTION`, `VERSION_UNCHANGED`
   */
  async publish(viewer: Viewer, versionId: string, policy: PublishPolicy): Promise<CourseVersion> {
    return this.database.transaction(async (tx) => {
      const found = await tx.findOneBy(CourseVersion, { id: parseId(versionId) });
      if (!found) throw new NotFoundError();
      // The course before the version, as an import locks them: the other way round, the two would wait for each other.
      const course = (await lockCourse(tx, { id: found.courseId }))!;
      const version = await lockDraft(tx, viewer, found.id);
      const content = await readContent(tx, version.id);
      const hash = contentHash(content);
      const published = course.publishedVersionId
        ? await tx.findOneBy(CourseVersion, { id: course.publishedVersionId })
        : null;
      const outline = await this.outlines.require(version.id, tx);
      const refused = refusalToPublish({
        lessons: outline.lessons.map((lesson) => ({
          ...lesson,
          questionCount: lesson.quiz?.questionCount ?? 0,
        })),
        contentHash: hash,
        publishedHash: published?.contentHash ?? null,
      });
      if (refused) throw new DomainError(refused.refusal, refused.values);
      const publishedAt = this.clock.now();
      const changes = { publishedAt, publishedBy: viewer.personId, publishPolicy: policy, contentHash: hash };
      await tx.update(CourseVersion, { id: version.id }, changes);
      await tx.update(Course, { id: course.id }, { publishedVersionId: version.id });
      await this.outbox.record(tx, CoursePublished, { courseId: course.id, versionId: version.id });
      const subject = `course:${course.id}`;
      await this.audit.done(tx, {
        actorId: viewer.personId,
        action: 'courseVersionPublish',
        subject,
        detail: { policy, hash },
      });
      return Object.assign(version, changes);
    });
  }

  private async insertDraft(tx: Tx, courseId: string, content: VersionContent): Promise<CourseVersion> {
    const rows: { last: number }[] = await tx.query(
      `SELECT coalesce(max(number), 0)::int AS last FROM course_version WHERE course_id = $1`,
      [courseId],
    );
    const draft = tx.create(CourseVersion, {
      id: this.ids.next(),
      courseId,
      number: rows[0]!.last + 1,
      ...versionColumns(content),
      criteria: { version: 1, requiredLessons: 'ALL' },
      createdAt: this.clock.now(),
    });
    await tx.insert(CourseVersion, draft);
    await writeContent(tx, this.ids, draft, content);
    return tx.findOneByOrFail(CourseVersion, { id: draft.id });
  }
}

const findDraft = async (tx: Tx, courseId: string): Promise<CourseVersion | null> =>
  tx
    .createQueryBuilder(CourseVersion, 'version')
    .where({ courseId })
    .andWhere('published_at IS NULL')
    .getOne();
