import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import { Ids } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { Outlines } from '../catalog/outlines.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { markCompleted, markCompletedAgain } from '../enrollment/enrollment.queries.js';
import { findCompletionFacts, type CompletionFacts } from './completion-facts.queries.js';
import {
  evaluateCompletion,
  lastDoneAt,
  type CompletionVerdict,
  type Criteria,
  type LessonFacts,
} from './completion.rules.js';
import { CourseCompleted } from './learning.events.js';
import { insertCourseCompletion } from './learning.queries.js';

/** A verdict that a course is completed. */
interface Met {
  verdict: CompletionVerdict;
  criteria: Criteria;
  /** When the last thing that was missing was done, or was no longer asked for. */
  occurredAt: Date;
}

/** Judges a learner's work, and turns met criteria into a fact. */
@Injectable()
export class CompletionService {
  constructor(
    private readonly outlines: Outlines,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** What is done and what is missing, in the version that the learner is pinned to, by the criteria in force. */
  async judge(tx: Tx, enrollment: Enrollment): Promise<CompletionVerdict> {
    const { lessons } = await this.outlines.require(enrollment.versionId, tx);
    const facts = (await findCompletionFacts(tx, [enrollment.id])).get(enrollment.id)!;
    return evaluateCompletion(facts.criteria, lessons, facts);
  }

  /**
   * Records the completion if the criteria are met: once, and once more after a reversal. The caller holds the enrollment's lock.
   * Where the time of the course is over, what was done before counts still: work that a trainer reads later, a quiz that was graded
   * by a wrong key.
   * @param at when the last thing was done. What is closed late counts as of its end, and others may have been done since.
   */
  async settle(tx: Tx, enrollment: Enrollment, at: Date): Promise<void> {
    await this.settleAll(tx, [enrollment], { at });
  }

  /**
   * As {@link settle}, for several whose locks the caller holds; statements grow with those who complete alone.
   * @param options.at left out: when the last thing was done is in what was done.
   * @param options.facts of them, where the caller has read them under the locks
   * @returns how many completed.
   */
  async settleAll(
    tx: Tx,
    enrollments: readonly Enrollment[],
    { at = null, ...read }: { at?: Date | null; facts?: ReadonlyMap<string, CompletionFacts> } = {},
  ): Promise<number> {
    const open = enrollments.filter(
      (enrollment) => enrollment.state === 'ACTIVE' || isInTime(enrollment, at),
    );
    if (open.length === 0) return 0;
    const ids = open.map(({ id }) => id);
    const facts = read.facts ?? (await findCompletionFacts(tx, ids));
    let completed = 0;
    for (const enrollment of open) {
      const { lessons } = await this.outlines.require(enrollment.versionId, tx);
      const met = await this.meet(tx, enrollment.id, { lessons, facts: facts.get(enrollment.id)!, at });
      if (!met || (enrollment.state === 'EXPIRED' && !isInTime(enrollment, met.occurredAt))) continue;
      if (await this.record(tx, enrollment, met)) completed += 1;
    }
    return completed;
  }

  /**
   * Work is judged by the criteria in force when the last of it was done, however late it is looked at; and where it does not meet
   * those, by the present ones, as of when they came into force.
   */
  private async meet(
    tx: Tx,
    enrollmentId: string,
    { lessons, facts, at }: { lessons: readonly LessonFacts[]; facts: CompletionFacts; at: Date | null },
  ): Promise<Met | null> {
    const { criteria } = facts;
    const verdict = evaluateCompletion(criteria, lessons, facts);
    if (verdict.missing.some(({ code }) => code !== 'OVERALL_BELOW_MINIMUM')) return null;
    const doneAt = latest(at, lastDoneAt(verdict));
    if (!doneAt) return null;
    if (criteria.since && doneAt < criteria.since) {
      const then = (await findCompletionFacts(tx, [enrollmentId], { asOf: doneAt })).get(enrollmentId)!;
      const verdictThen = evaluateCompletion(then.criteria, lessons, then);
      if (verdictThen.met) return { verdict: verdictThen, criteria: then.criteria, occurredAt: doneAt };
    }
    return verdict.met ? { verdict, criteria, occurredAt: latest(doneAt, criteria.since)! } : null;
  }

  private async record(tx: Tx, enrollment: Enrollment, met: Met): Promise<boolean> {
    const completionId = this.ids.next();
    const inserted = await insertCourseCompletion(tx, {
      id: completionId,
      enrollmentId: enrollment.id,
      versionId: enrollment.versionId,
      criteriaVersion: met.criteria.version,
      evidence: met.verdict.evidence,
      occurredAt: met.occurredAt,
      evaluatedAt: this.clock.now(),
    });
    if (!inserted) return false;
    if (enrollment.state === 'EXPIRED') Object.assign(enrollment, await markCompletedAgain(tx, enrollment));
    else await markCompleted(tx, enrollment.id);
    enrollment.state = 'COMPLETED';
    await this.outbox.record(tx, CourseCompleted, { completionId, enrollmentId: enrollment.id });
    return true;
  }
}

const latest = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : (a ?? b));

/** Whether what was done then counts though the time of the course is over. */
const isInTime = ({ state, endedAt }: Enrollment, at: Date | null): boolean =>
  state === 'EXPIRED' && at !== null && at <= endedAt!;
