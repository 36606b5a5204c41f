import { z } from 'zod';
import { defineSchedule } from '../../platform/jobs/schedules.js';
import { defineEvent } from '../../platform/outbox/events.js';

/** A person left a course. */
export const LearnerWithdrew = defineEvent(
  'enrollment.learner-withdrew',
  z.object({ enrollmentId: z.uuid() }),
  { unheard: true },
);

/** It is time to look for enrollments whose cohort's time is over. */
export const EnrollmentExpiryDue = defineEvent('enrollment.expiry-due', z.object({}).strict());

/** The time for a course was over before it was completed. */
export const EnrollmentExpired = defineEvent(
  'enrollment.enrollment-expired',
  z.object({ enrollmentId: z.uuid() }),
);

defineSchedule({ name: 'enrollment-expiry', everyMs: 60_000, eventType: EnrollmentExpiryDue });

/** A person began a course. */
export const LearnerEnrolled = defineEvent(
  'enrollment.learner-enrolled',
  z.object({ enrollmentId: z.uuid() }),
);
