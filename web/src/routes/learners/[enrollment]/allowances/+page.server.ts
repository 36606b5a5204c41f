import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { readAllowance } from '$lib/quizzes/allowance-form.server';
import type { Actions, PageServerLoad } from './$types';

const LearnerAllowances = graphql(`
  query LearnerAllowances($enrollmentId: ID!) {
    learnerQuizzes(enrollmentId: $enrollmentId) {
      email
      person {
        name
      }
      enrollment {
        id
        state
        course {
          title
        }
      }
      quizzes {
        lesson {
          id
          title
        }
        attemptLimit
        timeLimitMinutes
        closesAt
        attemptsMade
        allowance {
          id
          extraMinutes
          extraAttempts
          closesAt
          reason
          givenAt
          givenBy {
            name
          }
        }
        earlier {
          id
          extraMinutes
          extraAttempts
          closesAt
          reason
          givenAt
          givenBy {
            name
          }
        }
      }
    }
  }
`);

const LearnerAllowanceGive = graphql(`
  mutation LearnerAllowanceGive($input: QuizAllowanceGiveLearnerInput!) {
    quizAllowanceGiveLearner(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params }) => {
  const { learnerQuizzes } = await locals.api.query(LearnerAllowances, { enrollmentId: params.enrollment });
  return { ...learnerQuizzes, idempotencyKey: crypto.randomUUID() as string };
};

export const actions: Actions = {
  give: async ({ request, locals, params }) => {
    const form = await request.formData();
    const { values, input } = readAllowance(form);
    const lessonId = text(form, 'lessonId');
    const { userErrors } = await locals.api.mutate(LearnerAllowanceGive, {
      input: { ...input, enrollmentId: params.enrollment, lessonId },
    });
    if (userErrors.length > 0) return refused(userErrors, { ...values, lessonId, doing: 'give' });
    return { saved: lessonId };
  },

  takeBack: async ({ request, locals, params }) => {
    const form = await request.formData();
    const values = { lessonId: text(form, 'lessonId'), reason: text(form, 'reason') };
    const { userErrors } = await locals.api.mutate(LearnerAllowanceGive, {
      input: { ...values, enrollmentId: params.enrollment, extraMinutes: 0, extraAttempts: 0 },
    });
    if (userErrors.length > 0) return refused(userErrors, { ...values, doing: 'takeBack' });
    return { saved: values.lessonId };
  },
};
