import { error, redirect } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { chosenCohort, cohortsOf } from '$lib/learning/cohorts.server';
import { certificateOf } from '$lib/learning/certificates';
import { hasEnded, LEAVING_REASONS } from '$lib/learning/leaving';
import { faults } from '$lib/messages/faults';
import { leaving } from '$lib/messages/leaving';
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
        issuedAt
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
      prerequisites {
        slug
        title
        completed
      }
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
          id
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
        endedAt
        coolingEndsAt
        cohort {
          learningEndsOn
          timeZone
        }
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
            minimumPercent
            percent
            quizzes {
              lesson {
                key
                title
                quizStanding {
                  refusal
                }
              }
              percent
              mayRise
            }
          }
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
        continueAt {
          lesson {
            key
          }
          position {
            block
          }
        }
        completion {
          occurredAt
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

const Withdraw = graphql(`
  mutation Withdraw($input: EnrollmentWithdrawInput!) {
    enrollmentWithdraw(input: $input) {
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

export const load: PageServerLoad = async ({ locals, params, platform }) => {
  const { viewer, course } = await locals.api.query(CoursePage, { slug: params.slug });
  if (!course) error(404, faults(locals.locale).sentence(404));
  const { enrollment, ...rest } = course;
  const isOver = enrollment !== null && hasEnded(enrollment);
  const certificates = viewer?.certificates.filter((each) => each.course.slug === course.slug) ?? [];
  const certificate = certificateOf(certificates, course.slug, enrollment?.completion);
  return {
    course: rest,
    enrollment: isOver ? null : enrollment,
    /** The learner left, or the time was over, and they are not enrolled anew. */
    ended: isOver ? enrollment : null,
    /** For who may still enroll, or again. */
    cohorts: enrollment?.state === 'ACTIVE' ? [] : await cohortsOf(locals.api, params.slug),
    now: platform!.req.gateway.now().toISOString(),
    businesses: viewer?.businesses ?? [],
    certificateId: certificate?.id,
    /** The newest badge of an earlier cycle, for somebody who takes the course again. */
    earlierBadge: certificates.find((each) => each.status === 'VALID' && each !== certificate),
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

  /** The learner leaves; the page then says so, and how to come back. */
  leave: async ({ request, locals, params }) => {
    const form = await request.formData();
    const values = { reason: text(form, 'reason'), note: text(form, 'note') };
    const reason = LEAVING_REASONS.find((known) => known === values.reason);
    if (!reason) {
      const message = leaving(locals.locale).chooseReason;
      return refused([{ code: 'REQUIRED', field: 'reason', message }], values);
    }
    const { userErrors } = await locals.api.mutate(Withdraw, {
      input: { enrollmentId: text(form, 'enrollmentId'), reason, note: values.note || null },
    });
    if (userErrors.length > 0) return refused(userErrors, values);
    redirect(303, `/courses/${params.slug}`);
  },

  /** Enrolls, and opens the lesson the person was at, or the first one. Sent twice, it is the same enrollment. */
  enroll: async ({ request, locals, params }) => {
    const form = await request.formData();
    const { enrollment, userErrors } = await locals.api.mutate(Enroll, {
      input: {
        courseId: text(form, 'courseId'),
        businessId: text(form, 'businessId') || null,
        ...chosenCohort(text(form, 'cohortId')),
        again: form.has('again'),
      },
    });
    if (userErrors.length > 0) return refused(userErrors, {});
    const lesson = text(form, 'lesson') || enrollment?.nextLesson?.key;
    redirect(303, `/courses/${params.slug}${lesson ? `/${encodeURIComponent(lesson)}` : ''}`);
  },
};
