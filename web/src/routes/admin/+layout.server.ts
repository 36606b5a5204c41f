import { requireRole } from '$lib/api/require-role';
import type { LayoutServerLoad } from './$types';

export const load: LayoutServerLoad = async (event) => {
  const { viewer } = await event.parent();
  requireRole(viewer, ['ADMIN'], event);
};
