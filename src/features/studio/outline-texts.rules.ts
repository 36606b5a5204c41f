import { z } from 'zod';
import { DomainError, inputRefusals } from '../../platform/errors.js';
import { parseInput } from '../../platform/input.js';
import { withText, type Localized } from '../../platform/locale.js';
import type { BlockDocument } from '../catalog/block-document.js';
import { markdownFromBlocks } from '../formats/import/markdown-from-blocks.js';
import { isAsStored, MAX_MARKDOWN_LENGTH, parseLessonMarkdown } from './lesson-markdown.rules.js';

/** What a course and its modules say of themselves in each language. */
export const OUTLINE_FIELDS = ['TITLE', 'SUMMARY', 'OUTCOMES', 'DESCRIPTION'] as const;
export type OutlineField = (typeof OUTLINE_FIELDS)[number];

/** A list of short texts, each once. */
export const listOf = (most: number, longest: number) =>
  z
    .array(z.string().trim().max(longest))
    .max(most)
    .transform((items) => [...new Set(items.filter(Boolean))]);

const OUTCOMES = { most: 20, longest: 300 } as const;
export const outcomesSchema = listOf(OUTCOMES.most, OUTCOMES.longest);
const linesSchema = z.object({ texts: outcomesSchema });

/** In characters. */
export const LONGEST: Readonly<Record<OutlineField, number>> = {
  TITLE: 200,
  SUMMARY: 1_000,
  OUTCOMES: OUTCOMES.most * (OUTCOMES.longest + 1),
  DESCRIPTION: MAX_MARKDOWN_LENGTH,
};

/** Of a course, which has all four, or of a module. */
export interface OutlineTexts {
  titles: Localized;
  summaries: Localized;
  outcomes?: Record<string, string[]>;
  descriptions?: Record<string, BlockDocument>;
}

const eachOf = <T>(texts: Record<string, T> | undefined, write: (text: T) => string): Localized =>
  Object.fromEntries(Object.entries(texts ?? {}).map(([locale, text]) => [locale, write(text)]));

/** A text in each language as it is written by hand: outcomes one per line, a description as Markdown. */
export function written(owner: OutlineTexts, field: OutlineField): Localized {
  switch (field) {
    case 'TITLE':
      return owner.titles;
    case 'SUMMARY':
      return owner.summaries;
    case 'OUTCOMES':
      return eachOf(owner.outcomes, (lines) => lines.join('\n'));
    case 'DESCRIPTION':
      return eachOf(owner.descriptions, (document) => markdownFromBlocks(document).trimEnd());
  }
}

/**
 * Puts a text in one language as {@link written} has it; an empty one is taken away.
 * @throws DomainError `TOO_LONG`, `INVALID_INPUT`, and what {@link parseLessonMarkdown} says
 */
export function write(owner: OutlineTexts, field: OutlineField, locale: string, text: string): void {
  if (text.length > LONGEST[field])
    throw new DomainError(inputRefusals.TOO_LONG, { max: LONGEST[field] }, 'texts');
  switch (field) {
    case 'TITLE':
      owner.titles = withText(owner.titles, locale, text);
      return;
    case 'SUMMARY':
      owner.summaries = withText(owner.summaries, locale, text);
      return;
    case 'OUTCOMES':
      owner.outcomes = withText(
        owner.outcomes ?? {},
        locale,
        parseInput(linesSchema, { texts: text.split('\n') }).texts,
      );
      return;
    case 'DESCRIPTION':
      if (isAsStored(text, owner.descriptions?.[locale])) return;
      owner.descriptions = withText(
        owner.descriptions ?? {},
        locale,
        text ? parseLessonMarkdown(text) : NO_TEXT,
        text === '',
      );
  }
}

export const NO_TEXT: BlockDocument = { type: 'doc', content: [] };
