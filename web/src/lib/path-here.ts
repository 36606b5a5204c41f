import { parseUrl } from './url';

/**
 * A path on this site, for going there after a form. An address of elsewhere becomes the home page, so that nobody can make
 * a link that passes through us to a page of theirs.
 */
export function pathHere(wanted: string): string {
  const base = 'http://here.invalid';
  const url = wanted.startsWith('/') ? parseUrl(wanted, base) : null;
  return url?.origin === base ? url.pathname + url.search : '/';
}
