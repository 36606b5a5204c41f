import { createHash } from 'node:crypto';
import fc from 'fast-check';
import {
  CALLOUT_TONES,
  type BlockDocument,
  type BlockNode,
  type InlineNode,
  type ListItemNode,
  type Mark,
} from '../../src/features/catalog/block-document.js';
import type { MediaNode } from '../../src/features/catalog/block-media.js';
import type { TakenFile } from '../../src/features/formats/import/import-format.js';

/*
 * Any text and document, in the form that content is kept in: runs of text with the same marks are one, nothing is empty that may be left
 * out, and every text of a draft has its default locale. fast-check makes what fails small again.
 */

/** Signs that mean something somewhere, words, and letters of all kinds. */
const scrap = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...'*_[]<>&|#-+.!`{}()~:=\\"\'$%^/;,?@ '.split('')) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      ...[
        '- ',
        '1. ',
        '2) ',
        '# ',
        '## ',
        '> ',
        '---',
        '===',
        '***',
        '```',
        ':::',
        ':::video x',
        '{#a}',
        '->',
      ],
      ...[
        'Answer: true',
        'Tags: a',
        'Match:',
        'Order:',
        '(x) ',
        '( ) ',
        '[x] ',
        '(x 50%)',
        '[!TIP]',
        '![a](b)',
      ],
      ...[
        '[a](https://example.org)',
        '<b>',
        '<!--',
        '&amp;',
        '&#35;',
        '|a|b|',
        '    ',
        '\t',
        '\u00a0',
        '\u202f',
      ],
      ...[
        '👩‍🌾',
        '🏳️‍🌈',
        'مرحبا',
        'שלום',
        '日本語',
        'é',
        'e\u0301',
        'ß',
        '«',
        '’',
        'http://x.fr',
        'a',
        'word',
        '12',
      ],
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 4, unit: 'grapheme' }) },
);
const anyText = (most: number, least = 1): fc.Arbitrary<string> =>
  fc
    .array(scrap, { minLength: least, maxLength: 6 })
    .map((parts) =>
      [...parts.join('')]
        .slice(0, most)
        .join('')
        .replace(/[\0\r\uFFFD\uFEFF]|\p{Surrogate}/gu, '.'),
    )
    .map((text) => text || (least > 0 ? 'x' : ''));

/** One line without white space at its ends, as titles are. */
export const line = (most: number): fc.Arbitrary<string> =>
  anyText(most).map((text) => text.replace(/\s+/g, ' ').trim() || 'x');
/** Plain text, which may have several lines. */
export const plain = fc
  .oneof(
    { weight: 4, arbitrary: anyText(80) },
    {
      weight: 1,
      arbitrary: fc.array(anyText(20, 0), { minLength: 2, maxLength: 4 }).map((lines) => lines.join('\n')),
    },
  )
  .map((text) => text || 'x');

const href = fc.constantFrom(
  'https://example.org/',
  'https://example.org/a_(b)?c=1&amp;d=*',
  'https://exämple.org/é?q=[1]',
  'mailto:a@example.org',
);
const mark: fc.Arbitrary<Mark[]> = fc
  .record({ link: fc.option(href), bold: fc.boolean(), italic: fc.boolean(), code: fc.boolean() })
  .map(({ link, bold, italic, code }) => [
    ...(link === null ? [] : [{ type: 'link' as const, attrs: { href: link } }]),
    ...(bold ? [{ type: 'bold' as const }] : []),
    ...(italic ? [{ type: 'italic' as const }] : []),
    ...(code ? [{ type: 'code' as const }] : []),
  ]);
const run = fc
  .record({ text: plain, marks: fc.oneof(fc.constant<Mark[]>([]), mark) })
  .map(({ text, marks }): InlineNode => {
    const isCode = marks.some(({ type }) => type === 'code');
    const own = isCode ? text.replace(/\n/g, ' ') : text;
    return marks.length > 0 ? { type: 'text', text: own, marks } : { type: 'text', text: own };
  });

/** Runs of the same marks are one. */
function merged(nodes: readonly InlineNode[]): InlineNode[] {
  const result: InlineNode[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    const isSame =
      last?.type === 'text' &&
      node.type === 'text' &&
      JSON.stringify(last.marks) === JSON.stringify(node.marks);
    if (isSame) result[result.length - 1] = { ...last, text: last.text + node.text };
    else result.push(node);
  }
  return result;
}

const lineContent = fc.array(run, { minLength: 1, maxLength: 3 }).map(merged);
const content = fc
  .tuple(
    run,
    fc.array(fc.oneof({ weight: 5, arbitrary: run }, fc.constant<InlineNode>({ type: 'hardBreak' })), {
      maxLength: 4,
    }),
    run,
  )
  .map(([first, middle, last]) => merged([first, ...middle, last]));
const inlineContent = fc.oneof(lineContent, content);

/** Contents of files by SHA-256 in hexadecimal: what an export reads, and the {@link fakeFiles} know. */
export const sampleFiles = new Map<string, { content: Buffer; taken: TakenFile }>();
const file = (start: number[], mediaType: string, side: number | null): string => {
  const bytes = Buffer.from([...start, ...Buffer.from(`${mediaType} ${sampleFiles.size}`)]);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const taken = { hash, mediaType, bytes: bytes.length, width: side, height: side && side + 1 };
  sampleFiles.set(hash, { content: bytes, taken });
  return hash;
};
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52];
const pictures = [
  file(PNG, 'image/png', 640),
  file(PNG, 'image/png', 32),
  file([0xff, 0xd8, 0xff, 0xe0], 'image/jpeg', 7),
];
const videos = [file([0, 0, 0, 24, ...Buffer.from('ftypmp42')], 'video/mp4', null)];
const captionFiles = [
  file([...Buffer.from('WEBVTT\n')], 'text/vtt', null),
  file([...Buffer.from('WEBVTT \n')], 'text/vtt', null),
];
const documents = [
  file([...Buffer.from('%PDF-1.7')], 'application/pdf', null),
  file([...Buffer.from('a,b')], 'text/csv', null),
];
export const packages = [file([0x50, 0x4b, 3, 4], 'application/zip', null)];

