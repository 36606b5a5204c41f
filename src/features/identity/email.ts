import { z } from 'zod';
import { DomainError } from '../../platform/errors.js';
import { signInRefusals } from './sign-in.rules.js';

const emailSchema = z.string().trim().toLowerCase().max(254).pipe(z.email());

/** An address as somebody typed it, trimmed and in lower case. @throws DomainError `EMAIL_INVALID` */
export function parseEmail(raw: string): string {
  const parsed = emailSchema.safeParse(raw);
  if (!parsed.success) throw new DomainError(signInRefusals.EMAIL_INVALID);
  return parsed.data;
}
