import { inLocale, type Locale } from '../../platform/locale.js';
import { REGION_NAMES } from '../businesses/region-names.js';
import { NOT_STATED } from './report-scope.rules.js';

export const REGION_NOT_STATED: Record<Locale, string> = {
  en: 'Region not stated',
  fr: 'Région non précisée',
};

/** A region code as it is shown: null where none was stated. */
export const statedRegion = (code: string): string | null => (code === NOT_STATED ? null : code);

/** The name of a region, its code where we have no name; null where none was stated. */
export function regionName(code: string, locale: string): string | null {
  if (code === NOT_STATED) return null;
  const names = REGION_NAMES[code];
  return names ? (inLocale(names, locale) ?? code) : code;
}
