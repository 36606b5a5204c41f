import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import type { Request } from 'express';
import { ForbiddenError, UnauthenticatedError } from '../errors.js';
import type { GraphqlContext } from '../graphql/context.js';
import { ACCESS, type AccessRule } from './access.js';
import { ViewerSource, type Viewer } from './viewer.js';

/** A request to a route outside GraphQL that is not public: the guard has found out who sends it. */
export type ViewedRequest = Request & { viewer?: Viewer };

/** Default deny: a query, mutation or route without `@Access` is refused to everyone. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly viewers: ViewerSource,
  ) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS, context.getHandler());
    if (rule === undefined) throw new ForbiddenError(context.getHandler().name);
    if (rule === 'PUBLIC') return true;
    const allow = (viewer: Viewer | null): boolean => {
      if (!viewer) throw new UnauthenticatedError();
      if (rule !== 'SIGNED_IN' && !viewer.roles.has(rule))
        throw new ForbiddenError(context.getHandler().name);
      return true;
    };
    if (context.getType<GqlContextType>() === 'graphql')
      return allow(GqlExecutionContext.create(context).getContext<GraphqlContext>().viewer);
    const req = context.switchToHttp().getRequest<ViewedRequest>();
    return this.viewers.viewerOf(req.headers.cookie).then((viewer) => {
      req.viewer = viewer ?? undefined;
      return allow(viewer);
    });
  }
}