const optionalText = (most: number): fc.Arbitrary<string> => fc.oneof(fc.constant(''), anyText(most));
const image = fc
  .record({
    file: fc.constantFrom(...pictures),
    alt: optionalText(60),
    decorative: fc.boolean(),
    caption: fc.oneof(fc.constant(''), plain),
  })
  .map((attrs): MediaNode => {
    const { width, height } = sampleFiles.get(attrs.file)!.taken;
    return { type: 'image', attrs: { ...attrs, width: width!, height: height! } };
  });
const video = fc
  .record({
    source: fc.constantFrom('https://youtu.be/a_b-c?t=1', 'https://framatube.org/w/x', ...videos),
    title: optionalText(60),
    durationSeconds: fc.option(fc.integer({ min: 1, max: 86_400 })),
    captions: fc.array(
      fc.record({ locale: fc.constantFrom('en', 'fr', 'pt-BR'), file: fc.constantFrom(...captionFiles) }),
      { maxLength: 3 },
    ),
    transcript: fc.oneof(
      fc.constant(''),
      plain,
      fc.constantFrom('One.\n\nTwo: "three".\n- four', '# a\n:::\n---\nb'),
    ),
  })
  .map(({ source, title, durationSeconds, captions, transcript }): MediaNode => {
    const taken = sampleFiles.get(source)?.taken;
    const where = taken
      ? { href: null, file: source, bytes: taken.bytes }
      : { href: source, file: null, bytes: null };
    return { type: 'video', attrs: { ...where, title, durationSeconds, captions, transcript } };
  });
const embed = optionalText(60).map((title): MediaNode => ({
  type: 'embed',
  attrs: { href: 'https://umap.openstreetmap.fr/fr/map/x_1#6/47/2', title },
}));
const download = fc
  .record({ file: fc.constantFrom(...documents), name: fc.oneof(anyText(40), fc.constant('price-list.pdf')) })
  .map(({ file: hash, name }): MediaNode => {
    const { bytes, mediaType } = sampleFiles.get(hash)!.taken;
    return { type: 'download', attrs: { file: hash, name, bytes, mediaType } };
  });
export const mediaNode: fc.Arbitrary<MediaNode> = fc.oneof(image, video, embed, download);

const codeBlock = fc
  .record({ language: fc.option(fc.constantFrom('js', 'c++', 'video')), text: plain })
  .map(({ language, text }): BlockNode => ({
    type: 'codeBlock',
    ...(language !== null && { attrs: { language } }),
    content: [{ type: 'text', text }],
  }));

/** An item of which only the paragraph is empty has nothing else that is a paragraph right below it. */
const itemOf = (
  paragraphs: fc.Arbitrary<BlockNode>,
  blocks: fc.Arbitrary<BlockNode[]>,
): fc.Arbitrary<ListItemNode> =>
  fc
    .tuple(
      fc.oneof({ weight: 4, arbitrary: paragraphs }, fc.constant<BlockNode>({ type: 'paragraph' })),
      blocks,
    )
    .map(([first, rest]) => ({
      type: 'listItem',
      content: 'content' in first || rest[0]?.type !== 'paragraph' ? [first, ...rest] : rest,
    }));

const { blocks } = fc.letrec<{
  block: BlockNode;
  blocks: BlockNode[];
  item: ListItemNode;
  paragraph: BlockNode;
}>((tie) => ({
  paragraph: inlineContent.map((inline): BlockNode => ({ type: 'paragraph', content: inline })),
  blocks: fc.array(tie('block'), { maxLength: 3, depthIdentifier: 'blocks' }),
  item: itemOf(tie('paragraph'), tie('blocks')),
  block: fc.oneof(
    { depthIdentifier: 'blocks', maxDepth: 3, withCrossShrink: true },
    { weight: 6, arbitrary: tie('paragraph') },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(2 as const, 3 as const), lineContent)
        .map(([level, inline]): BlockNode => ({ type: 'heading', attrs: { level }, content: inline })),
    },
    { weight: 2, arbitrary: mediaNode },
    { weight: 2, arbitrary: codeBlock },
    { weight: 1, arbitrary: fc.constant<BlockNode>({ type: 'horizontalRule' }) },
    {
      weight: 2,
      arbitrary: fc
        .array(tie('item'), { minLength: 1, maxLength: 3 })
        .map((items): BlockNode => ({ type: 'bulletList', content: items })),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(fc.constantFrom(0, 1, 7, 999_999_999), fc.array(tie('item'), { minLength: 1, maxLength: 3 }))
        .map(([start, items]): BlockNode => ({
          type: 'orderedList',
          ...(start !== 1 && { attrs: { start } }),
          content: items,
        })),
    },
    {
      weight: 1,
      arbitrary: fc
        .array(tie('block'), { minLength: 1, maxLength: 3 })
        .map((inner): BlockNode => ({ type: 'blockquote', content: inner })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...CALLOUT_TONES), fc.array(tie('block'), { minLength: 1, maxLength: 3 }))
        .map(([tone, inner]): BlockNode => ({ type: 'callout', attrs: { tone }, content: inner })),
    },
  ),
}));

/** A block document of all kinds of blocks and marks. It may be empty. */
export const blockDocument: fc.Arbitrary<BlockDocument> = blocks.map((inner) => ({
  type: 'doc',
  content: inner,
}));
