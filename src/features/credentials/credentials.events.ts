import { z } from 'zod';
import { defineEvent } from '../../platform/outbox/events.js';

/** A certificate with its signed badge exists. Comes once for a completion. */
export const CertificateIssued = defineEvent(
  'credentials.certificate-issued',
  z.object({ certificateId: z.uuid() }),
);
