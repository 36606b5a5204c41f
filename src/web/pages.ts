import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NextFunction, Request, Response } from 'express';
import type { RunningConfig } from '../config.js';

export type PagesHandler = (req: Request, res: Response, next: NextFunction) => void;

/** From dist/src/web to what `vite build` wrote. */
const BUILT = join(import.meta.dirname, '../../../web/build/handler.js');
const PROTOCOL_HEADER = 'x-tremplin-protocol';

/**
 * Loads the built web app, a connect-style handler made by SvelteKit's adapter-node, which reads its settings from the
 * environment while it is loaded.
 * @throws Error when it was not built.
 */
export async function loadPages({ embedded, publicUrl }: RunningConfig): Promise<PagesHandler> {
  if (!existsSync(BUILT)) throw new Error(`The pages are not built (${BUILT}): run npm run build.`);
  // A form is accepted only from a page of the same origin. That is the public one; but on a person's own machine the
  // product is also opened as 127.0.0.1, or from a phone by the machine's address, and then what the browser asked for counts.
  const anyHost = embedded && publicUrl.startsWith('http:');
  process.env[anyHost ? 'TREMPLIN_WEB_PROTOCOL_HEADER' : 'TREMPLIN_WEB_ORIGIN'] = anyHost
    ? PROTOCOL_HEADER
    : publicUrl;
  // Forms with files, without a script: what learners hand in. Two large files and what they are wrapped in.
  process.env.TREMPLIN_WEB_BODY_SIZE_LIMIT = '25M';
  const { handler } = (await import(pathToFileURL(BUILT).href)) as { handler: PagesHandler };
  if (!anyHost) return handler;
  return (req, res, next) => {
    req.headers[PROTOCOL_HEADER] = 'http';
    handler(req, res, next);
  };
}
