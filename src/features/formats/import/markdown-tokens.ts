import MarkdownIt, { type Env, type Token } from 'markdown-it';
import { courseSyntax } from './markdown-syntax.js';
import { noFiles, type MediaFiles } from './media-files.js';

/*
 * The parser stays at `html: false`: tags are then letters of a text, which the readers find and report. Links are
 * all let through, as they are written, to be refused with a line rather than silently shown as text. `text_join` is off because
 * it would merge an escaped "\<b>" with its neighbors, and make a literal text look like a tag.
 */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).use(courseSyntax);
markdown.validateLink = () => true;
markdown.normalizeLink = (address) => address;
markdown.disable('text_join');

/** Where a text stands: what a line number and the name of a file in it mean. */
export interface MarkdownPlace {
  /** Lines of the file before the body. */
  offset: number;
  /** The files that the text may show. */
  media: MediaFiles;
}

/** The parsed body of a file. */
export interface MarkdownBody extends MarkdownPlace {
  tokens: Token[];
  /** Re-reads a part of a line, after a marker was cut off it, with the link definitions of the whole body. */
  inline(source: string): Token[];
}

export function parseMarkdown(body: string, offset: number, media: MediaFiles = noFiles): MarkdownBody {
  const env: Env = {};
  const tokens = markdown.parse(body, env);
  return {
    tokens,
    offset,
    media,
    inline: (source) => markdown.parseInline(source, env)[0]?.children ?? [],
  };
}

/** A block with all that it contains: an opening token, a closing one and those between, or one token alone. */
export interface TokenGroup {
  type: string;
  tokens: Token[];
  /** 1-based, in the file. */
  line: number;
}

/** Cuts a balanced run of tokens into its outermost blocks. */
export function groupsOf(tokens: readonly Token[], offset: number): TokenGroup[] {
  const groups: TokenGroup[] = [];
  let depth = 0;
  for (const token of tokens) {
    if (depth === 0) groups.push({ type: token.type, tokens: [], line: lineOf(token, offset) });
    groups.at(-1)?.tokens.push(token);
    depth += token.nesting;
  }
  return groups;
}

/** The blocks inside a group: a list's items, an item's paragraphs. */
export function childrenOf(group: TokenGroup, offset: number): TokenGroup[] {
  return groupsOf(group.tokens.slice(1, -1), offset);
}

/** 1-based line in the file of a block token. */
export function lineOf(token: Token, offset: number): number {
  return (token.map?.[0] ?? 0) + 1 + offset;
}

/** Inline source of a paragraph or heading group. */
export function sourceOf(group: TokenGroup): string {
  return group.tokens.find((token) => token.type === 'inline')?.content ?? '';
}
