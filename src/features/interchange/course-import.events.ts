import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/events.js';

const payload = z.object({ importId: z.uuid() });

/** A file arrived that is to be read. */
export const CourseImportUploaded = defineEvent('catalog.course-import-uploaded', payload);

/** The trainer has seen the report, and wants what was understood. */
export const CourseImportConfirmed = defineEvent('catalog.course-import-confirmed', payload);
