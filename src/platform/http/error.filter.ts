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
  if (error instanceof HttpException) {
    const status = error.getStatus();
    return [status, status === 413 ? 'The request is too large.' : error.message];
  }
  return [500, 'Something went wrong on our side. Try again in a moment.'];
}
