import { error, redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import type { Actions, PageServerLoad } from './$types';

const RegradePreview = graphql(`
  query RegradePreview($id: ID!) {
    question(id: $id) {
      id
      course {
        slug
        viewerRole
      }
      version {
        promptHtml
      }
      regradePreview {
        versionNumber
        attempts
        counts {
          effect
          count
        }
        passingNow {
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
        stayingPassed {
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
      }
    }
  }
`);

const RegradeApply = graphql(`
  mutation RegradeApply($input: QuizRegradeApplyInput!) {
    quizRegradeApply(input: $input) {
      regrade {
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

export const load: PageServerLoad = async ({ locals, params }) => {
  const { question } = await locals.api.query(RegradePreview, { id: params.id });
  if (question.course.slug !== params.slug) error(404, faults(locals.locale).sentence(404));
  return {
    question,
    preview: question.regradePreview,
    mayApply: question.course.viewerRole === 'AUTHOR',
    idempotencyKey: crypto.randomUUID() as string,
  };
};

export const actions: Actions = {
  apply: async ({ request, locals, params }) => {
    const form = await request.formData();
    const reason = text(form, 'reason');
    const { regrade, userErrors } = await locals.api.mutate(RegradeApply, {
      input: {
        questionId: params.id,
        expectedVersion: Number(text(form, 'expectedVersion')),
        reason,
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    if (userErrors.length > 0) return refused(userErrors, { reason });
    redirect(303, `/studio/${params.slug}/regrades/${regrade!.id}`);
  },
};
