import { defineRefusals } from '../../platform/errors.js';
import type { BlockDocument, BlockNode } from '../catalog/block-document.js';

export const commentRefusals = defineRefusals({
  COMMENT_BLOCK_UNKNOWN: {
    en: 'This part of the lesson is no longer there. Load the page again and choose another.',
    fr: 'Cette partie de la leçon n’existe plus. Rechargez la page et choisissez-en une autre.',
    field: 'blockIndex',
  },
});

/** In characters: enough to know a block again, and to recognize it by eye. */
const EXCERPT = 120;

/** How a block begins, in words: its text, or what a picture, a video or a file is called. */
export function excerptOf(block: BlockNode): string {
  const words: string[] = [];
  let length = 0;
  const open: unknown[] = [block];
  for (let node = open.pop(); node !== undefined && length < EXCERPT; node = open.pop()) {
    const { text, attrs, content } = node as {
      text?: string;
      attrs?: { alt?: string; title?: string; name?: string; caption?: string };
      content?: unknown[];
    };
    const said = text ?? attrs?.alt ?? attrs?.title ?? attrs?.name;
    const shown = said === '' ? (attrs?.caption ?? '') : said;
    if (shown) {
      words.push(shown);
      length += shown.length;
    }
    open.push(...[...(content ?? [])].reverse());
  }
  return [...words.join(' ').replace(/\s+/g, ' ').trim()].slice(0, EXCERPT).join('');
}

export const excerptsOf = (document: BlockDocument | null): string[] =>
  (document?.content ?? []).map(excerptOf);

/**
 * Where a block is now that began like this and stood there: the nearest that begins the same; else the one in its place, if at least
 * half of its words are still there; else null.
 */
export function findBlock(
  excerpts: readonly string[],
  was: { blockIndex: number | null; excerpt: string },
): number | null {
  const { blockIndex, excerpt } = was;
  if (blockIndex === null) return null;
  const distance = (index: number): number => Math.abs(index - blockIndex);
  const same = excerpts.flatMap((each, index) => (each === excerpt ? [index] : []));
  if (same.length > 0) return same.reduce((a, b) => (distance(b) < distance(a) ? b : a));
  const inItsPlace = excerpts[blockIndex];
  return inItsPlace !== undefined && sharedWords(excerpt, inItsPlace) >= 0.5 ? blockIndex : null;
}

/** Share of the words of the one that are in the other, 0 to 1. */
function sharedWords(one: string, other: string): number {
  const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const there = new Set(wordsOf(other));
  const words = wordsOf(one);
  return words.length === 0 ? 0 : words.filter((word) => there.has(word)).length / words.length;
}
