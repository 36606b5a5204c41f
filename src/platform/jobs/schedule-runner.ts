import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { v7 } from 'uuid';
import { Database } from '../database/database.js';
import { Outbox } from '../outbox/outbox.js';
import type { JobQueue } from './queue-backend.js';
import { declaredSchedules } from './schedules.js';

/** A schedule whose next tick is overdue by this much has lost its job. */
const OVERDUE_MS = 60_000;

/** Keeps the queue's schedules as declared, and records an event at each tick. */
@Injectable()
export class ScheduleRunner {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Makes the queue's schedules those that are declared, and restores what the queue lost. The rhythm of one that is as
   * it should be is left alone. Safe to run from several processes at once.
   */
  async restore(queue: JobQueue<unknown>): Promise<void> {
    const wanted = [...declaredSchedules().values()];
    const kept = new Set<string>();
    for (const known of await queue.getJobSchedulers()) {
      const schedule = wanted.find(({ name }) => name === known.key);
      if (!schedule) await queue.removeJobScheduler(known.key);
      // eslint-disable-next-line no-restricted-syntax -- BullMQ keeps the machine's time, whatever our clock says
      else if (known.every === schedule.everyMs && (known.next ?? 0) > Date.now() - OVERDUE_MS)
        kept.add(known.key);
    }
    for (const { name, everyMs } of wanted) {
      if (!kept.has(name)) await queue.upsertJobScheduler(name, { every: everyMs }, { name });
    }
  }

  /**
   * Records the event of one tick: once, however often the tick's job runs.
   * @param jobId of the tick; BullMQ ends it with the instant of the tick, in milliseconds.
   */
  async tick(name: string, jobId: string): Promise<void> {
    const schedule = declaredSchedules().get(name);
    if (!schedule) return;
    const eventId = v7({
      msecs: Number(jobId.slice(jobId.lastIndexOf(':') + 1)),
      random: createHash('sha256').update(jobId).digest().subarray(0, 16),
    });
    await this.database.transaction((tx) => this.outbox.record(tx, schedule.eventType, {}, eventId));
  }

  /** Records the event of every schedule now, as if each had ticked: for a clock that was moved by hand. */
  async tickAll(): Promise<void> {
    for (const schedule of declaredSchedules().values()) {
      await this.database.transaction((tx) => this.outbox.record(tx, schedule.eventType, {}));
    }
  }
}
