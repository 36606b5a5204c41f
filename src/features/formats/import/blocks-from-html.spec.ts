import fc from 'fast-check';
import { blockDocumentSchema, plainText, type BlockDocument } from '../../catalog/block-document.js';
import type { ImageNode } from '../../catalog/block-media.js';
import { blocksFromHtml, textFromHtml, type HtmlSource } from './blocks-from-html.js';
import { FileReport, IMPORT_PROBLEM_CODES, type ImportProblem } from './import-problems.js';

const PICTURE: ImageNode = {
  type: 'image',
  attrs: { file: 'a'.repeat(64), alt: 'A shop', decorative: false, caption: '', width: 40, height: 30 },
};

async function read(
  html: string,
  source: Partial<HtmlSource> = {},
): Promise<{ doc: BlockDocument; problems: ImportProblem[]; told: string[] }> {
  const problems: ImportProblem[] = [];
  const doc = await blocksFromHtml(html, {
    report: new FileReport('page.html', problems),
    line: 10,
    image: (address) => (address === 'shop.png' ? PICTURE : null),
    ...source,
  });
  const told = problems.map(({ severity, code, line }) => `${severity} ${code} ${line}`);
  return { doc, problems, told };
}

function paragraph(text: string): object {
  return { type: 'paragraph', content: [{ type: 'text', text }] };
}

function item(text: string): object {
  return { type: 'listItem', content: [paragraph(text)] };
}

