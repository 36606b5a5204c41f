import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { NextFunction, Request, Response } from 'express';
import type { RunningConfig } from '../config.js';

export type PagesHandler = (req: Request, res: Response, next: NextFunction) => void;

/** From dist/src/web to what `vite build` wrote. */
const BUILT = join(import.meta.dirname, '../../../web/build/handler.js');
/** The one form that holds files: what learners hand in for an activity, which works without a script. */
const WORK_HANDED_IN = /^\/courses\/[^/?]+\/[^/?]+\?\/(saveActivity|submitActivity|removeFile)$/;
/** In bytes: two large files and what they are wrapped in; the longest texts of any other form. */
const LARGEST_FORM = 25_000_000;
const USUAL_FORM = 512_000;
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
  process.env.TREMPLIN_WEB_BODY_SIZE_LIMIT = String(LARGEST_FORM);
  const { handler } = (await import(pathToFileURL(BUILT).href)) as { handler: PagesHandler };
  return (req, res, next) => {
    if (anyHost) req.headers[PROTOCOL_HEADER] = 'http';
    // The adapter has one limit for all forms: what is too large for its own form is said to be larger than any.
    if (isTooLarge(req)) req.headers['content-length'] = String(LARGEST_FORM + 1);
    handler(req, res, next);
  };
}

/** Whether a form is larger than it may be, or does not say how large it is, which no browser's does. */
function isTooLarge({ url, headers }: Request): boolean {
  const bytes =
    headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity;
  return bytes > (WORK_HANDED_IN.test(url) ? LARGEST_FORM : USUAL_FORM);
}
