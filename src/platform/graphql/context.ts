import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import type { Request, Response } from 'express';
import type { Viewer } from '../access/viewer.js';
import { UnauthenticatedError } from '../errors.js';
import { localeFromHeader, type Locale } from '../locale.js';
import { Loaders } from './loaders.js';

/** What every resolver of one request shares. */
export interface GraphqlContext {
  req: Request;
  res: Response;
  viewer: Viewer | null;
  locale: Locale;
  loaders: Loaders;
}

/** The language of the answer: the person's own, else what their browser asks for. */
export function requestContext(req: Request, res: Response, viewer: Viewer | null): GraphqlContext {
  const locale = viewer?.locale ?? localeFromHeader(req.headers['accept-language']);
  return { req, res, viewer, locale, loaders: new Loaders() };
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
