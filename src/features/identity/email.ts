import { z } from 'zod';
import { DomainError } from '../../platform/errors.js';
import { signInRefusals } from './sign-in.rules.js';

const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** An address as somebody typed it, trimmed and in lower case; null when it is none. */
export const emailIn = (raw: string): string | null => emailSchema.safeParse(raw).data ?? null;

/** As {@link emailIn}. @throws DomainError `EMAIL_INVALID` */
export function parseEmail(raw: string): string {
  const email = emailIn(raw);
  if (email === null) throw new DomainError(signInRefusals.EMAIL_INVALID);
  return email;
}
