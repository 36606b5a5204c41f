import { redirect, type RequestHandler } from '@sveltejs/kit';
import { graphql } from '$lib/api/graphql';

const SignOut = graphql(`
  mutation SignOut {
    signOut {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const POST: RequestHandler = async ({ locals }) => {
  await locals.api.mutate(SignOut, {});
  redirect(303, '/');
};
