import type { Type } from '@nestjs/common';
import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { BadInputError } from '../errors.js';
import { isId } from '../ids.js';

/** Paging arguments of a list that can grow (GraphQL Cursor Connections Specification, forward pagination). */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { description: '1 to 100.' })
  first!: number;

  @Field(() => String, { nullable: true, description: 'The `endCursor` of the page before.' })
  after?: string;
}

@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean)
  hasNextPage!: boolean;

  @Field(() => String, { nullable: true })
  endCursor!: string | null;
}

export interface ConnectionOf<T> {
  nodes: T[];
  edges: { cursor: string; node: T }[];
  pageInfo: PageInfo;
}

/**
 * Makes the connection and edge types of a node type.
 * @param options.isAbstract for a class that extends it and says more of the whole list, such as how long it is.
 */
export function ConnectionType<T extends object>(
  node: Type<T>,
  name: string,
  { isAbstract = false } = {},
): Type<ConnectionOf<T>> {
  @ObjectType(`${name}Edge`)
  class Edge {
    @Field(() => String)
    cursor!: string;

    @Field(() => node)
    node!: T;
  }

  @ObjectType(`${name}Connection`, { isAbstract })
  class Connection {
    @Field(() => [node])
    nodes!: T[];

    @Field(() => [Edge])
    edges!: Edge[];

    @Field(() => PageInfo)
    pageInfo!: PageInfo;
  }
  return Connection;
}

/**
 * Reads one page by keyset, so that page 1,000 costs what page 1 does.
 * @param keyOf what the list is ordered by: the id of a node, unless `isKey` says otherwise.
 * @param read reads at most `limit` nodes that come after the key, in order of the key.
 * @param isKey whether a text can be a key of this list: a cursor may be anything that a client sends.
 * @throws BadInputError when `first` is not 1 to 100, or the cursor is not one of ours.
 */
export async function readPage<T>(
  { first, after }: PageArgs,
  keyOf: (node: T) => string,
  read: (afterKey: string | null, limit: number) => Promise<T[]>,
  isKey = isId,
): Promise<ConnectionOf<T>> {
  if (first < 1 || first > 100) throw new BadInputError('first: must be from 1 to 100.');
  const afterKey = after === undefined || after === null ? null : decodeCursor(after, isKey);
  const rows = await read(afterKey, first + 1);
  const nodes = rows.slice(0, first);
  const edges = nodes.map((node) => ({ cursor: encodeCursor(keyOf(node)), node }));
  return {
    nodes,
    edges,
    pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null },
  };
}

/** The same page, of what each of its nodes became. */
export function withNodes<T>({ edges, pageInfo }: ConnectionOf<unknown>, nodes: T[]): ConnectionOf<T> {
  return { nodes, edges: edges.map(({ cursor }, index) => ({ cursor, node: nodes[index]! })), pageInfo };
}

const encodeCursor = (key: string): string => Buffer.from(`k:${key}`).toString('base64url');

function decodeCursor(cursor: string, isKey: (text: string) => boolean): string {
  const decoded = Buffer.from(cursor, 'base64url').toString();
  const key = decoded.slice(2);
  if (!decoded.startsWith('k:') || !isKey(key))
    throw new BadInputError('after: is not a cursor of this list.');
  return key;
}
