import type { DynamicModule, Provider, Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { GraphQLSchemaBuilderModule, GraphQLSchemaFactory, type BuildSchemaOptions } from '@nestjs/graphql';
import { lexicographicSortSchema, printSchema, type GraphQLSchema } from 'graphql';
import { DateTime } from './scalars.js';

/** How types become a schema, whether it is served or printed. */
export const BUILD_SCHEMA_OPTIONS = {
  scalarsMap: [{ type: Date, scalar: DateTime }],
} satisfies BuildSchemaOptions;

/** What is on top of `schema.graphql`, so that nobody edits it. */
const HEADER =
  '# Written by `npm run schema` from the resolvers and entities. Read it in every change; do not edit it.\n\n';

/** Mark of a class with `@Resolver`. */
const RESOLVER = 'graphql:resolver_type';

/** The text of `schema.graphql`. */
export function schemaText(schema: GraphQLSchema): string {
  return `${HEADER}${printSchema(lexicographicSortSchema(schema))}\n`;
}

/** Builds the schema from the resolvers of a module and of those it imports, without starting anything. */
export async function buildSchema(root: DynamicModule): Promise<GraphQLSchema> {
  const builder = await NestFactory.createApplicationContext(GraphQLSchemaBuilderModule, {
    logger: ['error'],
  });
  try {
    return await builder.get(GraphQLSchemaFactory).create(resolversOf(root), BUILD_SCHEMA_OPTIONS);
  } finally {
    await builder.close();
  }
}

type ModuleLike = Type | DynamicModule;

function resolversOf(module: ModuleLike, seen = new Set<ModuleLike>()): Type[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const isDynamic = 'module' in module;
  const target = isDynamic ? module.module : module;
  const declared = <T>(key: string): T[] => (Reflect.getMetadata(key, target) as T[] | undefined) ?? [];
  const imports = [
    ...declared<ModuleLike>('imports'),
    ...((isDynamic && (module.imports as ModuleLike[])) || []),
  ];
  const providers = [...declared<Provider>('providers'), ...((isDynamic && module.providers) || [])];
  const own = providers.filter(
    (each): each is Type => typeof each === 'function' && Reflect.hasMetadata(RESOLVER, each),
  );
  return [...imports.flatMap((each) => resolversOf(each, seen)), ...own];
}
