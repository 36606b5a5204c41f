import { graphql } from '$lib/api/graphql';
import { apiLocale } from '$lib/i18n';
import { readFilters } from './filters';
import type { PageServerLoad } from './$types';

const Catalog = graphql(`
  query Catalog(
    $after: String
    $search: String
    $topic: String
    $locale: String
    $maxMinutes: Int
    $opensCall: ID
  ) {
    courses(
      first: 12
      after: $after
      search: $search
      topic: $topic
      locale: $locale
      maxMinutes: $maxMinutes
      opensCall: $opensCall
    ) {
      totalCount
      suggestion
      topicCounts {
        topic
        courseCount
      }
      localeCounts {
        locale
        courseCount
      }
      edges {
        excerpt {
          text
          highlighted
        }
        node {
          slug
          title
          summary
          estimatedMinutes
          lessonCount
          prerequisites {
            slug
            title
            completed
          }
          grantCalls {
            id
            name
          }
        }
      }
      pageInfo {
        endCursor
        hasNextPage
      }
    }
    grantCalls(first: 100) {
      nodes {
        id
        name
        closesAt
        courses {
          slug
        }
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, url, platform }) => {
  const filters = readFilters(url);
  const { courses, grantCalls } = await locals.api.query(Catalog, {
    after: url.searchParams.get('after'),
    search: filters.q || null,
    topic: filters.topic || null,
    locale: filters.language || null,
    maxMinutes: filters.minutes ? Number(filters.minutes) : null,
    opensCall: filters.grant || null,
  });
  const now = platform!.req.gateway.now().toISOString();
  return {
    filters,
    courses,
    /** Whose texts are searched. */
    searched: filters.language || apiLocale(locals.locale),
    calls: grantCalls.nodes.filter(({ closesAt, courses: asked }) => closesAt > now && asked.length > 0),
  };
};
