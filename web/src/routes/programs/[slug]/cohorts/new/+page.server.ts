import { redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { cohortInput, typedCohort, unreadable } from '../cohort-form.server';
import type { Actions, PageServerLoad } from './$types';

const ProgramOfNewCohort = graphql(`
  query ProgramOfNewCohort($slug: String!) {
    program(slug: $slug) {
      id
    }
  }
`);

const CohortCreate = graphql(`
  mutation CohortCreate($input: CohortCreateInput!) {
    cohortCreate(input: $input) {
      cohort {
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

export const load: PageServerLoad = () => ({ idempotencyKey: crypto.randomUUID() as string });

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const form = await request.formData();
    const typed = typedCohort(form);
    const problems = unreadable(typed, locals.locale);
    if (problems.length > 0) return refused(problems, typed);
    const { program } = await locals.api.query(ProgramOfNewCohort, { slug: params.slug });
    const { cohort, userErrors } = await locals.api.mutate(CohortCreate, {
      input: {
        programId: program?.id ?? '',
        ...cohortInput(typed),
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    if (userErrors.length > 0) return refused(userErrors, typed);
    redirect(303, `/programs/${params.slug}/cohorts#cohort-${cohort?.id}`);
  },
};
