import type { Handle, HandleServerError, RequestEvent } from '@sveltejs/kit';
import { Api } from '$lib/api/api.server';
import enhance from '$lib/enhance/enhance.js?raw';
import { inlined } from '$lib/enhance/inline';
import { directionOf, isLocale, type Locale } from '$lib/i18n';
import { faults } from '$lib/messages/faults';

/** Set by `/language`: the language of this browser, signed in or not. */
const LOCALE_COOKIE = 'locale';

/** The language that was chosen here; else the person's own; else what the browser asks for; else French. */
async function localeOf({ cookies, platform, request }: RequestEvent): Promise<Locale> {
  const chosen = cookies.get(LOCALE_COOKIE);
  if (isLocale(chosen)) return chosen;
  const own = await platform?.req.gateway.personLocale().catch(() => null);
  if (own) return own;
  const wanted = (request.headers.get('accept-language') ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase());
  return wanted.find(isLocale) ?? 'fr';
}

const enhanceScript = inlined(enhance);

export const handle: Handle = async ({ event, resolve }) => {
  event.locals.locale = await localeOf(event);
  event.locals.api = new Api(event);
  const { locale } = event.locals;
  const response = await resolve(event, {
    transformPageChunk: ({ html }) =>
      html
        .replace('%lang%', locale)
        .replace('%dir%', directionOf(locale))
        .replace('%enhance%', () => enhanceScript),
    preload: ({ type }) => type === 'js' || type === 'css',
  });
  // SvelteKit writes its own over those that the API set on the answer underneath.
  for (const cookie of event.platform?.req.gateway.cookies ?? [])
    response.headers.append('set-cookie', cookie);
  // A page differs by who asks and in which language; none may be kept by a cache in between.
  if (!response.headers.has('cache-control')) response.headers.set('cache-control', 'private, no-cache');
  // Tells the service worker whose page this is: what it keeps of somebody else, it then deletes.
  if (event.locals.personId) response.headers.set('x-tremplin-person', event.locals.personId);
  if (event.route.id === FRAMED) allowFrame(response.headers);
  allowPackages(response.headers, event.platform?.req.gateway.packagesUrl);
  return response;
};

/** The one page that another page of this site shows in a frame, the size of a phone. */
const FRAMED = '/studio/[slug]/preview/[id]/screen';

function allowFrame(headers: Headers): void {
  const policy = headers.get('content-security-policy') ?? '';
  headers.set('content-security-policy', policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"));
  headers.set('x-frame-options', 'SAMEORIGIN');
}

/** Pages may show what is played from the hosts of packages, which only the running product knows. */
function allowPackages(headers: Headers, origin: string | null | undefined): void {
  const policy = headers.get('content-security-policy');
  if (policy && origin)
    headers.set('content-security-policy', policy.replace('frame-src ', `frame-src ${origin} `));
}

export const handleError: HandleServerError = ({ error, event, status }) => {
  const message = faults(event.locals.locale ?? 'fr').sentence(status);
  if (status === 404) return { message };
  const id = crypto.randomUUID().slice(0, 8);
  console.error(`Fault ${id} on ${event.request.method} ${event.url.pathname}:`, error);
  return { message, id };
};
