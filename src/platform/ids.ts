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

/**
 * An id as a client sent it, safe to compare with a uuid column, and in the lower case in which one is read back.
 * @throws NotFoundError when it is no uuid: to the person asking, an id that cannot exist is one that does not.
 */
export function parseId(value: string): string {
  if (!validate(value)) throw new NotFoundError();
  return value.toLowerCase();
}
