import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/events.js';

const payload = z.object({ rosterId: z.uuid() });

/** A file with people arrived that is to be read. */
export const RosterUploaded = defineEvent('rosters.roster-uploaded', payload);

/** The next people of a roster are to be enrolled or invited. */
export const RosterBatchDue = defineEvent('rosters.batch-due', payload);

/** A manager enrolled somebody who has an account: they are to be told. */
export const LearnerEnrolledByProgram = defineEvent(
  'rosters.learner-enrolled',
  z.object({ enrollmentId: z.uuid() }),
);
