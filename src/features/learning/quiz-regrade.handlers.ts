import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Tx } from '../../platform/database/database.js';
import { OnEvent } from '../../platform/outbox/handlers.js';
import { QuizRegradeDue } from './learning.events.js';
import { RegradingService } from './regrading.service.js';

@Injectable()
export class QuizRegradeHandlers {
  constructor(private readonly regrading: RegradingService) {}

  @OnEvent(QuizRegradeDue, 'learning.regrade-attempts')
  async regrade({ regradeId, after }: z.infer<typeof QuizRegradeDue.schema>, tx: Tx): Promise<void> {
    await this.regrading.regradeBatch(tx, regradeId, after);
  }
}
