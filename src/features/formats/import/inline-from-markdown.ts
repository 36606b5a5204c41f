import type { Token } from 'markdown-it';
import { isSafeHref, type InlineNode, type Mark } from '../../catalog/block-document.js';
import { quoted, type FileReport } from './import-problems.js';

// No part of these patterns can be matched over a further "<", which keeps them linear on hostile text.
const TAG = /<!--[^<>]*-->|<\/?[A-Za-z][A-Za-z0-9-]*(?:[\s/][^<>]*)?>/g;
const TAG_START = /<!--|<\/?[A-Za-z][A-Za-z0-9-]*(?:[\s/>]|$)/;

/** A run as it was written; null is a hard break. White space that is `meant`, an entity or code, stays at an edge too. */
type Piece = { text: string; marks: Mark[]; meant: boolean } | null;

/**
 * The inline part of a paragraph or heading. Images and HTML tags are reported and left out, their surroundings
 * stay; a refused link and a strikethrough are reported and keep their text.
 *
 * @param line 1-based line of the first character.
 */
export function inlineFromTokens(tokens: readonly Token[], line: number, report: FileReport): InlineNode[] {
  const pieces: Piece[] = [];
  // Counted rather than stacked: hostile text nests emphasis by the thousand, and a mark may stand only once.
  const open = { bold: 0, italic: 0 };
  let href: string | null = null;
  let at = line;
  let written = '';
  let tagsFound = false;
  const add = (text: string, meant: boolean, code = false): void => {
    written += meant ? '\u0001' : text;
    pieces.push({ text, marks: marksOf(open, href, code), meant });
  };

  for (const token of tokens) {
    switch (token.type) {
      case 'text': {
        const withoutTags = token.content.replace(TAG, '');
        if (withoutTags !== token.content && !tagsFound) {
          tagsFound = true;
          reportTag(token.content.match(TAG)?.[0] ?? '<', at, report);
        }
        add(withoutTags, false);
        break;
      }
      case 'text_special':
        add(token.content, true);
        break;
      case 'code_inline':
        add(token.content, true, true);
        break;
      case 'softbreak':
        at += 1;
        add(' ', false);
        break;
      case 'hardbreak':
        at += 1;
        pieces.push(null);
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
        else reportLink(target, at, report);
        break;
      }
      case 'link_close':
        href = null;
        break;
      case 'image':
        report.error('IMAGE', at, {
          en: `The image ${quoted(token.content)} is left out: here only text may stand. Put it below, on a line of its own.`,
          fr: `L’image ${quoted(token.content)} est laissée de côté : seul du texte peut se trouver ici. Mettez-la plus bas, seule sur sa ligne.`,
        });
        break;
      case 's_open':
        report.warning('STRIKETHROUGH', at, {
          en: 'Strikethrough is not supported; its text is kept plain. Remove the "~~".',
          fr: 'Le texte barré n’est pas pris en charge ; il est gardé comme texte simple. Retirez les « ~~ ».',
        });
        break;
      case 's_close':
        break;
      default:
        report.error('BLOCK_UNKNOWN', at, {
          en: `${quoted(token.type)} is not supported and is left out.`,
          fr: `${quoted(token.type)} n’est pas pris en charge et est laissé de côté.`,
        });
    }
  }
  // A tag cut in two by emphasis or a comment over several lines: it stays as the letters it is, and is told.
  if (!tagsFound && TAG_START.test(written)) {
    report.warning('HTML', line, {
      en: 'This looks like HTML and is shown as it stands; remove it, or write "\\<" if it is meant.',
      fr: 'Ceci ressemble à du HTML et est affiché tel quel ; retirez-le, ou écrivez « \\< » si c’est voulu.',
    });
  }
  return nodesOf(trimmed(pieces));
}

function reportTag(tag: string, at: number, report: FileReport): void {
  report.error('HTML', at, {
    en: `HTML (${quoted(tag)}) is left out, its text stays; use Markdown, or write "\\<".`,
    fr: `Le HTML (${quoted(tag)}) est laissé de côté, son texte reste ; écrivez en Markdown, ou écrivez « \\< ».`,
  });
}

function reportLink(href: string, at: number, report: FileReport): void {
  report.warning('LINK_REFUSED', at, {
    en: `The link to ${quoted(href)} is dropped, its text stays; write an absolute https://, http:// or mailto: address.`,
    fr: `Le lien vers ${quoted(href)} est retiré, son texte reste ; écrivez une adresse complète https://, http:// ou mailto:.`,
  });
}

function marksOf(open: { bold: number; italic: number }, href: string | null, code: boolean): Mark[] {
  const marks: Mark[] = [];
  if (href !== null) marks.push({ type: 'link', attrs: { href } });
  if (open.bold > 0) marks.push({ type: 'bold' });
  if (open.italic > 0) marks.push({ type: 'italic' });
  if (code) marks.push({ type: 'code' });
  return marks;
}

/** Without white space or breaks at either end that nobody meant. */
function trimmed(pieces: readonly Piece[]): Piece[] {
  const result = [...pieces];
  for (const [edge, trim] of [
    [0, (text: string) => text.trimStart()],
    [-1, (text: string) => text.trimEnd()],
  ] as const) {
    while (result.length > 0) {
      const piece = result.at(edge) ?? null;
      if (piece?.meant === true && piece.text !== '') break;
      const text = piece === null ? '' : trim(piece.text);
      if (piece !== null && text !== '') {
        result[edge === 0 ? 0 : result.length - 1] = { ...piece, text };
        break;
      }
      if (edge === 0) result.shift();
      else result.pop();
    }
  }
  return result;
}

/** Neighbors with the same marks as one run. */
function nodesOf(pieces: readonly Piece[]): InlineNode[] {
  const nodes: InlineNode[] = [];
  for (const piece of pieces) {
    const last = nodes.at(-1);
    if (piece === null) nodes.push({ type: 'hardBreak' });
    else if (piece.text === '') continue;
    else if (last?.type === 'text' && sameMarks(last.marks ?? [], piece.marks)) last.text += piece.text;
    else
      nodes.push({ type: 'text', text: piece.text, ...(piece.marks.length > 0 && { marks: piece.marks }) });
  }
  return nodes;
}

function sameMarks(a: readonly Mark[], b: readonly Mark[]): boolean {
  return a.length === b.length && JSON.stringify(a) === JSON.stringify(b);
}
