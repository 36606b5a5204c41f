import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError } from '../../platform/errors.js';
import { parseInput } from '../../platform/input.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { Enrollment, WITHDRAWAL_REASONS, type WithdrawalReason } from './enrollment.entity.js';
import { EnrollmentExpired, EnrollmentExpiryDue, LearnerWithdrew } from './enrollment.events.js';
import { lockOwnEnrollment } from './enrollment.policies.js';
import { expireEnrollments } from './enrollment.queries.js';
import { enrollmentRefusals } from './enrollment.rules.js';

const withdrawalSchema = z.object({
  reason: z.enum(WITHDRAWAL_REASONS),
  note: z.string().trim().max(1000).nullish(),
});

/** Enrollments that expire in one transaction. A full round asks for the next one at once. */
const BATCH = 500;

/** How an enrollment ends without a completion. */
@Injectable()
export class LeavingService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly audit: AuditLog,
  ) {}

  /**
   * The viewer leaves a course. What they did is kept; asked again, the first reason stays. Of a withdrawal and a completion at
   * the same moment one wins, by the enrollment's lock.
   * @param input.note up to 1,000 characters.
   * @throws NotFoundError when the enrollment is not the viewer's; DomainError `NOTHING_TO_LEAVE`
   */
  async withdraw(
    viewer: Viewer,
    input: { enrollmentId: string; reason: WithdrawalReason; note?: string | null },
  ): Promise<Enrollment> {
    const { reason, note } = parseInput(withdrawalSchema, input);
    return this.database.transaction(async (tx) => {
      const enrollment = await lockOwnEnrollment(tx, viewer, input.enrollmentId);
      if (enrollment.state === 'WITHDRAWN') return enrollment;
      if (enrollment.state !== 'ACTIVE') throw new DomainError(enrollmentRefusals.NOTHING_TO_LEAVE);
      const withdrawal = {
        state: 'WITHDRAWN' as const,
        endedAt: this.clock.now(),
        withdrawalReason: reason,
        withdrawalNote: note || null,
      };
      await tx.update(Enrollment, { id: enrollment.id }, withdrawal);
      await this.outbox.record(tx, LearnerWithdrew, { enrollmentId: enrollment.id });
      await this.audit.done(tx, {
        actorId: viewer.personId,
        action: 'enrollmentWithdraw',
        subject: `enrollment:${enrollment.id}`,
        detail: { reason },
      });
      return Object.assign(enrollment, withdrawal);
    });
  }

  /** Ends the next enrollments whose time is over; of two rounds at once, each ends others. */
  async expire(tx: Tx): Promise<void> {
    const expired = await expireEnrollments(tx, this.clock.now(), BATCH);
    for (const enrollmentId of expired) await this.outbox.record(tx, EnrollmentExpired, { enrollmentId });
    if (expired.length === BATCH) await this.outbox.record(tx, EnrollmentExpiryDue, {});
  }
}
