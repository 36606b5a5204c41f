import type { InlineNode } from '../../catalog/block-document.js';
import { linesOfInline } from '../import/inline-to-markdown.js';

/**
 * Plain text with line breaks as the lines of a paragraph, such that the letters of what is read again are the same. Breaks at the
 * ends, which Markdown has not, are written as entities.
 */
export function linesOfText(text: string): string[] {
  const [, before = '', core = '', after = ''] = /^(\n*)([^]*?)(\n*)$/.exec(text) ?? [];
  const lines = core.split('\n');
  lines[0] = before + lines[0]!;
  lines[lines.length - 1] = lines.at(-1)! + after;
  const nodes = lines.flatMap((line, index): InlineNode[] => [
    ...(index > 0 ? [{ type: 'hardBreak' as const }] : []),
    ...(line === '' ? [] : [{ type: 'text' as const, text: line }]),
  ]);
  return linesOfInline(nodes);
}

/** The same as a quote. */
export const linesOfQuotation = (text: string): string[] => linesOfText(text).map((line) => `> ${line}`);
