import { redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { pathHere } from '$lib/path-here';
import type { Actions, PageServerLoad } from './$types';

const SignInStart = graphql(`
  mutation SignInStart($email: String!) {
    signInStart(input: { email: $email }) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const SignInVerify = graphql(`
  mutation SignInVerify($email: String!, $code: String!, $timeZone: String) {
    signInVerify(input: { email: $email, code: $code, timeZone: $timeZone }) {
      viewer {
        name
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const next = (url: URL): string => pathHere(url.searchParams.get('next') ?? '/');

export const load: PageServerLoad = async ({ parent, url }) => {
  const { viewer } = await parent();
  if (viewer) redirect(303, next(url));
};

export const actions: Actions = {
  start: async ({ request, locals }) => {
    const email = text(await request.formData(), 'email');
    const { userErrors } = await locals.api.mutate(SignInStart, { email });
    return userErrors.length > 0 ? refused(userErrors, { email }) : { values: { sentTo: email } };
  },

  verify: async ({ request, locals, url }) => {
    const form = await request.formData();
    const email = text(form, 'email');
    const code = text(form, 'code');
    const timeZone = text(form, 'timeZone') || null;
    const { viewer, userErrors } = await locals.api.mutate(SignInVerify, { email, code, timeZone });
    if (userErrors.length > 0) return refused(userErrors, { code, sentTo: email });
    const to = next(url);
    redirect(303, viewer?.name ? to : `/account?next=${encodeURIComponent(to)}`);
  },
};
