import type { Token } from 'markdown-it';
import { isSafeHref } from '../../catalog/block-document.js';
import type { ImageNode, DownloadNode, MediaNode } from '../../catalog/block-media.js';
import type { TakenFile } from './import-format.js';
import { quoted, type FileReport, type ImportProblemCode, type Sentence } from './import-problems.js';
import { attributesAt, NO_ATTRIBUTES, type Attributes, type MediaFiles } from './media-files.js';

/** Part of a paragraph: tokens of text, or what stands between texts as a block of its own. */
export type ParagraphPart = { tokens: Token[]; line: number } | MediaNode;

/** Where something is read: what its references mean, and where its problems go. */
export interface Spot {
  /** 1-based. */
  line: number;
  media: MediaFiles;
  report: FileReport;
}

const PICTURE = /^image\/(?:png|jpeg|webp|avif)$/;

/** As block-media.ts bounds them, in UTF-16 units. */
const MOST_ALT = 500;
const MOST_NAME = 200;

/** Cuts the content of a paragraph at its pictures and at its links to files, which are blocks of their own in a lesson. */
export function partsOfParagraph(
  tokens: readonly Token[],
  line: number,
  media: MediaFiles,
  report: FileReport,
): ParagraphPart[] {
  const parts: ParagraphPart[] = [];
  let run: { tokens: Token[]; line: number } = { tokens: [], line };
  let inside: MediaNode[] = []; // of emphasis or a link: they follow the text that they stand in
  let depth = 0;
  let at = line;
  const endRun = (): void => {
    if (run.tokens.length > 0) parts.push(run);
    parts.push(...inside);
    inside = [];
    run = { tokens: [], line: at };
  };
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index]!;
    if (token.type === 'softbreak' || token.type === 'hardbreak') at += 1;
    const end = token.type === 'image' ? index : endOfLink(tokens, index);
    const isFile = token.type === 'image' || (end > index && namesFile(token, tokens[end + 1], media));
    if (!isFile) {
      run.tokens.push(token);
      depth += token.nesting;
      continue;
    }
    const after = tokens[end + 1];
    const braces = after?.type === 'text' ? attributesAt(after.content) : null;
    const attributes = braces?.attributes ?? NO_ATTRIBUTES;
    const node =
      token.type === 'image'
        ? imageFrom(token, attributes, { media, line: at, report })
        : downloadFrom(token, tokens.slice(index + 1, end), attributes, { media, line: at, report });
    if (node && depth === 0) {
      endRun();
      parts.push(node);
    } else if (node) inside.push(node);
    else if (token.type !== 'image') run.tokens.push(...tokens.slice(index + 1, end));
    index = end;
    if (braces && after) {
      const rest = after.content.slice(braces.length);
      if (rest !== '')
        run.tokens.push(
          Object.assign(Object.create(Object.getPrototypeOf(after) as object), after, {
            content: rest,
          }) as Token,
        );
      index += 1;
    }
  }
  endRun();
  return parts;
}

function endOfLink(tokens: readonly Token[], start: number): number {
  if (tokens[start]!.type !== 'link_open') return start;
  const end = tokens.findIndex((token, index) => index > start && token.type === 'link_close');
  return end === -1 ? start : end;
}

/** Whether a link goes to a file that comes along rather than to an address. */
function namesFile(link: Token, after: Token | undefined, media: MediaFiles): boolean {
  const target = String(link.attrGet('href') ?? '');
  const braces = after?.type === 'text' ? attributesAt(after.content) : null;
  return !isSafeHref(target) && media.find(target, braces?.attributes ?? NO_ATTRIBUTES) !== undefined;
}

function imageFrom(token: Token, attributes: Attributes, spot: Spot): ImageNode | null {
  const { line, media, report } = spot;
  const target = String(token.attrGet('src') ?? '');
  const name = quoted(target);
  const found = takenFile(
    media.find(target, attributes),
    {
      en: `The picture ${name}`,
      fr: `L’image ${name}`,
    },
    'IMAGE',
    spot,
  );
  if (!found) return null;
  const { hash, mediaType, width, height } = found;
  if ((mediaType !== '' && !PICTURE.test(mediaType)) || !isSide(width) || !isSide(height)) {
    report.error('IMAGE', line, {
      en: `${name} is no PNG, JPEG, WebP or AVIF picture that can be shown, and is left out.`,
      fr: `${name} n’est pas une image PNG, JPEG, WebP ou AVIF affichable et est laissée de côté.`,
    });
    return null;
  }
  const alt = bounded(textOf(token.children ?? []), MOST_ALT, line, report);
  const caption = bounded(String(token.attrGet('title') ?? ''), MOST_ALT, line, report);
  const decorative = attributes.classes.has('decorative');
  return { type: 'image', attrs: { file: hash, alt, decorative, caption, width, height } };
}

function downloadFrom(
  link: Token,
  content: readonly Token[],
  attributes: Attributes,
  spot: Spot,
): DownloadNode | null {
  const { line, media, report } = spot;
  const target = String(link.attrGet('href') ?? '');
  const found = takenFile(
    media.find(target, attributes),
    {
      en: `The file ${quoted(target)}`,
      fr: `Le fichier ${quoted(target)}`,
    },
    'FILE_MISSING',
    spot,
  );
  if (!found) return null;
  const last = target.split('/').at(-1) ?? target;
  const name = bounded(textOf(content) || last, MOST_NAME, line, report);
  const { hash, bytes, mediaType } = found;
  if (bytes < 0 || !/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(mediaType)) {
    report.error('FILE_MISSING', line, {
      en: `The file ${quoted(target)} is left out: its size or kind is not stated. Add it again in the lesson.`,
      fr: `Le fichier ${quoted(target)} est laissé de côté : sa taille ou son type n’est pas indiqué. Ajoutez-le de nouveau dans la leçon.`,
    });
    return null;
  }
  return { type: 'download', attrs: { file: hash, name, bytes, mediaType } };
}

/** The file, or null and why not reported. @param what names it, as the beginning of a sentence. */
export function takenFile(
  found: ReturnType<MediaFiles['find']>,
  what: Sentence,
  code: ImportProblemCode,
  { line, report }: Pick<Spot, 'line' | 'report'>,
): TakenFile | null {
  if (found !== undefined && !('refused' in found)) return found;
  const why: Sentence = found?.refused ?? {
    en: 'it is not among the files. Put it into the folder, and write its name as it stands there.',
    fr: 'il n’y a pas de tel fichier. Placez-le dans le dossier et écrivez son nom tel quel.',
  };
  report.error(code, line, { en: `${what.en} is left out: ${why.en}`, fr: `${what.fr} manque : ${why.fr}` });
  return null;
}

const isSide = (pixels: number | null): pixels is number =>
  pixels !== null && pixels >= 1 && pixels <= 20_000;

/** The letters of inline tokens, without marks. */
export function textOf(tokens: readonly Token[]): string {
  return tokens
    .map(({ type, content, children }) => {
      if (type === 'softbreak' || type === 'hardbreak') return ' ';
      return type === 'image' ? textOf(children ?? []) : content;
    })
    .join('');
}

/** A text within its bounds; what is longer is cut and told. */
export function bounded(text: string, most: number, line: number, report: FileReport): string {
  if (text.length <= most) return text;
  report.warning('CONTENT_TOO_LARGE', line, {
    en: `${quoted(text)} has more than ${most} characters and is cut.`,
    fr: `${quoted(text)} dépasse ${most} caractères et est coupé.`,
  });
  return text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');
}
