import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { Course } from '../catalog/course.entity.js';
import { requireTrainer } from '../catalog/course.policies.js';
import { lockEnrollment } from '../enrollment/enrollment.queries.js';
import { Person } from '../identity/person.entity.js';
import { ActivitySubmission } from './activity-submission.entity.js';
import { activityRefusals, decisionComment } from './activity.rules.js';
import { CompletionService } from './completion.service.js';
import { ActivityDecided } from './learning.events.js';
import { insertLessonCompletion } from './learning.queries.js';

export const DECISIONS = ['ACCEPTED', 'RETURNED'] as const;
export type Decision = (typeof DECISIONS)[number];

/** What trainers decide of what was handed in. */
@Injectable()
export class ActivityReviewService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly completions: CompletionService,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Accepts a submission, or returns it. Of two trainers at once one decides and the other is told; the same decision sent again by
   * the same trainer is the same. What is accepted counts as of when it was handed in: a learner loses nothing to a trainer's holidays,
   * and the course is completed even where its time is over meanwhile.
   * @throws NotFoundError; what {@link requireTrainer} throws; DomainError `ACTIVITY_NOT_SUBMITTED`, `ACTIVITY_ALREADY_DECIDED`,
   *   `ACTIVITY_SET_ASIDE`, `ACTIVITY_LEARNER_LEFT`, `ACTIVITY_COMMENT_MISSING`
   */
  async decide(
    viewer: Viewer,
    input: { submissionId: string; decision: Decision; comment?: string | null },
  ): Promise<ActivitySubmission> {
    const comment = parseInput(decisionComment, input.comment ?? '') || null;
    return this.database.transaction(async (tx) => {
      const found = await tx.findOneBy(ActivitySubmission, { id: parseId(input.submissionId) });
      if (!found) throw new NotFoundError();
      const enrollment = (await lockEnrollment(tx, found.enrollmentId))!;
      const course = await tx.findOneByOrFail(Course, { id: enrollment.courseId });
      await requireTrainer(tx, viewer, course);
      // Read again: the lock may have been waited for.
      const submission = await tx.findOneByOrFail(ActivitySubmission, { id: found.id });
      if (submission.state === 'DRAFT') throw new DomainError(activityRefusals.ACTIVITY_NOT_SUBMITTED);
      if (submission.state !== 'SUBMITTED') {
        const { state, decidedBy } = submission;
        if (decidedBy === viewer.personId && state === input.decision && submission.comment === comment)
          return submission;
        const { name } = await tx.findOneByOrFail(Person, { id: decidedBy! });
        throw new DomainError(activityRefusals.ACTIVITY_ALREADY_DECIDED, { who: name ?? '—' });
      }
      if (submission.setAsideAt) throw new DomainError(activityRefusals.ACTIVITY_SET_ASIDE);
      // Who left did so of their own will; whose time is over handed this in while it was not.
      if (enrollment.state === 'WITHDRAWN') throw new DomainError(activityRefusals.ACTIVITY_LEARNER_LEFT);
      if (input.decision === 'RETURNED' && !comment)
        throw new DomainError(activityRefusals.ACTIVITY_COMMENT_MISSING);
      const decidedAt = this.clock.now();
      const decision = { state: input.decision, decidedAt, decidedBy: viewer.personId, comment };
      await tx.update(ActivitySubmission, { id: submission.id }, decision);
      if (input.decision === 'ACCEPTED') {
        const isNew = await insertLessonCompletion(tx, {
          enrollmentId: enrollment.id,
          lessonKey: submission.lessonKey,
          lessonId: submission.lessonId,
          completedAt: submission.submittedAt!,
          claimedAt: null,
          attemptId: null,
        });
        if (isNew) await this.completions.settle(tx, enrollment, submission.submittedAt!);
      }
      await this.outbox.record(tx, ActivityDecided, { submissionId: submission.id }, submission.id);
      await this.audit.done(tx, {
        actorId: viewer.personId,
        action: 'activityDecide',
        subject: `activity_submission:${submission.id}`,
        detail: { decision: input.decision },
      });
      return tx.create(ActivitySubmission, { ...submission, ...decision });
    });
  }
}
