import { DateTime } from 'luxon';

/** ISO 8601 local date and time, without an offset. */
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;

/**
 * The instant of a local date and time in a zone. A time that a clock change skips is read after the change, and one that
 * comes twice as the earlier: nobody gets less time than a notice says, nor a second hour.
 * @throws RangeError when it is no local date and time, or the zone is unknown.
 */
export function instantOf(local: string, timeZone: string): Date {
  const instant = DateTime.fromISO(local, { zone: timeZone });
  if (!LOCAL.test(local) || !instant.isValid)
    throw new RangeError(`${local} in ${timeZone} is no local date and time.`);
  // Which of two it is, Luxon guesses from the offset of the day it is asked: the answer would change with the season.
  return new Date(Math.min(...instant.getPossibleOffsets().map((possible) => possible.toMillis())));
}
