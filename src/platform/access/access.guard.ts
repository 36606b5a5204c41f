import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { ForbiddenError, UnauthenticatedError } from '../errors.js';
import type { GraphqlContext } from '../graphql/context.js';
import { ACCESS, type AccessRule } from './access.js';
import type { Viewer } from './viewer.js';

/** Default deny: a query, mutation or route without `@Access` is refused to everyone. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    const rule = this.reflector.get<AccessRule | undefined>(ACCESS, context.getHandler());
    if (rule === undefined) throw new ForbiddenError(context.getHandler().name);
    if (rule === 'PUBLIC') return true;
    const viewer = viewerOf(context);
    if (!viewer) throw new UnauthenticatedError();
    if (rule !== 'SIGNED_IN' && !viewer.roles.has(rule)) throw new ForbiddenError(context.getHandler().name);
    return true;
  }
}

function viewerOf(context: ExecutionContext): Viewer | null {
  if (context.getType<GqlContextType>() === 'graphql') {
    return GqlExecutionContext.create(context).getContext<GraphqlContext>().viewer;
  }
  return null; // routes outside GraphQL are public pages and health checks
}
