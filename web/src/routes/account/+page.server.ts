import { redirect } from '@sveltejs/kit';
import { refused, signInAddress, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { pathHere } from '$lib/path-here';
import type { Actions, PageServerLoad } from './$types';

const AccountUpdate = graphql(`
  mutation AccountUpdate($input: ViewerUpdateInput!) {
    viewerUpdate(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const TEXT_SIZES = ['MEDIUM', 'LARGE', 'LARGEST'] as const;

/** Where to go once the name is given, right after the first sign-in; null on any other visit. */
const nextOf = (url: URL): string | null => {
  const next = url.searchParams.get('next');
  return next === null ? null : pathHere(next);
};

export const load: PageServerLoad = async ({ parent, url }) => {
  const { viewer } = await parent();
  if (!viewer) redirect(303, signInAddress(url));
  return { viewer, next: nextOf(url) };
};

export const actions: Actions = {
  name: async ({ request, locals, url }) => {
    const name = text(await request.formData(), 'name');
    const { userErrors } = await locals.api.mutate(AccountUpdate, { input: { name } });
    if (userErrors.length > 0) return refused(userErrors, { name });
    const next = nextOf(url);
    if (next !== null) redirect(303, next);
    return { saved: 'name' as const };
  },

  reading: async ({ request, locals }) => {
    const form = await request.formData();
    const textSize = TEXT_SIZES.find((size) => size === text(form, 'textSize'));
    const input = { textSize, lowData: form.has('lowData') };
    const { userErrors } = await locals.api.mutate(AccountUpdate, { input });
    return userErrors.length > 0 ? refused(userErrors, {}) : { saved: 'reading' as const };
  },

  timeZone: async ({ request, locals }) => {
    const timeZone = text(await request.formData(), 'timeZone');
    const { userErrors } = await locals.api.mutate(AccountUpdate, { input: { timeZone } });
    return userErrors.length > 0 ? refused(userErrors, { timeZone }) : { saved: 'timeZone' as const };
  },
};
