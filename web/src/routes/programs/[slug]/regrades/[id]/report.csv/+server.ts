import { error, type RequestHandler } from '@sveltejs/kit';
import { graphql, type ResultOf } from '$lib/api/graphql';
import { csvResponse } from '$lib/csv';
import { faults } from '$lib/messages/faults';
import { regradeRows } from '$lib/studio/regrade-rows';

const ProgramRegradeReport = graphql(`
  query ProgramRegradeReport($programId: ID!, $id: ID!, $after: String) {
    programRegrade(programId: $programId, id: $id) {
      differences(first: 100, after: $after) {
        nodes {
          learner {
            name
          }
          email
          quizTitle
          number
          submittedAt
          scorePercentBefore
          scorePercentAfter
          effect
          isCompleted
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

const ProgramOfRegrade = graphql(`
  query ProgramOfRegrade($slug: String!) {
    program(slug: $slug) {
      id
    }
  }
`);

type Differences = ResultOf<typeof ProgramRegradeReport>['programRegrade']['differences'];

/** What a regrade did to the attempts of the program, for a spreadsheet. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { slug, id } = params as { slug: string; id: string };
  const { program } = await locals.api.query(ProgramOfRegrade, { slug });
  if (!program) error(404, faults(locals.locale).sentence(404));
  const found: Differences['nodes'] = [];
  let page: Differences | undefined;
  do {
    const after: string | null = page?.pageInfo.endCursor ?? null;
    page = (
      await locals.api.query(ProgramRegradeReport, {
        programId: program.id,
        id,
        after,
      })
    ).programRegrade.differences;
    found.push(...page.nodes);
  } while (page.pageInfo.hasNextPage);
  return csvResponse(`regrade-${id}.csv`, regradeRows(locals.locale, found));
};
