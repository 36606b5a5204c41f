import type { BlockNode } from '../../../catalog/block-document.js';
import { blocksFromHtml } from '../blocks-from-html.js';
import { decodeText } from '../decode-text.js';
import { embedded, linkTo } from '../html-media.js';
import { quoted } from '../import-problems.js';
import { TakenFiles } from '../taken-files.js';
import { childrenOf, htmlInside } from '../xml-tree.js';
import type { OlxElement, OlxFiles } from './olx-files.js';

/** The page of an `<html>` component: in the element, or in a file beside it. */
export async function blocksOfPage(
  { element, report, name }: OlxElement,
  files: OlxFiles,
  taken: TakenFiles,
): Promise<BlockNode[]> {
  const path = `html/${(element.attributes['filename'] ?? name).replaceAll(':', '/')}.html`;
  const content = element.nodes.length === 0 ? await files.read(path) : null;
  const own = content ? files.report(path) : report;
  const html = content ? decodeText(content, own) : htmlInside(element);
  if (html.trim() === '' && !content) {
    report.error('FILE_MISSING', element.line, {
      en: `The page ${quoted(path)} is missing; it is left out. Export the course again.`,
      fr: `La page ${quoted(path)} manque ; elle est laissée de côté. Exportez la formation à nouveau.`,
    });
    return [];
  }
  const source = {
    report: own,
    line: content ? 1 : element.contentLine,
    image: taken.image,
    file: taken.file,
  };
  return (await blocksFromHtml(html, source)).content;
}

/** A `<video>` component: of YouTube, of the files of the course, or a link. */
export async function blocksOfVideo(
  { element, report }: OlxElement,
  taken: TakenFiles,
): Promise<BlockNode[]> {
  const { attributes, line } = element;
  const title = attributes['display_name'] ?? '';
  const youtube =
    attributes['youtube_id_1_0'] ?? /(?:^|,)1\.0+:([\w-]+)/.exec(attributes['youtube'] ?? '')?.[1] ?? '';
  if (childrenOf(element, 'transcript').length > 0 || attributes['sub'] || attributes['transcripts'])
    report.warning('FIELD_IGNORED', line, {
      en: `The transcripts of the video ${quoted(title)} are left out; add its captions in the lesson.`,
      fr: `Les transcriptions de la vidéo ${quoted(title)} sont laissées de côté ; ajoutez ses sous-titres dans la leçon.`,
    });
  const player = /^[\w-]+$/.test(youtube)
    ? embedded(`https://www.youtube.com/watch?v=${youtube}`, title)
    : null;
  if (player) return [player];
  const sources = [
    ...[...(attributes['html5_sources'] ?? '').matchAll(/"([^"]+)"/g)].map(([, address]) => address!),
    ...childrenOf(element, 'source').map(({ attributes: { src = '' } }) => src),
  ].filter((address) => address !== '');
  for (const address of sources) {
    const file = await taken.file(address, title);
    if (file && !('refused' in file)) return [file];
    const shown = embedded(address, title);
    if (shown) return [shown];
  }
  const link = sources.map((address) => linkTo(address, title)).find((block) => block !== null);
  const message = {
    en: `The video ${quoted(title)} is neither on a site that may be shown nor among the files; ${link ? 'it is kept as a link' : 'it is left out'}.`,
    fr: `La vidéo ${quoted(title)} n’est ni sur un site qui peut être affiché, ni parmi les fichiers ; ${link ? 'elle est gardée comme lien' : 'elle est laissée de côté'}.`,
  };
  if (link) report.warning('HTML', line, message);
  else report.error('HTML', line, message);
  return link ? [link] : [];
}
