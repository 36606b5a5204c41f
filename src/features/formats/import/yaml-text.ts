/** Signs that a YAML reader or an editor takes for the end of a line, for nothing or for damage. */
const UNSEEN = /[\u007f-\u009f\u2028\u2029\uFEFF\uFFFD]/g;

/** A text as YAML, in double quotes on one line. */
export const yamlText = (text: string): string =>
  JSON.stringify(text).replace(UNSEEN, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A field of text as lines of YAML: its own lines where they can stand as they are, else in quotes. */
export function textLines(field: string, text: string): string[] {
  const lines = text.split('\n');
  const isPlain = lines.every(
    (line) =>
      line === '' ||
      /^[^\s\p{Cc}\uFEFF\uFFFD\u2028\u2029](?:[^\p{Cc}\uFFFD\uFEFF\u2028\u2029]*\S)?$/u.test(line),
  );
  if (lines.length === 1 || !isPlain || lines[0] === '' || lines.at(-1) === '')
    return [`${field}: ${yamlText(text)}`];
  return [`${field}: |-`, ...lines.map((line) => (line === '' ? '' : `  ${line}`))];
}
