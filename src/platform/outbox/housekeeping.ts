import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Clock } from '../clock.js';
import type { Tx } from '../database/database.js';
import { defineSchedule } from '../jobs/schedules.js';
import { defineEvent } from './events.js';
import { OnEvent } from './handlers.js';

/** It is time to forget what is no longer needed. Features with rows that age hear it too. */
export const HousekeepingDue = defineEvent('platform.housekeeping-due', z.object({}).strict());

defineSchedule({ name: 'platform-housekeeping', everyMs: 3_600_000, eventType: HousekeepingDue });

/** How long finished work and first answers are kept, in days. */
const KEPT_DAYS = 30;
/** Rows deleted at a time, so that no round holds locks for long. */
const BATCH = 5_000;

/** Keeps the platform's own tables from growing with history. */
@Injectable()
export class Housekeeping {
  constructor(private readonly clock: Clock) {}

  @OnEvent(HousekeepingDue, 'platform.forget-finished-work')
  async forget(_event: object, tx: Tx): Promise<void> {
    const before = new Date(this.clock.now().getTime() - KEPT_DAYS * 86_400_000);
    await tx.query(
      `DELETE FROM outbox_event WHERE id IN (
         SELECT id FROM outbox_event event WHERE occurred_at < $1
            AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.event_id = event.id AND delivery.state <> 'DONE')
          ORDER BY occurred_at LIMIT ${BATCH})`,
      [before],
    );
    await tx.query(
      `DELETE FROM idempotency_key WHERE (person_id, key) IN (
         SELECT person_id, key FROM idempotency_key WHERE created_at < $1 ORDER BY created_at LIMIT ${BATCH})`,
      [before],
    );
  }
}
