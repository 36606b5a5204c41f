import { error, fail } from '@sveltejs/kit';
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
        revision
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

const CohortChanges = graphql(`
  query CohortChanges($slug: String!, $revision: Int!) {
    program(slug: $slug) {
      cohorts {
        id
        changesSince(revision: $revision) {
          changedAt
          changedBy {
            name
          }
          fields {
            field
            before
            after
          }
        }
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
    const expectedRevision = Number(text(form, 'expectedRevision')) || 0;
    const values = { ...typed, expectedRevision };
    const problems = unreadable(typed, locals.locale);
    if (problems.length > 0) return refused(problems, values);
    const { userErrors } = await locals.api.mutate(CohortUpdate, {
      input: {
        cohortId: params.id,
        expectedRevision,
        ...cohortInput(typed),
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    if (userErrors.length === 0) return { saved: true };
    if (!userErrors.some(({ code }) => code === 'COHORT_CHANGED')) return refused(userErrors, values);
    // What was typed stays; beside it stands what others changed meanwhile.
    const { program } = await locals.api.query(CohortChanges, {
      slug: params.slug,
      revision: expectedRevision,
    });
    const changes = program?.cohorts.find(({ id }) => id === params.id)?.changesSince ?? [];
    // Saved again, it is over the changes that are shown, and over no later one.
    const seen = { ...values, expectedRevision: expectedRevision + changes.length };
    return fail(409, { ...refused(userErrors, seen).data, changes });
  },
};
