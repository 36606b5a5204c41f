import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import {
  BREAK,
  execute,
  GraphQLError,
  OperationTypeNode,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';

type Gateway = ApolloServerOptionsWithGateway<object>['gateway'];
type Executor = NonNullable<Awaited<ReturnType<Gateway['load']>>['executor']>;

/** Queries kept in memory, those used last. The pages have a few dozen. */
const MOST_KEPT = 300;

/**
 * Serves queries that come again as functions compiled for them, which costs a page of many fields half as much. How, and
 * what is never compiled: docs/decisions/0007-compiled-queries.md.
 */
export class CompilingDriver extends ApolloDriver {
  override start(options: ApolloDriverConfig & { schema?: GraphQLSchema }): Promise<void> {
    // A gateway is Apollo's name for something that executes in its place; parsing, validation and errors stay Apollo's.
    return super.start(Object.assign({}, options, { gateway: compilingGateway(options.schema!) }));
  }
}

function compilingGateway(schema: GraphQLSchema): Gateway {
  const listeners: Parameters<Gateway['onSchemaLoadOrUpdate']>[0][] = [];
  return {
    onSchemaLoadOrUpdate: (listener) => {
      listeners.push(listener);
      return () => {};
    },
    load: async () => {
      for (const listener of listeners) listener({ apiSchema: schema, coreSupergraphSdl: '' });
      return { executor: compilingExecutor(schema) };
    },
    stop: async () => {},
  };
}

/** Executes as GraphQL.js does: at first with it, from the second time on compiled. */
export function compilingExecutor(schema: GraphQLSchema): Executor {
  const known = new Map<string, CompiledQuery | 'SEEN_ONCE' | 'NEVER'>();

  function compiledFor(key: string, document: DocumentNode, operation: OperationDefinitionNode) {
    const found = known.get(key);
    known.delete(key); // and put back as the one used last
    const kept = found === 'SEEN_ONCE' ? compile(schema, document, operation) : (found ?? 'SEEN_ONCE');
    known.set(key, kept);
    if (known.size > MOST_KEPT) known.delete(known.keys().next().value!);
    return typeof kept === 'string' ? null : kept;
  }

  return async ({ document, operation, queryHash, request, context }) => {
    const { operationName, variables } = request;
    if (operation?.operation === OperationTypeNode.QUERY) {
      const compiled = compiledFor(`${queryHash} ${operationName ?? ''}`, document, operation);
      const result = await compiled?.query(undefined, context, variables);
      // Without data nothing ran, for a variable was wrong: GraphQL.js says of it what Apollo understands.
      if (result && 'data' in result) return { ...result, errors: result.errors?.map(completed) };
    }
    return execute({ schema, document, contextValue: context, variableValues: variables, operationName });
  };
}

/** An error as GraphQL.js makes it: the compiler's have no `extensions`, which Apollo counts on. */
function completed({ message, path, originalError, locations }: GraphQLError): GraphQLError {
  return Object.assign(new GraphQLError(message, { path, originalError }), { locations });
}

function compile(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CompiledQuery | 'NEVER' {
  if (!isSafeToCompile(document)) return 'NEVER';
  const compiled = compileQuery(schema, document, operation.name?.value);
  return isCompiledQuery(compiled) ? compiled : 'NEVER';
}

/**
 * The compiler writes what a document says into JavaScript, and anyone may send a document. It escapes texts wrongly (a text
 * that it takes for its mark of a date is run), so a document with a text in it is not given to it; our pages send variables.
 * Names are letters, digits and underscores, but `__proto__` and the like mean something to JavaScript.
 */
function isSafeToCompile(document: DocumentNode): boolean {
  let safe = true;
  const refuse = (): typeof BREAK => {
    safe = false;
    return BREAK;
  };
  visit(document, {
    StringValue: refuse,
    Name: ({ value }) => (value.startsWith('__') && value !== '__typename' ? refuse() : undefined),
  });
  return safe;
}
