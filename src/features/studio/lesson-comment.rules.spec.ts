import type { BlockNode } from '../catalog/block-document.js';
import { excerptOf, findBlock } from './lesson-comment.rules.js';

const paragraph = (text: string): BlockNode => ({
  type: 'paragraph',
  content: [{ type: 'text', text }],
});

describe('excerptOf', () => {
  it('is how a block begins, in words', () => {
    expect(excerptOf(paragraph('  A\n shop. '))).toBe('A shop.');
    expect(excerptOf({ type: 'blockquote', content: [paragraph('one'), paragraph('two')] })).toBe('one two');
    expect(excerptOf(paragraph('é'.repeat(500)))).toHaveLength(120);
    expect(excerptOf({ type: 'horizontalRule' })).toBe('');
  });

  it('is what a picture shows, or its caption where it is decorative', () => {
    const attrs = { file: 'a'.repeat(64), decorative: false, caption: 'Below', width: 1, height: 1 };
    expect(excerptOf({ type: 'image', attrs: { ...attrs, alt: 'A bakery' } })).toBe('A bakery');
    expect(excerptOf({ type: 'image', attrs: { ...attrs, alt: '' } })).toBe('Below');
  });
});

describe('findBlock', () => {
  const found = (excerpts: string[], blockIndex: number | null, excerpt: string) =>
    findBlock(excerpts, { blockIndex, excerpt });

  it.each([
    ['where it was', ['a', 'b'], 1, 'b', 1],
    ['where it moved to', ['new', 'new', 'b'], 0, 'b', 2],
    ['the nearest of several', ['b', 'x', 'x', 'b'], 2, 'b', 3],
    ['in its place, reworded', ['The shop is open daily'], 0, 'The shop is open', 0],
    ['nowhere, when it was rewritten', ['Something else'], 0, 'The shop is open', null],
    ['nowhere, when it was deleted', ['a'], 4, 'b', null],
    ['nowhere, for the whole lesson', [''], null, '', null],
  ])('is %s', (_what, excerpts, index, excerpt, expected) => {
    expect(found(excerpts, index, excerpt)).toBe(expected);
  });
});
