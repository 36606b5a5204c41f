import { ConsoleLogger, type LoggerService, type LogLevel } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import express, { type NextFunction, type Request, type Response } from 'express';
import type { RunningConfig } from './config.js';
import { separatePackages } from './features/packages/packages-host.middleware.js';

/** Enough for the largest thing sent through GraphQL, the files of a course; nothing of ours comes near it otherwise. */
const LARGEST_BODY = '2mb';

const LONGEST_REQUEST_MS = 3_600_000;

/** Headers that cost nothing and close doors; the pages add their own content security policy. */
const SAFE_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
};

/** Sets up what every request passes before a resolver or a route. Used by the serving process and by the tests. */
export function configureHttp(app: NestExpressApplication, config: RunningConfig): void {
  app.disable('x-powered-by');
  // Nobody asks again for the answer to a POST; computing a tag for each costs more than parsing its request.
  app.disable('etag');
  app.set('trust proxy', config.trustProxy);
  app.use((_req: Request, res: Response, next: NextFunction) => {
    for (const [name, value] of Object.entries(SAFE_HEADERS)) res.setHeader(name, value);
    next();
  });
  app.use(separatePackages(config));
  // A video of 500 MB takes this long on a slow line; headers still have their minute, so nobody holds a socket by saying nothing.
  app.getHttpServer().requestTimeout = LONGEST_REQUEST_MS;
  // Bodies are parsed for the API only: the pages read their own form posts, and a parser before them would hang them.
  app.use(['/graphql', '/dev', '/packages'], express.json({ limit: LARGEST_BODY }));
}

const LEVELS: LogLevel[] = ['fatal', 'error', 'warn', 'log', 'debug'];
/** Nest's own account of its start: fifty lines that tell nobody anything unless they debug it. */
const START_CONTEXTS = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'GraphQLModule',
  'NestApplication',
]);

class QuietLogger extends ConsoleLogger {
  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof context === 'string' && START_CONTEXTS.has(context)) super.debug(message, ...rest);
    else super.log(message, ...rest);
  }
}

/** Lines for a person in embedded mode, JSON for machines otherwise. */
export function logger(config: Pick<RunningConfig, 'embedded' | 'logLevel'>): LoggerService {
  const last =
    config.logLevel === 'silent' ? -1 : LEVELS.indexOf(config.logLevel === 'info' ? 'log' : config.logLevel);
  return new QuietLogger({ json: !config.embedded, logLevels: LEVELS.slice(0, last + 1), timestamp: false });
}
