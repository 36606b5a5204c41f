import { error } from '@sveltejs/kit';
import { graphql } from '$lib/api/graphql';
import { faceOf } from '$lib/credentials/badge';
import { credentials } from '$lib/messages/credentials';
import type { PageServerLoad } from './$types';

const Certificate = graphql(`
  query Certificate($id: ID!) {
    certificate(id: $id) {
      id
      holder
      issuedAt
      revokedAt
      revocationReason
      verificationUrl
      badge
      course {
        slug
      }
      verification {
        valid
        checkedAt
        checks {
          code
          passed
          sentence
        }
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params }) => {
  const { certificate } = await locals.api.query(Certificate, { id: params.id });
  if (!certificate) error(404, credentials(locals.locale).absent);
  const { badge, course, ...shown } = certificate;
  return { certificate: shown, slug: course.slug, badge: faceOf(badge) };
};
