import { error } from '@sveltejs/kit';
import { refused, text } from '$lib/api/api.server';
import { demo } from '$lib/messages/demo';
import { faults } from '$lib/messages/faults';
import type { Actions } from './$types';

const DAY_SECONDS = 86_400;
const STEPS: Record<string, number> = { hour: 3_600, day: DAY_SECONDS, week: 7 * DAY_SECONDS };

export const actions: Actions = {
  default: async ({ request, locals, platform }) => {
    const form = await request.formData();
    const gateway = platform?.req.gateway;
    if (!gateway?.demo) error(404, faults(locals.locale).sentence(404));
    const days = text(form, 'days');
    const seconds = STEPS[text(form, 'by')] ?? (days ? Number(days) * DAY_SECONDS : NaN);
    if (!(await gateway.demo.moveClock(seconds))) {
      const message = demo(locals.locale).refused;
      return refused([{ code: 'INVALID_INPUT', field: 'days', message }], { days });
    }
    return { movedTo: gateway.now().toISOString() };
  },
};
