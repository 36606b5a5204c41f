import { graphql } from '$lib/api/graphql';
import { localDateOf } from '$lib/calendar';
import type { PageServerLoad } from './$types';

const Rosters = graphql(`
  query ProgramRosters($slug: String!, $programId: ID!, $after: String) {
    program(slug: $slug) {
      cohorts {
        id
        name
        startsOn
        endsOn
        timeZone
      }
    }
    rosters(programId: $programId, first: 20, after: $after) {
      nodes {
        id
        fileName
        state
        createdAt
        course {
          title
        }
        cohort {
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, parent, params, url }) => {
  const { program, now } = await parent();
  const asked = await locals.api.query(Rosters, {
    slug: params.slug,
    programId: program.id,
    after: url.searchParams.get('after'),
  });
  return {
    rosters: asked.rosters,
    /** Those that one can still enroll in, the next to end first. */
    cohorts: (asked.program?.cohorts ?? [])
      .filter(({ endsOn, timeZone }) => localDateOf(now, timeZone) <= endsOn)
      .sort((a, b) => (a.endsOn < b.endsOn ? -1 : 1)),
  };
};
