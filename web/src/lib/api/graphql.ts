import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './schema';

/** Writes an operation whose variables and answer are typed by `schema.graphql`. Used in `*.server.ts` files only. */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: {
    /** An instant, RFC 3339. */
    DateTime: string;
    /** A calendar date, `YYYY-MM-DD`. */
    LocalDate: string;
    JSONObject: Record<string, unknown>;
  };
}>();

export { readFragment, type FragmentOf, type ResultOf, type VariablesOf } from 'gql.tada';
