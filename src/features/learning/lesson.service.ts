import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError } from '../../platform/errors.js';
import type { Lesson } from '../catalog/lesson.entity.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { requireOwnEnrollment } from '../enrollment/enrollment.policies.js';
import { refusalToWork } from '../enrollment/enrollment.rules.js';
import { CompletionService } from './completion.service.js';
import { FollowedLessonService } from './followed-lesson.service.js';
import { insertLessonCompletion } from './learning.queries.js';
import { refusalToComplete } from './quiz.rules.js';

/** Lessons done. */
@Injectable()
export class LessonService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly followed: FollowedLessonService,
    private readonly completions: CompletionService,
  ) {}

  /**
   * Notes that the learner finished a lesson; done again, it is the same.
   * @param input.claimedAt the device's time, for work that was done offline: kept beside the server's.
   * @throws NotFoundError when the enrollment is not the viewer's; DomainError `ENROLLMENT_ENDED`, `LESSON_NOT_IN_VERSION`,
   *   `LESSON_IS_QUIZ`, `LESSON_IS_PACKAGE`, `LESSON_IS_ACTIVITY`
   */
  async complete(
    viewer: Viewer,
    input: { enrollmentId: string; lessonId: string; claimedAt?: Date | null },
  ): Promise<{ enrollment: Enrollment; lesson: Lesson }> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const enrollment = await requireOwnEnrollment(tx, viewer, input.enrollmentId, now);
      const over = refusalToWork(enrollment);
      if (over) throw new DomainError(over);
      const lesson = (await this.followed.find(tx, enrollment, input.lessonId))?.lesson;
      const refusal = refusalToComplete(lesson);
      if (refusal) throw new DomainError(refusal);
      await this.record(tx, enrollment, lesson!, { completedAt: now, claimedAt: input.claimedAt ?? null });
      return { enrollment, lesson: lesson! };
    });
  }

  /** Records a lesson as done, once, and the course where that was the last of it. The caller holds the enrollment's lock. */
  async record(
    tx: Tx,
    enrollment: Enrollment,
    lesson: Lesson,
    { completedAt, claimedAt = null }: { completedAt: Date; claimedAt?: Date | null },
  ): Promise<void> {
    const isNew = await insertLessonCompletion(tx, {
      enrollmentId: enrollment.id,
      lessonKey: lesson.key,
      lessonId: lesson.id,
      completedAt,
      claimedAt,
      attemptId: null,
    });
    if (isNew) await this.completions.settle(tx, enrollment, completedAt);
  }
}
