import { error, redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import type { Actions, PageServerLoad } from './$types';

const StudioCourse = graphql(`
  query StudioCourse($slug: String!) {
    course(slug: $slug) {
      id
      slug
      title
      learners {
        inProgress
        completed
      }
      versions {
        id
        number
        publishedAt
        publishPolicy
        contentHash
        locales
      }
      version {
        id
      }
      draft {
        number
        impact {
          changes {
            kind
            key
          }
        }
      }
    }
  }
`);

/** Of the draft, else of the published version. */
const StudioOutline = graphql(`
  query StudioOutline($id: ID!) {
    courseVersion(id: $id) {
      modules {
        key
        title
        summary
        lessons {
          id
          key
          kind
          title
          required
          estimatedMinutes
          quiz {
            questionCount
          }
        }
      }
    }
  }
`);

const DraftCreate = graphql(`
  mutation DraftCreate($courseId: ID!, $idempotencyKey: String!) {
    courseDraftCreate(input: { courseId: $courseId, idempotencyKey: $idempotencyKey }) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params }) => {
  const { course } = await locals.api.query(StudioCourse, { slug: params.slug });
  if (!course) error(404, faults(locals.locale).sentence(404));
  const [newest] = course.versions;
  const shown = course.draft ? newest! : course.version;
  const { courseVersion } = await locals.api.query(StudioOutline, { id: shown.id });
  return { course, modules: courseVersion.modules, idempotencyKey: crypto.randomUUID() };
};

export const actions: Actions = {
  startDraft: async ({ request, locals, params }) => {
    const form = await request.formData();
    const { userErrors } = await locals.api.mutate(DraftCreate, {
      courseId: text(form, 'courseId'),
      idempotencyKey: text(form, 'idempotencyKey'),
    });
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, `/studio/${params.slug}#content`);
  },
};
