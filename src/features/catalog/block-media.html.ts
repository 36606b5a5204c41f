import { fileUrl, imageUrl, imageWidths } from '../../platform/files/file-urls.js';
import type { Locale } from '../../platform/locale.js';
import { embedAddress } from './block-embed.js';
import { languageName, sizeInWords, wordsOf } from './block-words.js';
import { isEmbeddable, type ImageNode, type MediaNode, type VideoNode } from './block-media.js';
import { escapeHtml } from './escape-html.js';

/** A lesson's column is never wider than this; below it, a picture is as wide as the screen. */
const SIZES = '(min-width: 46rem) 42rem, 100vw';

/**
 * A media block as HTML. Pictures load when they come near; videos and embedded pages load nothing before they are asked for, and say
 * how large they are.
 */
export function renderMedia(node: MediaNode, locale: Locale): string {
  switch (node.type) {
    case 'image':
      return figure('image', renderImage(node.attrs), escapeHtml(node.attrs.caption));
    case 'video':
      return figure(
        'video',
        renderVideo(node.attrs, locale) + transcript(node.attrs, locale),
        escapeHtml(node.attrs.title),
      );
    case 'embed':
      return figure('embed', outsideLink(node.attrs.href, node.attrs.title, locale), '');
    case 'download': {
      const { file, name, bytes, mediaType } = node.attrs;
      const url = `${fileUrl(file)}?name=${encodeURIComponent(name)}`;
      return `<p class="download"><a href="${escapeHtml(url)}" type="${escapeHtml(mediaType)}" download>${escapeHtml(name)}</a> <data value="${bytes}">${sizeInWords(bytes, locale)}</data></p>`;
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

function renderVideo({ href, file, title, bytes, captions }: VideoNode['attrs'], locale: Locale): string {
  if (file === null) return href === null ? '' : outsideLink(href, title, locale);
  const tracks = captions.map(
    ({ locale: language, file: track }, index) =>
      `<track kind="captions" srclang="${escapeHtml(language)}" label="${escapeHtml(languageName(language, locale))}" src="${fileUrl(track)}"${index === 0 ? ' default' : ''}>`,
  );
  const size =
    bytes === null ? '' : `<p class="size"><data value="${bytes}">${sizeInWords(bytes, locale)}</data></p>`;
  const name = title === '' ? '' : ` aria-label="${escapeHtml(title)}"`;
  return `<video controls preload="none"${name} src="${fileUrl(file)}">${tracks.join('')}</video>${size}`;
}

/**
 * A link to another site, which says so. Where that site has a page made for it, a script shows it in place of the link, once asked
 * ($lib/enhance of the pages).
 */
function outsideLink(href: string, title: string, locale: Locale): string {
  // Checked again here: a row written before a rule was tightened must not become a live link.
  if (!isEmbeddable(href)) return escapeHtml(title);
  const { hostname } = new URL(href);
  const inPlace = embedAddress(href);
  const mark = inPlace === null ? '' : ` data-embed="${escapeHtml(inPlace)}"`;
  const host = hostname.replace(/^www\./, '');
  return (
    `<a class="outside" href="${escapeHtml(href)}" rel="noopener noreferrer"${mark}>${escapeHtml(title || host)}</a>` +
    `<p class="size">${wordsOf(locale).from(escapeHtml(host))}</p>`
  );
}

const transcript = ({ transcript: text }: VideoNode['attrs'], locale: Locale): string =>
  text === ''
    ? ''
    : `<details class="transcript"><summary>${wordsOf(locale).transcript}</summary>${text
        .split(/\n+/)
        .filter((line) => line.trim() !== '')
        .map((line) => `<p>${escapeHtml(line)}</p>`)
        .join('')}</details>`;
