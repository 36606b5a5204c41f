import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { GqlContextType } from '@nestjs/graphql';
import type { Response } from 'express';
import { ForbiddenError, NotFoundError, UnauthenticatedError } from '../errors.js';

const logger = new Logger('HTTP');

/** Answers for routes outside GraphQL. An error of ours says nothing of the server. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  catch(error: unknown, host: ArgumentsHost): unknown {
    if (host.getType<GqlContextType>() === 'graphql') return error;
    const [status, message] = describe(error);
    if (status === 500) logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    const res = host.switchToHttp().getResponse<Response>();
    if (!res.headersSent) res.status(status).json({ error: message });
    return undefined;
  }
}

function describe(error: unknown): [number, string] {
  if (error instanceof NotFoundError) return [404, 'Not found.'];
  if (error instanceof UnauthenticatedError) return [401, error.message];
  if (error instanceof ForbiddenError) return [403, error.message];
  if (error instanceof HttpException) return [error.getStatus(), error.message];
  const { status, type } = (error ?? {}) as { status?: number; type?: string };
  if (type === 'entity.too.large') return [413, 'The request is too large.'];
  if (type?.startsWith('entity.') || type?.startsWith('encoding.')) return [status ?? 400, 'The request body is not valid JSON.'];
  return [500, 'Something went wrong on our side. Try again in a moment.'];
}
