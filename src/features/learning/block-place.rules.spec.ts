import fc from 'fast-check';
import type { BlockDocument } from '../catalog/block-document.js';
import { followBlock, wordsAt } from './block-place.rules.js';

const textOf = (...words: string[]): BlockDocument => ({
  type: 'doc',
  content: words.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
});

describe('a place in a text that was changed', () => {
  const before = textOf('a', 'b', 'c', 'd');

  it('is where the same words are, wherever they went', () => {
    expect(followBlock(before, 2, textOf('new', 'a', 'b', 'new', 'c', 'd'))).toBe(4);
    expect(followBlock(before, 2, textOf('c', 'a'))).toBe(0);
    expect(followBlock(before, 2, textOf('a', 'd', 'b', 'c'))).toBe(3);
  });

  it('is as far behind what stayed as it was, where its own words changed', () => {
    expect(followBlock(before, 2, textOf('new', 'new', 'a', 'b', 'C', 'd'))).toBe(4);
    expect(followBlock(before, 3, textOf('new', 'a', 'B', 'C', 'D'))).toBe(4);
  });

  it('is the nearest of several that say the same', () => {
    expect(followBlock(textOf('-', 'a', '-', 'b'), 2, textOf('-', 'a', 'new', '-', 'b'))).toBe(3);
  });

  it('never leaves the text', () => {
    expect(followBlock(before, 3, textOf('a', 'b'))).toBe(1);
    expect(followBlock(before, 3, textOf('x', 'y'))).toBe(1);
    expect(followBlock(before, 3, textOf())).toBe(0);
    expect(followBlock(textOf('a'), 9, textOf('a', 'b'))).toBe(1);
    expect(followBlock(textOf(), 1, before)).toBe(1);
  });

  it('is the same place in the same text, and moves with what is put before it', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(
        words,
        fc.nat(),
        fc.array(fc.constantFrom('x', 'y'), { maxLength: 5 }),
        (own, seed, more) => {
          const block = seed % own.length;
          expect(followBlock(textOf(...own), block, textOf(...own))).toBe(block);
          const distinct = [...new Set(own)];
          const at = seed % distinct.length;
          const grown = textOf(...more, ...distinct);
          expect(followBlock(textOf(...distinct), at, grown)).toBe(more.length + at);
        },
      ),
    );
  });
});

describe('the words of a place', () => {
  it('are those its block begins with, whole words of them', () => {
    expect(wordsAt(textOf('a', ' Light  from\nthe side '), 1)).toBe('Light from the side');
    const long = wordsAt(textOf('word '.repeat(60)), 0)!;
    expect(long).toMatch(/^word( word)*…$/);
    expect(long.length).toBeLessThanOrEqual(121);
    expect(wordsAt(textOf('x'.repeat(300)), 0)).toBe(`${'x'.repeat(120)}…`);
  });

  it('are none where nothing is said', () => {
    expect(wordsAt(textOf('a'), 1)).toBeNull();
    expect(wordsAt({ type: 'doc', content: [{ type: 'horizontalRule' }] }, 0)).toBeNull();
  });
});
