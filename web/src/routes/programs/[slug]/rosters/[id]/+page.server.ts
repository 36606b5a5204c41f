import { redirect } from '@sveltejs/kit';
import { refused } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import type { Actions, PageServerLoad } from './$types';

const RosterPage = graphql(`
  query RosterPage($id: ID!, $outcome: RosterOutcome, $after: String) {
    roster(id: $id) {
      id
      fileName
      state
      failure
      notes
      rowCount
      doneCount
      createdAt
      course {
        title
      }
      cohort {
        name
      }
      counts {
        outcome
        count
      }
      rows(first: 50, outcome: $outcome, after: $after) {
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

const ApplyRoster = graphql(`
  mutation ApplyRoster($rosterId: ID!) {
    rosterApply(input: { rosterId: $rosterId }) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const CancelRoster = graphql(`
  mutation CancelRoster($rosterId: ID!) {
    rosterCancel(input: { rosterId: $rosterId }) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const OUTCOMES = [
  'TO_ENROLL',
  'ENROLLED',
  'INVITED',
  'ALREADY_ENROLLED',
  'ALREADY_INVITED',
  'SKIPPED',
  'REFUSED',
] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const outcome = OUTCOMES.find((each) => each === url.searchParams.get('outcome')) ?? null;
  const after = url.searchParams.get('after');
  const { roster } = await locals.api.query(RosterPage, { id: params.id, outcome, after });
  return { roster, outcome };
};

export const actions: Actions = {
  apply: async ({ locals, params }) => {
    const { userErrors } = await locals.api.mutate(ApplyRoster, { rosterId: params.id });
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, `/programs/${params.slug}/rosters/${params.id}`);
  },
  cancel: async ({ locals, params }) => {
    const { userErrors } = await locals.api.mutate(CancelRoster, { rosterId: params.id });
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, `/programs/${params.slug}/rosters/${params.id}`);
  },
};
