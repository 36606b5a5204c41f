/** A text without what a hurried thumb gets wrong: case, accents, ligatures, kinds of apostrophe, spaces. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/ß/g, 'ss')
    .replace(/[‘’ʼ]/g, "'")
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether a text is the pattern, both {@link foldText folded}; `*` stands for any text, also for none. */
export function matchesText(pattern: string, text: string): boolean {
  const [first = '', ...rest] = foldText(pattern).split('*');
  const folded = foldText(text);
  const last = rest.pop();
  if (last === undefined) return folded === first;
  if (!folded.startsWith(first) || folded.length < first.length + last.length || !folded.endsWith(last))
    return false;
  // Taking each part where it first comes leaves the most for those after it: no pattern makes this slow.
  let from = first.length;
  const end = folded.length - last.length;
  for (const part of rest) {
    const at = folded.indexOf(part, from);
    if (at === -1 || at + part.length > end) return false;
    from = at + part.length;
  }
  return true;
}
