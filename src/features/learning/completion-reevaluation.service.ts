import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { CompletionCriteria, CompletionReevaluation } from './completion-criteria.entity.js';
import { findActiveEnrollments } from './completion-criteria.queries.js';
import { CompletionService } from './completion.service.js';
import { ReevaluationDue } from './learning.events.js';

/** Learners judged in one transaction: their rows are locked until it ends. */
const BATCH = 50;

/**
 * Judges everybody who takes a course anew after its criteria changed. Who lacks nothing any more is complete as of when the criteria
 * came into force, however long the queue was; for everybody else nothing is written. Completions stand.
 */
@Injectable()
export class CompletionReevaluationService {
  constructor(
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly completions: CompletionService,
  ) {}

  /**
   * Judges the next learners, and sees to those after them. A batch that was done already is not done again. Statements do not grow
   * with the learners, except for those who complete.
   * @param after the enrollment that the last batch ended with; null to begin.
   */
  async judgeBatch(tx: Tx, criteriaId: string, after: string | null): Promise<void> {
    const reevaluation = await tx.findOneOrFail(CompletionReevaluation, {
      where: { criteriaId },
      lock: { mode: 'pessimistic_write' },
    });
    if (reevaluation.finishedAt || reevaluation.lastEnrollmentId !== after) return;
    const { courseId, decidedAt } = await tx.findOneByOrFail(CompletionCriteria, { id: criteriaId });
    const learners = await findActiveEnrollments(tx, courseId, { after, limit: BATCH, lock: true });
    const completed = await this.completions.settleAll(tx, learners, { at: decidedAt });
    const isLast = learners.length < BATCH;
    const lastEnrollmentId = learners.at(-1)?.id ?? after;
    await tx.update(
      CompletionReevaluation,
      { criteriaId },
      {
        lastEnrollmentId,
        learnersDone: reevaluation.learnersDone + learners.length,
        learnersCompleted: reevaluation.learnersCompleted + completed,
        finishedAt: isLast ? this.clock.now() : null,
      },
    );
    if (!isLast) await this.outbox.record(tx, ReevaluationDue, { criteriaId, after: lastEnrollmentId });
  }
}
