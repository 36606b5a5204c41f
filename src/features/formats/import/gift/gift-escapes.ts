/** Characters that mean something in GIFT when no backslash stands before them. */
const CONTROLS = '\\~=#{}:';
/** Unicode noncharacters, which no text holds: a placeholder for each escaped control character, and one for `\n`. */
const FIRST = 0xfdd0;
const BREAK = String.fromCharCode(FIRST + CONTROLS.length);
const PLACEHOLDERS = new RegExp(
  `[\\u{${FIRST.toString(16)}}-\\u{${(FIRST + CONTROLS.length - 1).toString(16)}}]`,
  'gu',
);

const hide = (character: string) => String.fromCharCode(FIRST + CONTROLS.indexOf(character));

/** With placeholders for escaped characters, and for those in the attributes of HTML, which people forget to escape. */
export function hideEscapes(text: string): string {
  return text
    .replace(/[\uFDD0-\uFDEF]/g, '')
    .replace(/\\([\\~=#{}:n])/g, (_all, character: string) => (character === 'n' ? BREAK : hide(character)))
    .replace(/<[a-z][^<>]{0,5000}>/gi, (tag) =>
      tag.replace(/=\s*(?:"[^"]*"|'[^']*')/g, (attribute) => attribute.replace(/[~=#{}:]/g, hide)),
    );
}

/** The text that was meant. */
export function showEscapes(text: string): string {
  return text
    .replace(PLACEHOLDERS, (placeholder) => CONTROLS[placeholder.charCodeAt(0) - FIRST]!)
    .replaceAll(BREAK, '\n');
}

/** Ready to stand anywhere in a GIFT file; on one line, so that an empty line in it does not end the question. */
export function escapeGift(text: string): string {
  return text.replace(/[\\~=#{}:]/g, '\\$&').replace(/\r\n?|\n/g, '\\n');
}
