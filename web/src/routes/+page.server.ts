import { graphql } from '$lib/api/graphql';
import type { PageServerLoad } from './$types';

const Home = graphql(`
  query Home {
    viewer {
      businesses {
        id
      }
      certificates {
        status
      }
      enrollments {
        id
        state
        lastActivityAt
        course {
          slug
          title
        }
        progress {
          completedLessons
          requiredLessons
          minutesLeft
        }
        continueAt {
          lesson {
            key
            title
            estimatedMinutes
          }
          position {
            block
          }
        }
      }
    }
    courses(first: 6) {
      nodes {
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
        modules {
          lessons {
            key
          }
        }
      }
    }
    grantCalls(first: 20) {
      nodes {
        id
        name
        opensAt
        closesAt
        timeZone
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, platform }) => {
  const { viewer, courses, grantCalls } = await locals.api.query(Home);
  const now = platform!.req.gateway.now().toISOString();
  const enrollments = viewer?.enrollments ?? [];
  return {
    hasBusiness: (viewer?.businesses.length ?? 0) > 0,
    badgeCount: viewer?.certificates.filter(({ status }) => status === 'VALID').length ?? 0,
    /** The one worked on last comes first. */
    inProgress: enrollments
      .filter(({ state }) => state === 'ACTIVE')
      .sort((a, b) => (a.lastActivityAt < b.lastActivityAt ? 1 : -1)),
    hasStarted: enrollments.length > 0,
    courses: courses.nodes.map(({ modules, ...course }) => ({
      ...course,
      firstLesson: modules[0]?.lessons[0]?.key,
    })),
    calls: grantCalls.nodes.filter(({ closesAt }) => closesAt > now),
  };
};
