import { graphql } from '$lib/api/graphql';
import type { PageServerLoad } from './$types';

const ProgramCohorts = graphql(`
  query ProgramCohorts($slug: String!) {
    program(slug: $slug) {
      cohorts {
        id
        name
        startsOn
        endsOn
        timeZone
        learningEndsOn
        seats
        seatsTaken
        phase
        chosenCourses {
          id
          title
        }
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params }) => {
  const { program } = await locals.api.query(ProgramCohorts, { slug: params.slug });
  /** The newest first: that is the one that is asked about. */
  return { cohorts: (program?.cohorts ?? []).toReversed() };
};
