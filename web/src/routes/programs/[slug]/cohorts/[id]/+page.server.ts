import { error } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import { cohortInput, typedCohort, unreadable } from '../cohort-form.server';
import type { Actions, PageServerLoad } from './$types';

const CohortToEdit = graphql(`
  query CohortToEdit($slug: String!) {
    program(slug: $slug) {
      cohorts {
        id
        name
        startsOn
        endsOn
        timeZone
        learningEndsOn
        seats
        seatsTaken
        chosenCourses {
          id
        }
      }
    }
  }
`);

const CohortUpdate = graphql(`
  mutation CohortUpdate($input: CohortUpdateInput!) {
    cohortUpdate(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params }) => {
  const { program } = await locals.api.query(CohortToEdit, { slug: params.slug });
  const cohort = program?.cohorts.find(({ id }) => id === params.id);
  if (!cohort) error(404, faults(locals.locale).sentence(404));
  return { cohort, idempotencyKey: crypto.randomUUID() as string };
};

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const form = await request.formData();
    const typed = typedCohort(form);
    const problems = unreadable(typed, locals.locale);
    if (problems.length > 0) return refused(problems, typed);
    const { userErrors } = await locals.api.mutate(CohortUpdate, {
      input: { cohortId: params.id, ...cohortInput(typed), idempotencyKey: text(form, 'idempotencyKey') },
    });
    return userErrors.length > 0 ? refused(userErrors, typed) : { saved: true };
  },
};
