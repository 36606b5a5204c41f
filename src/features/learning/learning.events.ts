import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/events.js';

/** A learner met the criteria of their course. Comes once for an enrollment. */
export const CourseCompleted = defineEvent(
  'learning.course-completed',
  z.object({ completionId: z.uuid(), enrollmentId: z.uuid() }),
);
