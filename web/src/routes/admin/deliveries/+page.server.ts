import { text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import type { Actions, PageServerLoad } from './$types';

const ParkedDeliveries = graphql(`
  query ParkedDeliveries($after: String) {
    parkedDeliveries(first: 20, after: $after) {
      nodes {
        eventId
        handler
        eventType
        occurredAt
        attempts
        lastError
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const DeliveryRetry = graphql(`
  mutation DeliveryRetry($eventId: ID!, $handler: String!) {
    deliveryRetry(input: { eventId: $eventId, handler: $handler }) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, url }) => {
  const after = url.searchParams.get('after');
  const { parkedDeliveries } = await locals.api.query(ParkedDeliveries, { after });
  return { deliveries: parkedDeliveries.nodes, pageInfo: parkedDeliveries.pageInfo, after };
};

export const actions: Actions = {
  default: async ({ request, locals }) => {
    const form = await request.formData();
    const handler = text(form, 'handler');
    await locals.api.mutate(DeliveryRetry, { eventId: text(form, 'eventId'), handler });
    return { retried: handler };
  },
};
