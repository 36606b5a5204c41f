import { isSafeHref, type BlockNode } from '../../catalog/block-document.js';
import { isEmbeddable } from '../../catalog/block-media.js';
import { cutTo } from './clean-text.js';
import { attribute, isElement, textIn, type HtmlElement } from './parse-html.js';

const VIDEO_HOSTS =
  /(?:^|\.)(?:youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com|dailymotion\.com|framatube\.org|peertube\.tv)$/;

/** A video of one of the sites that may be embedded, or something else of them; null for any other address. */
export function embedded(address: string, title: string): BlockNode | null {
  const href = absolute(address);
  if (!isEmbeddable(href)) return null;
  const name = cutTo(200, title);
  if (!VIDEO_HOSTS.test(new URL(href).hostname)) return { type: 'embed', attrs: { href, title: name } };
  const none = { file: null, bytes: null, durationSeconds: null, captions: [], transcript: '' };
  return { type: 'video', attrs: { href, title: name, ...none } };
}

/** In place of what cannot be shown: its address to open, null when there is none that may be linked. */
export function linkTo(address: string, title: string): BlockNode | null {
  const href = absolute(address);
  if (!isSafeHref(href)) return null;
  const text = title === '' ? href : title;
  return { type: 'paragraph', content: [{ type: 'text', text, marks: [{ type: 'link', attrs: { href } }] }] };
}

/** Addresses that a media element names, the first that fits is shown. */
export function mediaAddresses(element: HtmlElement): string[] {
  const found = [attribute(element, 'src'), attribute(element, 'data')];
  for (const child of element.childNodes) {
    if (!isElement(child)) continue;
    if (child.tagName === 'source' || child.tagName === 'embed') found.push(attribute(child, 'src'));
    if (child.tagName === 'param' && /^(?:movie|src|url)$/i.test(attribute(child, 'name')))
      found.push(attribute(child, 'value'));
  }
  return [...new Set(found.map((each) => each.trim()))].filter((each) => each !== '');
}

export function mediaTitle(element: HtmlElement): string {
  const given = attribute(element, 'title') || attribute(element, 'aria-label') || textIn(element);
  return cutTo(200, given.replace(/\s+/g, ' ').trim());
}

/** Sites give their players without a scheme or with the old one. */
function absolute(address: string): string {
  const href = address.startsWith('//') ? `https:${address}` : address;
  const secure = href.replace(/^http:/i, 'https:');
  return isEmbeddable(secure) ? secure : href;
}
