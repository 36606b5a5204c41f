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

/** Makes the connection and edge types of a node type. */
export function ConnectionType<T extends object>(node: Type<T>, name: string): Type<ConnectionOf<T>> {
  @ObjectType(`${name}Edge`)
  class Edge {
    @Field(() => String)
    cursor!: string;

    @Field(() => node)
    node!: T;
  }

  @ObjectType(`${name}Connection`)
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
 * @param idOf the id of a node, by which the list is ordered.
 * @param read reads at most `limit` nodes that come after the id, in order of the id.
 * @throws BadInputError when `first` is not 1 to 100, or the cursor is not one of ours.
 */
export async function readPage<T>(
  { first, after }: PageArgs,
  idOf: (node: T) => string,
  read: (afterId: string | null, limit: number) => Promise<T[]>,
): Promise<ConnectionOf<T>> {
  if (first < 1 || first > 100) throw new BadInputError('first: must be from 1 to 100.');
  const rows = await read(after === undefined || after === null ? null : decodeCursor(after), first + 1);
  const nodes = rows.slice(0, first);
  const edges = nodes.map((node) => ({ cursor: encodeCursor(idOf(node)), node }));
  return {
    nodes,
    edges,
    pageInfo: { hasNextPage: rows.length > first, endCursor: edges.at(-1)?.cursor ?? null },
  };
}

const encodeCursor = (id: string): string => Buffer.from(`k:${id}`).toString('base64url');

function decodeCursor(cursor: string): string {
  const decoded = Buffer.from(cursor, 'base64url').toString();
  const id = decoded.slice(2);
  if (!decoded.startsWith('k:') || !isId(id)) throw new BadInputError('after: is not a cursor of this list.');
  return id;
}
