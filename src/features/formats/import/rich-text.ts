import { plainText, type BlockDocument } from '../../catalog/block-document.js';
import { blocksFromHtml, textFromHtml, type HtmlSource } from './blocks-from-html.js';
import { blocksFromMarkdown } from './blocks-from-markdown.js';
import type { FileReport } from './import-problems.js';
import { blocksFromPlainText } from './plain-blocks.js';
import { withinLimits } from './within-limits.js';

/** How Moodle says that a text is written; `moodle` is plain text in which HTML may stand and lines end where they end. */
export type TextFormat = 'html' | 'markdown' | 'plain' | 'moodle';

export interface RichText {
  format: TextFormat;
  text: string;
  /** Of the file, 1-based. */
  line: number;
}

type Files = Pick<HtmlSource, 'image' | 'file'>;

/** For a file that brings none along: each picture is reported. */
const NO_FILES: Files = { image: () => null };

const MARKUP = /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>|&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);/i;

function htmlOf({ format, text }: RichText): string | null {
  if (format === 'html') return text;
  return format === 'moodle' && MARKUP.test(text) ? text.replace(/\n/g, '<br>\n') : null;
}

/** A text with formatting, always valid. */
export async function documentOf(
  rich: RichText,
  report: FileReport,
  files: Files = NO_FILES,
): Promise<BlockDocument> {
  const { format, text, line } = rich;
  if (format === 'markdown')
    return blocksFromMarkdown(text, line - 1, report) ?? { type: 'doc', content: [] };
  const html = htmlOf(rich);
  if (html !== null) return blocksFromHtml(html, { report, line, ...files });
  return withinLimits(blocksFromPlainText(text), line, report);
}

/** A text without formatting: of an answer or its feedback. */
export async function lettersOf(rich: RichText, report: FileReport): Promise<string> {
  const { format, text, line } = rich;
  if (format === 'markdown') return plainText(await documentOf(rich, report)).trim();
  const html = htmlOf(rich);
  return html === null ? text.trim() : textFromHtml(html, { report, line });
}
