import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import { parseId } from '../../platform/ids.js';
import type { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { findLessonOfCourse, findOffers } from './version-move.queries.js';

/** A lesson as a learner takes it. */
export interface FollowedLesson {
  lesson: Lesson;
  /** New to somebody who completed the course before: theirs to do, and no part of the completion. */
  isOffered: boolean;
  /** In whose text the page was opened: an earlier one where the course was changed meanwhile. */
  openedVersionId: string;
}

/** Finds the lessons that a learner may work on. */
@Injectable()
export class FollowedLessonService {
  constructor(private readonly outlines: Outlines) {}

  /**
   * The lesson that a page or a phone means. One that was opened before the course was changed has the id that it had then: it
   * is the lesson with its key in the version that the learner follows now, so that no work is lost on the way.
   * @returns undefined when the learner has no such lesson.
   */
  async find(tx: Tx, enrollment: Enrollment, lessonId: string): Promise<FollowedLesson | undefined> {
    const id = parseId(lessonId);
    const { version, lessons, lessonById } = await this.outlines.require(enrollment.versionId, tx);
    const own = lessonById.get(id);
    if (own) return { lesson: own, isOffered: false, openedVersionId: version.id };
    const meant = await findLessonOfCourse(tx, id, enrollment.courseId);
    if (!meant) return undefined;
    const offer =
      enrollment.state === 'COMPLETED' && (await findOffers(tx, [enrollment.id])).get(enrollment.id);
    if (offer && offer.versionId === meant.versionId && offer.addedKeys.includes(meant.key)) {
      const offered = (await this.outlines.require(offer.versionId, tx)).lessonById.get(id)!;
      return { lesson: offered, isOffered: true, openedVersionId: offer.versionId };
    }
    if (meant.versionNumber > version.number) return undefined;
    const same = lessons.find(({ key }) => key === meant.key);
    return same && { lesson: same, isOffered: false, openedVersionId: meant.versionId };
  }
}
