import { graphql } from '$lib/api/graphql';
import { stateOf } from './call';
import type { PageServerLoad } from './$types';

const Grants = graphql(`
  query Grants($after: String) {
    grantCalls(first: 100, after: $after) {
      nodes {
        id
        name
        opensAt
        closesAt
        timeZone
        courses {
          slug
          title
        }
        conditions {
          key
          kind
        }
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, platform }) => {
  const { grantCalls } = await locals.api.query(Grants);
  const now = platform!.req.gateway.now().toISOString();
  const calls = grantCalls.nodes
    .map(({ conditions, ...call }) => ({
      ...call,
      state: stateOf(call, now),
      /** Those on the business itself: headings have no key, and badges are shown by name. */
      ruleCount: conditions.filter(({ key, kind }) => key !== null && kind !== 'HOLDS_BADGE').length,
    }))
    .sort((one, other) => Date.parse(one.closesAt) - Date.parse(other.closesAt));
  return {
    open: calls.filter(({ state }) => state === 'open'),
    upcoming: calls.filter(({ state }) => state === 'upcoming'),
    closed: calls.filter(({ state }) => state === 'closed').reverse(),
  };
};
