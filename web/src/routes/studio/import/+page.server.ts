import { graphql } from '$lib/api/graphql';
import type { PageServerLoad } from './$types';

const Imports = graphql(`
  query Imports($after: String) {
    viewer {
      importFormats
      authoredCourses {
        id
        slug
        title
      }
    }
    courseImportJobs(first: 20, after: $after) {
      nodes {
        id
        fileName
        slug
        state
        createdAt
        course {
          title
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, url }) => {
  const after = url.searchParams.get('after');
  const { viewer, courseImportJobs } = await locals.api.query(Imports, { after });
  return {
    formats: viewer?.importFormats ?? [],
    courses: viewer?.authoredCourses ?? [],
    jobs: courseImportJobs.nodes,
    pageInfo: courseImportJobs.pageInfo,
    /** Of the course that a link came from. */
    into: url.searchParams.get('into'),
  };
};
