import type { EventType } from '../outbox/events.js';

/** A clock that ticks for everyone: at each tick one event is recorded, and its handlers do the work. */
export interface Schedule {
  name: string;
  /** Milliseconds between two ticks. */
  everyMs: number;
  eventType: EventType<Record<string, never>>;
}

const schedules = new Map<string, Schedule>();

/** Declares a schedule. @throws Error when the name is taken. */
export function defineSchedule(schedule: Schedule): Schedule {
  if (schedules.has(schedule.name)) throw new Error(`The schedule ${schedule.name} is declared twice.`);
  schedules.set(schedule.name, schedule);
  return schedule;
}

/** Every declared schedule, by name. */
export function declaredSchedules(): ReadonlyMap<string, Schedule> {
  return schedules;
}
