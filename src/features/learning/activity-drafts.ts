import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import { DomainError, type Refusal } from '../../platform/errors.js';
import { Ids } from '../../platform/ids.js';
import type { ActivityContent } from '../catalog/course-content.js';
import type { Lesson } from '../catalog/lesson.entity.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { requireOwnEnrollment } from '../enrollment/enrollment.policies.js';
import { refusalToWork } from '../enrollment/enrollment.rules.js';
import { copyFiles } from './activity-file.queries.js';
import { ActivitySubmission } from './activity-submission.entity.js';
import { findNewestSubmission, nextTurn } from './activity.queries.js';
import { countingState, refusalToWorkOn } from './activity.rules.js';
import { FollowedLessonService } from './followed-lesson.service.js';
import { learningRefusals } from './quiz.rules.js';

/** An activity, as a learner's page means it. */
export interface OwnActivity {
  enrollmentId: string;
  lessonId: string;
}

/** An activity that the learner works on, with its enrollment's row locked. */
export interface OpenActivity {
  enrollment: Enrollment;
  lesson: Lesson;
  wanted: ActivityContent['submission'];
  newest: ActivitySubmission | null;
}

/** Finds the draft that a learner works on. The enrollment's row lock puts what two of their tabs do one after the other. */
@Injectable()
export class ActivityDrafts {
  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly followed: FollowedLessonService,
  ) {}

  /** @throws NotFoundError when the enrollment is not the viewer's; DomainError `ENROLLMENT_ENDED`, `LESSON_NOT_IN_VERSION`, `LESSON_IS_NOT_ACTIVITY` */
  async open(tx: Tx, viewer: Viewer, { enrollmentId, lessonId }: OwnActivity): Promise<OpenActivity> {
    const enrollment = await requireOwnEnrollment(tx, viewer, enrollmentId, this.clock.now());
    refuse(refusalToWork(enrollment));
    const lesson = (await this.followed.find(tx, enrollment, lessonId))?.lesson;
    if (!lesson) throw new DomainError(learningRefusals.LESSON_NOT_IN_VERSION);
    refuse(refusalToWorkOn(lesson));
    const newest = await findNewestSubmission(tx, enrollment.id, lesson.key);
    return { enrollment, lesson, wanted: lesson.activity!.submission, newest };
  }

  /**
   * The draft there is, or a new one, which begins with what was returned, or set aside by a reversal.
   * @throws DomainError `ACTIVITY_SUBMITTED`, `ACTIVITY_ACCEPTED`
   */
  async draftOf(tx: Tx, { enrollment, lesson, newest }: OpenActivity): Promise<ActivitySubmission> {
    refuse(refusalToWorkOn(lesson, countingState(newest)));
    if (newest && countingState(newest) === 'DRAFT') return newest;
    const draft = tx.create(ActivitySubmission, {
      id: this.ids.next(),
      enrollmentId: enrollment.id,
      lessonId: lesson.id,
      lessonKey: lesson.key,
      number: await nextTurn(tx, enrollment.id, lesson.key),
      state: 'DRAFT',
      text: newest?.text ?? '',
      savedAt: this.clock.now(),
      submittedAt: null,
      decidedAt: null,
      decidedBy: null,
      comment: null,
      setAsideAt: null,
    });
    await tx.insert(ActivitySubmission, draft);
    if (newest) await copyFiles(tx, newest.id, draft.id);
    return draft;
  }

  /** Keeps a change of the draft, which is of the lesson as the learner sees it now. */
  async keep(
    tx: Tx,
    { lesson }: OpenActivity,
    { id }: ActivitySubmission,
    change: Partial<Pick<ActivitySubmission, 'text' | 'state' | 'submittedAt'>> = {},
  ): Promise<void> {
    const savedAt = this.clock.now();
    await tx.update(ActivitySubmission, { id }, { ...change, lessonId: lesson.id, savedAt });
  }
}

/** @throws DomainError, if there is a refusal. */
export function refuse(refusal: Refusal | null, values: Record<string, number> = {}): void {
  if (refusal) throw new DomainError(refusal, values);
}
