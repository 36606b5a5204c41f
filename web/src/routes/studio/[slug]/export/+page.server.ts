import { error } from '@sveltejs/kit';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import type { PageServerLoad } from './$types';

const ExportCourse = graphql(`
  query ExportCourse($slug: String!) {
    course(slug: $slug) {
      slug
      title
      draft {
        id
      }
      version {
        publishedAt
        locales
      }
      exportFormats {
        name
        extension
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params }) => {
  const { course } = await locals.api.query(ExportCourse, { slug: params.slug });
  if (!course) error(404, faults(locals.locale).sentence(404));
  return { course };
};
