import { GraphQLDateTime, GraphQLJSONObject, GraphQLLocalDate } from 'graphql-scalars';

/** An instant (timestamptz), as RFC 3339 in UTC. */
export const DateTime = GraphQLDateTime;
/** A calendar date without a time zone: `2026-10-08`. */
export const LocalDate = GraphQLLocalDate;
/** A JSON object whose shape another standard defines, such as a verifiable credential. */
export const JSONObject = GraphQLJSONObject;
