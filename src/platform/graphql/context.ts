import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import type { Request, Response } from 'express';
import type { Viewer } from '../access/viewer.js';
import { UnauthenticatedError } from '../errors.js';
import { localeFromHeader, LOCALES, type Locale } from '../locale.js';
import { Loaders } from './loaders.js';

/** What every resolver of one request shares. */
export interface GraphqlContext {
  req: Request;
  res: Response;
  viewer: Viewer | null;
  /** What the page was switched to, if it says so. */
  chosenLocale: Locale | null;
  /** To answer in. */
  locale: Locale;
  loaders: Loaders;
}

/**
 * The language of the answer is the one that the page was switched to, else the person's own, else what their browser
 * asks for.
 */
export function requestContext(
  req: Request,
  res: Response,
  viewer: Viewer | null,
  chosenLocale: Locale | null = chosenLocaleOf(req),
): GraphqlContext {
  const locale = chosenLocale ?? localeOf(req, viewer);
  return { req, res, viewer, chosenLocale, locale, loaders: new Loaders() };
}

/** As {@link requestContext}, for a route outside GraphQL. */
export const localeOf = (req: Request, viewer: Viewer | null): Locale =>
  chosenLocaleOf(req) ?? viewer?.locale ?? localeFromHeader(req.headers['accept-language']);

const chosenLocaleOf = (req: Request): Locale | null =>
  LOCALES.find((locale) => locale === req.headers['x-locale']) ?? null;

const contextOf = (context: ExecutionContext): Pick<GraphqlContext, 'viewer' | 'locale'> => {
  if (context.getType<GqlContextType>() === 'graphql')
    return GqlExecutionContext.create(context).getContext<GraphqlContext>();
  const req = context.switchToHttp().getRequest<Request & { viewer?: Viewer }>();
  const viewer = req.viewer ?? null; // found by AccessGuard
  return { viewer, locale: localeOf(req, viewer) };
};

/** The person asking. @throws UnauthenticatedError when nobody is signed in. */
export const CurrentViewer = createParamDecorator((_: unknown, context: ExecutionContext): Viewer => {
  const { viewer } = contextOf(context);
  if (!viewer) throw new UnauthenticatedError();
  return viewer;
});

/** The person asking, or null: for what visitors may read too. */
export const MaybeViewer = createParamDecorator(
  (_: unknown, context: ExecutionContext): Viewer | null => contextOf(context).viewer,
);

/** The language to answer in. */
export const CurrentLocale = createParamDecorator(
  (_: unknown, context: ExecutionContext): Locale => contextOf(context).locale,
);
