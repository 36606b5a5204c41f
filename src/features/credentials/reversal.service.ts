import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { NotFoundError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { Course } from '../catalog/course.entity.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { requireOverseer } from '../enrollment/enrollment.policies.js';
import { lockEnrollment } from '../enrollment/enrollment.queries.js';
import { MAX_REASON } from '../learning/completion-reversal.rules.js';
import { CompletionReversalService } from '../learning/completion-reversal.service.js';
import { CourseCompletion } from '../learning/course-completion.entity.js';
import { revokeCertificate } from './credentials.queries.js';

const reasonSchema = z.object({ reason: z.string().trim().min(1).max(MAX_REASON) });

/** Reversing a completion with its badge, and undoing that: both are audited, and for whoever looks after the enrollment. */
@Injectable()
export class ReversalService {
  constructor(
    private readonly database: Database,
    private readonly audit: AuditLog,
    private readonly reversals: CompletionReversalService,
  ) {}

  /**
   * Reverses a completion and revokes its badge, both or neither. What is not asked for again stays done.
   * @throws NotFoundError; DomainError `REQUIRED` or `TOO_LONG` about the reason, and those of {@link CompletionReversalService.reverse}
   */
  async reverse(
    viewer: Viewer,
    input: { completionId: string; reason: string; askedLessonIds: string[] },
  ): Promise<Enrollment> {
    const { reason } = parseInput(reasonSchema, { reason: input.reason });
    const askedLessonIds = input.askedLessonIds.map((id) => parseId(id));
    return this.database.transaction(async (tx) => {
      const { completion, enrollment } = await this.lock(tx, viewer, input.completionId);
      const { askedKeys, reversedAt } = await this.reversals.reverse(tx, enrollment, completion, {
        reason,
        askedLessonIds,
        reversedBy: viewer.personId,
      });
      const certificateId = await revokeCertificate(tx, completion.id, { reason, at: reversedAt });
      await this.audit.done(tx, {
        actorId: viewer.personId,
        action: 'completionReverse',
        subject: `completion:${completion.id}`,
        detail: { enrollmentId: enrollment.id, reason, askedKeys, certificateId },
      });
      return enrollment;
    });
  }

  /**
   * Completes again what was reversed by mistake, dated as before. The revoked badge stays revoked: a worker issues a new one.
   * @throws NotFoundError; DomainError `REQUIRED` or `TOO_LONG` about the reason, and those of
   *   {@link CompletionReversalService.reinstate}
   */
  async reinstate(viewer: Viewer, input: { completionId: string; reason: string }): Promise<Enrollment> {
    const { reason } = parseInput(reasonSchema, { reason: input.reason });
    return this.database.transaction(async (tx) => {
      const { completion, enrollment } = await this.lock(tx, viewer, input.completionId);
      const again = await this.reversals.reinstate(tx, enrollment, completion);
      await this.audit.done(tx, {
        actorId: viewer.personId,
        action: 'completionReinstate',
        subject: `completion:${completion.id}`,
        detail: { enrollmentId: enrollment.id, reason, newCompletionId: again.id },
      });
      return enrollment;
    });
  }

  /**
   * A completion with its enrollment, under the lock that lessons, quizzes and the issuing of badges take, and under the course's:
   * whoever takes the course again meanwhile is seen, or sees it.
   */
  private async lock(
    tx: Tx,
    viewer: Viewer,
    completionId: string,
  ): Promise<{ completion: CourseCompletion; enrollment: Enrollment }> {
    const completion = await tx.findOneBy(CourseCompletion, { id: parseId(completionId) });
    if (!completion) throw new NotFoundError();
    const { courseId } = await tx.findOneByOrFail(Enrollment, { id: completion.enrollmentId });
    await tx.findOneOrFail(Course, { where: { id: courseId }, lock: { mode: 'for_no_key_update' } });
    const enrollment = (await lockEnrollment(tx, completion.enrollmentId))!;
    await requireOverseer(tx, viewer, enrollment);
    return { completion, enrollment };
  }
}
