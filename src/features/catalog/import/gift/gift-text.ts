import { plainText, type BlockDocument } from '../../block-document.js';
import { blocksFromHtml, textFromHtml } from '../blocks-from-html.js';
import { blocksFromMarkdown } from '../blocks-from-markdown.js';
import type { FileReport } from '../import-problems.js';
import { blocksFromPlainText } from '../plain-blocks.js';
import { withinLimits } from '../within-limits.js';
import { showEscapes } from './gift-escapes.js';
import type { GiftText } from './gift-syntax.js';

const FORMATS = ['html', 'markdown', 'plain', 'moodle'] as const;
export type GiftFormat = (typeof FORMATS)[number];

interface Formatted {
  format: GiftFormat;
  text: string;
  line: number;
}

/** How a text is written, as it says or else as given, and what it says without that and without escapes. */
export function formatted({ text, line }: GiftText, fallback: GiftFormat): Formatted {
  const said = /^\[(html|markdown|plain|moodle)\]\s*/i.exec(text);
  const format = FORMATS.find((each) => each === said?.[1]?.toLowerCase()) ?? fallback;
  const rest = text.slice(said?.[0].length ?? 0);
  // In the file a line ends where it suits; only "\n" is meant.
  const flowing = format === 'moodle' || format === 'plain' ? rest.replace(/\s*\n\s*/g, ' ') : rest;
  return { format, text: showEscapes(flowing), line };
}

const MARKUP = /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>|&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);/i;

/** A text with formatting. A GIFT file brings no pictures along: those that it names are reported. */
export async function documentOf({ format, text, line }: Formatted, report: FileReport): Promise<BlockDocument> {
  if (format === 'markdown') return blocksFromMarkdown(text, line - 1, report) ?? { type: 'doc', content: [] };
  if (format === 'html' || (format === 'moodle' && MARKUP.test(text)))
    return blocksFromHtml(format === 'moodle' ? text.replaceAll('\n', '<br>') : text, { report, line, image: () => null });
  return withinLimits(blocksFromPlainText(text), line, report);
}

/** A text without formatting: of an answer or its feedback. */
export async function lettersOf({ format, text, line }: Formatted, report: FileReport): Promise<string> {
  if (format === 'markdown') return plainText(await documentOf({ format, text, line }, report)).trim();
  if (format === 'html' || (format === 'moodle' && MARKUP.test(text))) return textFromHtml(text, { report, line });
  return text.trim();
}
