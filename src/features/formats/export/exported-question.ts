import { inLocale, type Localized } from '../../../platform/locale.js';
import type { BlockDocument } from '../../catalog/block-document.js';
import type { QuestionContent, QuestionOption } from '../../catalog/course-content.js';

/** In the wanted language, else in another: an export says something for each question. */
export function lettersIn(texts: Localized | null | undefined, locale: string): string {
  return inLocale(texts ?? {}, locale) ?? '';
}

export function promptIn({ prompt }: QuestionContent, locale: string): BlockDocument {
  return inLocale(prompt, locale) ?? { type: 'doc', content: [] };
}

/** What an option is worth as Moodle counts, in percent. */
export function fractionOf({ kind, options }: QuestionContent, option: QuestionOption): number {
  if (option.weight !== undefined) return option.weight;
  const right = options.filter(({ correct }) => correct).length;
  if (kind !== 'MULTIPLE_CHOICE') return option.correct ? 100 : 0;
  return rounded(option.correct ? 100 / right : -100 / (options.length - right));
}

/** Moodle knows five decimals, and takes 33.33333 for a third. */
const rounded = (percent: number) => Math.round(percent * 100_000) / 100_000;
