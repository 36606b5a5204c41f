import type { InlineNode, Mark } from '../../catalog/block-document.js';

/**
 * One piece of a line. `text` is the source of one character, written as itself, escaped or as an entity; `open` and `close` are
 * delimiters of emphasis, which Markdown reads as such only between the right neighbors; `solid` is all other source.
 */
interface Piece {
  kind: 'text' | 'open' | 'close' | 'solid';
  source: string;
}

/** From the outside in: the order that the reader gives them back in. */
const MARK_ORDER: readonly Mark['type'][] = ['link', 'bold', 'italic', 'code'];

const WORD = /^[\p{L}\p{N}]/u;

/**
 * A paragraph's or heading's content as Markdown, such that {@link inlineFromTokens} reads the same again.
 * @returns its lines; there are more than one where it has hard breaks.
 */
export function linesOfInline(nodes: readonly InlineNode[]): string[] {
  const lines: Piece[][] = [[]];
  let open: Mark[] = [];
  const goOn = (marks: Mark[]): void => {
    const line = lines.at(-1)!;
    let kept = 0;
    while (kept < Math.min(open.length, marks.length) && isSame(open[kept]!, marks[kept]!)) kept += 1;
    for (const mark of open.slice(kept).reverse()) line.push(closing(mark));
    for (const mark of marks.slice(kept)) line.push(opening(mark));
    open = marks;
  };
  for (const node of nodes) {
    if (node.type === 'hardBreak') {
      goOn([]);
      lines.push([]);
      continue;
    }
    const marks = MARK_ORDER.flatMap((type) => (node.marks ?? []).filter((mark) => mark.type === type));
    const isCode = marks.at(-1)?.type === 'code';
    goOn(isCode ? marks.slice(0, -1) : marks);
    lines
      .at(-1)!
      .push(...(isCode ? [codeSpan(node.text.replace(/\r\n?|\n/g, ' '))] : charactersOf(node.text)));
  }
  goOn([]);
  const sources = lines.map((line) => notDefining(escapedStart(joined(line)), line));
  return sources.map((source, index) => (index < sources.length - 1 ? `${source}\\` : source));
}

/** Plain text as Markdown on one line. */
export const lineOfText = (text: string): string =>
  text === '' ? '' : linesOfInline([{ type: 'text', text }])[0]!;

const isSame = (a: Mark, b: Mark): boolean =>
  a.type === b.type && (a.type !== 'link' || b.type !== 'link' || a.attrs.href === b.attrs.href);

function opening({ type }: Mark): Piece {
  if (type === 'link') return { kind: 'solid', source: '[' };
  return { kind: 'open', source: type === 'bold' ? '**' : '_' };
}

function closing(mark: Mark): Piece {
  if (mark.type !== 'link') return { kind: 'close', source: mark.type === 'bold' ? '**' : '_' };
  const href = mark.attrs.href.replace(/&(?=#?\w+;)/g, '&amp;');
  return { kind: 'solid', source: /[()]/.test(href) ? `](<${href}>)` : `](${href})` };
}

/** Between more backticks than it holds; spaces are added where Markdown would take away one of its own. */
function codeSpan(text: string): Piece {
  const fence = '`'.repeat(longestRun(text) + 1);
  const isPadded = /^`|`$/.test(text) || (/^ .* $/s.test(text) && /[^ ]/.test(text));
  return { kind: 'solid', source: fence + (isPadded ? ` ${text} ` : text) + fence };
}

/** Length of the longest run of backticks. */
export const longestRun = (text: string): number =>
  Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));

function charactersOf(text: string): Piece[] {
  return [...text].map((character, index, all) => {
    const next = all[index + 1];
    return {
      kind: 'text',
      source: isMarkup(character, all[index - 1], next) ? `\\${character}` : plain(character),
    };
  });
}

/** Letters, spaces and signs that mean nothing stand as they are; what would end a line does not. */
const plain = (character: string): string =>
  /[\n\r\t\f\v\uFFFD]/.test(character) ? entity(character) : character;

const entity = (character: string): string => `&#${character.codePointAt(0)!};`;

/** Whether Markdown would take a character for more than itself. `undefined` is the end of a run of text. */
function isMarkup(character: string, before: string | undefined, after: string | undefined): boolean {
  switch (character) {
    case '\\':
    case '`':
    case '*':
    case '[':
    case ']':
      return true;
    case '_':
      return !(before && after && WORD.test(before) && WORD.test(after));
    case '<':
      return after === undefined || !/[\s\d]/.test(after);
    case '&':
      return after !== undefined && /[#\w]/.test(after);
    case '~':
      return before === undefined || after === undefined || before === '~' || after === '~';
    default:
      return false;
  }
}

/** The pieces in a row, with entities where emphasis would not be read, or the edge of a line would be cut off. */
function joined(line: Piece[]): string {
  const pieces = line.map((piece) => ({ ...piece }));
  const texts = pieces.filter(({ kind, source }) => kind === 'text' || source.startsWith('`'));
  for (const edge of [texts[0], texts.at(-1)]) writeAsEntity(edge, isSpace);
  pieces.forEach((piece, index) => {
    const next = pieces[index + 1];
    if (piece.source === '!' && next?.kind === 'solid') piece.source = '\\!'; // or a link would become an image
    if (piece.kind !== 'open' && piece.kind !== 'close') return;
    const [inside, outside] = (piece.kind === 'open' ? [1, -1] : [-1, 1]).map((step) => pieces[index + step]);
    writeAsEntity(inside, isSpace);
    // Within a word, `_` is a letter; and `**` stands at a word's edge unless it stands against a sign.
    if (piece.source === '_' || !isWord(inside)) writeAsEntity(outside, (source) => !/^\s$/.test(source));
  });
  return pieces.map(({ source }) => source).join('');
}

const isSpace = (source: string): boolean => /^\s$/.test(source);

const isWord = (piece: Piece | undefined): boolean => piece?.kind === 'text' && WORD.test(piece.source);

/** A character as an entity, which begins and ends with a sign. Escaped ones, which begin and end with one too, stay. */
function writeAsEntity(piece: Piece | undefined, when: (source: string) => boolean): void {
  if (piece?.kind !== 'text' || /^[\\&]./.test(piece.source) || !when(piece.source)) return;
  if (!/^[!-/:-@[-`{-~]$/.test(piece.source)) piece.source = entity(piece.source);
}

/**
 * Keeps a link over code such as `]:` from being read as the definition of a link, where nothing can be escaped: a link to the
 * same place that holds nothing, and so shows nothing, stands before it.
 */
const notDefining = (source: string, line: readonly Piece[]): string =>
  /^\[(?:\\.|[^[\]\\])*\]:/.test(source)
    ? `[${line.find((piece) => piece.source.startsWith(']('))!.source}${source}`
    : source;

/** Keeps a line of text from being read as a heading, a list, a quotation, a rule or the row of a table. */
const escapedStart = (line: string): string =>
  line
    .replace(/^(?=#{1,6}(?:\s|$)|>|[-+](?:\s|$)|[-=:|][-=:|\s]*$|~|:::)/, '\\')
    .replace(/^(\d{1,9})(?=[.)](?:\s|$))/, '$1\\');
