import { blockDocumentSchema, plainText, type BlockDocument } from '../../catalog/block-document.js';
import { blocksFromMarkdown } from './blocks-from-markdown.js';
import { FileReport, type ImportProblem } from './import-problems.js';

/** Reads a body that begins on line 5 of its file. */
function read(body: string): { doc: BlockDocument | null; problems: ImportProblem[] } {
  const problems: ImportProblem[] = [];
  const doc = blocksFromMarkdown(body, 4, new FileReport('a.en.md', problems));
  return { doc, problems };
}

function paragraph(text: string): object {
  return { type: 'paragraph', content: [{ type: 'text', text }] };
}

describe('blocksFromMarkdown', () => {
  it('maps all that is allowed, and the schema accepts it', () => {
    const body = [
      '## Head',
      '',
      'A **bold** and *soft* `code` [link](https://example.org/).  ',
      'next',
      'line',
      '',
      '- one',
      '  - inner',
      '',
      '3. three',
      '',
      '> said',
      '',
      '```js',
      'a < b',
      '```',
      '',
      '---',
    ].join('\n');
    const { doc, problems } = read(body);
    expect(problems).toEqual([]);
    expect(blockDocumentSchema.parse(doc)).toEqual({
      type: 'doc',
      content: [
        { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Head' }] },
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'A ' },
            { type: 'text', text: 'bold', marks: [{ type: 'bold' }] },
            { type: 'text', text: ' and ' },
            { type: 'text', text: 'soft', marks: [{ type: 'italic' }] },
            { type: 'text', text: ' ' },
            { type: 'text', text: 'code', marks: [{ type: 'code' }] },
            { type: 'text', text: ' ' },
            {
              type: 'text',
              text: 'link',
              marks: [{ type: 'link', attrs: { href: 'https://example.org/' } }],
            },
            { type: 'text', text: '.' },
            { type: 'hardBreak' },
            { type: 'text', text: 'next line' },
          ],
        },
        {
          type: 'bulletList',
          content: [
            {
              type: 'listItem',
              content: [
                paragraph('one'),
                { type: 'bulletList', content: [{ type: 'listItem', content: [paragraph('inner')] }] },
              ],
            },
          ],
        },
        {
          type: 'orderedList',
          attrs: { start: 3 },
          content: [{ type: 'listItem', content: [paragraph('three')] }],
        },
        { type: 'blockquote', content: [paragraph('said')] },
        { type: 'codeBlock', attrs: { language: 'js' }, content: [{ type: 'text', text: 'a < b' }] },
        { type: 'horizontalRule' },
      ],
    });
  });

  it.each([
    ['an image', 'Before\n![a cat](https://example.org/a.png)after', 'IMAGE', 'ERROR', 6, 'Before after'],
    ['inline HTML', 'Some <b>bold</b> text', 'HTML', 'ERROR', 5, 'Some bold text'],
    ['a block of HTML', 'Before\n\n<div class="x">\nkept\n</div>', 'HTML', 'ERROR', 7, 'Before\nkept'],
    ['an HTML comment', 'Before <!-- note --> after', 'HTML', 'ERROR', 5, 'Before  after'],
    ['a table', 'Before\n\n|a|b|\n|-|-|\n|c|d|\n\nafter', 'TABLE', 'ERROR', 7, 'Before\nafter'],
    ['a heading of level 1', 'a\n\n# Head', 'HEADING_LEVEL', 'WARNING', 7, 'a\nHead'],
    ['a heading of level 4', '#### Head', 'HEADING_LEVEL', 'WARNING', 5, 'Head'],
    ['strikethrough', 'a\n~~gone~~', 'STRIKETHROUGH', 'WARNING', 6, 'a gone'],
    ['a script link', 'a [b](javascript:alert%281%29)', 'LINK_REFUSED', 'WARNING', 5, 'a b'],
    ['a relative link', 'a\nb [c](02-other.md)', 'LINK_REFUSED', 'WARNING', 6, 'a b c'],
    ['a tag cut in two', 'a <img src="*x*"> b', 'HTML', 'WARNING', 5, 'a <img src="x"> b'],
  ])('reports %s with its line and keeps the rest', (_what, body, code, severity, line, text) => {
    const { doc, problems } = read(body);
    expect(problems).toEqual([expect.objectContaining({ code, severity, line })]);
    expect(doc && plainText(doc)).toBe(text);
    expect(blockDocumentSchema.safeParse(doc).success).toBe(true);
  });

  it.each(['a \\<b> c', 'a &lt;b&gt; c', '`<b>`', 'if 1 < 2 and 3 > 2', '<https://example.org/>'])(
    'takes %j for text that is meant',
    (body) => {
      expect(read(body).problems).toEqual([]);
    },
  );

  it('gives a list item without text its paragraph', () => {
    const { doc } = read('- - a');
    expect(doc?.content[0]).toMatchObject({
      content: [{ content: [{ type: 'paragraph' }, { type: 'bulletList' }] }],
    });
    expect(blockDocumentSchema.safeParse(doc).success).toBe(true);
  });

  it.each([
    ['deeper than the bound', '> '.repeat(20) + 'a'],
    ['longer than the bound', 'word '.repeat(31_000)],
    ['with more nodes than the bound', 'a\n\n'.repeat(6_000)],
  ])('refuses a text %s', (_what, body) => {
    const { doc, problems } = read(body);
    expect(doc).toBeNull();
    expect(problems).toEqual([
      expect.objectContaining({ severity: 'ERROR', code: 'CONTENT_TOO_LARGE', line: 5 }),
    ]);
  });
});
