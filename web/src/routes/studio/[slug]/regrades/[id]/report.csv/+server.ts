import type { RequestHandler } from '@sveltejs/kit';
import { graphql, type ResultOf } from '$lib/api/graphql';
import { csvResponse } from '$lib/csv';
import { regradeRows } from '$lib/studio/regrade-rows';

const RegradeReport = graphql(`
  query RegradeReport($id: ID!, $after: String) {
    quizRegrade(id: $id) {
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

type Differences = ResultOf<typeof RegradeReport>['quizRegrade']['differences'];

/** The whole report for a spreadsheet. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { id } = params as { id: string };
  const found: Differences['nodes'] = [];
  let page: Differences | undefined;
  do {
    const after: string | null = page?.pageInfo.endCursor ?? null;
    page = (await locals.api.query(RegradeReport, { id, after })).quizRegrade.differences;
    found.push(...page.nodes);
  } while (page.pageInfo.hasNextPage);
  return csvResponse(`regrade-${id}.csv`, regradeRows(locals.locale, found));
};
