import { error } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { allowances } from '$lib/messages/allowances';
import { faults } from '$lib/messages/faults';
import { readAllowance } from '$lib/quizzes/allowance-form.server';
import type { Actions, PageServerLoad } from './$types';

const AllowancesPage = graphql(`
  query AllowancesPage($id: ID!) {
    lesson(id: $id) {
      id
      title
      composition {
        attemptLimit
        timeLimitMinutes
        closesAt
      }
      version {
        course {
          slug
          viewerRole
        }
      }
      allowances {
        email
        learner {
          name
        }
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
      }
    }
  }
`);

const AllowanceGive = graphql(`
  mutation AllowanceGive($input: QuizAllowanceGiveInput!) {
    quizAllowanceGive(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params }) => {
  const { lesson } = await locals.api.query(AllowancesPage, { id: params.lessonId });
  const { course } = lesson.version;
  if (course.slug !== params.slug || !lesson.composition) error(404, faults(locals.locale).sentence(404));
  return {
    lesson,
    limits: lesson.composition,
    mayGive: course.viewerRole === 'AUTHOR' || course.viewerRole === 'EDITOR',
    idempotencyKey: crypto.randomUUID() as string,
  };
};

export const actions: Actions = {
  give: async ({ request, locals, params }) => {
    const form = await request.formData();
    const { values, input } = readAllowance(form);
    const email = text(form, 'email');
    const { userErrors } = await locals.api.mutate(AllowanceGive, {
      input: { ...input, lessonId: params.lessonId, email },
    });
    if (userErrors.length > 0) return refused(userErrors, { ...values, email });
    return { saved: email };
  },

  takeBack: async ({ request, locals, params }) => {
    const form = await request.formData();
    const email = text(form, 'email');
    const reason = allowances(locals.locale).takenBack;
    const { userErrors } = await locals.api.mutate(AllowanceGive, {
      input: { lessonId: params.lessonId, email, extraMinutes: 0, extraAttempts: 0, reason },
    });
    if (userErrors.length > 0) return refused(userErrors, { email });
    return { saved: email };
  },
};
