import { apiLocale, isLocale } from '$lib/i18n';
import { packages } from '$lib/messages/packages';
import player from '$lib/packages/player.js?url&no-inline';
import scorm12 from 'scorm-again/scorm12/min?url&no-inline';
import scorm2004 from 'scorm-again/scorm2004/min?url&no-inline';
import type { RequestHandler } from './$types';

const STYLE = `
  html, body { block-size: 100%; margin: 0; }
  body { display: flex; flex-direction: column; font: 1rem/1.5 system-ui, sans-serif; background: #fff; color: #14201f; }
  p { margin: 0; padding: 0.75rem 1rem; background: #fdf1d8; border-block-end: 1px solid #d9b45b; }
  iframe { flex: 1; border: 0; inline-size: 100%; min-block-size: 0; }
  [hidden] { display: none; }`;

/** Text in JSON within HTML: nothing in it may end the element that it is in. */
const inHtml = (value: unknown): string => JSON.stringify(value).replace(/</g, '\\u003c');

/**
 * The document that plays a package, in the frame of a lesson. It is answered on the hosts of packages only, with the policy of
 * `src/features/packages`; whether the pass in its address is good is found out by what it asks for.
 */
export const GET: RequestHandler = ({ url, locals }) => {
  const asked = url.searchParams.get('locale');
  const locale = isLocale(asked) ? asked : locals.locale;
  const { opening, needsScript, title, ...texts } = packages(locale).player;
  const settings = {
    locale: apiLocale(locale),
    runtimes: { SCORM_1_2: scorm12, SCORM_2004: scorm2004 },
    texts,
  };
  const html = `<!doctype html>
<html lang="${locale}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title}</title>
    <style>${STYLE}</style>
  </head>
  <body>
    <noscript><p>${needsScript}</p></noscript>
    <p id="status" role="status">${opening}</p>
    <iframe id="package" title="${title}" allow="fullscreen; autoplay" hidden></iframe>
    <script type="application/json" id="settings">${inHtml(settings)}</script>
    <script type="module" src="${player}"></script>
  </body>
</html>`;
  return new Response(html, {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'private, no-cache' },
  });
};
