import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/events.js';

/** A person began a course. */
export const LearnerEnrolled = defineEvent(
  'enrollment.learner-enrolled',
  z.object({ enrollmentId: z.uuid() }),
  {
    unheard: true,
  },
);
