import { error } from '@sveltejs/kit';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import type { PageServerLoad } from './$types';

const RegradesPage = graphql(`
  query RegradesPage($slug: String!) {
    course(slug: $slug) {
      title
      mendedQuestions {
        id
        version {
          kind
          excerpt
        }
      }
      regrades {
        id
        reason
        requestedAt
        finishedAt
        requestedBy {
          name
        }
        question {
          version {
            excerpt
          }
        }
        counts {
          effect
          count
        }
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params }) => {
  const { course } = await locals.api.query(RegradesPage, { slug: params.slug });
  if (!course) error(404, faults(locals.locale).sentence(404));
  return { course };
};
