import { graphql } from '$lib/api/graphql';
import type { PageServerLoad } from './$types';

const AdminOverview = graphql(`
  query AdminOverview {
    parkedDeliveries(first: 20) {
      nodes {
        eventId
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals }) => {
  const { parkedDeliveries } = await locals.api.query(AdminOverview);
  return { parked: parkedDeliveries.nodes.length, more: parkedDeliveries.pageInfo.hasNextPage };
};
