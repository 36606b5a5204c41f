import { refused, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { localDateOf } from '$lib/calendar';
import type { Actions, PageServerLoad } from './$types';

const Invitations = graphql(`
  query ProgramInvitations($slug: String!, $programId: ID!, $state: InvitationState, $after: String) {
    program(slug: $slug) {
      cohorts {
        id
        name
        startsOn
        endsOn
        timeZone
      }
    }
    invitations(programId: $programId, state: $state, first: 50, after: $after) {
      counts {
        state
        count
      }
      nodes {
        id
        email
        name
        state
        declineReason
        lastSentAt
        sentCount
        nextMailAt
        endedAt
        course {
          title
        }
        cohort {
          name
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);

const Invite = graphql(`
  mutation Invite($input: InvitationsCreateInput!) {
    invitationsCreate(input: $input) {
      results {
        email
        outcome
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const SendAgain = graphql(`
  mutation SendInvitationAgain($invitationId: ID!) {
    invitationSend(input: { invitationId: $invitationId }) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const TakeBack = graphql(`
  mutation TakeInvitationBack($invitationId: ID!) {
    invitationWithdraw(input: { invitationId: $invitationId }) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

const STATES = ['INVITED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN', 'EXPIRED'] as const;

export const load: PageServerLoad = async ({ locals, parent, params, url }) => {
  const { program, now } = await parent();
  const state = STATES.find((each) => each === url.searchParams.get('state')) ?? null;
  const asked = await locals.api.query(Invitations, {
    slug: params.slug,
    programId: program.id,
    state,
    after: url.searchParams.get('after'),
  });
  const countOf = (each: string) =>
    asked.invitations.counts.find((counted) => counted.state === each)?.count ?? 0;
  return {
    state,
    states: STATES.map((each) => ({ state: each, count: countOf(each) })),
    invitations: asked.invitations,
    /** Those that one can still enroll in, the next to end first. */
    cohorts: (asked.program?.cohorts ?? [])
      .filter(({ endsOn, timeZone }) => localDateOf(now, timeZone) <= endsOn)
      .sort((a, b) => (a.endsOn < b.endsOn ? -1 : 1)),
  };
};

export const actions: Actions = {
  invite: async ({ request, locals }) => {
    const form = await request.formData();
    const values = {
      emails: text(form, 'emails'),
      cohortId: text(form, 'cohortId'),
      courseId: text(form, 'courseId'),
      locale: text(form, 'locale'),
    };
    const { results, userErrors } = await locals.api.mutate(Invite, {
      input: {
        cohortId: values.cohortId,
        courseId: values.courseId,
        emails: values.emails.split(/[\s,;]+/).filter(Boolean),
        locale: values.locale === 'fr' || values.locale === 'en' ? values.locale : null,
      },
    });
    if (userErrors.length > 0) return refused(userErrors, values);
    return { results: results ?? [] };
  },

  send: async ({ request, locals }) => {
    const form = await request.formData();
    const { userErrors } = await locals.api.mutate(SendAgain, { invitationId: text(form, 'invitationId') });
    return userErrors.length > 0 ? refused(userErrors, {}) : { sent: text(form, 'email') };
  },

  withdraw: async ({ request, locals }) => {
    const form = await request.formData();
    const { userErrors } = await locals.api.mutate(TakeBack, { invitationId: text(form, 'invitationId') });
    return userErrors.length > 0 ? refused(userErrors, {}) : { withdrawn: text(form, 'email') };
  },
};
