import type { AnyExtension } from '@tiptap/core';
import { StarterKit } from '@tiptap/starter-kit';
import { MEDIA, mediaNode, type MediaType } from './media.js';
import { Callout, Code, Link, OrderedList } from './text-blocks.js';

/**
 * What a lesson's text can hold, exactly as the API does (`block-document.ts`): a test holds the two to each other.
 * @param media how a media block is made; the pages give it a way of being edited.
 */
export const lessonExtensions = (media: (type: MediaType) => AnyExtension = mediaNode): AnyExtension[] => [
  StarterKit.configure({
    heading: { levels: [2, 3] },
    codeBlock: { defaultLanguage: undefined },
    strike: false,
    underline: false,
    code: false,
    link: false,
    orderedList: false,
    trailingNode: false,
    dropcursor: { color: 'currentColor', width: 3 },
  }),
  OrderedList,
  Callout,
  Code,
  Link,
  ...(Object.keys(MEDIA) as MediaType[]).map(media),
];
