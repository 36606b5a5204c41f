import {
  BLOCK_DOCUMENT_LIMITS,
  blockDocumentSchema,
  isSafeHref,
  plainText,
  type BlockDocument,
} from './block-document.js';

function paragraph(text: string): unknown {
  return { type: 'paragraph', content: [{ type: 'text', text }] };
}

function firstMessage(value: unknown): string | undefined {
  return blockDocumentSchema.safeParse(value).error?.issues[0]?.message;
}

describe('blockDocumentSchema', () => {
  it('accepts every whitelisted node and mark', () => {
    const item = { type: 'listItem', content: [paragraph('one')] };
    const doc = {
      type: 'doc',
      content: [
        { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Head' }] },
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'a', marks: [{ type: 'bold' }, { type: 'italic' }, { type: 'code' }] },
            { type: 'hardBreak' },
            { type: 'text', text: 'b', marks: [{ type: 'link', attrs: { href: 'https://example.org/' } }] },
          ],
        },
        { type: 'bulletList', content: [item] },
        { type: 'orderedList', attrs: { start: 3 }, content: [item] },
        { type: 'blockquote', content: [paragraph('quoted')] },
        { type: 'codeBlock', attrs: { language: 'html' }, content: [{ type: 'text', text: '<p>' }] },
        { type: 'horizontalRule' },
      ],
    };
    expect(blockDocumentSchema.parse(doc)).toEqual(doc);
  });

  it.each([
    ['an image', { type: 'image', attrs: { src: 'https://example.org/a.png' } }],
    ['a heading of level 1', { type: 'heading', attrs: { level: 1 } }],
    ['an empty text', { type: 'paragraph', content: [{ type: 'text', text: '' }] }],
    ['a NUL', paragraph('a\u0000b')],
    ['a lone surrogate', paragraph('a\uD800')],
    [
      'an unknown mark',
      { type: 'paragraph', content: [{ type: 'text', text: 'a', marks: [{ type: 'color' }] }] },
    ],
    [
      'a script link',
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'a', marks: [{ type: 'link', attrs: { href: 'javascript:alert(1)' } }] },
        ],
      },
    ],
    [
      'a list item that begins with a list',
      { type: 'bulletList', content: [{ type: 'listItem', content: [{ type: 'horizontalRule' }] }] },
    ],
  ])('refuses %s', (_what, block) => {
    expect(blockDocumentSchema.safeParse({ type: 'doc', content: [block] }).success).toBe(false);
  });

  it('drops attributes it does not know', () => {
    const doc = { type: 'doc', content: [{ type: 'paragraph', attrs: { onclick: 'x' }, evil: 1 }] };
    expect(blockDocumentSchema.parse(doc)).toEqual({ type: 'doc', content: [{ type: 'paragraph' }] });
  });

  it('refuses a nesting of 200,000 levels with a sentence and without exhausting the stack', () => {
    let block: unknown = paragraph('deep');
    for (let depth = 0; depth < 200_000; depth += 1) block = { type: 'blockquote', content: [block] };
    expect(firstMessage({ type: 'doc', content: [block] })).toMatch(/nested more than 16 deep/);
  });

  it('counts depth exactly: 16 levels pass, 17 do not', () => {
    const nested = (quotes: number): unknown => {
      let block: unknown = paragraph('deep');
      for (let depth = 0; depth < quotes; depth += 1) block = { type: 'blockquote', content: [block] };
      return { type: 'doc', content: [block] };
    };
    // doc, quotes, paragraph, text
    expect(blockDocumentSchema.safeParse(nested(13)).success).toBe(true);
    expect(blockDocumentSchema.safeParse(nested(14)).success).toBe(false);
  });

  it('refuses too many nodes and too much text with a sentence', () => {
    const rules = Array.from({ length: BLOCK_DOCUMENT_LIMITS.nodes }, () => ({ type: 'horizontalRule' }));
    expect(firstMessage({ type: 'doc', content: rules })).toMatch(/more than 10000 nodes/);
    expect(blockDocumentSchema.safeParse({ type: 'doc', content: rules.slice(1) }).success).toBe(true);
    const long = paragraph('a'.repeat(BLOCK_DOCUMENT_LIMITS.textLength + 1));
    expect(firstMessage({ type: 'doc', content: [long] })).toMatch(/longer than 150000 characters/);
  });
});

describe('isSafeHref', () => {
  it.each(['https://example.org/a?b=1#c', 'HTTP://example.org', 'mailto:a@example.org'])(
    'accepts %s',
    (href) => {
      expect(isSafeHref(href)).toBe(true);
    },
  );

  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    '/relative',
    '//example.org',
    'https://',
    'https://a b',
    ' https://example.org',
    'java\nscript:alert(1)',
    'https://example.org/"onclick="x',
    `https://example.org/${'a'.repeat(2_048)}`,
  ])('refuses %j', (href) => {
    expect(isSafeHref(href)).toBe(false);
  });
});

describe('plainText', () => {
  it('gives each block and hard break a line, in reading order', () => {
    const doc: BlockDocument = {
      type: 'doc',
      content: [
        { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'Head' }] },
        {
          type: 'bulletList',
          content: [
            { type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'one' }] }] },
            { type: 'listItem', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'two' }] }] },
          ],
        },
        { type: 'horizontalRule' },
        {
          type: 'paragraph',
          content: [
            { type: 'text', text: 'a', marks: [{ type: 'bold' }] },
            { type: 'hardBreak' },
            { type: 'text', text: 'b' },
          ],
        },
      ],
    };
    expect(plainText(doc)).toBe('Head\none\ntwo\na\nb');
  });
});
