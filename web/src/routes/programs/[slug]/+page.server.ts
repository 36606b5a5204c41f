import { graphql } from '$lib/api/graphql';
import { riskPage } from '$lib/programs/risk.server';
import { horizonOf, periodOf, readFilters, scopeOf } from '$lib/programs/filters';
import type { PageServerLoad } from './$types';

const rateFigure = graphql(`
  fragment RateFigure on Rate @_unmask {
    value
    numerator
    denominator
    definitionId
    asOf
  }
`);

const ProgramDashboard = graphql(
  `
    query ProgramDashboard(
      $programId: ID!
      $cohortId: ID
      $courseId: ID
      $regionCode: String
      $enrolledFrom: LocalDate
      $enrolledUntil: LocalDate
      $horizonDays: Int
    ) {
      completionReport(
        programId: $programId
        cohortId: $cohortId
        courseId: $courseId
        regionCode: $regionCode
        enrolledFrom: $enrolledFrom
        enrolledUntil: $enrolledUntil
        horizonDays: $horizonDays
      ) {
        asOf
        horizonDays
        notYetMatured
        rateMatured {
          ...RateFigure
        }
        rateEnrolled {
          ...RateFigure
        }
        rateStarted {
          ...RateFigure
        }
        invited {
          invited
          enrolled
          leftEarly
          waiting
          declined
          withdrawn
          expired
          enrolledInvited
          enrolledUninvited
        }
        funnel {
          stage
          count
        }
        regions {
          code
          name
        }
        rows {
          course {
            id
            title
          }
          regionCode
          regionName
          rateMatured {
            ...RateFigure
          }
          rateEnrolled {
            ...RateFigure
          }
          rateStarted {
            ...RateFigure
          }
        }
      }
      learnersAtRisk(
        programId: $programId
        cohortId: $cohortId
        courseId: $courseId
        regionCode: $regionCode
        first: 5
      ) {
        ...RiskPage
      }
    }
  `,
  [rateFigure, riskPage],
);

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { program } = await parent();
  const filters = readFilters(url);
  const { completionReport, learnersAtRisk } = await locals.api.query(ProgramDashboard, {
    programId: program.id,
    ...scopeOf(filters),
    ...periodOf(filters),
    horizonDays: horizonOf(filters),
  });
  return { filters, report: completionReport, atRisk: learnersAtRisk };
};
