import { parseUrl } from '../../url.js';

/** What the API takes as a link: an absolute http, https or mailto address without white space or markup characters. */
export const isSafeHref = (href: string): boolean =>
  href.length <= 2_048 &&
  /^(?:https?:\/\/|mailto:)/i.test(href) &&
  !/[\s\p{Cc}<>"`\\]/u.test(href) &&
  parseUrl(href) !== null;

/** Sites that the API lets be embedded, with their subdomains. */
export const EMBED_HOSTS = [
  'youtube.com',
  'youtube-nocookie.com',
  'youtu.be',
  'vimeo.com',
  'dailymotion.com',
  'framatube.org',
  'peertube.tv',
  'openstreetmap.org',
  'umap.openstreetmap.fr',
  'h5p.org',
  'learningapps.org',
];

/** Whether the API takes it as the address of a video or of an embedded page. */
export function isEmbeddable(href: string): boolean {
  if (!isSafeHref(href)) return false;
  const { protocol, hostname, username, port } = new URL(href);
  return (
    protocol === 'https:' &&
    username === '' &&
    port === '' &&
    EMBED_HOSTS.some((host) => hostname === host || hostname.endsWith(`.${host}`))
  );
}
