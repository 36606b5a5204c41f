import type { RichText, TextFormat } from '../rich-text.js';
import { showEscapes } from './gift-escapes.js';
import type { GiftText } from './gift-syntax.js';

const FORMATS = ['html', 'markdown', 'plain', 'moodle'] as const;

/** How a text is written, as it says or else as given, and what it says without that and without escapes. */
export function formatted({ text, line }: GiftText, fallback: TextFormat): RichText {
  const said = /^\[(html|markdown|plain|moodle)\]\s*/i.exec(text);
  const format = FORMATS.find((each) => each === said?.[1]?.toLowerCase()) ?? fallback;
  const rest = text.slice(said?.[0].length ?? 0);
  // In the file a line ends where it suits; only "\n" is meant.
  const flowing = format === 'moodle' || format === 'plain' ? rest.replace(/\s*\n\s*/g, ' ') : rest;
  return { format, text: showEscapes(flowing), line };
}
