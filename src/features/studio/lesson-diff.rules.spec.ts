import type { BlockDocument, BlockNode } from '../catalog/block-document.js';
import { countWords, diffTexts, diffWords, type DiffBlock } from './lesson-diff.rules.js';

const words = (text: string): BlockNode => ({ type: 'paragraph', content: [{ type: 'text', text }] });
const doc = (...content: BlockNode[]): BlockDocument => ({ type: 'doc', content });
const shown = ({ blocks }: { blocks: DiffBlock[] }): string[] =>
  blocks.map(
    ({ change, kind, parts }) =>
      `${change} ${kind} ${parts.map((part) => (part.change === 'INSERTED' ? `{+${part.text}+}` : part.change === 'DELETED' ? `{-${part.text}-}` : part.text)).join('')}`,
  );

describe('what changed between two texts', () => {
  it('is told word by word where a block was changed, and block by block where one came or went', () => {
    const before = doc(
      words('Open from nine to noon.'),
      words('Old line about something else.'),
      words('The end.'),
    );
    const after = doc(words('Open from eight to noon.'), words('The end.'), words('Call us.'));
    const diff = diffTexts(before, after);
    expect(shown(diff)).toEqual([
      'CHANGED PARAGRAPH Open from {-nine-}{+eight+} to noon.',
      'DELETED PARAGRAPH {-Old line about something else.-}',
      'SAME PARAGRAPH The end.',
      'INSERTED PARAGRAPH {+Call us.+}',
    ]);
    expect(diff).toMatchObject({ wordsInserted: 3, wordsDeleted: 6 });
  });

  it('sees what is no word: formatting, another kind, another picture', () => {
    const bold: BlockNode = {
      type: 'paragraph',
      content: [{ type: 'text', text: 'loud', marks: [{ type: 'bold' }] }],
    };
    expect(shown(diffTexts(doc(words('loud')), doc(bold)))[0]).toMatch(/^(CHANGED|DELETED)/);
    const heading: BlockNode = {
      type: 'heading',
      attrs: { level: 2 },
      content: [{ type: 'text', text: 'Hours' }],
    };
    expect(shown(diffTexts(doc(words('Hours')), doc(heading)))).toEqual(['CHANGED HEADING Hours']);
    const image = (file: string): BlockNode => ({
      type: 'image',
      attrs: { file: file.repeat(64), alt: 'A shop', decorative: false, caption: '', width: 9, height: 9 },
    });
    expect(shown(diffTexts(doc(image('a')), doc(image('b'))))).toEqual(['CHANGED IMAGE A shop']);
  });

  it('names lists and boxes by their first line', () => {
    const item = (text: string) => ({ type: 'listItem' as const, content: [words(text), words('more')] });
    const list: BlockNode = { type: 'bulletList', content: [item('one')] };
    const box: BlockNode = {
      type: 'callout',
      attrs: { tone: 'WARNING' },
      content: [words('Mind'), words('this')],
    };
    expect(shown(diffTexts(null, doc(list, box)))).toEqual([
      'INSERTED LIST_ITEM {+one+}',
      'INSERTED PARAGRAPH {+more+}',
      'INSERTED WARNING {+Mind+}',
      'INSERTED PARAGRAPH {+this+}',
    ]);
  });

  it('puts both texts together again, whatever they are', () => {
    const texts = ['a b c', 'c b a x', '', '<b>&amp;</b>', 'é è\nà', 'a  b   c'];
    for (const before of texts) {
      for (const after of texts) {
        const parts = diffWords(before, after);
        const without = (change: string): string =>
          parts
            .filter((part) => part.change !== change)
            .map(({ text }) => text)
            .join('');
        expect(without('INSERTED')).toBe(before);
        expect(without('DELETED')).toBe(after);
      }
    }
  });

  it('does not search for ever in texts that have nothing in common', () => {
    const long = (sign: string): BlockDocument =>
      doc(...Array.from({ length: 4_000 }, (_, index) => words(`${sign}${index}`)));
    const started = performance.now();
    const { blocks } = diffTexts(long('a'), long('b'));
    expect(blocks).toHaveLength(8_000);
    const one = (sign: string): BlockDocument =>
      doc(words(Array.from({ length: 20_000 }, (_, index) => `${sign}${index}`).join(' ')));
    expect(diffTexts(one('a'), one('b')).wordsInserted).toBe(20_000);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('counts what a reader would', () => {
    expect(countWords(' Bonjour – l’été, 3 fois ! ')).toBe(4);
  });
});
