import { error, redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { bookmarkActions } from '$lib/learning/bookmarks.server';
import { cohortsOf } from '$lib/learning/cohorts.server';
import { hasEnded } from '$lib/learning/leaving';
import { inOrder, lessonAfter } from '$lib/learning/next-lesson';
import { noteActions } from '$lib/learning/notes.server';
import { withoutPictures } from '$lib/learning/low-data';
import { notes } from '$lib/messages/notes';
import { faults } from '$lib/messages/faults';
import type { Actions, PageServerLoad } from './$types';
import { activityActions } from './activity.server';

const LessonPage = graphql(`
  query LessonPage($slug: String!, $key: String!) {
    viewer {
      businesses {
        id
        name
      }
    }
    course(slug: $slug) {
      id
      slug
      title
      prerequisites {
        slug
        title
        completed
      }
      modules {
        title
        lessons {
          key
          title
          kind
          required
          estimatedMinutes
          completedAt
        }
      }
      lesson(key: $key) {
        id
        key
        title
        kind
        required
        bodyHtml
        bodyLocale
        estimatedMinutes
        completedAt
        position {
          block
          videoSeconds
        }
        bookmarks {
          id
          block
        }
        note {
          id
          text
          revision
          updatedAt
        }
        quiz {
          questionCount
          passPercent
        }
        quizStanding {
          attemptLimit
          attemptsLeft
          timeLimitMinutes
          closesAt
          graceMinutes
          waitMinutes
          gradePolicy
          showAnswers
          endsAt
          refusal
          scorePercent
          allowance {
            extraMinutes
            extraAttempts
            closesAt
            reason
            givenBy {
              name
            }
          }
        }
        submission
        submissions {
          id
          state
          text
          comment
          savedAt
          submittedAt
          setAsideAt
          files {
            id
            name
            url
          }
        }
        lastAttempt {
          id
          state
          passed
          scorePercent
        }
        packageStanding {
          status
          scorePercent
          address
        }
      }
      enrollment {
        id
        state
        progress {
          completedLessons
          requiredLessons
          minutesLeft
          missing {
            code
            have
            need
          }
          overall {
            quizzes {
              lesson {
                key
              }
              mayRise
            }
          }
        }
      }
    }
  }
`);

const LessonComplete = graphql(`
  mutation LessonComplete($input: LessonCompleteInput!) {
    lessonComplete(input: $input) {
      enrollment {
        state
        course {
          modules {
            lessons {
              key
              title
              kind
              required
              estimatedMinutes
              completedAt
            }
          }
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

const QuizStart = graphql(`
  mutation QuizStart($input: QuizAttemptStartInput!) {
    quizAttemptStart(input: $input) {
      attempt {
        id
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, params, parent, url }) => {
  const { viewer, course } = await locals.api.query(LessonPage, { slug: params.slug, key: params.lesson });
  if (!course?.lesson) error(404, faults(locals.locale).sentence(404));
  const lessons = inOrder(course.modules);
  const { bodyHtml } = course.lesson;
  const { lowData } = await parent();
  const place = lessons.findIndex(({ key }) => key === params.lesson);
  const enrollment = course.enrollment && !hasEnded(course.enrollment) ? course.enrollment : null;
  return {
    course: { id: course.id, slug: course.slug, title: course.title },
    moduleTitle: course.modules.find((module) => module.lessons.some(({ key }) => key === params.lesson))
      ?.title,
    lesson: {
      ...course.lesson,
      bodyHtml: bodyHtml && lowData ? withoutPictures(bodyHtml, notes(locals.locale).showPicture) : bodyHtml,
    },
    isNoted: url.searchParams.has('noted'),
    /** The block that was marked just now. */
    marked: url.searchParams.has('marked') ? Number(url.searchParams.get('marked')) : null,
    /** What is new to somebody who completed the course is theirs to do, though it is no part of what they completed. */
    isOffered: course.enrollment?.state === 'COMPLETED' && place === -1,
    enrollment,
    /** For who is not enrolled. */
    prerequisites: course.prerequisites,
    cohorts: viewer && !enrollment ? await cohortsOf(locals.api, params.slug) : [],
    businesses: viewer?.businesses ?? [],
    place: place + 1,
    lessonCount: lessons.length,
    previous: lessons[place - 1] ?? null,
    /** Where finishing it leads. */
    after: lessonAfter(lessons, params.lesson)?.key ?? '',
    next: place === -1 ? null : (lessons[place + 1] ?? null),
  };
};

export const actions: Actions = {
  ...activityActions,
  ...noteActions,
  ...bookmarkActions,

  complete: async ({ request, locals, params }) => {
    const form = await request.formData();
    const { enrollment, userErrors } = await locals.api.mutate(LessonComplete, {
      input: { enrollmentId: text(form, 'enrollmentId'), lessonId: text(form, 'lessonId') },
    });
    if (userErrors.length > 0) return refused(userErrors, {});
    const address = `/courses/${params.slug}`;
    const next = lessonAfter(inOrder(enrollment?.course.modules ?? []), params.lesson);
    if (enrollment?.state === 'COMPLETED' && !next) redirect(303, `${address}/finished`);
    redirect(303, next ? `${address}/${next.key}` : address);
  },

  quiz: async ({ request, locals, params }) => {
    const form = await request.formData();
    const { attempt, userErrors } = await locals.api.mutate(QuizStart, {
      input: { enrollmentId: text(form, 'enrollmentId'), lessonId: text(form, 'lessonId') },
    });
    if (userErrors.length > 0 || !attempt) return refused(userErrors, {});
    redirect(303, `/courses/${params.slug}/${params.lesson}/attempts/${attempt.id}`);
  },
};
