import type { BlockNode, InlineNode, ListItemNode } from '../../catalog/block-document.js';
import { cutTo } from './clean-text.js';

export interface TableCell {
  header: boolean;
  blocks: BlockNode[];
}

/** True when the table only lays out a page: one column, no header. */
export function isLayout(rows: readonly TableCell[][]): boolean {
  return rows.every((row) => row.length <= 1 && row[0]?.header !== true);
}

/** A list with an item for each row; each cell follows the name of its column, when the first row says names. */
export function listFromRows(rows: readonly TableCell[][]): ListItemNode[] {
  const [first, ...rest] = rows;
  const named = first !== undefined && rest.length > 0 && first.every((cell) => cell.header);
  const names = named ? first.map(({ blocks }) => textOf(blocks)) : [];
  const items: ListItemNode[] = [];
  for (const row of named ? rest : rows) {
    const line: InlineNode[] = [];
    const further: BlockNode[] = [];
    for (const [column, cell] of row.entries()) {
      const inline: InlineNode[] = [];
      if (cell.blocks.length === 0) continue;
      const [start, ...others] = cell.blocks;
      const name = names[column] ?? '';
      if (name !== '') inline.push({ type: 'text', text: `${name}: `, marks: [{ type: 'bold' }] });
      if (start?.type === 'paragraph') for (const node of start.content ?? []) inline.push(node);
      else if (start !== undefined) further.push(start);
      if (inline.length > 0 && line.length > 0) line.push({ type: 'text', text: '; ' });
      for (const node of inline) line.push(node);
      for (const block of others) further.push(block);
    }
    if (line.length > 0 || further.length > 0)
      items.push({ type: 'listItem', content: [{ type: 'paragraph', content: line }, ...further] });
  }
  return items;
}

function textOf(blocks: readonly BlockNode[]): string {
  const first = blocks[0];
  if (first?.type !== 'paragraph') return '';
  const text = (first.content ?? []).map((node) => (node.type === 'text' ? node.text : ' ')).join('');
  return cutTo(100, text.trim().replace(/:$/, ''));
}
