import type { Api } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { WITHOUT_COHORT } from './cohorts';

const CourseCohorts = graphql(`
  query CourseCohorts($slug: String!) {
    course(slug: $slug) {
      cohorts {
        id
        name
        programName
        startsOn
        endsOn
        timeZone
        learningEndsOn
        seats
        seatsLeft
        phase
      }
    }
  }
`);

/** The cohorts that offer a course, open or upcoming: asked for who may still enroll. */
export async function cohortsOf(api: Api, slug: string) {
  return (await api.query(CourseCohorts, { slug })).course?.cohorts ?? [];
}

/** What the form of enrolling chose: a cohort, none, or nothing, and then the only open one is meant. */
export const chosenCohort = (value: string) =>
  value === WITHOUT_COHORT ? { withoutCohort: true } : { cohortId: value || null };
