import type { BlockNode, InlineNode } from '../../catalog/block-document.js';
import { clean } from './clean-text.js';

/** Text as paragraphs: an empty line begins a new one, a line break stays. */
export function blocksFromPlainText(text: string): BlockNode[] {
  return clean(text)
    .split(/\n\s*\n/)
    .map((paragraph) =>
      paragraph
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
    .filter((lines) => lines.length > 0)
    .map((lines) => ({
      type: 'paragraph',
      content: lines.flatMap((line, at): InlineNode[] => [
        ...(at > 0 ? [{ type: 'hardBreak' } as const] : []),
        { type: 'text', text: line },
      ]),
    }));
}
