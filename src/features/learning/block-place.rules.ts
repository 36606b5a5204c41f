import { plainText, type BlockDocument } from '../catalog/block-document.js';

/** Of the words by which a place is known, in UTF-16 units. */
const MOST_WORDS = 120;

/**
 * Where a place in a text is in another version of that text. Blocks have no ids, but a published text never changes: the block is
 * the one that says the same; else it is as far behind the nearest earlier block that does as it was. Of several that say the same,
 * the nearest one.
 * @param block of the outermost blocks of `from`, from 0
 * @returns that of `to`; 0 where it has none
 */
export function followBlock(from: BlockDocument, block: number, to: BlockDocument): number {
  const last = Math.max(0, to.content.length - 1);
  const said = to.content.map((each) => JSON.stringify(each));
  for (let at = Math.min(block, from.content.length - 1); at >= 0; at -= 1) {
    const wanted = JSON.stringify(from.content[at]);
    const found = said
      .flatMap((each, index) => (each === wanted ? [index] : []))
      .reduce<number | null>(
        (best, index) => (best === null || Math.abs(index - at) < Math.abs(best - at) ? index : best),
        null,
      );
    if (found !== null) return Math.min(found + block - at, last);
  }
  return Math.min(block, last);
}

/** The words that a block begins with, 120 characters at most; null where it says nothing, as a line does. */
export function wordsAt(text: BlockDocument, block: number): string | null {
  const found = text.content[block];
  const words = found
    ? plainText({ type: 'doc', content: [found] })
        .replace(/\s+/g, ' ')
        .trim()
    : '';
  if (words.length <= MOST_WORDS) return words || null;
  const cut = words.slice(0, MOST_WORDS).replace(/[\uD800-\uDBFF]$/, '');
  return `${cut.replace(/\s\S*$/, '') || cut}…`;
}
