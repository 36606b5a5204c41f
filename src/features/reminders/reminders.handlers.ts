import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Tx } from '../../platform/database/database.js';
import { OnEvent, OnEventOutside } from '../../platform/outbox/handlers.js';
import { PlanningService } from './planning.service.js';
import { ReminderDue, ReminderRoundDue } from './reminder.events.js';
import { SendingService } from './sending.service.js';

@Injectable()
export class RemindersHandlers {
  constructor(
    private readonly planning: PlanningService,
    private readonly sending: SendingService,
  ) {}

  @OnEvent(ReminderRoundDue, 'reminders.plan')
  async plan(_event: object, tx: Tx): Promise<void> {
    await this.planning.round(tx);
  }

  @OnEventOutside(ReminderDue, 'reminders.send')
  async send({ reminderId }: z.infer<typeof ReminderDue.schema>): Promise<void> {
    await this.sending.send(reminderId);
  }
}
