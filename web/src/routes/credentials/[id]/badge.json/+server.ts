import { error, type RequestHandler } from '@sveltejs/kit';
import { graphql } from '$lib/api/graphql';
import { credentials } from '$lib/messages/credentials';

const BadgeFile = graphql(`
  query BadgeFile($id: ID!) {
    certificate(id: $id) {
      badge
      course {
        slug
      }
    }
  }
`);

/** The badge as a file. Verifiers read the same at the address of the certificate, by asking for JSON, as links cannot. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const { certificate } = await locals.api.query(BadgeFile, { id: params.id! });
  if (!certificate) error(404, credentials(locals.locale).absent);
  return new Response(JSON.stringify(certificate.badge, null, 2), {
    headers: {
      'content-type': 'application/vc+json',
      'content-disposition': `attachment; filename="badge-${certificate.course.slug}.json"`,
    },
  });
};
