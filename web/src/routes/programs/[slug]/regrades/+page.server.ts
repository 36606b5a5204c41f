import { graphql } from '$lib/api/graphql';
import type { PageServerLoad } from './$types';

const ProgramRegrades = graphql(`
  query ProgramRegrades($programId: ID!, $after: String) {
    programRegrades(programId: $programId, first: 20, after: $after) {
      nodes {
        id
        reason
        requestedAt
        finishedAt
        excerpt
        course {
          title
        }
        requestedBy {
          name
        }
        counts {
          effect
          count
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { program } = await parent();
  const after = url.searchParams.get('after');
  const { programRegrades } = await locals.api.query(ProgramRegrades, { programId: program.id, after });
  return { regrades: programRegrades };
};
