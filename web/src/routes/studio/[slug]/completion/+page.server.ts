import { error, redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { criteria } from '$lib/messages/criteria';
import { faults } from '$lib/messages/faults';
import type { Actions, PageServerLoad } from './$types';

const CriteriaPage = graphql(`
  query CriteriaPage($slug: String!) {
    course(slug: $slug) {
      id
      title
      modules {
        lessons {
          kind
          required
        }
      }
      completionCriteria {
        version
        overallMinimumPercent
        reason
        decidedAt
        decidedBy {
          name
        }
        reevaluation {
          learnersFound
          learnersDone
          learnersCompleted
          finishedAt
        }
      }
    }
  }
`);

const CriteriaPreview = graphql(`
  query CriteriaPreview($slug: String!, $minimum: Int) {
    course(slug: $slug) {
      completionCriteriaPreview(overallMinimumPercent: $minimum) {
        version
        overallMinimumPercent
        inProgress
        lookedAt
        completing
        oneMore
        oneLess
        completed
      }
    }
  }
`);

const CriteriaChange = graphql(`
  mutation CriteriaChange($input: CompletionCriteriaChangeInput!) {
    completionCriteriaChange(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

/** What was typed: a number of percent, null for none, undefined for what is neither. */
function minimumOf(typed: string): number | null | undefined {
  if (typed === '') return null;
  const percent = Number(typed);
  return Number.isInteger(percent) && percent >= 1 && percent <= 100 ? percent : undefined;
}

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { course } = await locals.api.query(CriteriaPage, { slug: params.slug });
  if (!course) error(404, faults(locals.locale).sentence(404));
  const typed = url.searchParams.get('minimum')?.trim() ?? null;
  const minimum = typed === null ? undefined : minimumOf(typed);
  const tried =
    minimum === undefined ? null : await locals.api.query(CriteriaPreview, { slug: params.slug, minimum });
  const wrong = typed !== null && minimum === undefined;
  return {
    course,
    typed,
    errors: wrong ? [{ field: 'minimum', message: criteria(locals.locale).outOfRange }] : undefined,
    preview: tried?.course?.completionCriteriaPreview ?? null,
    hasQuiz: course.modules.some(({ lessons }) =>
      lessons.some(({ kind, required }) => kind === 'QUIZ' && required),
    ),
    idempotencyKey: crypto.randomUUID() as string,
  };
};

export const actions: Actions = {
  apply: async ({ request, locals, params }) => {
    const form = await request.formData();
    const reason = text(form, 'reason');
    const { userErrors } = await locals.api.mutate(CriteriaChange, {
      input: {
        courseId: text(form, 'courseId'),
        overallMinimumPercent: minimumOf(text(form, 'minimum')) ?? null,
        expectedVersion: Number(text(form, 'expectedVersion')),
        reason,
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    if (userErrors.length > 0) return refused(userErrors, { reason });
    redirect(303, `/studio/${params.slug}/completion`);
  },
};
