import { plainText } from '../block-document.js';
import { blocksFromTokens } from './blocks-from-markdown.js';
import type { FileReport, ImportProblemCode } from './import-problems.js';
import { inlineFromTokens } from './inline-from-markdown.js';
import { childrenOf, sourceOf, type MarkdownBody, type TokenGroup } from './markdown-tokens.js';

const MIN_OPTIONS = 2;
const MAX_OPTIONS = 20;
const MARKER = /^(\( \)|\([xX]\)|\[ \]|\[[xX]\])(?=\s|$)/;

export interface ReadOption {
  text: string;
  feedback: string | null;
  correct: boolean;
}

export interface ReadOptions {
  kind: 'SINGLE_CHOICE' | 'MULTIPLE_CHOICE';
  options: ReadOption[];
}

/** Reads a question's list of options; null, and reported, when the question cannot be used. */
export function optionsFromList(
  list: TokenGroup,
  markdown: MarkdownBody,
  report: FileReport,
): ReadOptions | null {
  const fail = (code: ImportProblemCode, line: number, message: string): null => {
    report.error(code, line, `${message} The question is left out.`);
    return null;
  };
  const items = childrenOf(list, markdown.offset);
  if (items.length < MIN_OPTIONS || items.length > MAX_OPTIONS) {
    const message = `A question has ${MIN_OPTIONS} to ${MAX_OPTIONS} options, this one has ${items.length}.`;
    return fail('QUESTION_STRUCTURE', list.line, message);
  }

  const options: ReadOption[] = [];
  const shapes = new Set<string>();
  for (const item of items) {
    const [first, ...others] = childrenOf(item, markdown.offset);
    const source = first?.type === 'paragraph_open' ? sourceOf(first) : '';
    const marker = MARKER.exec(source)?.[1];
    if (marker === undefined) {
      const message =
        'An option begins with "( )" or "(x)" for one right answer, "[ ]" or "[x]" for several.';
      return fail('QUESTION_MARKS', item.line, message);
    }
    shapes.add(marker.charAt(0));
    const text = inlineText(source.slice(marker.length), item.line, markdown, report);
    if (text === '') return fail('QUESTION_STRUCTURE', item.line, 'The option has no text.');
    const [quote, ...surplus] = others;
    const stray = quote !== undefined && quote.type !== 'blockquote_open' ? quote : surplus[0];
    if (stray !== undefined) {
      const message =
        'Under an option only one quote may stand, its feedback: indented, each line beginning with ">".';
      return fail('QUESTION_STRUCTURE', stray.line, message);
    }
    options.push({ text, feedback: quoteText(quote, markdown, report), correct: /x/i.test(marker) });
  }

  if (shapes.size > 1) {
    return fail('QUESTION_MARKS', list.line, 'The options mix "( )" and "[ ]"; use one of them for all.');
  }
  const right = options.filter((option) => option.correct).length;
  if (shapes.has('(') && right !== 1) {
    const message = `Exactly one option must be "(x)", here ${right} are; use "[x]" when several are right.`;
    return fail('QUESTION_MARKS', list.line, message);
  }
  if (shapes.has('[') && (right === 0 || right === options.length)) {
    return fail('QUESTION_MARKS', list.line, 'At least one option must be "[x]" and at least one "[ ]".');
  }
  if (new Set(options.map((option) => option.text)).size !== options.length) {
    return fail(
      'QUESTION_STRUCTURE',
      list.line,
      'Two options have the same text; nobody could choose between them.',
    );
  }
  return { kind: shapes.has('(') ? 'SINGLE_CHOICE' : 'MULTIPLE_CHOICE', options };
}

function inlineText(source: string, line: number, markdown: MarkdownBody, report: FileReport): string {
  const content = inlineFromTokens(markdown.inline(source.trim()), line, report);
  return plainText({ type: 'doc', content: [{ type: 'paragraph', content }] });
}

/** Plain text of a quote; null when there is none or nothing is left of it. */
export function quoteText(
  quote: TokenGroup | undefined,
  markdown: MarkdownBody,
  report: FileReport,
): string | null {
  if (quote === undefined) return null;
  const content = blocksFromTokens(quote.tokens.slice(1, -1), markdown.offset, report);
  return plainText({ type: 'doc', content }) || null;
}
