import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/events.js';
import { PUBLISH_POLICIES } from './publish-policy.rules.js';

/** A version was frozen and is what new learners get. */
export const CoursePublished = defineEvent(
  'catalog.course-published',
  z.object({
    courseId: z.uuid(),
    versionId: z.uuid(),
    /** What new learners got until then; null when this is the first. */
    previousVersionId: z.uuid().nullable(),
    /** What becomes of those on any earlier version. */
    policy: z.enum(PUBLISH_POLICIES),
  }),
);
