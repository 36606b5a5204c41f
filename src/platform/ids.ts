import { v7, validate } from 'uuid';
import { NotFoundError } from './errors.js';

/** A new row's id: UUID version 7 (RFC 9562), so that ids sort by creation and indexes grow at one end. */
export abstract class Ids {
  abstract next(): string;
}

export class UuidV7Ids extends Ids {
  override next(): string {
    return v7();
  }
}

/** Whether a text is a uuid, in either case. */
export const isId = (text: string): boolean => validate(text);

/**
 * An id as a client sent it, safe to compare with a uuid column.
 * @returns it in lower case, as the database writes it (RFC 9562, section 4).
 * @throws NotFoundError when it is no uuid: to the person asking, an id that cannot exist is one that does not.
 */
export function parseId(value: string): string {
  if (!isId(value)) throw new NotFoundError();
  return value.toLowerCase();
}
