import { getSchema } from '@tiptap/core';
import fc from 'fast-check';
import { blockDocumentSchema, isSafeHref } from '../../src/features/catalog/block-document.js';
import { EMBED_HOSTS, isEmbeddable } from '../../src/features/catalog/block-media.js';
import * as addresses from '../../web/src/lib/editor/schema/addresses.js';
import { fromEditor, toEditor, type JsonNode } from '../../web/src/lib/editor/schema/lesson-json.js';
import { lessonExtensions } from '../../web/src/lib/editor/schema/lesson-schema.js';

const schema = getSchema(lessonExtensions());
/** As the editor holds them: by rank, one set for a run of text. */
const MARKS = Object.keys(schema.marks);

const words = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .filter((text) => !/[\0\p{Surrogate}]/u.test(text));
const hash = fc.stringMatching(/^[0-9a-f]{64}$/);
const href = fc.constantFrom('https://example.org/a?b=c#d', 'http://example.org', 'mailto:a@example.org');
const address = fc.constantFrom(
  'https://youtu.be/abc',
  'https://www.youtube.com/watch?v=1',
  'https://h5p.org/x',
);
const mark = fc.oneof(
  fc.constantFrom({ type: 'bold' }, { type: 'italic' }, { type: 'code' }),
  href.map((target) => ({ type: 'link', attrs: { href: target } })),
);
const marks = fc.uniqueArray(mark, { selector: ({ type }) => type, maxLength: 4 });
const text = fc.record({ text: words, marks }).map((given) => ({
  type: 'text',
  text: given.text,
  ...(given.marks.length > 0 && { marks: given.marks }),
}));
const inline = fc.array(fc.oneof({ weight: 5, arbitrary: text }, fc.constant({ type: 'hardBreak' })), {
  maxLength: 4,
});
const withContent = (node: object, content: unknown[]) => ({
  ...node,
  ...(content.length > 0 && { content }),
});

const leaf = fc.oneof(
  inline.map((content) => withContent({ type: 'paragraph' }, content)),
  fc
    .tuple(fc.constantFrom(2, 3), inline)
    .map(([level, content]) => withContent({ type: 'heading', attrs: { level } }, content)),
  fc
    .tuple(fc.constantFrom(undefined, null, 'html', 'c++'), fc.array(words, { maxLength: 1 }))
    .map(([language, code]) =>
      withContent(
        { type: 'codeBlock', ...(language !== undefined && { attrs: { language } }) },
        code.map((each) => ({ type: 'text', text: each })),
      ),
    ),
  fc.constant({ type: 'horizontalRule' }),
  fc
    .record({
      file: hash,
      alt: words,
      decorative: fc.boolean(),
      caption: words,
      width: fc.nat(99),
      height: fc.nat(99),
    })
    .map((attrs) => ({
      type: 'image',
      attrs: { ...attrs, width: attrs.width + 1, height: attrs.height + 1 },
    })),
  fc
    .record({
      source: fc.oneof(
        address.map((each) => ({ href: each, file: null })),
        hash.map((each) => ({ href: null, file: each })),
      ),
      title: words,
      bytes: fc.option(fc.nat(1_000)),
      durationSeconds: fc.option(fc.integer({ min: 1, max: 86_400 })),
      captions: fc.array(fc.record({ locale: fc.constantFrom('en', 'fr-CA'), file: hash }), { maxLength: 2 }),
      transcript: words,
    })
    .map(({ source, ...attrs }) => ({ type: 'video', attrs: { ...source, ...attrs } })),
  fc.record({ href: address, title: words }).map((attrs) => ({ type: 'embed', attrs })),
  fc
    .record({
      file: hash,
      name: words,
      bytes: fc.nat(),
      mediaType: fc.constantFrom('application/pdf', 'text/csv'),
    })
    .map((attrs) => ({ type: 'download', attrs })),
);

