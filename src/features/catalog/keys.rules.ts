const PATTERN = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
/** Longest key: what a file name of an import may hold. */
const MAX_KEY_LENGTH = 64;
/** Leaves room for a number behind. */
const MAX_STEM_LENGTH = MAX_KEY_LENGTH - 6;
const MAX_SLUG_LENGTH = 80;

/** Latin letters that are no letter with an accent. */
const LETTERS: Record<string, string> = { œ: 'oe', æ: 'ae', ß: 'ss', ø: 'o', đ: 'd', ł: 'l' };

/** True for lowercase ASCII letters and digits in hyphenated groups, at most 64 characters. */
export const isKey = (text: string): boolean => text.length <= MAX_KEY_LENGTH && PATTERN.test(text);

/** True for what may be a course's address: as a key, but at most 80 characters. */
export const isSlug = (text: string): boolean => text.length <= MAX_SLUG_LENGTH && PATTERN.test(text);

/**
 * A title as a key or an address: lower case, digits and hyphens, cut between words. What is a key already stays as it is.
 * @param otherwise what to use where a title has none of those, as in Arabic.
 */
export function keyFromTitle(title: string, otherwise: string): string {
  if (isKey(title)) return title;
  const words = title
    .toLowerCase()
    .replace(/[œæßøđł]/g, (letter) => LETTERS[letter]!)
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
  let stem = '';
  for (const word of words) {
    const longer = stem ? `${stem}-${word}` : word.slice(0, MAX_STEM_LENGTH);
    if (longer.length > MAX_STEM_LENGTH) break;
    stem = longer;
  }
  return stem || otherwise;
}

/** The key itself, or else with the lowest number behind that makes it one that is not taken. */
export function freeKey(key: string, taken: ReadonlySet<string>): string {
  if (!taken.has(key)) return key;
  for (let number = 2; ; number += 1) {
    const numbered = withNumber(key, number);
    if (!taken.has(numbered)) return numbered;
  }
}

const withNumber = (key: string, number: number): string =>
  `${key.slice(0, MAX_STEM_LENGTH).replace(/-$/, '')}-${number}`;

/** Gives out keys, each once. */
export class UniqueKeys {
  private readonly taken = new Set<string>();
  /** The number to try next, by key: a bank may hold thousands of one title. */
  private readonly next = new Map<string, number>();

  /** @param otherwise see {@link keyFromTitle}. */
  of(title: string, otherwise: string): string {
    const stem = keyFromTitle(title, otherwise);
    let key = stem;
    for (let number = this.next.get(stem) ?? 2; this.taken.has(key); number += 1) {
      key = withNumber(stem, number);
      this.next.set(stem, number + 1);
    }
    this.taken.add(key);
    return key;
  }
}
