import { stored, type Localized } from '../../platform/locale.js';
import type { QuestionContent } from '../catalog/course-content.js';
import { contentHash } from '../catalog/course.rules.js';
import { OUTLINE_FIELDS, written, type OutlineField, type OutlineTexts } from './outline-texts.rules.js';

export const TRANSLATION_STATES = ['MISSING', 'OUT_OF_DATE', 'COMPLETE'] as const;
export type TranslationState = (typeof TRANSLATION_STATES)[number];

/** The hash of a text in each language that has it. */
export type Hashes = Readonly<Record<string, string>>;

/** What a translation was made from. */
export interface Basis {
  /** Of the translation that is meant. */
  contentHash: string;
  /** Of the text in the default language that it was made from; null: of none. */
  sourceHash: string | null;
}

/** Which text of the outline. @param moduleKey null: of the course itself */
export const outlineSubject = (moduleKey: string | null, field: OutlineField): string =>
  moduleKey === null ? `course ${field}` : `module ${moduleKey} ${field}`;

export const questionSubject = (key: string): string => `question ${key}`;

export const textHashes = (texts: Localized): Hashes =>
  Object.fromEntries(
    Object.entries(texts)
      .filter(([, text]) => text !== '')
      .map(([locale, text]) => [locale, contentHash(text)]),
  );

/** Of all that a question says in each language. What is right, and how it is weighted, is no text. */
export function questionHashes({ prompt, explanation, options }: QuestionContent): Hashes {
  const parts = [
    prompt,
    explanation,
    ...options.flatMap(({ text, match, feedback }) => [text, match, feedback]),
  ];
  const locales = new Set(parts.flatMap((part) => Object.keys(part ?? {})));
  const said = (locale: string) => ({
    prompt: stored(prompt, locale),
    explanation: stored(explanation, locale),
    // By key: another order of the options is no other text.
    options: Object.fromEntries(
      options.map(({ key, text, match, feedback }) => [
        key,
        [text, match, feedback].map((texts) => stored(texts, locale)),
      ]),
    ),
  });
  return Object.fromEntries([...locales].map((locale) => [locale, contentHash(said(locale))]));
}

/**
 * Whether the text that a translation was made from is another one now. A basis of another translation says nothing: what an
 * import brought together belongs together.
 */
export const isOutOfDate = (
  { source, target }: { source: string | null; target: string | null },
  basis: Basis | undefined,
): boolean => target !== null && basis?.contentHash === target && basis.sourceHash !== source;

/** What is to be remembered of a translation. */
export interface BasisNote extends Basis {
  locale: string;
  /** Whether it counts more than what is known of the same translation. */
  isFresh: boolean;
}

/**
 * What a save says about translations. One that was written, or looked at and found good, was made from the source as it is now;
 * one that stays while the source changes was made from the source as it was, unless something older is known of it.
 * @param confirmed BCP 47 tag of the language that was looked at
 */
export function basisNotes(
  before: Hashes,
  after: Hashes,
  { defaultLocale, confirmed }: { defaultLocale: string; confirmed?: string | undefined },
): BasisNote[] {
  const [old, now] = [stored(before, defaultLocale), stored(after, defaultLocale)];
  return Object.entries(after)
    .filter(([locale]) => locale !== defaultLocale)
    .flatMap(([locale, hash]) => {
      const isFresh = hash !== stored(before, locale) || locale === confirmed;
      if (!isFresh && old === now) return [];
      return [{ locale, contentHash: hash, sourceHash: isFresh ? now : old, isFresh }];
    });
}

/** As {@link basisNotes}, for what a course or a module says of itself; nothing of it was looked at. */
export const outlineNotes = (
  moduleKey: string | null,
  before: OutlineTexts,
  after: OutlineTexts,
  defaultLocale: string,
): (BasisNote & { subject: string })[] =>
  OUTLINE_FIELDS.flatMap((field) =>
    basisNotes(textHashes(written(before, field)), textHashes(written(after, field)), {
      defaultLocale,
    }).map((note) => ({ ...note, subject: outlineSubject(moduleKey, field) })),
  );

/** What a question says in one language. What is null or left out stays, an empty text is taken away. */
export interface QuestionTexts {
  locale: string;
  promptMarkdown?: string | null;
  explanation?: string | null;
  options?:
    readonly { key: string; text?: string | null; match?: string | null; feedback?: string | null }[] | null;
}

/** A question with other texts in one language, to be checked and kept as any change of it. */
export function withTexts(
  { kind, prompt, options, explanation }: QuestionContent,
  { locale, promptMarkdown, explanation: said, options: given }: QuestionTexts,
) {
  const { [locale]: _old, ...otherPrompts } = prompt;
  const put = (texts: Localized | null | undefined, text: string | null | undefined): Localized =>
    text == null ? (texts ?? {}) : { ...texts, [locale]: text };
  const byKey = new Map(given?.map((option) => [option.key, option]));
  return {
    kind,
    prompt: promptMarkdown == null ? prompt : otherPrompts,
    promptMarkdown: promptMarkdown == null ? {} : { [locale]: promptMarkdown },
    explanation: put(explanation, said),
    options: options.map((option) => {
      const texts = byKey.get(option.key);
      return {
        ...option,
        text: put(option.text, texts?.text),
        feedback: put(option.feedback, texts?.feedback),
        match: put(option.match, texts?.match),
      };
    }),
  };
}
