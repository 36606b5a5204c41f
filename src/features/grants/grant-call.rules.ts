import { DateTime } from 'luxon';
import { defineRefusals } from '../../platform/errors.js';

export const grantRefusals = defineRefusals({
  BUSINESS_NEEDED: {
    en: 'Say for which business you ask, or register yours first.',
    fr: 'Indiquez pour quelle entreprise vous posez la question, ou enregistrez d’abord la vôtre.',
    field: 'businessId',
  },
});

/**
 * The instant of a local date and time in a zone. A time that a clock change skips is read after the change, and one that
 * comes twice as the earlier: applicants never get less time than the notice says, nor a second hour.
 */
export function instantOf(local: string, timeZone: string): Date {
  const instant = DateTime.fromISO(local, { zone: timeZone });
  if (!instant.isValid) throw new RangeError(`${local} in ${timeZone} is no date and time.`);
  return instant.toJSDate();
}