describe('blocksFromHtml', () => {
  it('understands all that a text needs', async () => {
    const { doc, problems } = await read(
      '<h1>Head</h1>\n<p>A <strong>bold</strong>, <em>soft</em> <code>code</code> <a href="https://example.org/a">link</a><br>next\n line</p>' +
        '<h5>Small</h5>Loose text<div>In a <span style="color:red">div</span></div><ul><li>one<ol start="3"><li>three</li></ol></li></ul>' +
        '<blockquote>said</blockquote><pre><code class="language-js">a &lt; b\n  c\n</code></pre><hr>',
    );
    expect(problems).toEqual([]);
    expect(doc.content).toEqual([
      { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Head' }] },
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'A ' },
          { type: 'text', text: 'bold', marks: [{ type: 'bold' }] },
          { type: 'text', text: ', ' },
          { type: 'text', text: 'soft', marks: [{ type: 'italic' }] },
          { type: 'text', text: ' ' },
          { type: 'text', text: 'code', marks: [{ type: 'code' }] },
          { type: 'text', text: ' ' },
          { type: 'text', text: 'link', marks: [{ type: 'link', attrs: { href: 'https://example.org/a' } }] },
          { type: 'hardBreak' },
          { type: 'text', text: 'next line' },
        ],
      },
      { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'Small' }] },
      paragraph('Loose text'),
      paragraph('In a div'),
      {
        type: 'bulletList',
        content: [
          {
            type: 'listItem',
            content: [
              paragraph('one'),
              { type: 'orderedList', attrs: { start: 3 }, content: [item('three')] },
            ],
          },
        ],
      },
      { type: 'blockquote', content: [paragraph('said')] },
      { type: 'codeBlock', attrs: { language: 'js' }, content: [{ type: 'text', text: 'a < b\n  c' }] },
      { type: 'horizontalRule' },
    ]);
  });

  it('shows pictures of the files and tells of those that are not there, each by its name', async () => {
    const { doc, problems } = await read(
      '<p>a <img src="shop.png" alt="A shop"> b</p>\n<img src="gone.png">',
    );
    expect(doc.content).toEqual([paragraph('a'), PICTURE, paragraph('b')]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatchObject({ severity: 'ERROR', code: 'IMAGE', line: 11 });
    expect(problems[0]?.message).toContain('"gone.png"');
    expect(problems[0]?.messageFr).toContain('L’image "gone.png"');
  });

  it('says why the store refuses a picture', async () => {
    const refused = { en: 'it is an SVG', fr: 'c’est un SVG' };
    const { problems } = await read('<img src="x.svg">', { image: () => ({ refused }) });
    expect(problems[0]?.message).toContain('it is an SVG');
    expect(problems[0]?.messageFr).toContain('c’est un SVG');
  });

  it('gives a picture inside the address to the store as it is', async () => {
    const seen: string[] = [];
    const { told } = await read(
      `<p><img src="data:image/png;base64,${'AAAA\n'.repeat(20_000)}"></p>\n<blink>x</blink><odd>y</odd>`,
      {
        image: (address) => (seen.push(address), PICTURE),
      },
    );
    expect(seen[0]).toHaveLength('data:image/png;base64,'.length + 100_000);
    expect(told).toEqual(['WARNING HTML 20011']);
  });

  it('keeps players of known sites, and a link to others', async () => {
    const { doc, told } = await read(
      '<iframe src="//www.youtube.com/embed/abc" title="Pricing"></iframe><iframe src="https://h5p.org/h5p/embed/1"></iframe>' +
        '<iframe src="https://example.org/x"></iframe>\n<video src="gone.mp4">Your browser is old.</video>',
    );
    expect(doc.content.map(({ type }) => type)).toEqual(['video', 'embed', 'paragraph', 'paragraph']);
    expect(doc.content[0]).toMatchObject({
      attrs: { href: 'https://www.youtube.com/embed/abc', title: 'Pricing' },
    });
    expect(told).toEqual(['WARNING HTML 10', 'ERROR HTML 11']);
  });

  it('takes linked files along', async () => {
    const attrs = { file: 'b'.repeat(64), name: 'prices.pdf', bytes: 10, mediaType: 'application/pdf' };
    const { doc, told } = await read(
      '<p>See <a href="files/prices.pdf">prices</a></p><a href="other.doc">gone</a>',
      {
        file: (address, name) =>
          address === 'files/prices.pdf' && name === 'prices.pdf' ? { type: 'download', attrs } : null,
      },
    );
    expect(doc.content).toEqual([paragraph('See prices'), { type: 'download', attrs }, paragraph('gone')]);
    expect(told).toEqual(['WARNING LINK_REFUSED 10']);
  });

  it('makes a list of a table, with the names of its columns', async () => {
    const { doc, told } = await read(
      '<table><thead><tr><th>Product</th><th>Price:</th></tr></thead><tr><td>Soap</td><td>3 <b>€</b></td></tr><tr><td>Tea</td><td></td></tr></table>' +
        '<table><tr><td><h2>Laid out</h2></td></tr></table>',
    );
    expect(plainText(doc)).toBe('Product: Soap; Price: 3 €\nProduct: Tea\nLaid out');
    expect(told).toEqual(['WARNING TABLE 10']);
  });

  it('keeps the meaning of raised and lowered digits', async () => {
    const { doc, told } = await read('<p>10<sup>2</sup> m<sup>2</sup>, H<sub>2</sub>O, 1<sup>st</sup></p>');
    expect(plainText(doc)).toBe('10² m², H₂O, 1st');
    expect(told).toEqual(['WARNING HTML 10']);
  });

  it('keeps the text of a formula', async () => {
    const { doc, told } = await read(
      '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">\\frac{1}{2}</annotation></semantics></math>',
    );
    expect(plainText(doc)).toBe('\\frac{1}{2}');
    expect(told).toEqual(['WARNING HTML 10']);
  });

  it('tells once of each kind that it leaves out, with how often', async () => {
    const { doc, problems, told } = await read(
      '<p onclick="x()">a</p>\n<script>alert(1)</script><script>2</script>\n<input name=x><svg><circle/></svg><style>p{}</style>' +
        '<a href="javascript:alert(1)">b</a><a href="#top">c</a><foo-bar>d</foo-bar>',
    );
    expect(plainText(doc)).toBe('a\nbcd');
    expect(told).toEqual([
      'ERROR HTML 11',
      'ERROR HTML 12',
      'ERROR HTML 12',
      'WARNING HTML 12',
      'WARNING LINK_REFUSED 12',
      'WARNING HTML 12',
    ]);
    expect(problems[0]?.message).toContain('<script>');
    expect(problems[0]?.message).toContain('(2 times in this text)');
    expect(problems[0]?.messageFr).toContain('(2 fois dans ce texte)');
  });

  it('mends lists that hold what is no item', async () => {
    const { doc } = await read('<ul>stray<li>a</li><ul><li>b</li></ul></ul><li>c</li>');
    expect(plainText(doc)).toBe('stray\na\nb\nc');
    expect(doc.content.map(({ type }) => type)).toEqual(['bulletList', 'paragraph']);
  });

  it('flattens what is nested beyond the bound, and keeps its text', async () => {
    const { doc, told } = await read(`${'<blockquote>'.repeat(60)}deep${'</blockquote>'.repeat(60)}`);
    expect(blockDocumentSchema.safeParse(doc).success).toBe(true);
    expect(plainText(doc)).toBe('deep');
    expect(told).toEqual(['WARNING BLOCK_UNKNOWN 10']);
  });

  it.each([
    ['nested 100,000 deep', `${'<div><b>'.repeat(50_000)}kept`],
    ['with formatting that is never closed', '<p><b><i a=1>kept'.repeat(10_000)],
    ['with a tag of a million attributes', `<p ${'a '.repeat(500_000)}>kept`],
    ['with attributes between slashes', `<p${'/a'.repeat(500_000)}>kept`],
    ['with tags that never end', `kept<odd>${'<p'.repeat(500_000)}`],
  ])('answers soon for HTML %s', async (_what, html) => {
    // Seconds would be minutes if the time grew with the square.
    const begun = performance.now();
    const { doc, told } = await read(html);
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(blockDocumentSchema.safeParse(doc).success).toBe(true);
    expect(plainText(doc)).toContain('kept');
    expect(told.length).toBeGreaterThan(0);
  });

  it('keeps the beginning of 5 MB of text and says where it ends', async () => {
    const { doc, problems } = await read(`<ul>${'<li>word word word</li>'.repeat(220_000)}</ul>`);
    expect(blockDocumentSchema.safeParse(doc).success).toBe(true);
    expect(plainText(doc).length).toBeGreaterThan(40_000);
    expect(problems.map(({ code }) => code)).toEqual(['CONTENT_TOO_LARGE']);
    const long = await read(`<p>${'é'.repeat(5_000_000)}</p>`);
    expect(plainText(long.doc)).toHaveLength(150_000);
  });

  it('yields a valid document whatever goes in', async () => {
    const scraps = fc.array(
      fc.oneof(
        fc.constantFrom(
          ...'<p>,</p>,<div>,<ul>,<li>,</ul>,<ol start=-1>,<table>,<tr>,<td>,<th>,</table>,<h1>,</h2>,<pre>,</pre>,<b>,<i>,<code>,</b>'.split(
            ',',
          ),
          ...'<a href="https://a.example/">,<a href=javascript:x>,</a>,<img src=shop.png>,<img src=x>,<br>,<hr>,<blockquote>'.split(
            ',',
          ),
          ...'<script>,</script>,<svg>,<math>,<select>,<template>,<sup>2</sup>,<iframe src=//youtu.be/x>,<dl><dt>,<!--,-->,&#0;,&#xD800;,&amp'.split(
            ',',
          ),
          ...['text', ' ', '\0', '\uD800', '😀'],
        ),
        fc.string({ unit: 'binary', maxLength: 6 }),
      ),
      { maxLength: 60 },
    );
    await fc.assert(
      fc.asyncProperty(scraps, async (parts) => {
        const { doc, problems } = await read(parts.join(''));
        expect(blockDocumentSchema.parse(doc)).toEqual(doc);
        for (const { code, line, message, messageFr } of problems) {
          expect(IMPORT_PROBLEM_CODES).toContain(code);
          expect(line).toBeGreaterThanOrEqual(10);
          expect(message).not.toBe('');
          expect(messageFr).not.toBe('');
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('textFromHtml', () => {
  it('keeps the letters, and tells of a picture', async () => {
    const problems: ImportProblem[] = [];
    const at = { report: new FileReport('q.xml', problems), line: 3 };
    expect(await textFromHtml('<p>A &lt; <b>b</b></p><p>c<img src="x.png"></p>', at)).toBe('A < b\nc');
    expect(await textFromHtml('  plain\n text ', at)).toBe('plain text');
    expect(problems.map(({ code, line }) => `${code} ${line}`)).toEqual(['IMAGE 3']);
  });
});
