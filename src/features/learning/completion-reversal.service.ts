import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import { DomainError } from '../../platform/errors.js';
import { Ids } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { Outlines } from '../catalog/outlines.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { markCompletedAgain, markUncompleted } from '../enrollment/enrollment.queries.js';
import { askedKeys, reversalRefusals } from './completion-reversal.rules.js';
import { putBackWork, setAsideWork } from './completion-reversal.queries.js';
import { CompletionReversal, CourseCompletion } from './course-completion.entity.js';
import { CompletionReversed, CourseCompleted } from './learning.events.js';

/**
 * Ends a completion that should not have been, and undoes that. The fact stays; what the reversal asks for again is set aside, and
 * all other lessons stay done. Who may, and what becomes of the badge, is the caller's matter, in the same transaction.
 */
@Injectable()
export class CompletionReversalService {
  constructor(
    private readonly outlines: Outlines,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Reverses a completion: the enrollment is in progress again, or over where the course was begun anew since; its learner is told. The caller holds the locks of course and
   * enrollment.
   * @param input.askedLessonIds lessons of the completion's version that it counted, to be done again; at least one.
   * @throws DomainError `COMPLETION_ALREADY_REVERSED`, `LESSON_NOT_COMPLETED_BY`, `REVERSAL_ASKS_NOTHING`
   */
  async reverse(
    tx: Tx,
    enrollment: Enrollment,
    completion: CourseCompletion,
    input: { reason: string; askedLessonIds: readonly string[]; reversedBy: string },
  ): Promise<CompletionReversal> {
    if (await tx.existsBy(CompletionReversal, { completionId: completion.id }))
      throw new DomainError(reversalRefusals.COMPLETION_ALREADY_REVERSED);
    const { lessons } = await this.outlines.require(completion.versionId, tx);
    const { keys, refusal } = askedKeys(lessons, completion.evidence, input.askedLessonIds);
    if (refusal) throw new DomainError(refusal);
    const now = this.clock.now();
    const reversal = tx.create(CompletionReversal, {
      completionId: completion.id,
      reason: input.reason,
      askedKeys: keys,
      setAside: await setAsideWork(tx, enrollment.id, keys, now),
      reversedBy: input.reversedBy,
      reversedAt: now,
    });
    await tx.insert(CompletionReversal, reversal);
    Object.assign(enrollment, await markUncompleted(tx, enrollment, now));
    await this.outbox.record(tx, CompletionReversed, { completionId: completion.id });
    return reversal;
  }

  /**
   * Completes again what was reversed by mistake: a new fact about the same work, dated as the first one, in the version that it was
   * done in, also where the course was left or its time over since. The caller holds the enrollment's lock.
   * @throws DomainError `NOTHING_TO_REINSTATE` when it was not reversed, or the course was completed again since
   */
  async reinstate(tx: Tx, enrollment: Enrollment, completion: CourseCompletion): Promise<CourseCompletion> {
    const reversal = await tx.findOneBy(CompletionReversal, { completionId: completion.id });
    if (!reversal || (await tx.existsBy(CourseCompletion, { replacesId: completion.id })))
      throw new DomainError(reversalRefusals.NOTHING_TO_REINSTATE);
    await putBackWork(tx, enrollment.id, reversal, this.clock.now());
    const again = tx.create(CourseCompletion, {
      ...completion,
      id: this.ids.next(),
      number: completion.number + 1,
      replacesId: completion.id,
      evaluatedAt: this.clock.now(),
    });
    await tx.insert(CourseCompletion, again);
    Object.assign(
      enrollment,
      await markCompletedAgain(tx, { id: enrollment.id, versionId: completion.versionId }),
    );
    await this.outbox.record(tx, CourseCompleted, { completionId: again.id, enrollmentId: enrollment.id });
    return again;
  }
}
