import { loadPreview } from '../load.server';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  ...(await loadPreview(event)),
  /** Shown in a frame of another page, which has a head and a foot. */
  bare: true,
});
