import type { Token } from 'markdown-it';
import {
  brokenLimit,
  type BlockDocument,
  type BlockNode,
  type InlineNode,
  type ListItemNode,
} from '../../catalog/block-document.js';
import type { FileReport } from './import-problems.js';
import { inlineFromTokens } from './inline-from-markdown.js';
import { mediaFromDirective } from './directive-from-markdown.js';
import { lineOf, parseMarkdown, type MarkdownPlace } from './markdown-tokens.js';
import { toneOf } from './markdown-syntax.js';
import { noFiles, type MediaFiles } from './media-files.js';
import { partsOfParagraph } from './media-from-markdown.js';

/** An open block: what it has gathered so far. */
interface Frame {
  token: Token | null;
  blocks: BlockNode[];
  items: ListItemNode[];
  inline: InlineNode[];
}

interface Reading extends MarkdownPlace {
  report: FileReport;
}

/**
 * Markdown as a block document; null, and reported, when it breaks a bound. Tables are reported and left out;
 * headings of another level than 2 and 3 are reported and kept at the nearest of them.
 *
 * @param offset lines of the file before this body.
 * @param media the files that it may show.
 */
export function blocksFromMarkdown(
  body: string,
  offset: number,
  report: FileReport,
  media: MediaFiles = noFiles,
): BlockDocument | null {
  const { tokens } = parseMarkdown(body, offset, media);
  return documentFromBlocks(blocksFromTokens(tokens, { offset, media }, report), offset + 1, report);
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
  report.error('CONTENT_TOO_LARGE', line, {
    en: `${broken} This text is left out.`,
    fr: 'Ce texte est trop long, a trop de parties ou des listes et citations trop imbriquées, et il est laissé de côté. Coupez-le en deux.',
  });
  return null;
}

/** Converts a balanced run of block tokens, on a stack of its own: nesting costs no recursion. */
export function blocksFromTokens(
  tokens: readonly Token[],
  { offset, media }: MarkdownPlace,
  report: FileReport,
): BlockNode[] {
  const reading: Reading = { offset, media, report };
  const root: Frame = newFrame(null);
  const stack: Frame[] = [root];
  let tableDepth = 0;

  for (const token of tokens) {
    const top = stack.at(-1) ?? root;
    if (token.type === 'table_open') {
      tableDepth += 1;
      if (tableDepth === 1) {
        report.error('TABLE', lineOf(token, offset), {
          en: 'Tables are not supported and this one is left out; write a list.',
          fr: 'Les tableaux ne sont pas pris en charge et celui-ci est laissé de côté ; écrivez une liste.',
        });
      }
    } else if (token.type === 'table_close') {
      tableDepth -= 1;
    } else if (tableDepth > 0) {
      continue;
    } else if (token.type === 'inline') {
      if (top.token?.type === 'paragraph_open') addParagraph(token, top, reading);
      else top.inline = inlineFromTokens(token.children ?? [], lineOf(token, offset), report);
    } else if (token.nesting === 1) {
      stack.push(newFrame(token));
    } else if (token.nesting === -1) {
      stack.pop();
      close(top, stack.at(-1) ?? root, reading);
    } else {
      addLeaf(token, top, reading);
    }
  }
  return root.blocks;
}

function newFrame(token: Token | null): Frame {
  return { token, blocks: [], items: [], inline: [] };
}

function addParagraph(token: Token, frame: Frame, { offset, media, report }: Reading): void {
  for (const part of partsOfParagraph(token.children ?? [], lineOf(token, offset), media, report)) {
    if ('type' in part) frame.blocks.push(part);
    else {
      const content = inlineFromTokens(part.tokens, part.line, report);
      if (content.length > 0) frame.blocks.push({ type: 'paragraph', content });
    }
  }
}

function close(frame: Frame, parent: Frame, { offset, report }: Reading): void {
  const { token, blocks, items, inline } = frame;
  switch (token?.type) {
    case 'paragraph_open':
      parent.blocks.push(...blocks);
      break;
    case 'callout_open':
      if (blocks.length > 0)
        parent.blocks.push({ type: 'callout', attrs: { tone: toneOf(token) }, content: blocks });
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
  report.warning('HEADING_LEVEL', lineOf(token, offset), {
    en: `Headings have two or three "#"; this one has ${level} and becomes level ${nearest}. The title is in the front matter.`,
    fr: `Les intertitres ont deux ou trois « # » ; celui-ci en a ${level} et passe au niveau ${nearest}. Le titre est en tête du fichier.`,
  });
  return nearest;
}

function addLeaf(token: Token, frame: Frame, { offset, media, report }: Reading): void {
  if (token.type === 'hr') {
    frame.blocks.push({ type: 'horizontalRule' });
  } else if (token.type === 'fence' || token.type === 'code_block') {
    const text = token.content.replace(/\n$/, '');
    const language = /^[A-Za-z0-9+#._-]{1,30}$/.exec(token.info.trim().split(/\s/, 1)[0] ?? '')?.[0];
    const attrs = language === undefined ? {} : { attrs: { language } };
    if (text !== '') frame.blocks.push({ type: 'codeBlock', ...attrs, content: [{ type: 'text', text }] });
  } else if (token.type === 'directive') {
    const node = mediaFromDirective(token, lineOf(token, offset), media, report);
    if (node) frame.blocks.push(node);
  } else {
    reportUnknown(token, offset, report);
  }
}

function reportUnknown(token: Token, offset: number, report: FileReport): void {
  report.error('BLOCK_UNKNOWN', lineOf(token, offset), {
    en: `"${token.type}" is not supported and is left out.`,
    fr: `« ${token.type} » n’est pas pris en charge et est laissé de côté.`,
  });
}
