import { error } from '@sveltejs/kit';
import { faults } from '$lib/messages/faults';
import type { LayoutServerLoad } from './$types';

/** Where mail is sent and time is real, these pages are not there. */
export const load: LayoutServerLoad = ({ locals, platform }) => {
  if (!platform?.req.gateway.demo) error(404, faults(locals.locale).sentence(404));
};
