import { error } from '@sveltejs/kit';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import type { LayoutServerLoad } from './$types';

const ManagedProgram = graphql(`
  query ManagedProgram($slug: String!) {
    program(slug: $slug) {
      id
      slug
      name
      timeZone
      cohorts {
        id
        name
      }
      courses {
        id
        title
      }
    }
  }
`);

/** The program of the pages below; for whoever does not run it there is none. */
export const load: LayoutServerLoad = async ({ locals, params }) => {
  const { program } = await locals.api.query(ManagedProgram, { slug: params.slug });
  if (!program) error(404, faults(locals.locale).sentence(404));
  return { program };
};
