import { preview } from '$lib/messages/preview';
import { loadPreview } from '../load.server';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = async (event) => ({
  ...(await loadPreview(event)),
  /** Shown in a frame of another page, which has a head, a foot and a main part of its own. */
  bare: preview(event.locals.locale).screen,
});
