import type { z } from 'zod';

/**
 * A fact that became true in a transaction, and that other features may act on later. Its name is literal and in the
 * past tense; its payload holds ids, not copies of rows, so that whoever hears it reads what is true by then.
 */
export interface EventType<P = unknown> {
  readonly name: string;
  readonly schema: z.ZodType<P>;
  /** Recorded for the history, with nobody to act on it. The start fails when this is wrong either way. */
  readonly unheard: boolean;
}

const eventTypes = new Map<string, EventType>();

/**
 * Declares an event type.
 * @throws Error when the name is taken: a name means one thing.
 */
export function defineEvent<P>(name: string, schema: z.ZodType<P>, { unheard = false } = {}): EventType<P> {
  if (eventTypes.has(name)) throw new Error(`The event ${name} is declared twice.`);
  const eventType = { name, schema, unheard };
  eventTypes.set(name, eventType);
  return eventType;
}

/** Every declared event type, by name. */
export function declaredEvents(): ReadonlyMap<string, EventType> {
  return eventTypes;
}
