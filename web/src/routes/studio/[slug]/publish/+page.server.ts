import { error, redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import type { Actions, PageServerLoad } from './$types';

const PublishPreview = graphql(`
  query PublishPreview($slug: String!) {
    course(slug: $slug) {
      slug
      title
      version {
        publishedAt
      }
      draft {
        id
        number
        title
        modules {
          lessons {
            key
          }
        }
        impact {
          learnersInProgress
          learnersCompleted
          minutesBefore
          minutesAfter
          changes {
            kind
            key
            title
            required
          }
        }
      }
    }
  }
`);

const Receipt = graphql(`
  query PublishReceipt($id: ID!) {
    courseVersion(id: $id) {
      number
      title
      publishedAt
      contentHash
      course {
        slug
      }
    }
  }
`);

const Publish = graphql(`
  mutation Publish($versionId: ID!, $idempotencyKey: String!) {
    courseVersionPublish(input: { versionId: $versionId, idempotencyKey: $idempotencyKey }) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const done = url.searchParams.get('done');
  if (done) {
    const { courseVersion } = await locals.api.query(Receipt, { id: done });
    if (courseVersion.publishedAt && courseVersion.course.slug === params.slug)
      return { receipt: { ...courseVersion, publishedAt: courseVersion.publishedAt } };
  }
  const { course } = await locals.api.query(PublishPreview, { slug: params.slug });
  if (!course) error(404, faults(locals.locale).sentence(404));
  return { course, idempotencyKey: crypto.randomUUID() };
};

export const actions: Actions = {
  default: async ({ request, locals, params }) => {
    const form = await request.formData();
    const versionId = text(form, 'versionId');
    const idempotencyKey = text(form, 'idempotencyKey');
    const { userErrors } = await locals.api.mutate(Publish, { versionId, idempotencyKey });
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, `/studio/${params.slug}/publish?done=${versionId}`);
  },
};
