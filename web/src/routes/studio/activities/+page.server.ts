import { redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import type { Actions, PageServerLoad } from './$types';

const ActivityQueue = graphql(`
  query ActivityQueue($after: String) {
    activityQueue(first: 20, after: $after) {
      totalCount
      nodes {
        id
        number
        text
        submittedAt
        learnerName
        files {
          id
          name
          url
        }
        course {
          slug
          title
        }
        lesson {
          title
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const ActivityDecide = graphql(`
  mutation ActivityDecide($input: ActivityDecideInput!) {
    activityDecide(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, url }) => {
  const { activityQueue } = await locals.api.query(ActivityQueue, { after: url.searchParams.get('after') });
  return { queue: activityQueue, isDecided: url.searchParams.has('decided') };
};

export const actions: Actions = {
  decide: async ({ request, locals, url }) => {
    const form = await request.formData();
    const submissionId = text(form, 'submissionId');
    const comment = text(form, 'comment');
    const decision = text(form, 'decision') === 'ACCEPTED' ? ('ACCEPTED' as const) : ('RETURNED' as const);
    const { userErrors } = await locals.api.mutate(ActivityDecide, {
      input: { submissionId, decision, comment },
    });
    if (userErrors.length > 0) return refused(userErrors, { submissionId, comment });
    redirect(303, `${url.pathname}?decided`);
  },
};
