import type { BlockDocument, BlockNode, InlineNode, ListItemNode } from '../../catalog/block-document.js';
import { linesOfInline, longestRun } from './inline-to-markdown.js';
import { byHash, type ReferTo } from './media-files.js';
import { linesOfMedia } from './media-to-markdown.js';

/**
 * A block document as Markdown, such that {@link blocksFromMarkdown} reads the same again. What Markdown cannot say is left out
 * (content/README.md lists it): empty paragraphs, headings, code blocks, quotes and callouts; hard breaks at the edges of a
 * paragraph; a hard break in a heading becomes a space.
 *
 * @param referTo how files are called; by what they hold where the text is edited beside its files.
 */
export function markdownFromBlocks(document: BlockDocument, referTo: ReferTo = byHash): string {
  const text = linesOfBlocks(document.content, { referTo }).join('\n');
  return text === '' ? '' : `${text}\n`;
}

interface Writing {
  referTo: ReferTo;
  /** Of the first list: an item that begins with a list takes the other one, as `- - -` would be a rule. */
  marker?: 0 | 1;
  /** What becomes of the lines of each of these blocks, not of blocks in them. */
  linesOf?: (block: BlockNode, lines: string[]) => string[];
}

/** Recurses as deep as blocks are nested, which `BLOCK_DOCUMENT_LIMITS` bounds. */
export function linesOfBlocks(
  blocks: readonly BlockNode[],
  { referTo, marker: firstMarker = 0, linesOf = (_block, lines) => lines }: Writing,
): string[] {
  const lines: string[] = [];
  let last: BlockNode | undefined;
  let marker: 0 | 1 = firstMarker;
  for (const block of blocks) {
    // Two lists in a row are two only when their markers differ.
    if (last) marker = last.type === block.type && marker === 0 ? 1 : 0;
    const next = linesOf(block, linesOfBlock(block, { referTo, marker }));
    if (next.length === 0) continue;
    if (lines.length > 0) lines.push('');
    for (const line of next) lines.push(line);
    last = block;
  }
  return lines;
}

function linesOfBlock(block: BlockNode, { referTo, marker = 0 }: Writing): string[] {
  switch (block.type) {
    case 'paragraph': {
      const content = withoutOuterBreaks(block.content ?? []);
      return content.length === 0 ? [] : linesOfInline(content);
    }
    case 'heading': {
      const line = headingLine(block.content ?? []);
      return line === '' ? [] : [`${'#'.repeat(block.attrs.level)} ${line}`];
    }
    case 'bulletList':
      return linesOfList(block.content, () => '-*'.charAt(marker), { referTo, marker });
    case 'orderedList': {
      const start = block.attrs?.start ?? 1;
      return linesOfList(
        block.content,
        (index) => `${Math.min(start + index, 999_999_999)}${'.)'.charAt(marker)}`,
        { referTo, marker },
      );
    }
    case 'blockquote':
      return linesOfQuote(linesOfBlocks(block.content, { referTo }));
    case 'callout': {
      const inner = linesOfBlocks(block.content, { referTo });
      const [first] = block.content.filter((each) => linesOfBlock(each, { referTo }).length > 0);
      if (!first) return [];
      const marker = `[!${block.attrs.tone}]`;
      return linesOfQuote(first.type === 'paragraph' ? [marker, ...inner] : [marker, '', ...inner]);
    }
    case 'codeBlock': {
      const text = (block.content ?? []).map((part) => part.text).join('');
      if (text === '') return [];
      const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
      return [fence + (block.attrs?.language ?? ''), ...text.split('\n'), fence];
    }
    case 'horizontalRule':
      return ['___']; // no list begins with this sign, so it stands in an item too
    default:
      return linesOfMedia(block, referTo);
  }
}

/** The content of a heading, which has one line. */
export const headingLine = (content: readonly InlineNode[]): string =>
  linesOfInline(withoutOuterBreaks(content).map(onOneLine))[0]!
    // Signs at the end would be read as the closing of the heading.
    .replace(/(?<=^|\s|#)#$/, '\\#');

const onOneLine = (node: InlineNode): InlineNode =>
  node.type === 'hardBreak' ? { type: 'text', text: ' ' } : node;

/** Breaks at the edges show nothing, and Markdown has none there. */
export function withoutOuterBreaks(content: readonly InlineNode[]): InlineNode[] {
  const isText = (node: InlineNode): boolean => node.type === 'text';
  return content.slice(content.findIndex(isText), content.findLastIndex(isText) + 1);
}

const linesOfQuote = (lines: string[]): string[] => lines.map((line) => (line === '' ? '>' : `> ${line}`));

const isEmpty = (block: BlockNode | undefined): boolean =>
  block?.type === 'paragraph' && !block.content?.some(({ type }) => type === 'text');

/** @param markerOf what stands before the item of an index, from 0. */
function linesOfList(
  items: readonly ListItemNode[],
  markerOf: (index: number) => string,
  writing: Writing,
): string[] {
  const written = items.map(({ content }, index) => {
    const marker = markerOf(index);
    const [first = '', ...rest] = linesOfItem(content, writing);
    const indent = ' '.repeat(marker.length + 1);
    return [`${marker} ${first}`.trimEnd(), ...rest.map((line) => (line === '' ? '' : indent + line))];
  });
  const isLoose = written.some((lines) => lines.includes(''));
  return written.flatMap((lines, index) => (isLoose && index > 0 ? ['', ...lines] : lines));
}

/** As any blocks, but that a list of words stands right below its item's paragraph. */
function linesOfItem([first, ...rest]: readonly BlockNode[], { referTo, marker }: Writing): string[] {
  const [second] = rest;
  if (!first) return [];
  if (isEmpty(first)) return linesOfBlocks(rest, { referTo, marker: marker === 0 ? 1 : 0 });
  if (second?.type !== 'bulletList' || isEmpty(second.content[0]?.content[0]))
    return linesOfBlocks([first, ...rest], { referTo });
  return [...linesOfBlocks([first], { referTo }), ...linesOfBlocks(rest, { referTo })];
}
