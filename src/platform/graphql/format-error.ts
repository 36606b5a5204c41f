import { unwrapResolverError } from '@apollo/server/errors';
import { Logger } from '@nestjs/common';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { BadInputError, ForbiddenError, NotFoundError, UnauthenticatedError } from '../errors.js';

const logger = new Logger('GraphQL');

/** Codes that Apollo itself sets, for documents that are wrong before any resolver runs (Apollo Server, built-in error codes). */
const CLIENT_FAULTS = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_REQUEST',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** The one place where an error gets its code. Nothing of the server leaves with it: no stack, no statement, no name. */
export function formatError(formatted: GraphQLFormattedError, raw: unknown): GraphQLFormattedError {
  const error = causeOf(raw);
  const { path, locations } = formatted;
  const as = (code: string, message: string): GraphQLFormattedError => ({ message, path, locations, extensions: { code } });
  if (error instanceof UnauthenticatedError) return as('UNAUTHENTICATED', error.message);
  if (error instanceof ForbiddenError) return as('FORBIDDEN', error.message);
  if (error instanceof NotFoundError) return as('NOT_FOUND', error.message);
  if (error instanceof BadInputError) return as('BAD_USER_INPUT', error.message);
  const code = formatted.extensions?.code as string | undefined;
  if (code && CLIENT_FAULTS.has(code)) return as(code, formatted.message);
  if (cannotBeStored(error)) return as('BAD_USER_INPUT', 'The input has a character that cannot be stored.');
  if (isUnavailable(error)) {
    logger.error(`The database is away: ${(error as Error).message}`);
    return as('UNAVAILABLE', 'The service is briefly unavailable. Nothing was changed; try again in a moment.');
  }
  logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return as('INTERNAL', 'Something went wrong on our side. Nothing was changed; try again in a moment.');
}

/** What was thrown: by a resolver, or before one ran, when the session was looked up. */
function causeOf(raw: unknown): unknown {
  const error = unwrapResolverError(raw);
  return error instanceof GraphQLError && error.originalError ? error.originalError : error;
}

/** SQLSTATEs of a text with a NUL or half a surrogate pair: PostgreSQL has no such character, no keyboard either. */
function cannotBeStored(error: unknown): boolean {
  return ['22021', '22P02', '22P05'].includes((error as { code?: string } | null)?.code ?? '');
}

/**
 * SQLSTATE classes 08 (connection), 57P (operator intervention) and 53 (resources), 55000 (a database that accepts no
 * connections), or a socket that failed.
 */
function isUnavailable(error: unknown): boolean {
  const { code = '', message = '' } = (error ?? {}) as { code?: string; message?: string };
  return (
    /^(08|57P|53|55000)/.test(code) ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code) ||
    /Connection terminated|timeout exceeded when trying to connect/.test(message)
  );
}
