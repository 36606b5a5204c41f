import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { GqlContextType } from '@nestjs/graphql';
import type { Response } from 'express';
import type { ViewedRequest } from '../access/access.guard.js';
import { AuditLog } from '../audit/audit-log.js';
import {
  BadInputError,
  DomainError,
  ForbiddenError,
  HiddenError,
  NotFoundError,
  UnauthenticatedError,
} from '../errors.js';
import { localeOf } from '../graphql/context.js';
import type { Locale } from '../locale.js';

const logger = new Logger('HTTP');

const SENTENCES = {
  NOT_FOUND: { en: 'Not found.', fr: 'Introuvable.' },
  UNAUTHENTICATED: { en: 'Sign in first.', fr: 'Connectez-vous d’abord.' },
  FORBIDDEN: { en: 'You may not do this.', fr: 'Vous n’avez pas le droit de faire cela.' },
  TOO_LARGE: { en: 'The request is too large.', fr: 'La requête est trop volumineuse.' },
  INTERNAL: {
    en: 'Something went wrong on our side. Try again in a moment.',
    fr: 'Une erreur s’est produite de notre côté. Réessayez dans un instant.',
  },
} as const;

/** What an answer says of an error: a code for programs, a sentence for people. */
interface Described {
  status: number;
  code: string;
  message: string;
}

/** Answers for routes outside GraphQL: `{ error: { code, message } }`. An error of ours says nothing of the server. */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  constructor(private readonly audit: AuditLog) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<unknown> {
    if (host.getType<GqlContextType>() === 'graphql') return error;
    const req = host.switchToHttp().getRequest<ViewedRequest>();
    const res = host.switchToHttp().getResponse<Response>();
    const { status, ...said } = describe(error, localeOf(req, req.viewer ?? null));
    // Who sends and breaks off is not waiting for an answer.
    if (req.destroyed && !req.complete) return undefined;
    if (status === 500) logger.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    if (error instanceof ForbiddenError || error instanceof HiddenError) await this.record(error, req);
    if (!res.headersSent) res.status(status).json({ error: said });
    else res.destroy();
    return undefined;
  }

  private async record({ subject }: ForbiddenError | HiddenError, req: ViewedRequest): Promise<void> {
    const action = `${req.method} ${req.path}`;
    await this.audit
      .refused({ actorId: req.viewer?.personId ?? null, action, subject, ip: req.ip })
      .catch((error: unknown) => logger.error(`A refusal was not recorded: ${String(error)}`));
  }
}

function describe(error: unknown, locale: Locale): Described {
  const as = (status: number, code: keyof typeof SENTENCES): Described => ({
    status,
    code,
    message: SENTENCES[code][locale],
  });
  if (error instanceof DomainError)
    return { status: 422, code: error.refusal.code, message: error.sentence(locale) };
  if (error instanceof BadInputError) return { status: 400, code: 'BAD_USER_INPUT', message: error.message };
  if (error instanceof NotFoundError) return as(404, 'NOT_FOUND');
  if (error instanceof UnauthenticatedError) return as(401, 'UNAUTHENTICATED');
  if (error instanceof ForbiddenError) return as(403, 'FORBIDDEN');
  if (error instanceof HttpException) {
    const status = error.getStatus();
    if (status === 404) return as(404, 'NOT_FOUND');
    if (status === 413) return as(413, 'TOO_LARGE');
    return { status, code: 'BAD_USER_INPUT', message: error.message };
  }
  return as(500, 'INTERNAL');
}
