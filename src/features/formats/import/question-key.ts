/** Keys of options by their place: a, b, ... z, o27, o28, ... */
export const optionKey = (index: number): string =>
  index < 26 ? String.fromCharCode('a'.charCodeAt(0) + index) : `o${index + 1}`;

/** The text of an option, and the key that it ends with: `text {#key}`. */
export function endingKey(source: string): { text: string; key: string | null } {
  const [whole, key] = /(?:^|\s)\{#([^\s{}]{1,200})\}\s*$/.exec(source) ?? [];
  return whole === undefined || key === undefined
    ? { text: source, key: null }
    : { text: source.slice(0, source.length - whole.length), key };
}

/** The text of a question's heading, and the key that it ends with. */
export function headingKey(source: string): { text: string; key: string | null } {
  const end = source.trimEnd();
  const start = end.endsWith('}') ? end.lastIndexOf('{#') : -1;
  if (start === -1 || end[start - 1] === '\\') return { text: end, key: null };
  return { text: end.slice(0, start).trimEnd(), key: end.slice(start + 2, -1).trim() };
}
