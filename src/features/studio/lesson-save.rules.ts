import { stored } from '../../platform/locale.js';
import type { BlockDocument } from '../catalog/block-document.js';
import { contentHash } from '../catalog/course.rules.js';
import type { LessonSave, LessonSaveKind } from './lesson-save.entity.js';
import type { Lesson } from '../catalog/lesson.entity.js';
import { isOutOfDate, type TranslationState } from './translation.rules.js';

/** What a lesson says in one language. */
export interface LessonText {
  title: string | null;
  body: BlockDocument | null;
}

/** In milliseconds, from the first of them: what one person's autosaves are put together for. */
export const AUTOSAVE_WINDOW_MS = 120_000;

export const textIn = (
  { titles, bodies }: Pick<Lesson, 'titles' | 'bodies'>,
  locale: string,
): LessonText => ({
  title: stored(titles, locale),
  body: stored(bodies, locale),
});

/** The same for the same text, and for no other. */
export const textHash = ({ title, body }: LessonText): string => contentHash({ title, body });

const isEmpty = ({ title, body }: LessonText): boolean => title === null && body === null;

type Texts = Pick<Lesson, 'titles' | 'bodies'>;
type KnownSave = Pick<LessonSave, 'locale' | 'contentHash'>;

/**
 * The languages whose text came about without a save, by an import or before there was a history: it is kept before it is changed.
 * @param last the last save in each language
 */
export function unsavedLocales(lesson: Texts, last: readonly KnownSave[]): string[] {
  const known = new Map(last.map(({ locale, contentHash: hash }) => [locale, hash]));
  const locales = new Set([...Object.keys(lesson.titles), ...Object.keys(lesson.bodies ?? {})]);
  return [...locales].filter((locale) => known.get(locale) !== textHash(textIn(lesson, locale)));
}

/** Whether an autosave belongs to the one before it: of the same person, who is still at the same text. */
export function continuesSave(
  last: Pick<LessonSave, 'kind' | 'savedBy' | 'startedAt' | 'savedAt' | 'versionNumber'> | undefined,
  next: { kind: LessonSaveKind; personId: string; now: Date; versionNumber: number },
): boolean {
  if (last?.kind !== 'AUTOSAVE' || next.kind !== 'AUTOSAVE' || last.savedBy !== next.personId) return false;
  const age = next.now.getTime() - last.startedAt.getTime();
  return (
    last.versionNumber === next.versionNumber &&
    next.now >= last.savedAt &&
    age >= 0 &&
    age <= AUTOSAVE_WINDOW_MS
  );
}

/**
 * How a translation stands to the text it was made from. It is out of date when that text is another one than at the time the
 * translation was last saved; what an import brought together belongs together.
 * @param last the last save of the translation
 */
export function translationState(
  lesson: Texts,
  { locale, defaultLocale }: { locale: string; defaultLocale: string },
  last: Pick<LessonSave, 'contentHash' | 'sourceHash'> | undefined,
): TranslationState {
  const source = textIn(lesson, defaultLocale);
  const target = textIn(lesson, locale);
  if ((source.title && !target.title) || (source.body && !target.body)) return 'MISSING';
  if (locale === defaultLocale || isEmpty(target)) return 'COMPLETE';
  const hashes = { source: textHash(source), target: textHash(target) };
  return isOutOfDate(hashes, last) ? 'OUT_OF_DATE' : 'COMPLETE';
}
