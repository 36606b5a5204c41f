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
      viewerRole
      version {
        publishedAt
      }
      draft {
        id
        number
        title
        defaultLocale
        modules {
          lessons {
            key
          }
        }
        publishChecklist {
          code
          ok
          message
          locale
          lesson {
            id
            kind
          }
          module {
            id
          }
        }
        impact {
          policies {
            policy
            learnersStaying
            learnersMoving
            learnersAsked
            lessonsMore
            minutesMore
          }
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
      publishPolicy
      publishedBy {
        name
      }
      course {
        slug
      }
      modules {
        lessons {
          quiz {
            questionCount
          }
        }
      }
      impact {
        policies {
          policy
          learnersStaying
          learnersMoving
          learnersAsked
        }
      }
    }
  }
`);

const Publish = graphql(`
  mutation Publish($versionId: ID!, $policy: PublishPolicy!, $idempotencyKey: String!) {
    courseVersionPublish(input: { versionId: $versionId, policy: $policy, idempotencyKey: $idempotencyKey }) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const POLICIES = ['NEW_LEARNERS_ONLY', 'MOVE_IN_PROGRESS', 'MOVE_AND_ASK_COMPLETED'] as const;

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
    const policy = POLICIES.find((each) => each === text(form, 'policy')) ?? 'NEW_LEARNERS_ONLY';
    const { userErrors } = await locals.api.mutate(Publish, { versionId, policy, idempotencyKey });
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, `/studio/${params.slug}/publish?done=${versionId}`);
  },
};
