import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/events.js';

/** Somebody asked to sign in. The code travels sealed, so that the event's row gives no one a way in. */
export const SignInCodeRequested = defineEvent(
  'identity.sign-in-code-requested',
  z.object({
    email: z.string(),
    sealedCode: z.string(),
    locale: z.enum(['en', 'fr']),
    expiresAt: z.string(),
  }),
);
