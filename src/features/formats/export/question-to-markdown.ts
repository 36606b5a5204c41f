import type { Localized } from '../../../platform/locale.js';
import type { BlockNode } from '../../catalog/block-document.js';
import type { QuestionContent, QuestionOption } from '../../catalog/course-content.js';
import { lineOfText } from '../import/inline-to-markdown.js';
import { headingLine, linesOfBlocks, withoutOuterBreaks } from '../import/markdown-from-blocks.js';
import { byHash, type ReferTo } from '../import/media-files.js';
import { linesOfAnswers } from './answers-to-markdown.js';
import { linesOfQuotation } from './text-to-markdown.js';

/** Whether anything of a question is written in a language. */
export function isWrittenIn(locale: string, { prompt, options, explanation }: QuestionContent): boolean {
  const has = (texts: Localized | null | undefined): boolean => (texts?.[locale] ?? '') !== '';
  return (
    linesOfBlocks(prompt[locale]?.content ?? [], { referTo: byHash }).length > 0 ||
    has(explanation) ||
    options.some(({ text, feedback, match }) => has(text) || has(feedback) || has(match))
  );
}

/** Where and how a question is written. */
export interface QuestionWriting {
  locale: string;
  defaultLocale: string;
  referTo: ReferTo;
}

/** A question as `quiz-from-markdown.ts` reads it again. */
export function linesOfQuestion(
  question: QuestionContent,
  { locale, defaultLocale, referTo }: QuestionWriting,
): string[] {
  const { key, prompt, explanation, tags = [] } = question;
  const { heading, rest } = splitPrompt(prompt[locale]?.content ?? []);
  const asked = linesOfPrompt(rest, referTo);
  const locales = writtenLocales(question, defaultLocale);
  const parts = [
    [heading === '' ? `## {#${key}}` : `## ${heading} {#${key}}`],
    tags.length > 0 && locale === defaultLocale ? [`Tags: ${tags.map(lineOfText).join(', ')}`] : [],
    asked,
    linesOfAnswers(question, { locale, locales, bullet: otherBullet(rest, asked) }),
    explanation?.[locale] ? linesOfQuotation(explanation[locale]) : [],
  ].filter((lines) => lines.length > 0);
  return parts.flatMap((lines, index) => (index > 0 ? ['', ...lines] : lines));
}

/** Two lists in a row are two only when their signs differ. */
function otherBullet(blocks: readonly BlockNode[], lines: readonly string[]): '-' | '*' {
  const last = blocks.findLast((block) => linesOfBlocks([block], { referTo: byHash }).length > 0);
  if (last?.type !== 'bulletList') return '-';
  return lines.findLast((line) => /^[-*](?: |$)/.test(line))?.startsWith('-') ? '*' : '-';
}

/** The default first. */
const writtenLocales = (question: QuestionContent, defaultLocale: string): string[] => {
  const options = question.options.flatMap(optionLocales);
  const all = new Set([
    ...Object.keys(question.prompt),
    ...Object.keys(question.explanation ?? {}),
    ...options,
  ]);
  all.delete(defaultLocale);
  return [defaultLocale, ...[...all].filter((locale) => isWrittenIn(locale, question))];
};

const optionLocales = ({ text, feedback, match }: QuestionOption): string[] =>
  [text, feedback, match].flatMap((texts) => Object.keys(texts ?? {}));

/** A first paragraph of one line is the heading of the question. */
function splitPrompt(blocks: readonly BlockNode[]): { heading: string; rest: readonly BlockNode[] } {
  const start = blocks.findIndex((block) => !isEmptyParagraph(block));
  const first = blocks[start];
  if (first?.type !== 'paragraph') return { heading: '', rest: blocks };
  const content = withoutOuterBreaks(first.content ?? []);
  if (content.some(({ type }) => type === 'hardBreak')) return { heading: '', rest: blocks };
  return { heading: headingLine(content), rest: blocks.slice(start + 1) };
}

const isEmptyParagraph = (block: BlockNode): boolean =>
  block.type === 'paragraph' && !block.content?.some(({ type }) => type === 'text');

/**
 * The blocks of a prompt, such that none is taken for the next question or for answers: headings of the level of questions are
 * underlined, words such as `Answer:` and marks such as `(x)` are escaped.
 */
function linesOfPrompt(blocks: readonly BlockNode[], referTo: ReferTo): string[] {
  return linesOfBlocks(blocks, { referTo, linesOf: outermostLines });
}

function outermostLines(block: BlockNode, lines: string[]): string[] {
  if (block.type === 'paragraph')
    return lines.map((line) => line.replace(/^(\s*(?:answers?|numbers|match|order|tags)\s*):/i, '$1\\:'));
  if (block.type === 'bulletList') return lines.map((line) => line.replace(/^([-*] )\((?=[ xX])/, '$1\\('));
  if (block.type !== 'heading' || block.attrs.level !== 2 || lines.length === 0) return lines;
  return [headingLine(block.content ?? []).replace(/\}$/, '&#125;'), '-'];
}
