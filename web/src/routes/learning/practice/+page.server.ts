import { randomUUID } from 'node:crypto';
import { redirect } from '@sveltejs/kit';
import { refused, signInAddress, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { shownQuestion } from '$lib/learning/question.server';
import { answersOf, filledIn, sharedPlaces, type SentAnswer } from '$lib/learning/answers';
import { practice } from '$lib/messages/practice';
import { quiz } from '$lib/messages/quiz';
import type { Actions, PageServerLoad } from './$types';

const PracticePage = graphql(
  `
    query PracticePage {
      viewer {
        practice {
          ladderDays
          dueCount
          nextDueOn
          stoppedCourses {
            id
            title
          }
          stoppedCards {
            id
            question {
              promptHtml
            }
          }
          cards(first: 1) {
            id
            versionId
            course {
              id
              title
            }
            question {
              ...ShownQuestion
            }
          }
        }
      }
    }
  `,
  [shownQuestion],
);

const PracticeSend = graphql(`
  mutation PracticeSend($input: PracticeAnswerSendInput!) {
    practiceAnswerSend(input: $input) {
      answer {
        id
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const PracticeLeave = graphql(`
  mutation PracticeLeave($input: PracticeScopeInput!) {
    practiceStop(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const PracticeTakeUp = graphql(`
  mutation PracticeTakeUp($input: PracticeScopeInput!) {
    practiceResume(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, url }) => {
  const { viewer } = await locals.api.query(PracticePage);
  if (!viewer) redirect(303, signInAddress(url));
  const [card] = viewer.practice.cards;
  // The answer is known by this id: sent by two taps, or again by going back, it is one.
  return { practice: viewer.practice, card, answerId: randomUUID() as string };
};

const isEmpty = ({ optionIds, text: typed, pairs }: SentAnswer): boolean =>
  optionIds.length === 0 && !typed && pairs.length === 0;

const scopeOf = (form: FormData) => ({
  questionId: text(form, 'questionId') || null,
  courseId: text(form, 'courseId') || null,
});

export const actions: Actions = {
  answer: async ({ request, locals }) => {
    const form = await request.formData();
    const refuse = (message: string) =>
      refused([{ code: 'ANSWER_MISSING', field: null, message }], { filled: filledIn(form) });
    const isUnknown = form.has('unknown');
    if (!isUnknown && sharedPlaces(form).length > 0) return refuse(quiz(locals.locale).placeShared);
    const [answer] = answersOf(form);
    if (!answer || (!isUnknown && isEmpty(answer))) return refuse(practice(locals.locale).missing);
    const { questionId } = answer;
    const id = text(form, 'answerId');
    const { userErrors } = await locals.api.mutate(PracticeSend, {
      input: {
        id,
        questionVersionId: text(form, 'versionId') || null,
        ...(isUnknown ? { questionId } : answer),
      },
    });
    if (userErrors.length > 0) return refused(userErrors, { filled: filledIn(form) });
    redirect(303, `/learning/practice/${id}`);
  },

  leave: async ({ request, locals }) => {
    const { userErrors } = await locals.api.mutate(PracticeLeave, {
      input: scopeOf(await request.formData()),
    });
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, '/learning/practice');
  },

  takeUp: async ({ request, locals }) => {
    const { userErrors } = await locals.api.mutate(PracticeTakeUp, {
      input: scopeOf(await request.formData()),
    });
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, '/learning/practice');
  },
};
