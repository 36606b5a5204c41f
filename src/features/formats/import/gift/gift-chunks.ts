/** One question, category or comment of a GIFT file. */
export interface GiftChunk {
  /** Of its first line that is no comment; 1-based. */
  line: number;
  /** Without comments, whose lines are empty, so that lines can be counted. */
  text: string;
  /** Without the two slashes. */
  comments: string[];
}

interface Lines {
  line: number;
  lines: string[];
}

/**
 * The parts of a GIFT file. Empty lines part them, but not between the braces of one question; where the empty line was forgotten, a
 * closing brace at the end of a line parts them too.
 */
export function giftChunks(text: string): GiftChunk[] {
  const blocks: Lines[] = [];
  let open: Lines | null = null;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') open = null;
    else if (open) open.lines.push(line);
    else blocks.push((open = { line: index + 1, lines: [line] }));
  }
  return joined(blocks)
    .flatMap(parted)
    .map(withoutComments)
    .filter(({ text: rest, comments }) => rest !== '' || comments.length > 0);
}

const braces = (lines: readonly string[]) =>
  lines
    .filter((line) => !isComment(line))
    .join('\n')
    .replace(/\\./g, '')
    .replace(/[^{}]+/g, '');

const isComment = (line: string) => line.trimStart().startsWith('//');

/** Joins a block whose brace is still open to what closes it, when nothing else opens before. */
function joined(blocks: readonly Lines[]): Lines[] {
  const result: Lines[] = [];
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at]!;
    const lines = [...block.lines];
    if (/^(?:\{\})*\{$/.test(braces(lines))) {
      // Braces with many empty lines between them are rather a forgotten brace.
      for (let next = at + 1; next < Math.min(blocks.length, at + 20); next += 1) {
        const found = braces(blocks[next]!.lines);
        if (found.startsWith('{')) break;
        if (found === '') continue;
        for (const each of blocks.slice(at + 1, next + 1)) {
          while (block.line + lines.length < each.line) lines.push('');
          lines.push(...each.lines);
        }
        at = next;
        break;
      }
    }
    result.push({ line: block.line, lines });
  }
  return result;
}

/** Parts questions between which the empty line was forgotten. */
function parted({ line, lines }: Lines): Lines[] {
  if (!/^\{\}(?:\{\})+$/.test(braces(lines))) return [{ line, lines }];
  const parts: Lines[] = [];
  let from = 0;
  for (const [index, each] of lines.entries()) {
    const closes = /\}\s*[.!?]?\s*$/.test(each) && !/\\\}\s*[.!?]?\s*$/.test(each);
    if (!closes || !/^(?:\{\})+$/.test(braces(lines.slice(from, index + 1)))) continue;
    parts.push({ line: line + from, lines: lines.slice(from, index + 1) });
    from = index + 1;
  }
  const rest = lines.slice(from);
  if (rest.length > 0 && parts.length > 0 && braces(rest) === '') parts.at(-1)!.lines.push(...rest);
  else if (rest.length > 0) parts.push({ line: line + from, lines: rest });
  return parts;
}

function withoutComments({ line, lines }: Lines): GiftChunk {
  const comments = lines.filter(isComment).map((each) => each.trim().slice(2).trim());
  const kept = lines.map((each) => (isComment(each) ? '' : each));
  const first = kept.findIndex((each) => each.trim() !== '');
  return {
    line: line + Math.max(first, 0),
    text: first === -1 ? '' : kept.slice(first).join('\n').trimEnd(),
    comments,
  };
}
