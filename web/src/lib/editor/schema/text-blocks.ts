import { Mark, mergeAttributes, Node, wrappingInputRule } from '@tiptap/core';
import { isSafeHref } from './addresses.js';

/** Like the usual one, but a list that begins at 1 says nothing of it, and knows no letters or Roman numbers. */
export const OrderedList = Node.create({
  name: 'orderedList',
  group: 'block list',
  content: 'listItem+',
  addAttributes() {
    return {
      start: {
        default: undefined,
        parseHTML: (element) => {
          const start = Number.parseInt(element.getAttribute('start') ?? '', 10);
          return start >= 0 && start <= 999_999_999 ? start : undefined;
        },
      },
    };
  },
  parseHTML: () => [{ tag: 'ol' }],
  renderHTML: ({ HTMLAttributes }) => ['ol', HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return { 'Mod-Shift-7': () => this.editor.commands.toggleList(this.name, 'listItem') };
  },
  addInputRules() {
    return [
      wrappingInputRule({
        find: /^(\d{1,9})\.\s$/,
        type: this.type,
        getAttributes: (match) => (match[1] === '1' ? {} : { start: Number(match[1]) }),
        joinPredicate: (match, node) =>
          node.childCount + ((node.attrs.start as number | undefined) ?? 1) === Number(match[1]),
      }),
    ];
  },
});

/** A box that is set apart: a tip, a note or a warning. */
export const Callout = Node.create({
  name: 'callout',
  group: 'block',
  content: 'block+',
  defining: true,
  addAttributes: () => ({
    tone: {
      default: 'NOTE',
      parseHTML: (element) => {
        const tone = element.getAttribute('data-tone') ?? '';
        return ['TIP', 'NOTE', 'WARNING'].includes(tone) ? tone : 'NOTE';
      },
      renderHTML: ({ tone }) => ({
        'data-tone': tone as string,
        class: `callout ${String(tone).toLowerCase()}`,
      }),
    },
  }),
  parseHTML: () => [{ tag: 'aside' }],
  renderHTML: ({ HTMLAttributes }) => ['aside', { ...HTMLAttributes, role: 'note' }, 0],
});

/** Unlike the usual one, it may be bold or a link at the same time. */
export const Code = Mark.create({
  name: 'code',
  excludes: '',
  code: true,
  parseHTML: () => [{ tag: 'code' }],
  renderHTML: ({ HTMLAttributes }) => ['code', HTMLAttributes, 0],
  addKeyboardShortcuts() {
    return { 'Mod-e': () => this.editor.commands.toggleMark(this.name) };
  },
});

/** An address and nothing else. Pasted ones that the API would refuse stay plain text. */
export const Link = Mark.create({
  name: 'link',
  inclusive: false,
  addAttributes: () => ({ href: { default: '' } }),
  parseHTML: () => [
    {
      tag: 'a[href]',
      getAttrs: (element) => (isSafeHref(element.getAttribute('href') ?? '') ? null : false),
    },
  ],
  // Never followed while it is being written, whatever it is.
  renderHTML: ({ HTMLAttributes }) => [
    'a',
    mergeAttributes(HTMLAttributes, { rel: 'noopener noreferrer' }),
    0,
  ],
});
