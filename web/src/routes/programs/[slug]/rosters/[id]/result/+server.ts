import { graphql } from '$lib/api/graphql';
import { csvOf } from '$lib/csv';
import { rosters } from '$lib/messages/rosters';
import type { RequestHandler } from './$types';

const RosterResult = graphql(`
  query RosterResult($id: ID!, $after: String) {
    roster(id: $id) {
      rows(first: 100, after: $after) {
        nodes {
          line
          email
          name
          outcome
          reason
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);

/** What became of each person, for a spreadsheet. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { column, outcomes } = rosters(locals.locale);
  const table: (string | number)[][] = [
    [column.line, column.email, column.name, column.outcome, column.reason],
  ];
  for (let after: string | null = null; ;) {
    const result: { roster: { rows: Rows } } = await locals.api.query(RosterResult, { id: params.id, after });
    const { nodes, pageInfo } = result.roster.rows;
    for (const { line, email, name, outcome, reason } of nodes)
      table.push([line, email, name ?? '', outcomes[outcome] ?? outcome, reason ?? '']);
    if (!pageInfo.hasNextPage) break;
    after = pageInfo.endCursor;
  }
  return new Response(csvOf(table), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="roster-${params.id}.csv"`,
    },
  });
};

interface Rows {
  nodes: readonly {
    line: number;
    email: string;
    name: string | null;
    outcome: string;
    reason: string | null;
  }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}
