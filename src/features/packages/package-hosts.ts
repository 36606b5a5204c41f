import type { RunningConfig } from '../../config.js';

type HostSettings = Pick<RunningConfig, 'packagesUrl' | 'publicUrl' | 'embedded'>;

/** What stands for a name of each package's own in {@link RunningConfig.packagesUrl}. */
const OWN_NAME = '*.';
/** Hexadecimal digits of a package's file that its host is named after: a label of DNS holds 63 characters. */
const DIGITS = 40;
/** Where the videos of packages usually are. */
const VIDEO_PLAYERS = [
  'https://www.youtube.com',
  'https://www.youtube-nocookie.com',
  'https://player.vimeo.com',
];

/** The origin that a package is played from; null where none is set up. @param file SHA-256 of its archive, in hexadecimal. */
export const packageOrigin = ({ packagesUrl }: HostSettings, file: string): string | null =>
  packagesUrl?.replace(OWN_NAME, `${file.slice(0, DIGITS)}.`) ?? null;

/** Whether a host, with its port where that is not the usual one, is one that packages are played from. */
export function isPackageHost({ packagesUrl }: HostSettings, host: string): boolean {
  if (packagesUrl === null) return false;
  const [wanted] = packagesUrl.split('//').slice(1);
  if (!wanted!.startsWith(OWN_NAME)) return host === wanted;
  const [label = '', ...rest] = host.split('.');
  return /^[0-9a-f]{40}$/.test(label) && rest.join('.') === wanted!.slice(OWN_NAME.length);
}

/**
 * The content security policy (CSP level 3) of everything that such a host answers. A package runs as it likes in its own origin: its
 * frames may reach each other, which most packages are built upon. It may not leave the frame, and it loads and sends nothing
 * elsewhere, so that what it is told of a learner stays here; the exceptions are the frames of a few players of videos.
 */
export function packagePolicy({ publicUrl, embedded }: HostSettings): string {
  // On a person's own machine the product is also opened by its number.
  const sites = embedded ? [publicUrl, publicUrl.replace('//localhost', '//127.0.0.1')] : [publicUrl];
  const own = "'self' data: blob:";
  return [
    'sandbox allow-scripts allow-same-origin allow-forms allow-popups allow-modals allow-downloads',
    `default-src ${own} 'unsafe-inline' 'unsafe-eval'`,
    `frame-src ${own} ${VIDEO_PLAYERS.join(' ')}`,
    "base-uri 'self'",
    "form-action 'self'",
    `frame-ancestors 'self' ${[...new Set(sites)].join(' ')}`,
  ].join('; ');
}
