import { requireRole } from '$lib/api/require-role';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const { viewer } = await event.parent();
  // Administrators may author any course, so that none becomes an orphan.
  requireRole(viewer, ['TRAINER', 'ADMIN'], event);
};
