/** A search is what one types, not a text that is pasted. */
const MOST_CHARACTERS = 200;
const MOST_WORDS = 20;

/** What PostgreSQL puts around a word that was found: private characters, which `searchable_text` leaves in no text. */
export const MARK_START = '\ue000';
export const MARK_END = '\ue001';

/** A piece of an excerpt. */
export interface ExcerptPart {
  text: string;
  highlighted: boolean;
}

/**
 * The words of what somebody typed, in lower case: letters and digits and nothing else, so that no sign in it can mean anything to
 * PostgreSQL. Single letters are left out (`l’entreprise`). Empty when there is nothing to search for.
 */
export function searchWords(typed: string): string[] {
  const words = typed
    .slice(0, MOST_CHARACTERS)
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{M}\p{N}]+/u);
  return [...new Set(words.filter((word) => word.length > 1 || /\p{N}/u.test(word)))].slice(0, MOST_WORDS);
}

/** Takes the marks out of an excerpt, with apostrophes set as in print. Null when nothing in it is marked. */
export function excerptParts(marked: string): ExcerptPart[] | null {
  if (!marked.includes(MARK_START)) return null;
  const printed = marked.replace(/\s+/g, ' ').replace(/(?<=\p{L})'(?=[\p{L}\ue000])/gu, '’');
  return printed
    .split(/(\ue000[^\ue001]*\ue001)/)
    .map((text) =>
      text.startsWith(MARK_START)
        ? { text: text.slice(1, -1), highlighted: true }
        : { text, highlighted: false },
    )
    .filter(({ text }) => text !== '');
}
