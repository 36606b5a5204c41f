import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
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
  chosenLocale: Locale | null = LOCALES.find((locale) => locale === req.headers['x-locale']) ?? null,
): GraphqlContext {
  const locale = chosenLocale ?? viewer?.locale ?? localeFromHeader(req.headers['accept-language']);
  return { req, res, viewer, chosenLocale, locale, loaders: new Loaders() };
}

const contextOf = (context: ExecutionContext): GraphqlContext =>
  GqlExecutionContext.create(context).getContext<GraphqlContext>();

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
