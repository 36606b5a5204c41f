import type { Token } from 'markdown-it';
import { isSafeHref, type InlineNode, type Mark } from '../block-document.js';
import { quoted, type FileReport } from './import-problems.js';

// No part of these patterns can be matched over a further "<", which keeps them linear on hostile text.
const TAG = /<!--[^<>]*-->|<\/?[A-Za-z][A-Za-z0-9-]*(?:[\s/][^<>]*)?>/g;
const TAG_START = /<!--|<\/?[A-Za-z][A-Za-z0-9-]*(?:[\s/>]|$)/;

/**
 * The inline part of a paragraph or heading. Images and HTML tags are reported and left out, their surroundings
 * stay; a refused link and a strikethrough are reported and keep their text.
 *
 * @param line 1-based line of the first character.
 */
export function inlineFromTokens(tokens: readonly Token[], line: number, report: FileReport): InlineNode[] {
  const nodes: InlineNode[] = [];
  // Counted rather than stacked: hostile text nests emphasis by the thousand, and a mark may stand only once.
  const open = { bold: 0, italic: 0 };
  let href: string | null = null;
  let at = line;
  let written = '';
  let tagsFound = false;

  for (const token of tokens) {
    switch (token.type) {
      case 'text': {
        const withoutTags = token.content.replace(TAG, '');
        if (withoutTags !== token.content && !tagsFound) {
          tagsFound = true;
          const tag = token.content.match(TAG)?.[0] ?? '<';
          report.error(
            'HTML',
            at,
            `HTML (${quoted(tag)}) is left out, its text stays; use Markdown, or write "\\<".`,
          );
        }
        written += withoutTags;
        addText(nodes, withoutTags, marksOf(open, href, false));
        break;
      }
      case 'text_special':
        written += '\u0001';
        addText(nodes, token.content, marksOf(open, href, false));
        break;
      case 'code_inline':
        written += '\u0001';
        addText(nodes, token.content, marksOf(open, href, true));
        break;
      case 'softbreak':
        at += 1;
        written += ' ';
        addText(nodes, ' ', marksOf(open, href, false));
        break;
      case 'hardbreak':
        at += 1;
        nodes.push({ type: 'hardBreak' });
        break;
      case 'strong_open':
      case 'strong_close':
        open.bold += token.nesting;
        break;
      case 'em_open':
      case 'em_close':
        open.italic += token.nesting;
        break;
      case 'link_open': {
        const target = String(token.attrGet('href') ?? '');
        if (isSafeHref(target)) href = target;
        else report.warning('LINK_REFUSED', at, refusedLinkMessage(target));
        break;
      }
      case 'link_close':
        href = null;
        break;
      case 'image':
        report.error(
          'IMAGE',
          at,
          `The image ${quoted(token.content)} is left out: a course holds text only. Describe it.`,
        );
        break;
      case 's_open':
        report.warning(
          'STRIKETHROUGH',
          at,
          'Strikethrough is not supported; its text is kept plain. Remove the "~~".',
        );
        break;
      case 's_close':
        break;
      default:
        report.error('BLOCK_UNKNOWN', at, `${quoted(token.type)} is not supported and is left out.`);
    }
  }
  // A tag cut in two by emphasis or a comment over several lines: it stays as the letters it is, and is told.
  if (!tagsFound && TAG_START.test(written)) {
    report.warning(
      'HTML',
      line,
      'This looks like HTML and is shown as it stands; remove it, or write "\\<" if it is meant.',
    );
  }
  return trimmed(nodes);
}

function refusedLinkMessage(href: string): string {
  return `The link to ${quoted(href)} is dropped, its text stays; write an absolute https://, http:// or mailto: address.`;
}

function marksOf(open: { bold: number; italic: number }, href: string | null, code: boolean): Mark[] {
  const marks: Mark[] = [];
  if (href !== null) marks.push({ type: 'link', attrs: { href } });
  if (open.bold > 0) marks.push({ type: 'bold' });
  if (open.italic > 0) marks.push({ type: 'italic' });
  if (code) marks.push({ type: 'code' });
  return marks;
}

function addText(nodes: InlineNode[], text: string, marks: Mark[]): void {
  if (text === '') return;
  const last = nodes.at(-1);
  if (last?.type === 'text' && sameMarks(last.marks ?? [], marks)) last.text += text;
  else nodes.push(marks.length === 0 ? { type: 'text', text } : { type: 'text', text, marks });
}

function sameMarks(a: readonly Mark[], b: readonly Mark[]): boolean {
  return a.length === b.length && JSON.stringify(a) === JSON.stringify(b);
}

/** Without white space or breaks at either end, and without runs that only held them. */
function trimmed(nodes: InlineNode[]): InlineNode[] {
  const result = [...nodes];
  for (const [edge, trim] of [
    [0, (text: string) => text.trimStart()],
    [-1, (text: string) => text.trimEnd()],
  ] as const) {
    for (let node = result.at(edge); node !== undefined; node = result.at(edge)) {
      const text = node.type === 'text' ? trim(node.text) : '';
      if (node.type === 'text' && text !== '') {
        result[edge === 0 ? 0 : result.length - 1] = { ...node, text };
        break;
      }
      if (edge === 0) result.shift();
      else result.pop();
    }
  }
  return result;
}
