import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import { Ids } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { ReminderDue, ReminderRoundDue } from './reminder.events.js';
import { findIdleLearners, insertReminders, takeDueReminders } from './reminder.queries.js';
import { decentTime, idleReminderDueAt, idleWindow } from './reminder.rules.js';

/** Per round. A full round asks for the next one at once. */
const BATCH = 500;

/** Plans reminders and hands out those whose time has come. Run twice, or by two workers, it plans nothing twice. */
@Injectable()
export class PlanningService {
  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly outbox: Outbox,
  ) {}

  /** One round: plans for idle learners, then records an event for each reminder that is due. */
  async round(tx: Tx): Promise<void> {
    const now = this.clock.now();
    const idle = await findIdleLearners(tx, idleWindow(now), BATCH);
    if (idle.length > 0) {
      await insertReminders(
        tx,
        idle.map(({ enrollmentId, personId, timeZone, lastActivityAt }) => ({
          id: this.ids.next(),
          personId,
          kind: 'COURSE_IDLE',
          obligation: `${enrollmentId}@${lastActivityAt.toISOString()}`,
          channel: 'EMAIL',
          enrollmentId,
          idleSince: lastActivityAt,
          plannedFor: decentTime(idleReminderDueAt(lastActivityAt), timeZone),
          state: 'PLANNED',
          reason: null,
          createdAt: now,
          settledAt: null,
        })),
      );
    }
    const due = await takeDueReminders(tx, now, BATCH);
    for (const reminderId of due) await this.outbox.record(tx, ReminderDue, { reminderId });
    if (idle.length === BATCH || due.length === BATCH) await this.outbox.record(tx, ReminderRoundDue, {});
  }
}
