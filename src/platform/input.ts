import type { z } from 'zod';
import { DomainError, inputRefusals } from './errors.js';

/**
 * Checks what a person typed against a schema.
 * @returns the parsed value: trimmed, lower-cased or converted as the schema says.
 * @throws DomainError about the first wrong field, in words a person can act on.
 */
export function parseInput<T extends z.ZodType>(schema: T, input: unknown): z.output<T> {
  const unstorable = pathOfNul(input);
  if (unstorable) throw new DomainError(inputRefusals.INVALID_FORMAT, {}, unstorable.join('.') || undefined);
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const field = issue.path.join('.') || undefined;
  if (issue.code === 'too_big' && issue.origin === 'string') {
    throw new DomainError(inputRefusals.TOO_LONG, { max: Number(issue.maximum) }, field);
  }
  if (issue.code === 'too_small' && issue.origin === 'string') throw new DomainError(inputRefusals.REQUIRED, {}, field);
  if (issue.code === 'custom') throw new DomainError(inputRefusals.INVALID_INPUT, { reason: issue.message }, field);
  throw new DomainError(inputRefusals.INVALID_FORMAT, {}, field);
}

/** Where a text holds the character U+0000, which PostgreSQL cannot store. */
function pathOfNul(value: unknown, path: string[] = []): string[] | undefined {
  if (typeof value === 'string') return value.includes('\0') ? path : undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, child] of Object.entries(value)) {
    const found = pathOfNul(child, [...path, key]);
    if (found) return found;
  }
  return undefined;
}
