import { fileUrl, imageUrl, imageWidths } from '../../platform/files/file-urls.js';
import { isEmbeddable, type ImageNode, type MediaNode, type VideoNode } from './block-media.js';
import { escapeHtml } from './escape-html.js';

/** A lesson's column is never wider than this; below it, a picture is as wide as the screen. */
const SIZES = '(min-width: 46rem) 42rem, 100vw';

/**
 * A media block as HTML. Pictures load when they come near; videos and embedded pages load nothing before they are asked for, and say
 * how large they are.
 */
export function renderMedia(node: MediaNode): string {
  switch (node.type) {
    case 'image':
      return figure('image', renderImage(node.attrs), escapeHtml(node.attrs.caption));
    case 'video':
      return figure('video', renderVideo(node.attrs), escapeHtml(node.attrs.title)) + transcript(node.attrs);
    case 'embed':
      return figure('embed', outsideLink(node.attrs.href, node.attrs.title), '');
    case 'download': {
      const { file, name, bytes, mediaType } = node.attrs;
      const url = `${fileUrl(file)}?name=${encodeURIComponent(name)}`;
      return `<p class="download"><a href="${escapeHtml(url)}" type="${escapeHtml(mediaType)}" download>${escapeHtml(name)}</a> <data value="${bytes}">${sizeInWords(bytes)}</data></p>`;
    }
  }
}

const figure = (kind: string, inside: string, caption: string): string =>
  `<figure class="${kind}">${inside}${caption ? `<figcaption>${caption}</figcaption>` : ''}</figure>`;

function renderImage({ file, alt, decorative, width, height }: ImageNode['attrs']): string {
  const widths = imageWidths(width);
  const sources = widths.map((each) => `${imageUrl(file, each)} ${each}w`).join(', ');
  const middle = widths[Math.min(1, widths.length - 1)]!;
  return (
    `<img src="${imageUrl(file, middle)}" srcset="${sources}" sizes="${SIZES}" width="${width}" height="${height}" ` +
    `alt="${decorative ? '' : escapeHtml(alt)}" loading="lazy" decoding="async">`
  );
}

function renderVideo({ href, file, title, bytes, captions }: VideoNode['attrs']): string {
  if (file === null) return href === null ? '' : outsideLink(href, title);
  const tracks = captions.map(
    ({ locale, file: track }, index) =>
      `<track kind="captions" srclang="${escapeHtml(locale)}" label="${escapeHtml(locale)}" src="${fileUrl(track)}"${index === 0 ? ' default' : ''}>`,
  );
  const size =
    bytes === null ? '' : `<p class="size"><data value="${bytes}">${sizeInWords(bytes)}</data></p>`;
  return `<video controls preload="none" src="${fileUrl(file)}">${tracks.join('')}</video>${size}`;
}

/** Checked again here: a row written before a rule was tightened must not become a live link. */
const outsideLink = (href: string, title: string): string =>
  isEmbeddable(href)
    ? `<a href="${escapeHtml(href)}" rel="noopener noreferrer" data-embed>${escapeHtml(title || new URL(href).hostname)}</a>`
    : escapeHtml(title);

const transcript = ({ transcript: text, title }: VideoNode['attrs']): string =>
  text === ''
    ? ''
    : `<details class="transcript"><summary>${escapeHtml(title)}</summary>${text
        .split(/\n+/)
        .filter((line) => line.trim() !== '')
        .map((line) => `<p>${escapeHtml(line)}</p>`)
        .join('')}</details>`;

/** In megabytes or kilobytes, whose signs are the same in the languages of the product but for French, which the pages say. */
function sizeInWords(bytes: number): string {
  return bytes >= 1_000_000
    ? `${(bytes / 1_000_000).toFixed(1)} MB`
    : `${Math.max(1, Math.round(bytes / 1_000))} kB`;
}
