import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Tx } from '../../platform/database/database.js';
import { OnEvent } from '../../platform/outbox/handlers.js';
import { CompletionReevaluationService } from './completion-reevaluation.service.js';
import { ReevaluationDue } from './learning.events.js';

@Injectable()
export class CompletionReevaluationHandlers {
  constructor(private readonly reevaluations: CompletionReevaluationService) {}

  @OnEvent(ReevaluationDue, 'learning.judge-anew')
  async judge({ criteriaId, after }: z.infer<typeof ReevaluationDue.schema>, tx: Tx): Promise<void> {
    await this.reevaluations.judgeBatch(tx, criteriaId, after);
  }
}
