import type MarkdownIt from 'markdown-it';
import type { StateBlock, StateCore, Token } from 'markdown-it';
import type { CALLOUT_TONES } from '../../catalog/block-document.js';

type Tone = (typeof CALLOUT_TONES)[number];

/** GitHub's kinds of alert, as the tones that lessons have. */
const TONES: Record<string, Tone> = {
  TIP: 'TIP',
  NOTE: 'NOTE',
  IMPORTANT: 'NOTE',
  WARNING: 'WARNING',
  CAUTION: 'WARNING',
};
const ALERT = /^\[!([A-Za-z]+)\][ \t]*(?:\n|$)/;

/** What our Markdown has besides CommonMark: alerts as on GitHub, and blocks between `:::` lines. */
export function courseSyntax(markdown: InstanceType<typeof MarkdownIt>): void {
  markdown.core.ruler.before('inline', 'callout', turnAlertsIntoCallouts);
  markdown.block.ruler.before('fence', 'directive', directive);
}

/** The tone of a `callout_open` token. */
export const toneOf = (token: Token): Tone => (token.meta as { tone: Tone }).tone;

/** A quote whose first line is `[!TIP]` becomes a callout; the line itself goes. */
function turnAlertsIntoCallouts(state: StateCore): void {
  const kept: Token[] = [];
  const open: (Tone | null)[] = [];
  const { tokens } = state;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!;
    kept.push(token);
    if (token.type === 'blockquote_close' && open.pop()) token.type = 'callout_close';
    if (token.type !== 'blockquote_open') continue;
    const [paragraph, inline] = tokens.slice(index + 1, index + 3);
    const [marker = '', kind = ''] =
      paragraph?.type === 'paragraph_open' ? (ALERT.exec(inline!.content) ?? []) : [];
    const tone = TONES[kind.toUpperCase()] ?? null;
    open.push(tone);
    if (!tone) continue;
    token.type = 'callout_open';
    token.meta = { tone };
    inline!.content = inline!.content.slice(marker.length);
    if (inline!.map) inline!.map = [inline!.map[0] + 1, inline!.map[1]];
    if (inline!.content === '') index += 3;
  }
  state.tokens = kept;
}

/**
 * `:::name ...`, lines of YAML, and `:::` as far from the edge as the first line. The token `directive` has what follows the
 * signs in `info` and the lines in `content`. One that is never closed is text.
 */
function directive(state: StateBlock, startLine: number, endLine: number, silent: boolean): boolean {
  const lineText = (line: number): string =>
    state.src.slice(state.bMarks[line]! + state.tShift[line]!, state.eMarks[line]);
  const indent = state.sCount[startLine]!;
  if (indent - state.blkIndent >= 4) return false;
  const info = /^:::[ \t]*([a-z]+(?:[ \t].*)?)$/.exec(lineText(startLine))?.[1];
  if (info === undefined) return false;
  let line = startLine + 1;
  for (; line < endLine; line += 1) {
    if (state.sCount[line]! < state.blkIndent && !state.isEmpty(line)) return false;
    if (state.sCount[line] === indent && lineText(line).trimEnd() === ':::') break;
  }
  if (line >= endLine) return false;
  if (silent) return true;
  const token = state.push('directive', '', 0);
  token.info = info.trim();
  token.content = state.getLines(startLine + 1, line, indent, true);
  token.map = [startLine, line + 1];
  state.line = line + 1;
  return true;
}
