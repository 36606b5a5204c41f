import { graphql } from '$lib/api/graphql';
import type { PageServerLoad } from './$types';

const RegradePage = graphql(`
  query RegradePage($id: ID!, $effect: RegradeEffect, $after: String) {
    quizRegrade(id: $id) {
      id
      reason
      requestedAt
      finishedAt
      attemptsFound
      attemptsDone
      requestedBy {
        name
      }
      question {
        version {
          promptHtml
        }
      }
      counts {
        effect
        count
      }
      differences(first: 50, effect: $effect, after: $after) {
        nodes {
          attemptId
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

const EFFECTS = ['PASSES_NOW', 'STAYS_PASSED', 'RAISED', 'LOWERED', 'SAME'] as const;

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const asked = url.searchParams.get('effect');
  const effect = EFFECTS.find((each) => each === asked) ?? null;
  const after = url.searchParams.get('after');
  const { quizRegrade } = await locals.api.query(RegradePage, { id: params.id, effect, after });
  return { regrade: quizRegrade, effect };
};