const { block } = fc.letrec<{ block: JsonNode }>((tie) => ({
  block: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    leaf as fc.Arbitrary<JsonNode>,
    fc
      .record({
        first: inline,
        more: fc.array(tie('block'), { maxLength: 2 }),
        start: fc.constantFrom(undefined, 0, 1, 7),
        kind: fc.constantFrom('bulletList', 'orderedList'),
      })
      .map(({ first, more, start, kind }) => ({
        type: kind,
        ...(kind === 'orderedList' && start !== undefined && { attrs: { start } }),
        content: [{ type: 'listItem', content: [withContent({ type: 'paragraph' }, first), ...more] }],
      })) as fc.Arbitrary<JsonNode>,
    fc
      .record({
        content: fc.array(tie('block'), { minLength: 1, maxLength: 3 }),
        tone: fc.constantFrom(null, 'TIP', 'NOTE', 'WARNING'),
      })
      .map(({ content, tone }) =>
        tone ? { type: 'callout', attrs: { tone }, content } : { type: 'blockquote', content },
      ),
  ),
}));
const document = fc
  .array(block, { minLength: 1, maxLength: 5 })
  .map((content): JsonNode => ({ type: 'doc', content }));

/**
 * The same document, as ProseMirror holds it: marks by rank, and runs of text with the same marks as one. Neither is anything that a
 * reader sees.
 */
const inOrder = (node: JsonNode): JsonNode => {
  const marks = node.marks?.toSorted((a, b) => MARKS.indexOf(a.type) - MARKS.indexOf(b.type));
  const content: JsonNode[] = [];
  for (const child of (node.content ?? []).map(inOrder)) {
    const last = content.at(-1);
    if (
      last?.type === 'text' &&
      child.type === 'text' &&
      JSON.stringify(last.marks) === JSON.stringify(child.marks)
    )
      last.text = `${last.text ?? ''}${child.text ?? ''}`;
    else content.push(child);
  }
  return { ...node, ...(marks && { marks }), ...(node.content && { content }) };
};

const through = (body: JsonNode): JsonNode => {
  const node = schema.nodeFromJSON(toEditor(body));
  node.check();
  return fromEditor(node.toJSON() as JsonNode);
};

describe('the editor', () => {
  it('holds every text that lessons can hold, and gives it back unchanged', () => {
    fc.assert(
      fc.property(document, (body) => {
        const stored = blockDocumentSchema.parse(body);
        expect(stored).toEqual(body); // or the property would say nothing
        const back = through(body);
        expect(back).toEqual(inOrder(body));
        expect(blockDocumentSchema.parse(back)).toEqual(back);
      }),
      { numRuns: 500 },
    );
  });

  it('knows the same blocks and marks as the API, and no other', () => {
    expect(Object.keys(schema.nodes).sort()).toEqual(
      [
        ...[
          'blockquote',
          'bulletList',
          'callout',
          'codeBlock',
          'doc',
          'download',
          'embed',
          'hardBreak',
          'heading',
        ],
        ...['horizontalRule', 'image', 'listItem', 'orderedList', 'paragraph', 'text', 'video'],
      ].sort(),
    );
    expect([...MARKS].sort()).toEqual(['bold', 'code', 'italic', 'link']);
  });

  it('begins an empty text with a paragraph', () => {
    expect(through({ type: 'doc', content: [] })).toEqual({ type: 'doc', content: [{ type: 'paragraph' }] });
    expect(toEditor(null)).toEqual({ type: 'doc', content: [{ type: 'paragraph' }] });
  });

  it('sends nothing that the API would refuse for its form', () => {
    const messy: JsonNode = {
      type: 'doc',
      content: [
        { type: 'codeBlock', attrs: { language: 'a b' }, content: [{ type: 'text', text: 'x\0' }] },
        {
          type: 'orderedList',
          attrs: { start: undefined },
          content: [{ type: 'listItem', content: [{ type: 'paragraph' }] }],
        },
        {
          type: 'paragraph',
          content: [
            { type: 'hardBreak', marks: [{ type: 'bold' }] },
            { type: 'text', text: '\ud800' },
          ],
        },
      ],
    };
    expect(blockDocumentSchema.parse(fromEditor(messy))).toEqual(fromEditor(messy));
  });

  it('takes the addresses that the API takes', () => {
    expect(addresses.EMBED_HOSTS).toEqual([...EMBED_HOSTS]);
    const odd = [
      'javascript:alert(1)',
      'https://evil.example/youtube.com',
      'https://a@youtu.be/',
      'https://youtu.be:8/',
    ];
    fc.assert(
      fc.property(fc.oneof(href, address, fc.webUrl(), fc.constantFrom(...odd), fc.string()), (given) => {
        expect(addresses.isSafeHref(given)).toBe(isSafeHref(given));
        expect(addresses.isEmbeddable(given)).toBe(isEmbeddable(given));
      }),
    );
  });
});
