import type { Token } from 'markdown-it';
import {
  brokenLimit,
  type BlockDocument,
  type BlockNode,
  type InlineNode,
  type ListItemNode,
} from '../block-document.js';
import type { FileReport } from './import-problems.js';
import { inlineFromTokens } from './inline-from-markdown.js';
import { lineOf, parseMarkdown } from './markdown-tokens.js';

/** An open block: what it has gathered so far. */
interface Frame {
  token: Token | null;
  blocks: BlockNode[];
  items: ListItemNode[];
  inline: InlineNode[];
}

/**
 * Markdown as a block document; null, and reported, when it breaks a bound. Tables are reported and left out;
 * headings of another level than 2 and 3 are reported and kept at the nearest of them.
 *
 * @param offset lines of the file before this body.
 */
export function blocksFromMarkdown(body: string, offset: number, report: FileReport): BlockDocument | null {
  const { tokens } = parseMarkdown(body, offset);
  return documentFromBlocks(blocksFromTokens(tokens, offset, report), offset + 1, report);
}

/** A document of these blocks; null, and reported at the line, when it breaks a bound. */
export function documentFromBlocks(
  content: BlockNode[],
  line: number,
  report: FileReport,
): BlockDocument | null {
  const document: BlockDocument = { type: 'doc', content };
  const broken = brokenLimit(document);
  if (broken === null) return document;
  report.error('CONTENT_TOO_LARGE', line, `${broken} This text is left out.`);
  return null;
}

/** Converts a balanced run of block tokens, on a stack of its own: nesting costs no recursion. */
export function blocksFromTokens(tokens: readonly Token[], offset: number, report: FileReport): BlockNode[] {
  const root: Frame = newFrame(null);
  const stack: Frame[] = [root];
  let tableDepth = 0;

  for (const token of tokens) {
    const top = stack.at(-1) ?? root;
    if (token.type === 'table_open') {
      tableDepth += 1;
      if (tableDepth === 1) {
        report.error(
          'TABLE',
          lineOf(token, offset),
          'Tables are not supported and this one is left out; write a list.',
        );
      }
    } else if (token.type === 'table_close') {
      tableDepth -= 1;
    } else if (tableDepth > 0) {
      continue;
    } else if (token.type === 'inline') {
      top.inline = inlineFromTokens(token.children ?? [], lineOf(token, offset), report);
    } else if (token.nesting === 1) {
      stack.push(newFrame(token));
    } else if (token.nesting === -1) {
      stack.pop();
      close(top, stack.at(-1) ?? root, offset, report);
    } else {
      addLeaf(token, top, offset, report);
    }
  }
  return root.blocks;
}

function newFrame(token: Token | null): Frame {
  return { token, blocks: [], items: [], inline: [] };
}

function close(frame: Frame, parent: Frame, offset: number, report: FileReport): void {
  const { token, blocks, items, inline } = frame;
  switch (token?.type) {
    case 'paragraph_open':
      if (inline.length > 0) parent.blocks.push({ type: 'paragraph', content: inline });
      break;
    case 'heading_open':
      if (inline.length > 0) {
        parent.blocks.push({
          type: 'heading',
          attrs: { level: headingLevel(token, offset, report) },
          content: inline,
        });
      }
      break;
    case 'bullet_list_open':
      if (items.length > 0) parent.blocks.push({ type: 'bulletList', content: items });
      break;
    case 'ordered_list_open': {
      const start = Number(token.attrGet('start') ?? 1);
      const attrs = start === 1 ? {} : { attrs: { start } };
      if (items.length > 0) parent.blocks.push({ type: 'orderedList', ...attrs, content: items });
      break;
    }
    case 'list_item_open':
      if (blocks[0]?.type !== 'paragraph') blocks.unshift({ type: 'paragraph' });
      parent.items.push({ type: 'listItem', content: blocks });
      break;
    case 'blockquote_open':
      if (blocks.length > 0) parent.blocks.push({ type: 'blockquote', content: blocks });
      break;
    default:
      if (token) reportUnknown(token, offset, report);
  }
}

function headingLevel(token: Token, offset: number, report: FileReport): 2 | 3 {
  const level = Number(token.tag.slice(1));
  if (level === 2 || level === 3) return level;
  const nearest = level < 2 ? 2 : 3;
  report.warning(
    'HEADING_LEVEL',
    lineOf(token, offset),
    `Headings have two or three "#"; this one has ${level} and becomes level ${nearest}. The title is in the front matter.`,
  );
  return nearest;
}

function addLeaf(token: Token, frame: Frame, offset: number, report: FileReport): void {
  if (token.type === 'hr') {
    frame.blocks.push({ type: 'horizontalRule' });
  } else if (token.type === 'fence' || token.type === 'code_block') {
    const text = token.content.replace(/\n+$/, '');
    const language = /^[A-Za-z0-9+#._-]{1,30}$/.exec(token.info.trim().split(/\s/, 1)[0] ?? '')?.[0];
    const attrs = language === undefined ? {} : { attrs: { language } };
    if (text !== '') frame.blocks.push({ type: 'codeBlock', ...attrs, content: [{ type: 'text', text }] });
  } else {
    reportUnknown(token, offset, report);
  }
}

function reportUnknown(token: Token, offset: number, report: FileReport): void {
  report.error('BLOCK_UNKNOWN', lineOf(token, offset), `"${token.type}" is not supported and is left out.`);
}
