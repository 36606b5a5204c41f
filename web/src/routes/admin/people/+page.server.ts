import { redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql, type VariablesOf } from '$lib/api/graphql';
import type { Actions, PageServerLoad } from './$types';

const People = graphql(`
  query People($search: String, $after: String) {
    people(first: 20, search: $search, after: $after) {
      nodes {
        id
        name
        email
        roles
        createdAt
        enrollments {
          id
          state
          course {
            title
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const RolesSet = graphql(`
  mutation RolesSet($email: String!, $roles: [Role!]!) {
    personRolesSet(input: { email: $email, roles: $roles }) {
      person {
        name
        email
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

type Role = VariablesOf<typeof RolesSet>['roles'][number];
const ROLES: readonly Role[] = ['TRAINER', 'MANAGER', 'ADMIN'];

export const load: PageServerLoad = async ({ locals, url }) => {
  const search = (url.searchParams.get('search') ?? '').trim();
  const after = url.searchParams.get('after');
  const { people } = await locals.api.query(People, { search, after });
  return { people: people.nodes, pageInfo: people.pageInfo, search, after };
};

const rolesIn = (form: FormData): Role[] => ROLES.filter((role) => form.getAll('roles').includes(role));

export const actions: Actions = {
  /** Gives a person exactly the roles that were ticked. Taking the highest away is asked about first. */
  roles: async ({ request, locals }) => {
    const form = await request.formData();
    const email = text(form, 'email');
    const roles = rolesIn(form);
    const takesAdmin = form.has('isAdmin') && !roles.includes('ADMIN');
    if (takesAdmin && !form.has('confirmed')) return { asked: { email, roles } };
    const { person, userErrors } = await locals.api.mutate(RolesSet, { email, roles });
    if (userErrors.length > 0) return refused(userErrors, { email, roles });
    return { saved: { email, who: person?.name ?? email } };
  },

  add: async ({ request, locals }) => {
    const form = await request.formData();
    const email = text(form, 'email');
    const roles = rolesIn(form);
    const { userErrors } = await locals.api.mutate(RolesSet, { email, roles });
    if (userErrors.length > 0) return refused(userErrors, { email, roles, added: true });
    redirect(303, `/admin/people?search=${encodeURIComponent(email)}`);
  },
};
