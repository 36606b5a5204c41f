import { redirect } from '@sveltejs/kit';
import { signInAddress } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { certificateOf } from '$lib/learning/certificates';
import { hasEnded } from '$lib/learning/leaving';
import type { PageServerLoad } from './$types';

const Learning = graphql(`
  query Learning {
    viewer {
      enrollments {
        id
        state
        lastActivityAt
        endedAt
        course {
          slug
          title
        }
        business {
          name
        }
        progress {
          completedLessons
          requiredLessons
          minutesLeft
        }
        nextLesson {
          key
          title
          estimatedMinutes
        }
        completion {
          occurredAt
        }
      }
      practice {
        dueCount
        nextDueOn
      }
      certificates {
        id
        issuedAt
        course {
          slug
          title
        }
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, url }) => {
  const { viewer } = await locals.api.query(Learning);
  if (!viewer) redirect(303, signInAddress(url));
  const { enrollments, certificates, practice } = viewer;
  return {
    /** The one worked on last comes first. */
    inProgress: enrollments
      .filter(({ state }) => state === 'ACTIVE')
      .sort((one, other) => Date.parse(other.lastActivityAt) - Date.parse(one.lastActivityAt)),
    /** Completed moments ago: a certificate is dated by the completion, and a worker has yet to issue it. */
    beingIssued: enrollments.filter(
      ({ state, course, completion }) =>
        state === 'COMPLETED' && !certificateOf(certificates, course.slug, completion),
    ),
    certificates,
    practice,
    /** The newest of a course, where it ended and was not begun anew. */
    ended: enrollments.filter(
      (each) => hasEnded(each) && enrollments.find(({ course }) => course.slug === each.course.slug) === each,
    ),
  };
};
