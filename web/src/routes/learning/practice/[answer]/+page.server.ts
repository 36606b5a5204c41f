import { redirect } from '@sveltejs/kit';
import { signInAddress } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { shownQuestion } from '$lib/learning/question.server';
import type { PageServerLoad } from './$types';

const PracticeResult = graphql(
  `
    query PracticeResult($id: ID!) {
      viewer {
        practice {
          dueCount
        }
      }
      practiceAnswer(id: $id) {
        right
        card {
          id
          dueOn
          course {
            id
            slug
            title
          }
          lesson {
            title
          }
          readAgain {
            key
            title
          }
        }
        question {
          ...ShownQuestion
        }
      }
    }
  `,
  [shownQuestion],
);

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { viewer, practiceAnswer } = await locals.api.query(PracticeResult, { id: params.answer });
  if (!viewer) redirect(303, signInAddress(url));
  return { answer: practiceAnswer, dueCount: viewer.practice.dueCount };
};
