import { redirect } from '@sveltejs/kit';
import { refused, signInAddress, text } from '$lib/api/api.server';
import { graphql } from '$lib/api/graphql';
import { isCalendarDate } from '$lib/calendar';
import { business as texts } from '$lib/messages/business';
import { pathHere } from '$lib/path-here';
import { choicesOf, Offered } from '../choices.server';
import { FACT_KINDS } from '../facts';
import type { Actions, PageServerLoad } from './$types';

const OfferedPlaces = graphql(
  `
    query OfferedPlaces {
      places {
        ...Offered
      }
    }
  `,
  [Offered],
);

const BusinessCreate = graphql(`
  mutation BusinessCreate($input: BusinessCreateInput!) {
    businessCreate(input: $input) {
      business {
        id
      }
      userErrors {
        code
        field
        message
      }
    }
  }
`);

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { viewer } = await parent();
  if (!viewer) redirect(303, signInAddress(url));
  const { places } = await locals.api.query(OfferedPlaces);
  return { choices: choicesOf(places, locals.locale), idempotencyKey: crypto.randomUUID() as string };
};

export const actions: Actions = {
  default: async ({ request, locals, url }) => {
    const form = await request.formData();
    const values = Object.fromEntries(
      ['name', 'registrationNumber', 'asOf', ...FACT_KINDS].map((name) => [name, text(form, name)]),
    );
    const { name, registrationNumber, asOf } = values as Record<string, string>;
    if (!isCalendarDate(asOf!)) {
      const message = texts(locals.locale).dateNeeded;
      return refused([{ code: 'DATE_INVALID', field: 'asOf', message }], values);
    }
    const stated = FACT_KINDS.filter((kind) => values[kind]);
    const facts = stated.map((kind) => {
      const value = values[kind]!;
      // Since when it has traded is true from that very day.
      return { kind, value, asOf: kind === 'TRADING_SINCE' && isCalendarDate(value) ? value : asOf! };
    });
    const { business, userErrors } = await locals.api.mutate(BusinessCreate, {
      input: {
        name: name!,
        registrationNumber: registrationNumber || null,
        facts,
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    if (userErrors.length > 0) {
      return refused(
        userErrors.map((each) => ({ ...each, field: fieldOf(each.field, stated) })),
        values,
      );
    }
    const next = url.searchParams.get('next');
    redirect(303, next === null ? `/business?business=${business!.id}` : pathHere(next));
  },
};

/** The field on the page that the API's `facts.2.value` is about. */
function fieldOf(field: string | null, stated: readonly string[]): string | null {
  const [, index, part] = /^facts\.(\d+)\.(\w+)$/.exec(field ?? '') ?? [];
  if (index === undefined) return field;
  const kind = stated[Number(index)]!;
  return part === 'asOf' && kind !== 'TRADING_SINCE' ? 'asOf' : kind;
}
