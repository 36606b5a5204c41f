import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/events.js';

/** Somebody is to be told of an invitation, for the first time or again. */
export const InvitationSent = defineEvent(
  'enrollment.invitation-sent',
  z.object({ invitationId: z.uuid(), sentCount: z.number().int() }),
);
