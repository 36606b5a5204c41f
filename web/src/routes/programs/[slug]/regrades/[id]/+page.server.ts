import { graphql } from '$lib/api/graphql';
import type { PageServerLoad } from './$types';

const ProgramRegradePage = graphql(`
  query ProgramRegradePage($programId: ID!, $id: ID!, $effect: RegradeEffect, $after: String) {
    programRegrade(programId: $programId, id: $id) {
      id
      reason
      requestedAt
      finishedAt
      excerpt
      course {
        title
      }
      requestedBy {
        name
      }
      counts {
        effect
        count
      }
      differences(first: 50, effect: $effect, after: $after) {
        nodes {
          attemptId
          enrollmentId
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

export const load: PageServerLoad = async ({ locals, parent, params, url }) => {
  const { program } = await parent();
  const asked = url.searchParams.get('effect');
  const effect = EFFECTS.find((each) => each === asked) ?? null;
  const { programRegrade } = await locals.api.query(ProgramRegradePage, {
    programId: program.id,
    id: params.id,
    effect,
    after: url.searchParams.get('after'),
  });
  return { regrade: programRegrade, effect };
};
