import { redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import type { Actions, PageServerLoad } from './$types';

const Studio = graphql(`
  query Studio {
    activityQueue(first: 1) {
      totalCount
    }
    viewer {
      authoredCourses {
        slug
        title
        version {
          number
          publishedAt
        }
        draft {
          number
        }
        learners {
          inProgress
          completed
        }
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals }) => {
  const { viewer, activityQueue } = await locals.api.query(Studio);
  return {
    courses: viewer?.authoredCourses ?? [],
    waiting: activityQueue.totalCount,
    idempotencyKey: crypto.randomUUID(),
  };
};

const CourseCreate = graphql(`
  mutation CourseCreate($input: CourseCreateInput!) {
    courseCreate(input: $input) {
      version {
        course {
          slug
        }
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const actions: Actions = {
  create: async ({ request, locals }) => {
    const form = await request.formData();
    const values = {
      title: text(form, 'title'),
      slug: text(form, 'slug'),
      defaultLocale: text(form, 'defaultLocale'),
    };
    const { version, userErrors } = await locals.api.mutate(CourseCreate, {
      input: { ...values, slug: values.slug || null, idempotencyKey: text(form, 'idempotencyKey') },
    });
    if (userErrors.length > 0) return refused(userErrors, values);
    redirect(303, `/studio/${version!.course.slug}`);
  },
};
