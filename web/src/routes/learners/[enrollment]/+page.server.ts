import { redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import type { Actions, PageServerLoad } from './$types';

const LearnerRecord = graphql(`
  query LearnerRecord($enrollmentId: ID!) {
    learnerRecord(enrollmentId: $enrollmentId) {
      email
      person {
        name
      }
      program {
        slug
        name
        timeZone
      }
      enrollment {
        id
        state
        enrolledAt
        course {
          title
        }
        progress {
          completedLessons
          requiredLessons
          missing {
            code
            have
            need
          }
        }
      }
      completions {
        versionNumber
        completion {
          id
          occurredAt
          evaluatedAt
          criteriaVersion
        }
        lessons {
          completedAt
          gradePercent
          lesson {
            id
            title
            kind
          }
        }
        reversedBy {
          name
        }
        reversal {
          reason
          reversedAt
          askedLessons {
            id
            title
          }
        }
        certificate {
          id
          status
        }
      }
    }
  }
`);

const CompletionReverse = graphql(`
  mutation CompletionReverse($input: CompletionReverseInput!) {
    completionReverse(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const CompletionReinstate = graphql(`
  mutation CompletionReinstate($input: CompletionReinstateInput!) {
    completionReinstate(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { learnerRecord } = await locals.api.query(LearnerRecord, { enrollmentId: params.enrollment });
  const done = url.searchParams.get('done');
  return { record: learnerRecord, done: done === 'reversed' || done === 'reinstated' ? done : null };
};

export const actions: Actions = {
  /** Reverses a completion. It is shown first what becomes of it, and asked once more. */
  reverse: async ({ request, locals, params }) => {
    const form = await request.formData();
    const values = {
      completionId: text(form, 'completionId'),
      reason: text(form, 'reason'),
      askedLessonIds: form.getAll('askedLessonIds').map(String),
    };
    const isComplete = values.reason !== '' && values.askedLessonIds.length > 0;
    if (isComplete && !form.has('confirmed')) return { asked: values };
    const { userErrors } = await locals.api.mutate(CompletionReverse, { input: values });
    if (userErrors.length > 0) return refused(userErrors, values);
    redirect(303, `/learners/${params.enrollment}?done=reversed`);
  },

  reinstate: async ({ request, locals, params }) => {
    const form = await request.formData();
    const values = { completionId: text(form, 'completionId'), mistakeReason: text(form, 'mistakeReason') };
    const { userErrors } = await locals.api.mutate(CompletionReinstate, {
      input: { completionId: values.completionId, reason: values.mistakeReason },
    });
    if (userErrors.length > 0) {
      const errors = userErrors.map((error) =>
        error.field === 'reason' ? { ...error, field: 'mistakeReason' } : error,
      );
      return refused(errors, values);
    }
    redirect(303, `/learners/${params.enrollment}?done=reinstated`);
  },
};
