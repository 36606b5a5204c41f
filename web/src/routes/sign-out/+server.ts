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

/** Typed or reloaded, the address signs nobody out. */
export const GET: RequestHandler = () => redirect(303, '/');

export const POST: RequestHandler = async ({ locals }) => {
  await locals.api.mutate(SignOut, {});
  redirect(303, '/');
};
