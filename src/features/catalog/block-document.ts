import { z } from 'zod';
import { parseUrl } from '../../platform/url.js';
import { mediaSchemas, type MediaNode } from './block-media.js';

/**
 * Bounds of one block document. `depth` counts nested nodes, the document itself being 1; `nodes` counts every
 * node, text nodes included; `textLength` is the sum of all text, in UTF-16 units.
 */
export const BLOCK_DOCUMENT_LIMITS = {
  depth: 16,
  nodes: 10_000,
  textLength: 150_000,
  hrefLength: 2_048,
} as const;

/** What a run of text carries besides its letters. */
export type Mark =
  { type: 'bold' } | { type: 'italic' } | { type: 'code' } | { type: 'link'; attrs: { href: string } };

export interface TextNode {
  type: 'text';
  /** Never empty, without NUL or lone surrogates: PostgreSQL's jsonb takes neither. */
  text: string;
  marks?: Mark[] | undefined;
}

export interface HardBreakNode {
  type: 'hardBreak';
}

export type InlineNode = TextNode | HardBreakNode;

export interface ParagraphNode {
  type: 'paragraph';
  content?: InlineNode[] | undefined;
}

export interface HeadingNode {
  type: 'heading';
  attrs: { level: 2 | 3 };
  content?: InlineNode[] | undefined;
}

/** Its first block is always a paragraph, as ProseMirror's list items demand. */
export interface ListItemNode {
  type: 'listItem';
  content: BlockNode[];
}

export interface BulletListNode {
  type: 'bulletList';
  content: ListItemNode[];
}

export interface OrderedListNode {
  type: 'orderedList';
  attrs?: { start: number } | undefined;
  content: ListItemNode[];
}

export interface BlockquoteNode {
  type: 'blockquote';
  content: BlockNode[];
}

export interface CodeBlockNode {
  type: 'codeBlock';
  attrs?: { language: string | null } | undefined;
  content?: { type: 'text'; text: string }[] | undefined;
}

export interface HorizontalRuleNode {
  type: 'horizontalRule';
}

export const CALLOUT_TONES = ['TIP', 'NOTE', 'WARNING'] as const;

/** Set apart from the text around it. */
export interface CalloutNode {
  type: 'callout';
  attrs: { tone: (typeof CALLOUT_TONES)[number] };
  content: BlockNode[];
}

export type BlockNode =
  | ParagraphNode
  | HeadingNode
  | BulletListNode
  | OrderedListNode
  | BlockquoteNode
  | CodeBlockNode
  | HorizontalRuleNode
  | CalloutNode
  | MediaNode;

/** The whitelisted block tree of a lesson, a description or a question, in the ProseMirror / Tiptap JSON shape. */
export interface BlockDocument {
  type: 'doc';
  content: BlockNode[];
}

/** True for an absolute `http:`, `https:` or `mailto:` address without white space, control or markup characters. */
export function isSafeHref(href: string): boolean {
  return (
    href.length <= BLOCK_DOCUMENT_LIMITS.hrefLength &&
    /^(?:https?:\/\/|mailto:)/i.test(href) &&
    !/[\s\p{Cc}<>"`\\]/u.test(href) &&
    parseUrl(href) !== null
  );
}

/**
 * Says which bound of {@link BLOCK_DOCUMENT_LIMITS} a value breaks, or null. It walks without recursion and stops
 * at the first broken bound, so that it may be given anything `JSON.parse` can make; the shape is not looked at.
 */
export function brokenLimit(value: unknown): string | null {
  const { depth: maxDepth, nodes: maxNodes, textLength: maxText } = BLOCK_DOCUMENT_LIMITS;
  const open: { value: unknown; depth: number }[] = [{ value, depth: 1 }];
  let nodes = 1;
  let text = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    const node = next.value as { text?: unknown; content?: unknown };
    if (typeof node.text === 'string') text += node.text.length;
    if (text > maxText) return `The text is longer than ${maxText} characters; split it in two.`;
    if (!Array.isArray(node.content) || node.content.length === 0) continue;
    if (next.depth === maxDepth)
      return `Blocks are nested more than ${maxDepth} deep; flatten the lists and quotes.`;
    nodes += node.content.length;
    if (nodes > maxNodes) return `The document has more than ${maxNodes} nodes; split it in two.`;
    for (const child of node.content as unknown[]) open.push({ value: child, depth: next.depth + 1 });
  }
  return null;
}

