import { error, redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql, type VariablesOf } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

const CourseTeam = graphql(`
  query CourseTeam($slug: String!) {
    viewer {
      id
    }
    course(slug: $slug) {
      id
      slug
      title
      viewerRole
      team {
        role
        email
        since
        person {
          id
          name
        }
      }
    }
  }
`);

const TeamAdd = graphql(`
  mutation TeamAdd($input: CourseTeamAddInput!) {
    courseTeamAdd(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const TeamUpdate = graphql(`
  mutation TeamUpdate($input: CourseTeamUpdateInput!) {
    courseTeamUpdate(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const TeamRemove = graphql(`
  mutation TeamRemove($input: CourseTeamRemoveInput!) {
    courseTeamRemove(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const HandOver = graphql(`
  mutation HandOver($input: CourseHandOverInput!) {
    courseHandOver(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

type Role = VariablesOf<typeof TeamAdd>['input']['role'];
const ROLES: readonly Role[] = ['AUTHOR', 'EDITOR', 'REVIEWER'];

/** What was chosen; the least, for a form that chose nothing. */
const roleIn = (form: FormData): Role => ROLES.find((role) => role === form.get('role')) ?? 'REVIEWER';

export const load: PageServerLoad = async ({ locals, params }) => {
  const { course, viewer } = await locals.api.query(CourseTeam, { slug: params.slug });
  if (!course || !viewer) error(404, faults(locals.locale).sentence(404));
  return { course, viewerId: viewer.id, idempotencyKey: crypto.randomUUID() as string };
};

const Authored = graphql(`
  query Authored {
    viewer {
      authoredCourses {
        slug
      }
    }
  }
`);

/** Whoever left sees the team no more, and an unpublished course neither. */
async function backFor({ locals, params }: RequestEvent, isViewer: boolean): Promise<void> {
  if (!isViewer) return;
  const { viewer } = await locals.api.query(Authored);
  if (!viewer?.authoredCourses.some(({ slug }) => slug === params.slug)) redirect(303, '/studio');
}

export const actions: Actions = {
  add: async ({ request, locals }) => {
    const form = await request.formData();
    const values = { email: text(form, 'email'), role: roleIn(form), of: 'add' };
    const { userErrors } = await locals.api.mutate(TeamAdd, {
      input: {
        courseId: text(form, 'courseId'),
        email: values.email,
        role: values.role,
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    if (userErrors.length > 0) return refused(userErrors, values);
    return { saved: values.email };
  },

  change: async ({ request, locals }) => {
    const form = await request.formData();
    const personId = text(form, 'personId');
    const { userErrors } = await locals.api.mutate(TeamUpdate, {
      input: { courseId: text(form, 'courseId'), personId, role: roleIn(form) },
    });
    if (userErrors.length > 0) return refused(userErrors, { of: personId });
    return { saved: text(form, 'who') };
  },

  /** Asked about first, also where no script asks. */
  remove: async (event) => {
    const form = await event.request.formData();
    const personId = text(form, 'personId');
    if (!form.has('confirmed')) return { asked: personId };
    const { userErrors } = await event.locals.api.mutate(TeamRemove, {
      input: { courseId: text(form, 'courseId'), personId },
    });
    if (userErrors.length > 0) return refused(userErrors, { of: personId });
    await backFor(event, form.has('isViewer'));
    return { removed: text(form, 'who') };
  },

  handOver: async (event) => {
    const form = await event.request.formData();
    const values = {
      handOverEmail: text(form, 'handOverEmail'),
      stayAs: text(form, 'stayAs'),
      of: 'handOver',
    };
    if (!form.has('confirmed')) return { askedHandOver: values };
    const { userErrors } = await event.locals.api.mutate(HandOver, {
      input: {
        courseId: text(form, 'courseId'),
        email: values.handOverEmail,
        stayAs: ROLES.find((role) => role === values.stayAs) ?? null,
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    const errors = userErrors.map((each) => ({ ...each, field: each.field && 'handOverEmail' }));
    if (errors.length > 0) return refused(errors, values);
    await backFor(event, true);
    return { saved: values.handOverEmail };
  },
};
