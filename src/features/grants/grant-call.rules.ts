import { DateTime } from 'luxon';
import { defineRefusals } from '../../platform/errors.js';

export const grantRefusals = defineRefusals({
  BUSINESS_NEEDED: {
    en: 'Say for which business you ask, or register yours first.',
    fr: 'Indiquez pour quelle entreprise vous posez la question, ou enregistrez d’abord la vôtre.',
    field: 'businessId',
  },
});

/** ISO 8601 local date and time, without an offset. */
const LOCAL = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/;

/**
 * The instant of a local date and time in a zone. A time that a clock change skips is read after the change, and one that
 * comes twice as the earlier: applicants never get less time than the notice says, nor a second hour.
 * @throws RangeError when it is no local date and time, or the zone is unknown.
 */
export function instantOf(local: string, timeZone: string): Date {
  const instant = DateTime.fromISO(local, { zone: timeZone });
  if (!LOCAL.test(local) || !instant.isValid) throw new RangeError(`${local} in ${timeZone} is no local date and time.`);
  // Which of two it is, Luxon guesses from the offset of the day it is asked: the answer would change with the season.
  return new Date(Math.min(...instant.getPossibleOffsets().map((possible) => possible.toMillis())));
}
