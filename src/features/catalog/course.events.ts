import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/events.js';

/** A version was frozen and is what new learners get. */
export const CoursePublished = defineEvent(
  'catalog.course-published',
  z.object({ courseId: z.uuid(), versionId: z.uuid() }),
);
