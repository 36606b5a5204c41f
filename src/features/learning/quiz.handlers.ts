import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import { OnEvent } from '../../platform/outbox/handlers.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { GradingService } from './grading.service.js';
import { QuizAttemptExpired, QuizClosingDue } from './learning.events.js';
import { findExpiredAttempts } from './quiz.queries.js';

/** Attempts told of in one round, so that no round is long. The next one finds the others. */
const MOST_AT_ONCE = 500;

/** Closes attempts whose time is over, though nobody looks. */
@Injectable()
export class QuizHandlers {
  constructor(
    private readonly grading: GradingService,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  @OnEvent(QuizClosingDue, 'learning.find-expired-attempts')
  async find(_event: object, tx: Tx): Promise<void> {
    for (const { id, expiresAt, eventId } of await findExpiredAttempts(tx, this.clock.now(), MOST_AT_ONCE))
      await this.outbox.record(
        tx,
        QuizAttemptExpired,
        { attemptId: id, expiresAt: expiresAt.toISOString() },
        eventId,
      );
  }

  /** One attempt in a transaction of its own: what is wrong with one keeps no other from being closed. */
  @OnEvent(QuizAttemptExpired, 'learning.close-expired-attempt')
  async close({ attemptId, expiresAt }: z.infer<typeof QuizAttemptExpired.schema>, tx: Tx): Promise<void> {
    await this.grading.closeFound(tx, attemptId, new Date(expiresAt));
  }
}
