import { redirect, type RequestHandler } from '@sveltejs/kit';
import { graphql } from '$lib/api/graphql';
import { text } from '$lib/api/api.server';
import { apiLocale, isLocale } from '$lib/i18n';
import { pathHere } from '$lib/path-here';

const ViewerLocale = graphql(`
  mutation ViewerLocale($locale: Locale!) {
    viewerUpdate(input: { locale: $locale }) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const A_YEAR = 365 * 86_400;

/** Typed or reloaded, the address changes nothing. */
export const GET: RequestHandler = () => redirect(303, '/');

/** Remembers the language in this browser, and for the mails of who is signed in; then back to the same page. */
export const POST: RequestHandler = async ({ request, cookies, locals, platform }) => {
  const form = await request.formData();
  const locale = text(form, 'locale');
  if (isLocale(locale)) {
    cookies.set('locale', locale, { path: '/', maxAge: A_YEAR, sameSite: 'lax', httpOnly: true });
    const own = await platform?.req.gateway.personLocale();
    if (own && own !== apiLocale(locale))
      await locals.api.mutate(ViewerLocale, { locale: apiLocale(locale) });
  }
  redirect(303, pathHere(text(form, 'to')));
};
