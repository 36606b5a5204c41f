import fc from 'fast-check';
import {
  blockDocumentSchema,
  type BlockDocument,
  type BlockNode,
  type InlineNode,
} from '../../catalog/block-document.js';
import { blocksFromMarkdown } from './blocks-from-markdown.js';
import { FileReport, type ImportProblem } from './import-problems.js';
import { markdownFromBlocks } from './markdown-from-blocks.js';

function read(markdown: string): { doc: BlockDocument | null; problems: ImportProblem[] } {
  const problems: ImportProblem[] = [];
  return { doc: blocksFromMarkdown(markdown, 0, new FileReport('lesson', problems)), problems };
}

const doc = (...content: BlockNode[]): BlockDocument => ({ type: 'doc', content });

describe('markdownFromBlocks', () => {
  it('writes what a person would', () => {
    const markdown = [
      '## Opening hours',
      '',
      'Say **when** you are _open_: 9.30 - 12.00, ~5 min away & more (see [the map](https://example.org/map)).\\',
      'Then breathe!',
      '',
      '- one',
      '- two',
      '  - inner',
      '- three',
      '',
      '3. third',
      '4. fourth',
      '',
      '   with more',
      '',
      '> Said `once`.',
      '>',
      '> Said twice.',
      '',
      '```js',
      'a < b',
      '',
      '  c',
      '```',
      '',
      '___',
      '',
    ].join('\n');
    const { doc: tree, problems } = read(markdown);
    expect(problems).toEqual([]);
    // The first two items are close together in the source, the last ones apart: the writer keeps a list either way.
    expect(markdownFromBlocks(tree!)).toBe(markdown.replace('3. third\n4.', '3. third\n\n4.'));
  });

  it.each([
    '1. not a list',
    '# no heading',
    '- no item',
    '> no quotation',
    '---',
    '===',
    '*no emphasis* and _none_ and __none__',
    '[no link](https://example.org/)',
    '![no image](x)',
    '<b>no tag</b>',
    '&amp; no entity',
    'C:\\path\\',
    '`no code`',
    '~~~',
    'wait ~~ what',
    'a|b',
    'snake_case_name',
  ])('keeps the letters of %j', (text) => {
    const tree = doc({ type: 'paragraph', content: [{ type: 'text', text }] });
    expect(read(markdownFromBlocks(tree))).toEqual({ doc: tree, problems: [] });
  });

  it('leaves out what Markdown cannot say', () => {
    const heading: BlockNode = {
      type: 'heading',
      attrs: { level: 3 },
      content: [{ type: 'text', text: 'a' }, { type: 'hardBreak' }, { type: 'text', text: 'b' }],
    };
    expect(markdownFromBlocks(doc({ type: 'paragraph' }, heading, { type: 'codeBlock' }))).toBe('### a b\n');
    expect(markdownFromBlocks(doc())).toBe('');
  });
});

const scrap = fc.oneof(
  fc.constantFrom(
    ...[
      'a',
      'é ',
      '1. ',
      '2) ',
      '- ',
      '+ ',
      '# ',
      '> ',
      '***',
      '___',
      '---',
      '===',
      '*',
      '_',
      '**',
      '`',
      '``',
      '~',
      '~~',
    ],
    ...[
      '[',
      ']',
      '(',
      ')',
      '](',
      '!',
      '![',
      '<',
      '<b>',
      '<!--',
      '>',
      '&',
      '&amp;',
      '&#35;',
      '\\',
      '|',
      ':',
      '.',
      ' ',
      '  ',
    ],
    ...['\u00a0', '\t', '👍', '«', 'http://x.fr', '#', '\n', '\n\n', '    ', '```', '```js\n'],
  ),
  fc.string({ maxLength: 4 }),
);
const scraps = (length: number) =>
  fc.array(scrap, { minLength: 1, maxLength: length }).map((parts) => parts.join(''));

const href = fc.constantFrom(
  'https://example.org/',
  'https://example.org/a_(b)?c=1&amp;d=*',
  'mailto:a@example.org',
);
const marks = fc.record({
  link: fc.option(href),
  bold: fc.boolean(),
  italic: fc.boolean(),
  code: fc.boolean(),
});
const run = fc
  .record({ text: scraps(4).map((text) => text.replace(/[\n\t]/g, ' ') || 'x'), marks })
  .map(({ text, marks: { link, bold, italic, code } }): InlineNode => {
    const all = [
      ...(link === null ? [] : [{ type: 'link' as const, attrs: { href: link } }]),
      ...(bold ? [{ type: 'bold' as const }] : []),
      ...(italic ? [{ type: 'italic' as const }] : []),
      ...(code ? [{ type: 'code' as const }] : []),
    ];
    return all.length > 0 ? { type: 'text', text, marks: all } : { type: 'text', text };
  });
const inline = fc
  .array(fc.oneof({ weight: 6, arbitrary: run }, fc.constant<InlineNode>({ type: 'hardBreak' })), {
    maxLength: 6,
  })
  .map((nodes) => [{ type: 'text' as const, text: '(' }, ...nodes, { type: 'text' as const, text: ')' }]);

/** Runs of the same marks are one, as the reader has it. */
function merged(nodes: InlineNode[]): InlineNode[] {
  const result: InlineNode[] = [];
  for (const node of nodes) {
    const last = result.at(-1);
    const alike =
      last?.type === 'text' &&
      node.type === 'text' &&
      JSON.stringify(last.marks) === JSON.stringify(node.marks);
    if (alike) result[result.length - 1] = { ...last, text: last.text + node.text };
    else result.push(node);
  }
  return result;
}

describe('any text at all', () => {
  it('is read again as it was written, whatever its letters and marks', () => {
    fc.assert(
      fc.property(inline.map(merged), (content) => {
        const tree = doc({ type: 'paragraph', content });
        expect(blockDocumentSchema.safeParse(tree).success).toBe(true);
        expect(read(markdownFromBlocks(tree))).toEqual({ doc: tree, problems: [] });
      }),
      { numRuns: 500 },
    );
  });

  it('is the same after any number of openings and savings, whatever the Markdown was', () => {
    fc.assert(
      fc.property(
        fc.array(scraps(6), { maxLength: 8 }).map((lines) => lines.join('\n')),
        (markdown) => {
          const { doc: tree } = read(markdown);
          fc.pre(tree !== null && !JSON.stringify(tree).includes('hardBreak'));
          expect(read(markdownFromBlocks(tree))).toEqual({ doc: tree, problems: [] });
        },
      ),
      { numRuns: 300 },
    );
  });
});
