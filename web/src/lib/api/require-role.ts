import { error, redirect } from '@sveltejs/kit';
import { faults } from '$lib/messages/faults';
import { signInAddress } from './api.server';

interface Asked {
  url: URL;
  locals: App.Locals;
}

/**
 * Says at once to whom a page is open. What they may see and change there, the API decides again.
 * @throws a redirect to the sign-in page for a visitor, 403 for anybody without one of the roles.
 */
export function requireRole(
  viewer: { roles: readonly string[] } | null,
  roles: readonly string[],
  { url, locals }: Asked,
): void {
  if (!viewer) redirect(303, signInAddress(url));
  if (!viewer.roles.some((role) => roles.includes(role))) error(403, faults(locals.locale).sentence(403));
}
