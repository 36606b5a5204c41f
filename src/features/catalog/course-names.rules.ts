import { inLocale, type Locale } from '../../platform/locale.js';
import type { CourseVersion } from './course-version.entity.js';

/** A course as a sentence names it: “Title” or « Titre ». */
export function courseNameIn(
  locale: Locale,
  version: Pick<CourseVersion, 'titles' | 'defaultLocale'>,
): string {
  const title = inLocale(version.titles, locale, version.defaultLocale) ?? '';
  return locale === 'fr' ? `«\u00a0${title}\u00a0»` : `“${title}”`;
}

/** Several of them, all of which count: A, B and C. */
export const allOf = (names: readonly string[], locale: Locale): string =>
  new Intl.ListFormat(locale === 'fr' ? 'fr' : 'en-GB', { type: 'conjunction' }).format(names);
