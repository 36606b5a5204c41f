import type { BlockDocument, BlockNode, InlineNode, ListItemNode, Mark } from '../catalog/block-document.js';

export const LINE_KINDS = [
  'PARAGRAPH',
  'HEADING',
  'LIST_ITEM',
  'CODE',
  'RULE',
  'TIP',
  'NOTE',
  'WARNING',
  'IMAGE',
  'VIDEO',
  'EMBED',
  'DOWNLOAD',
] as const;
export type LineKind = (typeof LINE_KINDS)[number];

/** A block of a text as a line that can be compared with others. */
export interface DiffLine {
  kind: LineKind;
  /** In how many lists, quotes and boxes it stands. */
  depth: number;
  /** What a reader sees of it, as plain text; formatting is written as in Markdown, so that a change of it is seen. */
  text: string;
  /** Everything about it: equal for equal blocks only. */
  identity: string;
}

const SIGNS: Record<Mark['type'], [string, (mark: Mark) => string]> = {
  bold: ['**', () => '**'],
  italic: ['_', () => '_'],
  code: ['`', () => '`'],
  link: ['[', (mark) => (mark.type === 'link' ? `](${mark.attrs.href})` : '')],
};

const inline = (nodes: readonly InlineNode[] = []): string =>
  nodes
    .map((node) => {
      if (node.type !== 'text') return '\n';
      const marks = node.marks ?? [];
      const open = marks.map(({ type }) => SIGNS[type][0]).join('');
      const close = marks
        .toReversed()
        .map((mark) => SIGNS[mark.type][1](mark))
        .join('');
      return open + node.text + close;
    })
    .join('');

/** The blocks of a document, one line for each that holds something itself, in the order of reading. */
export function linesOfDocument({ content }: BlockDocument): DiffLine[] {
  const lines: DiffLine[] = [];
  const walk = (nodes: readonly BlockNode[], depth: number, first?: LineKind): void => {
    for (const [index, node] of nodes.entries()) {
      const within = (inner: readonly (BlockNode | ListItemNode)[], kind?: LineKind): void => {
        for (const child of inner) {
          if (child.type === 'listItem') walk(child.content, depth + 1, kind);
        }
      };
      switch (node.type) {
        case 'bulletList':
        case 'orderedList':
          within(node.content, 'LIST_ITEM');
          break;
        case 'blockquote':
          walk(node.content, depth + 1);
          break;
        case 'callout':
          walk(node.content, depth + 1, node.attrs.tone);
          break;
        default: {
          const kind = index === 0 && first && node.type === 'paragraph' ? first : kindOf(node);
          lines.push({ kind, depth, text: textOf(node), identity: JSON.stringify(node) });
        }
      }
    }
  };
  walk(content, 0);
  return lines;
}

type LeafNode = Exclude<BlockNode, { content: (BlockNode | ListItemNode)[] }>;

function kindOf({ type }: LeafNode): LineKind {
  const kinds: Record<LeafNode['type'], LineKind> = {
    paragraph: 'PARAGRAPH',
    heading: 'HEADING',
    codeBlock: 'CODE',
    horizontalRule: 'RULE',
    image: 'IMAGE',
    video: 'VIDEO',
    embed: 'EMBED',
    download: 'DOWNLOAD',
  };
  return kinds[type];
}

function textOf(node: LeafNode): string {
  switch (node.type) {
    case 'paragraph':
    case 'heading':
      return inline(node.content);
    case 'codeBlock':
      return (node.content ?? []).map(({ text }) => text).join('');
    case 'horizontalRule':
      return '———';
    case 'image':
      return joined(node.attrs.alt, node.attrs.caption);
    case 'video':
      return joined(node.attrs.title, node.attrs.href ?? '', node.attrs.transcript);
    case 'embed':
      return joined(node.attrs.title, node.attrs.href);
    case 'download':
      return node.attrs.name;
  }
}

const joined = (...texts: string[]): string => texts.filter((text) => text !== '').join('\n');
