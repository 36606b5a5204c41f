import type { MediaNode } from '../../catalog/block-media.js';
import { lineOfText } from './inline-to-markdown.js';
import type { ReferTo } from './media-files.js';
import { textLines, yamlText } from './yaml-text.js';

/** A media block as Markdown, such that `media-from-markdown.ts` reads the same again. */
export function linesOfMedia({ type, attrs }: MediaNode, referTo: ReferTo): string[] {
  switch (type) {
    case 'image': {
      const { target, attributes } = referTo(attrs.file, { width: attrs.width, height: attrs.height });
      const caption = attrs.caption === '' ? '' : ` "${titleText(attrs.caption)}"`;
      const marks = [...(attrs.decorative ? ['.decorative'] : []), ...attributes];
      return [`![${lineOfText(attrs.alt)}](${target}${caption})${inBraces(marks)}`];
    }
    case 'download': {
      const facts = { bytes: attrs.bytes, type: attrs.mediaType };
      const { target, attributes } = referTo(attrs.file, facts);
      return [`[${lineOfText(attrs.name)}](${target})${inBraces(attributes)}`];
    }
    case 'embed':
      return [`:::embed ${attrs.href}`, ...titleLine(attrs.title), ':::'];
    case 'video': {
      const { target, attributes } = attrs.file
        ? referTo(attrs.file, { bytes: attrs.bytes })
        : { target: attrs.href ?? '', attributes: [] };
      const captions = attrs.captions.map(
        ({ locale, file }) => `  - ${locale}: ${yamlText(referTo(file, {}).target)}`,
      );
      return [
        `:::video ${target}${attributes.length > 0 ? ` ${inBraces(attributes)}` : ''}`,
        ...titleLine(attrs.title),
        ...(attrs.durationSeconds === null ? [] : [`seconds: ${attrs.durationSeconds}`]),
        ...(captions.length > 0 ? ['captions:', ...captions] : []),
        ...(attrs.transcript === '' ? [] : textLines('transcript', attrs.transcript)),
        ':::',
      ];
    }
  }
}

const inBraces = (marks: string[]): string => (marks.length > 0 ? `{${marks.join(' ')}}` : '');

const titleLine = (title: string): string[] => (title === '' ? [] : [`title: ${yamlText(title)}`]);

/** Between the double quotes of a link's title, on one line. */
const titleText = (text: string): string =>
  text
    .replace(/[\\"]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/[\n\r\t\f\v\uFFFD]/g, (character) => `&#${character.codePointAt(0)!};`);
