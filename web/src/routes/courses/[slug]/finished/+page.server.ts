import { error, redirect } from '@sveltejs/kit';
import { signInAddress } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { certificateOf } from '$lib/learning/certificates';
import { faults } from '$lib/messages/faults';
import type { PageServerLoad } from './$types';

const Finished = graphql(`
  query Finished($slug: String!) {
    viewer {
      name
      certificates {
        id
        issuedAt
        course {
          slug
        }
      }
    }
    course(slug: $slug) {
      slug
      title
      enrollment {
        state
        completion {
          occurredAt
        }
      }
      grantCalls {
        id
        name
        opensAt
        closesAt
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params, url }) => {
  const { viewer, course } = await locals.api.query(Finished, { slug: params.slug });
  if (!course) error(404, faults(locals.locale).sentence(404));
  if (!viewer) redirect(303, signInAddress(url));
  if (course.enrollment?.state !== 'COMPLETED') redirect(303, `/courses/${course.slug}`);
  return {
    course,
    hasName: viewer.name !== null,
    certificateId: certificateOf(viewer.certificates, course.slug, course.enrollment.completion)?.id,
  };
};
