import { error, redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { faults } from '$lib/messages/faults';
import type { Actions, PageServerLoad } from './$types';

const CoursePage = graphql(`
  query CoursePage($slug: String!) {
    viewer {
      businesses {
        id
        name
      }
      certificates {
        id
        status
        course {
          slug
        }
      }
    }
    course(slug: $slug) {
      id
      slug
      title
      summary
      outcomes
      descriptionHtml
      estimatedMinutes
      lessonCount
      version {
        number
        publishedAt
        license
      }
      modules {
        key
        title
        summary
        lessons {
          key
          title
          kind
          required
          estimatedMinutes
          completedAt
        }
      }
      enrollment {
        id
        state
        progress {
          completedLessons
          requiredLessons
          minutesLeft
        }
        nextLesson {
          key
        }
        reversal {
          reason
          reversedAt
          askedLessons {
            key
            title
            estimatedMinutes
            completedAt
          }
        }
        changes {
          kind
          version {
            number
          }
          addedLessons {
            key
            title
            estimatedMinutes
            completedAt
          }
          changedLessons {
            key
            title
          }
          removedCount
          keptCount
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

const Enroll = graphql(`
  mutation Enroll($input: EnrollmentCreateInput!) {
    enrollmentCreate(input: $input) {
      enrollment {
        nextLesson {
          key
        }
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const ChangesSeen = graphql(`
  mutation ChangesSeen($input: EnrollmentChangesSeenInput!) {
    enrollmentChangesSeen(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params }) => {
  const { viewer, course } = await locals.api.query(CoursePage, { slug: params.slug });
  if (!course) error(404, faults(locals.locale).sentence(404));
  return {
    course,
    businesses: viewer?.businesses ?? [],
    certificateId: viewer?.certificates.find(
      (each) => each.status === 'VALID' && each.course.slug === course.slug,
    )?.id,
  };
};

export const actions: Actions = {
  /** The learner read what changed: it is not told again. */
  seen: async ({ request, locals, params }) => {
    const form = await request.formData();
    const { userErrors } = await locals.api.mutate(ChangesSeen, {
      input: { enrollmentId: text(form, 'enrollmentId') },
    });
    if (userErrors.length > 0) return refused(userErrors, {});
    redirect(303, `/courses/${params.slug}`);
  },

  /** Enrolls, and opens the lesson the person was at, or the first one. Sent twice, it is the same enrollment. */
  enroll: async ({ request, locals, params }) => {
    const form = await request.formData();
    const { enrollment, userErrors } = await locals.api.mutate(Enroll, {
      input: { courseId: text(form, 'courseId'), businessId: text(form, 'businessId') || null },
    });
    if (userErrors.length > 0) return refused(userErrors, {});
    const lesson = text(form, 'lesson') || enrollment?.nextLesson?.key;
    redirect(303, `/courses/${params.slug}${lesson ? `/${encodeURIComponent(lesson)}` : ''}`);
  },
};