const textSchema = z
  .string()
  .min(1, 'A text node may not be empty.')
  .refine((text) => !/[\0\p{Surrogate}]/u.test(text), 'Text may hold neither NUL nor lone surrogates.');

const markSchema = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('bold') }),
    z.object({ type: z.literal('italic') }),
    z.object({ type: z.literal('code') }),
    z.object({
      type: z.literal('link'),
      attrs: z.object({
        href: z.string().refine(isSafeHref, 'A link goes to an absolute http, https or mailto address.'),
      }),
    }),
  ],
  { error: 'A mark is bold, italic, code or link.' },
);

const textNodeSchema = z.object({
  type: z.literal('text'),
  text: textSchema,
  marks: z
    .array(markSchema)
    .max(4)
    .refine(
      (marks) => new Set(marks.map((mark) => mark.type)).size === marks.length,
      'A mark is given twice.',
    )
    .optional(),
});

const inlineSchema = z.array(
  z.discriminatedUnion('type', [textNodeSchema, z.object({ type: z.literal('hardBreak') })], {
    error: 'Only text and hardBreak may stand here.',
  }),
);

const blockSchema: z.ZodType<BlockNode> = z.lazy(() =>
  z.discriminatedUnion(
    'type',
    [
      z.object({ type: z.literal('paragraph'), content: inlineSchema.optional() }),
      z.object({
        type: z.literal('heading'),
        attrs: z.object({
          level: z.union([z.literal(2), z.literal(3)], { error: 'A heading has level 2 or 3.' }),
        }),
        content: inlineSchema.optional(),
      }),
      z.object({ type: z.literal('bulletList'), content: listItemsSchema }),
      z.object({
        type: z.literal('orderedList'),
        attrs: z.object({ start: z.int().min(0).max(999_999_999) }).optional(),
        content: listItemsSchema,
      }),
      z.object({ type: z.literal('blockquote'), content: z.array(blockSchema).min(1) }),
      z.object({
        type: z.literal('codeBlock'),
        attrs: z
          .object({
            language: z
              .string()
              .regex(/^[A-Za-z0-9+#._-]{1,30}$/)
              .nullable(),
          })
          .optional(),
        content: z.array(z.object({ type: z.literal('text'), text: textSchema })).optional(),
      }),
      z.object({ type: z.literal('horizontalRule') }),
      z.object({
        type: z.literal('callout'),
        attrs: z.object({ tone: z.enum(CALLOUT_TONES) }),
        content: z.array(blockSchema).min(1),
      }),
      ...mediaSchemas,
    ],
    { error: 'This block type is not allowed here.' },
  ),
);

const listItemsSchema = z
  .array(
    z.object({
      type: z.literal('listItem'),
      content: z
        .array(blockSchema)
        .min(1)
        .refine((blocks) => blocks[0]?.type === 'paragraph', 'A list item begins with a paragraph.'),
    }),
  )
  .min(1);

/**
 * Checks an untrusted value and returns the document. Unknown nodes, marks and link schemes are refused; unknown
 * attributes are dropped, so store what `parse` returns and never its input. The bounds are checked first and
 * without recursion: a hostile depth is refused before anything recurses into it.
 */
export const blockDocumentSchema: z.ZodType<BlockDocument> = z
  .unknown()
  .superRefine((value, context) => {
    const message = brokenLimit(value);
    if (message !== null) context.addIssue({ code: 'custom', message });
  })
  .pipe(z.object({ type: z.literal('doc'), content: z.array(blockSchema) }));

/**
 * The letters of a document without marks or markup, one line per block and per hard break; for search, previews
 * and fields that hold no formatting.
 */
export function plainText(doc: BlockDocument): string {
  const lines: string[] = [];
  const open: (BlockNode | ListItemNode)[] = [...doc.content].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    switch (node.type) {
      case 'paragraph':
      case 'heading':
      case 'codeBlock': {
        const inline: InlineNode[] = node.content ?? [];
        lines.push(inline.map((part) => (part.type === 'text' ? part.text : '\n')).join(''));
        break;
      }
      case 'horizontalRule':
        break;
      case 'image':
        lines.push(node.attrs.caption || node.attrs.alt);
        break;
      case 'video':
      case 'embed':
        lines.push(node.attrs.title);
        break;
      case 'download':
        lines.push(node.attrs.name);
        break;
      default:
        for (const child of [...node.content].reverse()) open.push(child);
    }
  }
  return lines.join('\n');
}
