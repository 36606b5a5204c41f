import { error, redirect } from '@sveltejs/kit';
import { refused, signInAddress, text } from '$lib/api/api.server';
import { graphql, type ResultOf } from '$lib/api/graphql';
import { isCalendarDate, localDateOf } from '$lib/calendar';
import { business as texts } from '$lib/messages/business';
import { faults } from '$lib/messages/faults';
import { pathHere } from '$lib/path-here';
import { choicesOf, Offered } from './choices.server';
import { FACT_KINDS, isFactKind } from './facts';
import type { Actions, PageServerLoad } from './$types';

const Businesses = graphql(
  `
    query Businesses {
      viewer {
        businesses {
          id
          name
          registrationNumber
          facts {
            id
            kind
            value
            asOf
            recordedAt
            statedBy
            statedByViewer
          }
        }
      }
      places {
        ...Offered
      }
    }
  `,
  [Offered],
);

const FactRecord = graphql(`
  mutation FactRecord($input: BusinessFactRecordInput!) {
    businessFactRecord(input: $input) {
      userErrors {
        code
        field
        message
      }
    }
  }
`);

type Business = NonNullable<ResultOf<typeof Businesses>['viewer']>['businesses'][number];

/** What is true today of each kind, and how it came to be, newest first. */
function factsOf({ facts }: Business, today: string) {
  return FACT_KINDS.map((kind) => {
    const history = facts.filter((fact) => fact.kind === kind).reverse();
    return { kind, current: history.find(({ asOf }) => asOf <= today) ?? null, history };
  });
}

export const load: PageServerLoad = async ({ locals, parent, url }) => {
  const { viewer, now, timeZone } = await parent();
  if (!viewer) redirect(303, signInAddress(url));
  const { viewer: owner, places } = await locals.api.query(Businesses);
  const businesses = owner!.businesses;
  if (businesses.length === 0) redirect(303, `/business/new${url.search}`);
  const wanted = url.searchParams.get('business');
  const chosen = wanted === null ? businesses[0]! : businesses.find(({ id }) => id === wanted);
  if (!chosen) error(404, faults(locals.locale).sentence(404));
  const fact = url.searchParams.get('fact');
  return {
    businesses: businesses.map(({ id, name }) => ({ id, name })),
    business: chosen,
    facts: factsOf(chosen, localDateOf(now, timeZone)),
    choices: choicesOf(places, locals.locale),
    /** The kind that a grant waits for, and the date it asks about. */
    wanted: isFactKind(fact) ? { kind: fact, asOf: url.searchParams.get('asOf') } : null,
    idempotencyKey: crypto.randomUUID() as string,
  };
};

export const actions: Actions = {
  record: async ({ request, locals, url }) => {
    const form = await request.formData();
    const kind = text(form, 'kind');
    if (!isFactKind(kind)) error(400, faults(locals.locale).sentence(400));
    const value = text(form, kind);
    const asOf = text(form, `${kind}-asOf`);
    const values = { kind, value, asOf };
    if (!isCalendarDate(asOf)) {
      const message = texts(locals.locale).dateNeeded;
      return refused([{ code: 'DATE_INVALID', field: `${kind}-asOf`, message }], values);
    }
    const { userErrors } = await locals.api.mutate(FactRecord, {
      input: {
        businessId: text(form, 'businessId'),
        fact: { kind, value, asOf },
        idempotencyKey: text(form, 'idempotencyKey'),
      },
    });
    if (userErrors.length > 0) {
      const fields: Record<string, string> = { value: kind, asOf: `${kind}-asOf` };
      return refused(
        userErrors.map((each) => ({ ...each, field: fields[each.field ?? ''] ?? each.field })),
        values,
      );
    }
    const next = url.searchParams.get('next');
    if (next !== null) redirect(303, pathHere(next));
    return { saved: kind };
  },
};
