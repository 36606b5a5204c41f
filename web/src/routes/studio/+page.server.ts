import { graphql } from '$lib/api/graphql';
import type { PageServerLoad } from './$types';

const Studio = graphql(`
  query Studio {
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
          impact {
            changes {
              kind
            }
          }
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
  const { viewer } = await locals.api.query(Studio);
  return { courses: viewer?.authoredCourses ?? [] };
};
