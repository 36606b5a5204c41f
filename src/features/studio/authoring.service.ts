import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { CourseVersion, type PublishPolicy } from '../catalog/course-version.entity.js';
import { Course } from '../catalog/course.entity.js';
import { CoursePublished } from '../catalog/course.events.js';
import { lockDraft, requireAuthor, requireTrainer } from '../catalog/course.policies.js';
import { findDraft, lockCourse } from '../catalog/course.queries.js';
import { contentHash } from '../catalog/course.rules.js';
import { emptyTrash } from './outline-trash.queries.js';
import { PublishRefused, publishChecklist } from './publish-checklist.rules.js';
import { refreshPools, takeLatestQuestions } from '../catalog/question-bank.queries.js';
import {
  readContent,
  versionColumns,
  writeContent,
  type VersionContent,
} from '../catalog/version-content.js';

/** Drafts: made from the published version, edited, published. */
@Injectable()
export class AuthoringService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
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
      const published = await tx.findOneByOrFail(CourseVersion, { id: course.publishedVersionId! });
      const content = await readContent(tx, published.id);
      const made = await this.insertDraft(tx, course.id, content, published.partialLocales);
      // Questions that were mended while there was no draft.
      await takeLatestQuestions(tx, made.id);
      return made;
    });
  }

  /**
   * Puts content into the course's draft, replacing what the draft held. The caller holds the course's lock.
   * @returns the draft.
   */
  async replaceDraft(tx: Tx, course: Course, content: VersionContent): Promise<CourseVersion> {
    const draft = await findDraft(tx, course.id);
    if (!draft) return this.insertDraft(tx, course.id, content);
    // Files say nothing of what may stay incomplete: it is kept for the languages that the course still has.
    const partialLocales = draft.partialLocales.filter(
      (locale) => content.locales.includes(locale) && locale !== content.defaultLocale,
    );
    const revision = draft.revision + 1;
    await tx.update(
      CourseVersion,
      { id: draft.id },
      { ...versionColumns(content), partialLocales, revision },
    );
    await writeContent(tx, { ids: this.ids, at: this.clock.now() }, draft, content);
    return tx.findOneByOrFail(CourseVersion, { id: draft.id });
  }

  /**
   * Freezes a draft, with the questions that its pools have today, and gives it to new learners. What becomes of those on
   * earlier versions follows from the policy, later.
   * @throws DomainError `VERSION_PUBLISHED`; PublishRefused with the first line of the checklist that is not well
   */
  async publish(viewer: Viewer, versionId: string, policy: PublishPolicy): Promise<CourseVersion> {
    return this.database.transaction(async (tx) => {
      const found = await tx.findOneBy(CourseVersion, { id: parseId(versionId) });
      if (!found) throw new NotFoundError();
      // The course before the version, as an import locks them: the other way round, the two would wait for each other.
      const course = (await lockCourse(tx, { id: found.courseId }))!;
      await requireAuthor(tx, viewer, course);
      const version = await lockDraft(tx, viewer, found.id);
      await refreshPools(tx, version.id);
      const content = await readContent(tx, version.id);
      const hash = contentHash(content);
      const previousVersionId = course.publishedVersionId;
      const published = previousVersionId
        ? await tx.findOneBy(CourseVersion, { id: previousVersionId })
        : null;
      const wrong = publishChecklist({
        content,
        partialLocales: version.partialLocales,
        contentHash: hash,
        publishedHash: published?.contentHash ?? null,
      }).find(({ ok }) => !ok);
      if (wrong) throw new PublishRefused(wrong);
      const publishedAt = this.clock.now();
      const changes = { publishedAt, publishedBy: viewer.personId, publishPolicy: policy, contentHash: hash };
      await tx.update(CourseVersion, { id: version.id }, changes);
      await tx.update(Course, { id: course.id }, { publishedVersionId: version.id });
      await emptyTrash(tx, version.id);
      await this.outbox.record(tx, CoursePublished, {
        courseId: course.id,
        versionId: version.id,
        previousVersionId,
        policy,
      });
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

  private async insertDraft(
    tx: Tx,
    courseId: string,
    content: VersionContent,
    partialLocales: string[] = [],
  ): Promise<CourseVersion> {
    const rows: { last: number }[] = await tx.query(
      `SELECT coalesce(max(number), 0)::int AS last FROM course_version WHERE course_id = $1`,
      [courseId],
    );
    const draft = tx.create(CourseVersion, {
      id: this.ids.next(),
      courseId,
      number: rows[0]!.last + 1,
      ...versionColumns(content),
      partialLocales,
      createdAt: this.clock.now(),
    });
    await tx.insert(CourseVersion, draft);
    await writeContent(tx, { ids: this.ids, at: this.clock.now() }, draft, content);
    return tx.findOneByOrFail(CourseVersion, { id: draft.id });
  }
}
