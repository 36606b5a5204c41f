import fc from 'fast-check';
import { blockDocument } from '../../../test/support/course-arbitraries.js';
import { blockDocumentSchema } from '../catalog/block-document.js';
import { markdownFromBlocks } from '../formats/import/markdown-from-blocks.js';
import { parseLessonMarkdown, readLessonMarkdown } from './lesson-markdown.rules.js';

const HASH = 'ab'.repeat(32);

describe('the Markdown of a lesson that is edited', () => {
  it('keeps every block, pictures and files by what they hold', () => {
    fc.assert(
      fc.property(blockDocument, (document) => {
        const { document: again, problems } = readLessonMarkdown(markdownFromBlocks(document));
        expect(problems).toEqual([]);
        expect(again).toEqual(document);
        expect(blockDocumentSchema.safeParse(again).success).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('writes them readably', () => {
    const markdown = [
      '> [!TIP]',
      '> Ask **first**.',
      '',
      `![A shop](sha256:${HASH} "At noon"){width=640 height=480}`,
      '',
      `![](sha256:${HASH}){.decorative width=640 height=480}`,
      '',
      `[prices.pdf](sha256:${HASH}){bytes=12 type=application/pdf}`,
      '',
      ':::video https://youtu.be/abc',
      'title: "How to"',
      'seconds: 90',
      'captions:',
      `  - en: "sha256:${HASH}"`,
      'transcript: |-',
      '  One.',
      '',
      '  Two.',
      ':::',
      '',
      ':::embed https://umap.openstreetmap.fr/x',
      'title: "The market"',
      ':::',
      '',
    ].join('\n');
    const document = parseLessonMarkdown(markdown);
    expect(document.content.map(({ type }) => type)).toEqual([
      'callout',
      'image',
      'image',
      'download',
      'video',
      'embed',
    ]);
    expect(markdownFromBlocks(document)).toBe(markdown);
  });

  it.each([
    ['a picture of elsewhere', 'a\n\n![x](https://example.org/x.png)', 'MARKDOWN_IMAGE'],
    ['a picture without its size', `a\n\n![x](sha256:${HASH})`, 'MARKDOWN_IMAGE'],
    ['a download without its kind', `a\n\n[x](sha256:${HASH})`, 'MARKDOWN_FILE'],
    ['a video that is no file of the store', 'a\n\n:::video x.mp4\n:::', 'MARKDOWN_FILE'],
    ['an embedded site that is not allowed', 'a\n\n:::embed https://example.org/\n:::', 'MARKDOWN_UNKNOWN'],
  ])('refuses %s and says on which line', (_what, markdown, code) => {
    expect(() => parseLessonMarkdown(markdown)).toThrow(
      expect.objectContaining({ refusal: expect.objectContaining({ code }) as unknown, values: { line: 3 } }),
    );
  });
});
