import type { BlockDocument, BlockNode, ListItemNode } from '../block-document.js';
import { linesOfInline, longestRun } from './inline-to-markdown.js';

/**
 * A block document as Markdown, such that {@link blocksFromMarkdown} reads the same again. What Markdown cannot say is left out:
 * empty paragraphs, headings and code blocks; a hard break in a heading becomes a space.
 */
export function markdownFromBlocks({ content }: BlockDocument): string {
  const text = linesOfBlocks(content).join('\n');
  return text === '' ? '' : `${text}\n`;
}

/** Recurses as deep as blocks are nested, which `BLOCK_DOCUMENT_LIMITS` bounds. */
function linesOfBlocks(blocks: readonly BlockNode[]): string[] {
  const lines: string[] = [];
  let last: BlockNode | undefined;
  let marker = 0;
  for (const block of blocks) {
    // Two lists in a row are two only when their markers differ.
    marker = last?.type === block.type ? 1 - marker : 0;
    const next = linesOfBlock(block, marker);
    if (next.length === 0) continue;
    if (lines.length > 0) lines.push('');
    for (const line of next) lines.push(line);
    last = block;
  }
  return lines;
}

function linesOfBlock(block: BlockNode, marker: number): string[] {
  switch (block.type) {
    case 'paragraph':
      return isEmpty(block) ? [] : linesOfInline(block.content ?? []);
    case 'heading': {
      const line = linesOfInline(block.content ?? [])
        .map((part) => part.replace(/\\$/, ''))
        .join(' ');
      // Signs at the end would be read as the closing of the heading.
      return line === '' ? [] : [`${'#'.repeat(block.attrs.level)} ${line.replace(/(?<=^|\s|#)#$/, '\\#')}`];
    }
    case 'bulletList':
      return linesOfList(block.content, () => '-*'.charAt(marker));
    case 'orderedList': {
      const start = block.attrs?.start ?? 1;
      return linesOfList(
        block.content,
        (index) => `${Math.min(start + index, 999_999_999)}${'.)'.charAt(marker)}`,
      );
    }
    case 'blockquote':
      return linesOfBlocks(block.content).map((line) => (line === '' ? '>' : `> ${line}`));
    case 'codeBlock': {
      const text = (block.content ?? []).map((part) => part.text).join('');
      if (text === '') return [];
      const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
      return [fence + (block.attrs?.language ?? ''), ...text.split('\n'), fence];
    }
    case 'horizontalRule':
      return ['___']; // no list begins with this sign, so it stands in an item too
    default:
      return []; // callouts and media have no Markdown yet
  }
}

const isEmpty = (block: BlockNode | undefined): boolean =>
  block?.type === 'paragraph' && (block.content ?? []).length === 0;

/** @param markerOf what stands before the item of an index, from 0. */
function linesOfList(items: readonly ListItemNode[], markerOf: (index: number) => string): string[] {
  const written = items.map(({ content }, index) => {
    const marker = markerOf(index);
    const [first = '', ...rest] = linesOfItem(content);
    const indent = ' '.repeat(marker.length + 1);
    return [`${marker} ${first}`.trimEnd(), ...rest.map((line) => (line === '' ? '' : indent + line))];
  });
  const isLoose = written.some((lines) => lines.includes(''));
  return written.flatMap((lines, index) => (isLoose && index > 0 ? ['', ...lines] : lines));
}

/** As any blocks, but that a list of words stands right below its item's paragraph. */
function linesOfItem([first, ...rest]: readonly BlockNode[]): string[] {
  const [second] = rest;
  if (!first || isEmpty(first) || second?.type !== 'bulletList' || isEmpty(second.content[0]?.content[0]))
    return linesOfBlocks([first, ...rest].filter((block) => block !== undefined));
  const [below, above] = [linesOfBlocks(rest), linesOfBlocks([first])];
  return [...above, ...below];
}
