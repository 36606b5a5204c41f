import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { insertIfAbsent } from '../../platform/database/insert-if-absent.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { requireAuthor } from '../catalog/course.policies.js';
import { lockCourse } from '../catalog/course.queries.js';
import { Question } from '../catalog/question.entity.js';
import { QuizRegradeDue } from './learning.events.js';
import { countAskingAttempts } from './quiz-regrade-report.queries.js';
import { QuizRegrade } from './quiz-regrade.entity.js';
import { regradeRefusals } from './quiz-regrade.rules.js';
import { RegradePreviewService } from './regrade-preview.service.js';
import { findVersionsOfQuestions } from '../studio/question-list.queries.js';

const inputSchema = z.object({
  questionId: z.string(),
  expectedVersion: z.number(),
  reason: z.string().trim().min(1).max(500),
});

/** Puts a mended answer key in force for what was asked before it was mended. */
@Injectable()
export class QuizRegradeService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly audit: AuditLog,
    private readonly outbox: Outbox,
    private readonly previews: RegradePreviewService,
  ) {}

  /**
   * Begins to grade anew by the newest key of a question. Asked for again, it is the regrade that was begun.
   * @param input.expectedVersion the number of the version that was previewed
   * @throws NotFoundError; what {@link requireAuthor} throws; DomainError `REGRADE_QUESTION_CHANGED`, `REGRADE_NOTHING`, or about
   *   the reason
   */
  async apply(viewer: Viewer, rawInput: z.input<typeof inputSchema>): Promise<QuizRegrade> {
    const { expectedVersion, reason, ...input } = parseInput(inputSchema, rawInput);
    return this.database.transaction(async (tx) => {
      const question = await tx.findOneBy(Question, { id: parseId(input.questionId) });
      if (!question) throw new NotFoundError();
      const course = (await lockCourse(tx, { id: question.courseId }))!; // who edits the bank waits
      await requireAuthor(tx, viewer, course);
      const newest = (await findVersionsOfQuestions(tx, [question.id])).get(question.id)![0]!;
      if (newest.number !== expectedVersion) throw new DomainError(regradeRefusals.REGRADE_QUESTION_CHANGED);
      const begun = await tx.findOneBy(QuizRegrade, { questionVersionId: newest.id });
      if (begun) return begun;
      if (!(await this.previews.isNeeded(tx, question.id)))
        throw new DomainError(regradeRefusals.REGRADE_NOTHING);
      const regrade = tx.create(QuizRegrade, {
        id: this.ids.next(),
        questionId: question.id,
        questionVersionId: newest.id,
        reason,
        requestedBy: viewer.personId,
        requestedAt: this.clock.now(),
        attemptsFound: await countAskingAttempts(tx, question.id),
        attemptsDone: 0,
        lastAttemptId: null,
        finishedAt: null,
      });
      await insertIfAbsent(tx, QuizRegrade, regrade);
      await this.outbox.record(tx, QuizRegradeDue, { regradeId: regrade.id, after: null });
      await this.audit.done(tx, {
        actorId: viewer.personId,
        action: 'quizRegradeApply',
        subject: `question:${question.id}`,
        detail: { regradeId: regrade.id, version: newest.number, reason },
      });
      return regrade;
    });
  }
}
