import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { Course } from '../catalog/course.entity.js';
import { requireTrainer } from '../catalog/course.policies.js';
import { lockCourse } from '../catalog/course.queries.js';
import { CompletionCriteria, CompletionReevaluation } from './completion-criteria.entity.js';
import { countByState, findCriteriaInForce } from './completion-criteria.queries.js';
import { criteriaRefusals, isMinimum, MAX_CRITERIA_REASON } from './completion-criteria.rules.js';
import { ReevaluationDue } from './learning.events.js';

const inputSchema = z.object({
  courseId: z.string(),
  overallMinimumPercent: z.number().nullish(),
  expectedVersion: z.number(),
  reason: z.string().trim().min(1).max(MAX_CRITERIA_REASON),
});

/** Decides what completing a course takes. */
@Injectable()
export class CompletionCriteriaService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Puts the next version of a course's criteria in force, and begins to judge those in progress anew by it. Nobody who completed
   * the course is looked at.
   * @param input.overallMinimumPercent 1 to 100; null or left out: none
   * @param input.expectedVersion of the criteria in force, as they were previewed
   * @throws NotFoundError; what {@link requireTrainer} throws; DomainError `CRITERIA_MINIMUM_OUT_OF_RANGE`,
   *   `CRITERIA_CHANGED_MEANWHILE`, `CRITERIA_UNCHANGED`, or about the reason
   */
  async change(viewer: Viewer, rawInput: z.input<typeof inputSchema>): Promise<Course> {
    const input = parseInput(inputSchema, rawInput);
    const overallMinimumPercent = input.overallMinimumPercent ?? null;
    return this.database.transaction(async (tx) => {
      const course = await lockCourse(tx, { id: parseId(input.courseId) });
      if (!course) throw new NotFoundError();
      await requireTrainer(tx, viewer, course);
      if (!isMinimum(overallMinimumPercent))
        throw new DomainError(criteriaRefusals.CRITERIA_MINIMUM_OUT_OF_RANGE);
      const current = await findCriteriaInForce(tx, course.id);
      if (current.version !== input.expectedVersion)
        throw new DomainError(criteriaRefusals.CRITERIA_CHANGED_MEANWHILE);
      if (current.overallMinimumPercent === overallMinimumPercent)
        throw new DomainError(criteriaRefusals.CRITERIA_UNCHANGED);
      const criteria = tx.create(CompletionCriteria, {
        id: this.ids.next(),
        courseId: course.id,
        version: current.version + 1,
        overallMinimumPercent,
        reason: input.reason,
        decidedBy: viewer.personId,
        decidedAt: this.clock.now(),
      });
      await tx.insert(CompletionCriteria, criteria);
      const { inProgress } = await countByState(tx, course.id);
      await tx.insert(CompletionReevaluation, { criteriaId: criteria.id, learnersFound: inProgress });
      await this.outbox.record(tx, ReevaluationDue, { criteriaId: criteria.id, after: null });
      await this.audit.done(tx, {
        actorId: viewer.personId,
        action: 'completionCriteriaChange',
        subject: `course:${course.id}`,
        detail: { version: criteria.version, overallMinimumPercent, reason: input.reason },
      });
      return course;
    });
  }
}
