import { z } from 'zod';
import { defineSchedule } from '../../platform/jobs/schedules.js';
import { defineEvent } from '../../platform/outbox/events.js';

/** It is time to look for who should be written to. */
export const ReminderRoundDue = defineEvent('reminders.round-due', z.object({}).strict());

/** A planned reminder's time has come. */
export const ReminderDue = defineEvent('reminders.reminder-due', z.object({ reminderId: z.uuid() }));

defineSchedule({ name: 'reminders-round', everyMs: 60_000, eventType: ReminderRoundDue });
