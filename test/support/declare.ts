import type { z } from 'zod';
import { declaredSchedules, defineSchedule, type Schedule } from '../../src/platform/jobs/schedules.js';
import { declaredEvents, defineEvent, type EventType } from '../../src/platform/outbox/events.js';

/** Forgets a declaration after the suite: the suites that follow in this process start a product that never heard of it. */
const withdrawAfterwards = (declared: ReadonlyMap<string, unknown>, name: string): void =>
  afterAll(() => void (declared as Map<string, unknown>).delete(name));

/** An event type of one suite. */
export function aTestEvent<P>(name: string, schema: z.ZodType<P>): EventType<P> {
  const eventType = defineEvent(name, schema);
  withdrawAfterwards(declaredEvents(), name);
  return eventType;
}

/** A schedule of one suite. */
export function aTestSchedule(schedule: Schedule): void {
  defineSchedule(schedule);
  withdrawAfterwards(declaredSchedules(), schedule.name);
}
