import type { BlockNode, ListItemNode } from '../../catalog/block-document.js';
import type { TableCell } from './html-table.js';

/** An open block that holds blocks. */
export interface Frame {
  depth: number;
  blocks: BlockNode[];
  /** Of a list. */
  items: ListItemNode[] | null;
  /** Of a table. */
  rows: TableCell[][] | null;
}

/** The items of a list, with what stood outside of items as part of the one before, as browsers show it. */
export function withStrays({ items, blocks }: Frame): ListItemNode[] {
  const list = items ?? [];
  const strays = blocks.splice(0);
  const last = list.at(-1);
  if (strays.length > 0 && last) last.content = [...last.content, ...strays];
  else if (strays.length > 0) list.push(itemOf(strays));
  return list;
}

/** Begins with a paragraph, as the schema demands. */
export function itemOf(blocks: BlockNode[]): ListItemNode {
  const content: BlockNode[] = blocks[0]?.type === 'paragraph' ? blocks : [{ type: 'paragraph' }, ...blocks];
  return { type: 'listItem', content };
}
