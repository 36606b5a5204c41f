import { refused, text, type UserError } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { faceOf } from '$lib/credentials/badge';
import { credentials } from '$lib/messages/credentials';
import { readBadge } from './read-badge';
import type { Actions } from './$types';

const BadgeVerify = graphql(`
  query BadgeVerify($badge: JSONObject!) {
    badgeVerify(badge: $badge) {
      valid
      checkedAt
      checks {
        code
        passed
        sentence
      }
    }
  }
`);

const BadgeAtAddress = graphql(`
  query BadgeAtAddress($id: ID!) {
    certificate(id: $id) {
      id
      holder
      verificationUrl
      badge
      verification {
        valid
        checkedAt
        checks {
          code
          passed
          sentence
        }
      }
    }
  }
`);

export const actions: Actions = {
  default: async ({ request, locals, url }) => {
    const t = credentials(locals.locale);
    const form = await request.formData();
    const file = form.get('file');
    const typed = text(form, 'badge') || (file instanceof File ? (await file.text()).trim() : '');
    const refuse = (code: string, message: string) => {
      const error: UserError = { code, field: 'badge', message };
      return refused([error], { badge: typed });
    };
    const read = readBadge(typed);
    if (typed === '') return refuse('REQUIRED', t.empty);
    if (!read) return refuse('INVALID_FORMAT', t.unreadable);
    if ('badge' in read) {
      const { badgeVerify } = await locals.api.query(BadgeVerify, { badge: read.badge });
      // Only what is genuine is worth repeating; and only then is its form known.
      const face = badgeVerify.valid ? faceOf(read.badge) : null;
      return { verification: badgeVerify, face, certificate: null };
    }
    const { certificate } = await locals.api.query(BadgeAtAddress, { id: read.id });
    const ours = [url.host, ...(certificate ? [new URL(certificate.verificationUrl).host] : [])];
    if (!ours.includes(read.host)) return refuse('ELSEWHERE', t.elsewhere);
    if (!certificate) return refuse('UNKNOWN', t.unknown);
    const { id, holder, badge, verification } = certificate;
    return { verification, face: faceOf(badge), certificate: { id, holder } };
  },
};
