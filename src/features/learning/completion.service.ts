import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import { Ids } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { Outlines } from '../catalog/outlines.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { markCompleted, markCompletedAgain } from '../enrollment/enrollment.queries.js';
import { evaluateCompletion, type CompletionVerdict } from './completion.rules.js';
import { CourseCompleted } from './learning.events.js';
import { findEvidence, insertCourseCompletion } from './learning.queries.js';

/** Judges a learner's work, and turns met criteria into a fact. */
@Injectable()
export class CompletionService {
  constructor(
    private readonly outlines: Outlines,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** What is done and what is missing, in the version that the learner is pinned to. */
  async judge(tx: Tx, enrollment: Enrollment): Promise<CompletionVerdict> {
    const { version, lessons } = await this.outlines.require(enrollment.versionId, tx);
    const evidence = (await findEvidence(tx, [enrollment.id])).get(enrollment.id)!;
    return evaluateCompletion(version.criteria, lessons, evidence);
  }

  /**
   * Records the completion if the criteria are met: once, and once more after a reversal. The caller holds the enrollment's lock.
   * Where the time of the course is over, what was done before counts still: work that a trainer reads later, a quiz that was graded
   * by a wrong key.
   * @param at when the last thing was done. What is closed late counts as of its end, and others may have been done since.
   */
  async settle(tx: Tx, enrollment: Enrollment, at: Date): Promise<void> {
    const isLate = enrollment.state === 'EXPIRED' && at <= enrollment.endedAt!;
    if (enrollment.state !== 'ACTIVE' && !isLate) return;
    const verdict = await this.judge(tx, enrollment);
    if (!verdict.met) return;
    const { version } = await this.outlines.require(enrollment.versionId, tx);
    const completionId = this.ids.next();
    const inserted = await insertCourseCompletion(tx, {
      id: completionId,
      enrollmentId: enrollment.id,
      versionId: version.id,
      criteriaVersion: version.criteria.version,
      evidence: verdict.evidence,
      occurredAt: latest(at, verdict.evidence),
      evaluatedAt: this.clock.now(),
    });
    if (!inserted) return;
    if (isLate) Object.assign(enrollment, await markCompletedAgain(tx, enrollment));
    else await markCompleted(tx, enrollment.id);
    enrollment.state = 'COMPLETED';
    await this.outbox.record(tx, CourseCompleted, { completionId, enrollmentId: enrollment.id });
  }
}

const latest = (at: Date, evidence: readonly { completedAt: string }[]): Date =>
  new Date(Math.max(at.getTime(), ...evidence.map(({ completedAt }) => Date.parse(completedAt))));
