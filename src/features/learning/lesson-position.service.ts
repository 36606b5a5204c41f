import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { DomainError, HiddenError, NotFoundError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { refusalToWork } from '../enrollment/enrollment.rules.js';
import { FollowedLessonService } from './followed-lesson.service.js';
import { LessonPosition } from './lesson-position.entity.js';
import { savePosition } from './lesson-position.queries.js';
import { learningRefusals } from './quiz.rules.js';

/** No text has as many blocks, and no video lasts as long: a day, in seconds. */
const positionSchema = z.object({
  block: z.number().int().min(0).max(10_000),
  videoSeconds: z.number().int().min(0).max(86_400).nullish(),
});

/** Where learners are in their lessons. */
@Injectable()
export class LessonPositionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly followed: FollowedLessonService,
  ) {}

  /**
   * Keeps where the learner is. It waits for nobody, and is no work: it neither locks the enrollment nor counts as activity.
   * @throws NotFoundError when the enrollment is not the viewer's; DomainError `ENROLLMENT_ENDED`, `LESSON_NOT_IN_VERSION`
   */
  async save(
    viewer: Viewer,
    input: { enrollmentId: string; lessonId: string; block: number; videoSeconds?: number | null },
  ): Promise<LessonPosition> {
    const { block, videoSeconds } = parseInput(positionSchema, {
      block: input.block,
      videoSeconds: input.videoSeconds,
    });
    return this.database.transaction(async (tx) => {
      const enrollment = await tx.findOneBy(Enrollment, { id: parseId(input.enrollmentId) });
      if (!enrollment) throw new NotFoundError();
      if (enrollment.personId !== viewer.personId) throw new HiddenError(`enrollment:${enrollment.id}`);
      const over = refusalToWork(enrollment);
      if (over) throw new DomainError(over);
      const found = await this.followed.find(tx, enrollment, input.lessonId);
      if (!found) throw new DomainError(learningRefusals.LESSON_NOT_IN_VERSION);
      const position = tx.create(LessonPosition, {
        enrollmentId: enrollment.id,
        lessonKey: found.lesson.key,
        versionId: found.openedVersionId,
        block,
        videoSeconds: videoSeconds ?? null,
        savedAt: this.clock.now(),
      });
      await savePosition(tx, position);
      return position;
    });
  }
}
