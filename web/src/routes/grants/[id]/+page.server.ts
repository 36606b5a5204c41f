import { error } from '@sveltejs/kit';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import type { PageServerLoad } from './$types';

const Grant = graphql(`
  query Grant($id: ID!) {
    grantCall(id: $id) {
      id
      name
      opensAt
      closesAt
      timeZone
      conditions {
        key
        level
        sentence
      }
      courses {
        slug
        title
        summary
        estimatedMinutes
        lessonCount
        prerequisites {
          slug
          title
          completed
        }
      }
    }
    viewer {
      businesses {
        id
        name
      }
    }
  }
`);

const Standing = graphql(`
  query Standing($callId: ID!, $businessId: ID!) {
    eligibility(callId: $callId, businessId: $businessId) {
      answer
      evaluatedAt
      ruleSetNumber
      minutesToEligible
      conditions {
        key
        result
        negated
        decisive
        sentence
        evidence {
          kind
          sentence
          certificateId
        }
      }
      actions {
        kind
        sentence
        minutes
        courseSlug
        factKind
        factAsOf
        steps {
          lessonKey
          sentence
        }
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { grantCall: call, viewer } = await locals.api.query(Grant, { id: params.id });
  const wanted = url.searchParams.get('business');
  const businesses = viewer?.businesses ?? [];
  const business = wanted === null ? businesses[0] : businesses.find(({ id }) => id === wanted);
  // Somebody else's business is no more to be found than one that does not exist; a visitor may follow an owner's link.
  if (!call || (wanted !== null && viewer && !business)) error(404, faults(locals.locale).sentence(404));
  const standing = business
    ? (await locals.api.query(Standing, { callId: call.id, businessId: business.id })).eligibility
    : null;
  return { call, businesses, business: business ?? null, standing };
};
