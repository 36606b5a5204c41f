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
  locale: Locale;
  loaders: Loaders;
}

export function requestContext(req: Request, res: Response, viewer: Viewer | null): GraphqlContext {
  return { req, res, viewer, locale: localeOf(req, viewer), loaders: new Loaders() };
}

/** The language of the answer: what the page was switched to, else the person's own, else what their browser asks for. */
export function localeOf({ headers }: Request, viewer: Viewer | null): Locale {
  const chosen = LOCALES.find((locale) => locale === headers['x-locale']);
  return chosen ?? viewer?.locale ?? localeFromHeader(headers['accept-language']);
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
