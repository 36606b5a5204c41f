import type { RequestHandler } from '@sveltejs/kit';
import { graphql, type ResultOf } from '$lib/api/graphql';
import { csvOf } from '$lib/csv';
import { regrades } from '$lib/messages/regrades';

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

/** The whole report for a spreadsheet. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { id } = params as { id: string };
  const t = regrades(locals.locale);
  const rows: (string | number)[][] = [
    [t.learner, t.email, t.quiz, t.tryNumber, t.handedIn, t.before, t.after, t.effect, t.completed],
  ];
  let page: ResultOf<typeof RegradeReport>['quizRegrade']['differences'] | undefined;
  do {
    const after: string | null = page?.pageInfo.endCursor ?? null;
    page = (await locals.api.query(RegradeReport, { id, after })).quizRegrade.differences;
    for (const each of page.nodes)
      rows.push([
        each.learner.name ?? '',
        each.email,
        each.quizTitle,
        each.number,
        each.submittedAt,
        each.scorePercentBefore,
        each.scorePercentAfter,
        t.effects[each.effect]!,
        each.isCompleted ? t.yes : t.no,
      ]);
  } while (page.pageInfo.hasNextPage);
  return new Response(csvOf(rows), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="regrade-${id}.csv"`,
    },
  });
};
