import { createHash } from 'node:crypto';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { OperationTypeNode, type GraphQLResolveInfo } from 'graphql';
import { catchError, from, lastValueFrom, throwError, type Observable } from 'rxjs';
import { IdempotencyKeys } from '../idempotency/idempotency-keys.js';
import { BadInputError, DomainError } from '../errors.js';
import type { GraphqlContext } from './context.js';
import { toUserError, type UserError } from './user-error.js';

type Payload = { userErrors?: UserError[] };

/**
 * Around every query and mutation: a refusal becomes `userErrors`, and a mutation sent again with its idempotency key
 * is answered again instead of being done again.
 */
@Injectable()
export class RootFieldInterceptor implements NestInterceptor {
  constructor(private readonly idempotencyKeys: IdempotencyKeys) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType<GqlContextType>() !== 'graphql') return next.handle();
    const graphql = GqlExecutionContext.create(context);
    const info = graphql.getInfo<GraphQLResolveInfo>();
    if (info.operation.operation !== OperationTypeNode.MUTATION) {
      return next.handle().pipe(catchError((error: unknown) => throwError(() => asQueryError(error))));
    }
    const run = (): Promise<Payload> => lastValueFrom(next.handle() as Observable<Payload>);
    const { input } = graphql.getArgs<{ input?: { idempotencyKey?: string } }>();
    return from(this.mutate(info.fieldName, input, graphql.getContext<GraphqlContext>(), run));
  }

  private async mutate(
    operation: string,
    input: { idempotencyKey?: string } | undefined,
    { viewer, locale }: GraphqlContext,
    run: () => Promise<Payload>,
  ): Promise<Payload> {
    const refuse = (error: unknown): Payload => {
      if (error instanceof DomainError) return { userErrors: [toUserError(error, locale)] };
      throw error;
    };
    const once = (): Promise<Payload> => run().then((payload) => ({ userErrors: [], ...payload }), refuse);
    if (!viewer || !input?.idempotencyKey) return once();
    const { idempotencyKey: key, ...rest } = input;
    const inputHash = createHash('sha256').update(JSON.stringify(rest)).digest('hex');
    return this.idempotencyKeys
      .once({ personId: viewer.personId, key, operation, inputHash }, once)
      .catch(refuse);
  }
}

/** A query has no payload to carry a refusal: it is an error of the caller. */
const asQueryError = (error: unknown): unknown =>
  error instanceof DomainError
    ? new BadInputError(`${error.field ?? 'input'}: ${error.sentence('en')}`)
    : error;
