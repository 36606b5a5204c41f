import { error, redirect } from '@sveltejs/kit';
import { signInAddress } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import type { PageServerLoad } from './$types';

const ManagedPrograms = graphql(`
  query ManagedPrograms {
    viewer {
      roles
      managedPrograms {
        slug
        name
        cohorts {
          id
          name
          startsOn
          endsOn
        }
        courses {
          id
        }
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, url }) => {
  const { viewer } = await locals.api.query(ManagedPrograms);
  if (!viewer) redirect(303, signInAddress(url));
  const { roles, managedPrograms } = viewer;
  if (managedPrograms.length === 0 && !roles.includes('MANAGER'))
    error(403, faults(locals.locale).sentence(403));
  return { programs: managedPrograms };
};
