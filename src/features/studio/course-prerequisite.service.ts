import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import type { Locale } from '../../platform/locale.js';
import { allOf, courseNameIn } from '../catalog/course-names.rules.js';
import type { CourseVersion } from '../catalog/course-version.entity.js';
import { Course, CoursePrerequisite } from '../catalog/course.entity.js';
import { requireAuthor } from '../catalog/course.policies.js';
import { findCourses, lockCourse } from '../catalog/course.queries.js';
import { Outlines } from '../catalog/outlines.js';
import { findPrerequisiteIds, lockPrerequisites } from '../catalog/prerequisite.queries.js';
import { circleThrough, MOST_PREREQUISITES, prerequisiteRefusals } from './course-prerequisite.rules.js';

/** Names a course and the one that is to be completed before it. */
export interface PrerequisiteWish {
  courseId: string;
  prerequisiteId: string;
}

/**
 * Which courses have to be completed before another may be entered. It holds at once, for who enters from then on. One is added or
 * removed at a time, so that what two authors change at the same moment is both done, and nothing is overwritten.
 */
@Injectable()
export class CoursePrerequisiteService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outlines: Outlines,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Asked again, the same.
   * @throws what {@link requireAuthor} throws; NotFoundError; DomainError `PREREQUISITE_IS_ITSELF`, `PREREQUISITE_NOT_PUBLISHED`,
   *   `PREREQUISITES_TOO_MANY`, `PREREQUISITE_CIRCULAR`
   */
  add(viewer: Viewer, wish: PrerequisiteWish): Promise<Course> {
    return this.change(viewer, wish, async (tx, courseId, requiredId) => {
      if (requiredId === courseId) throw new DomainError(prerequisiteRefusals.PREREQUISITE_IS_ITSELF);
      const required = await tx.findOneBy(Course, { id: requiredId });
      // One that is not there looks like one that is not published: nobody learns of drafts that are not theirs.
      if (!required?.publishedVersionId)
        throw new DomainError(prerequisiteRefusals.PREREQUISITE_NOT_PUBLISHED);
      const known = await tx.findBy(CoursePrerequisite, { courseId });
      if (known.some((each) => each.requiredId === requiredId)) return null;
      if (known.length >= MOST_PREREQUISITES)
        throw new DomainError(prerequisiteRefusals.PREREQUISITES_TOO_MANY, { max: MOST_PREREQUISITES });
      await lockPrerequisites(tx);
      const circle = circleThrough(courseId, requiredId, await findPrerequisiteIds(tx, [requiredId]));
      if (circle) {
        const sentence = await this.sentenceOf(tx, circle);
        throw new DomainError(prerequisiteRefusals.PREREQUISITE_CIRCULAR, { circle: sentence });
      }
      await tx.insert(CoursePrerequisite, { courseId, requiredId, createdAt: this.clock.now() });
      return 'coursePrerequisiteAdd';
    });
  }

  /** Asked again, or of one that it never had, the same. @throws what {@link requireAuthor} throws; NotFoundError */
  remove(viewer: Viewer, wish: PrerequisiteWish): Promise<Course> {
    return this.change(viewer, wish, async (tx, courseId, requiredId) => {
      const { affected } = await tx.delete(CoursePrerequisite, { courseId, requiredId });
      return affected ? 'coursePrerequisiteRemove' : null;
    });
  }

  /** @param work gives the action for the audit log, or null when nothing changed. */
  private change(
    viewer: Viewer,
    wish: PrerequisiteWish,
    work: (tx: Tx, courseId: string, requiredId: string) => Promise<string | null>,
  ): Promise<Course> {
    return this.database.transaction(async (tx) => {
      // Whoever enrolls at this moment reads the course's row first: they are in before this, or it holds for them.
      const course = await lockCourse(tx, { id: parseId(wish.courseId) });
      if (!course) throw new NotFoundError();
      await requireAuthor(tx, viewer, course);
      const prerequisiteId = parseId(wish.prerequisiteId);
      const action = await work(tx, course.id, prerequisiteId);
      if (action) {
        const subject = `course:${course.id}`;
        await this.audit.done(tx, { actorId: viewer.personId, action, subject, detail: { prerequisiteId } });
      }
      return course;
    });
  }

  /** “A” needs “B” and “B” needs “A”. All of them are published: nothing else is needed before a course. */
  private async sentenceOf(tx: Tx, circle: readonly string[]): Promise<(locale: Locale) => string> {
    const courses = await findCourses(tx, circle);
    const versions: CourseVersion[] = [];
    for (const id of circle) {
      const { publishedVersionId } = courses.get(id)!;
      versions.push((await this.outlines.require(publishedVersionId!, tx)).version);
    }
    return (locale) => {
      const names = versions.map((version) => courseNameIn(locale, version));
      const needs = names.map((name, index) => {
        const next = names[(index + 1) % names.length];
        return locale === 'fr' ? `${name} demande ${next}` : `${name} needs ${next}`;
      });
      return allOf(needs, locale);
    };
  }
}
