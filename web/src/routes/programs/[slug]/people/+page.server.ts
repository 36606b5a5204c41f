import { error } from '@sveltejs/kit';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import { periodOf, readFilters, scopeOf } from '$lib/programs/filters';
import { isStage } from '$lib/programs/stages';
import type { PageServerLoad } from './$types';

const PeopleOfStage = graphql(`
  query PeopleOfStage(
    $programId: ID!
    $stage: FunnelStage!
    $cohortId: ID
    $courseId: ID
    $regionCode: String
    $enrolledFrom: LocalDate
    $enrolledUntil: LocalDate
    $after: String
  ) {
    completionReport(
      programId: $programId
      cohortId: $cohortId
      courseId: $courseId
      regionCode: $regionCode
      enrolledFrom: $enrolledFrom
      enrolledUntil: $enrolledUntil
    ) {
      asOf
      funnel {
        stage
        count
      }
      regions {
        code
        name
      }
    }
    enrollmentsInStage(
      programId: $programId
      stage: $stage
      cohortId: $cohortId
      courseId: $courseId
      regionCode: $regionCode
      enrolledFrom: $enrolledFrom
      enrolledUntil: $enrolledUntil
      first: 50
      after: $after
    ) {
      nodes {
        email
        lastActivityAt
        regionName
        person {
          name
        }
        cohort {
          name
        }
        enrollment {
          id
          cycle
          enrolledAt
          state
          endedAt
          withdrawalReason
          course {
            title
          }
          progress {
            completedLessons
            requiredLessons
          }
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const stage = url.searchParams.get('stage') ?? 'ENROLLED';
  if (!isStage(stage)) error(400, faults(locals.locale).sentence(400));
  const { program } = await parent();
  const filters = readFilters(url);
  const { completionReport, enrollmentsInStage } = await locals.api.query(PeopleOfStage, {
    programId: program.id,
    stage,
    ...scopeOf(filters),
    ...periodOf(filters),
    after: url.searchParams.get('after'),
  });
  const { asOf, funnel, regions } = completionReport;
  return {
    stage,
    filters,
    asOf,
    regions,
    count: funnel.find((step) => step.stage === stage)?.count ?? 0,
    people: enrollmentsInStage,
  };
};
