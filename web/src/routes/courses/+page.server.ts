import { graphql } from '$lib/api/graphql';
import type { PageServerLoad } from './$types';

const Catalog = graphql(`
  query Catalog($after: String) {
    courses(first: 20, after: $after) {
      nodes {
        slug
        title
        summary
        estimatedMinutes
        lessonCount
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
  }
`);

export const load: PageServerLoad = ({ locals, url }) =>
  locals.api.query(Catalog, { after: url.searchParams.get('after') });
