import { redirect } from '@sveltejs/kit';
import { refused, signInAddress, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { certificateOf } from '$lib/learning/certificates';
import { DECLINE_REASONS } from '$lib/learning/invitations';
import { hasEnded } from '$lib/learning/leaving';
import { invitations as invitationTexts } from '$lib/messages/invitations';
import type { Actions, PageServerLoad } from './$types';

const Learning = graphql(`
  query Learning {
    viewer {
      invitations {
        id
        programName
        course {
          slug
          title
          prerequisites {
            slug
            title
            completed
          }
        }
        cohort {
          name
          startsOn
          endsOn
          timeZone
        }
      }
      businesses {
        id
        name
      }
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
        status
        issuedAt
        course {
          slug
          title
        }
      }
    }
  }
`);

const AcceptInvitation = graphql(`
  mutation AcceptInvitation($input: InvitationAcceptInput!) {
    invitationAccept(input: $input) {
      enrollment {
        course {
          slug
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

const DeclineInvitation = graphql(`
  mutation DeclineInvitation($input: InvitationDeclineInput!) {
    invitationDecline(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, url }) => {
  const { viewer } = await locals.api.query(Learning);
  if (!viewer) redirect(303, signInAddress(url));
  const { enrollments, certificates, invitations, businesses, practice } = viewer;
  return {
    invitations,
    businesses,
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

export const actions: Actions = {
  /** Enrolls, and opens the course. Sent twice, it is the same enrollment. */
  accept: async ({ request, locals }) => {
    const form = await request.formData();
    const invitationId = text(form, 'invitationId');
    const businessId = text(form, 'businessId') || null;
    const { enrollment, userErrors } = await locals.api.mutate(AcceptInvitation, {
      input: { invitationId, businessId },
    });
    if (userErrors.length > 0) return refused(userErrors, { invitationId, isDeclining: false });
    redirect(303, `/courses/${enrollment!.course.slug}`);
  },

  decline: async ({ request, locals }) => {
    const form = await request.formData();
    const invitationId = text(form, 'invitationId');
    const reason = DECLINE_REASONS.find((known) => known === text(form, 'reason'));
    if (!reason) {
      const message = invitationTexts(locals.locale).chooseReason;
      return refused([{ code: 'REQUIRED', field: `reason-${invitationId}`, message }], {
        invitationId,
        isDeclining: true,
      });
    }
    const { userErrors } = await locals.api.mutate(DeclineInvitation, { input: { invitationId, reason } });
    if (userErrors.length > 0) return refused(userErrors, { invitationId, isDeclining: true });
    redirect(303, '/learning');
  },
};
