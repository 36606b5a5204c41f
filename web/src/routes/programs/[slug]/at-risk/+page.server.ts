import { graphql } from '$lib/api/graphql';
import { readFilters, scopeOf } from '$lib/programs/filters';
import { riskPage } from '$lib/programs/risk.server';
import type { PageServerLoad } from './$types';

const ProgramAtRisk = graphql(
  `
    query ProgramAtRisk($programId: ID!, $cohortId: ID, $courseId: ID, $regionCode: String, $after: String) {
      completionReport(programId: $programId) {
        asOf
        regions {
          code
          name
        }
      }
      learnersAtRisk(
        programId: $programId
        cohortId: $cohortId
        courseId: $courseId
        regionCode: $regionCode
        first: 20
        after: $after
      ) {
        ...RiskPage
      }
    }
  `,
  [riskPage],
);

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { program } = await parent();
  const filters = readFilters(url);
  const { completionReport, learnersAtRisk } = await locals.api.query(ProgramAtRisk, {
    programId: program.id,
    ...scopeOf(filters),
    after: url.searchParams.get('after'),
  });
  return { filters, regions: completionReport.regions, asOf: completionReport.asOf, atRisk: learnersAtRisk };
};
