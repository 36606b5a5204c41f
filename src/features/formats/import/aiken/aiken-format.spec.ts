import { readFormat, sourceFiles } from '../../../../../test/support/source-files.js';
import { plainText } from '../../../catalog/block-document.js';
import { aikenFormat } from './aiken-format.js';

describe('Aiken', () => {
  it('reads questions of one and of several right answers', async () => {
    const { questions, told } = await readFormat(aikenFormat, {
      'a.txt':
        'What is rent?\nIt comes each month.\nA. A cost\nB)A sale\nANSWER: A\nFEEDBACK: It is paid.\n\nWhich are costs?\na. Rent\nb. Wages\nc. Sales\nRéponse : a, b',
    });
    expect(told).toEqual([]);
    expect(
      questions.map(({ kind, prompt, options, explanation }) => [
        kind,
        plainText(prompt['en']!),
        options.map(({ text, correct }) => `${correct} ${text['en']}`),
        explanation,
      ]),
    ).toEqual([
      [
        'SINGLE_CHOICE',
        'What is rent?\nIt comes each month.',
        ['true A cost', 'false A sale'],
        { en: 'It is paid.' },
      ],
      ['MULTIPLE_CHOICE', 'Which are costs?', ['true Rent', 'true Wages', 'false Sales'], null],
    ]);
  });

  it('reports what is wrong by its line, and keeps the rest', async () => {
    const { questions, told } = await readFormat(aikenFormat, {
      'a.txt':
        'No letter\nA. a\nB. b\nANSWER: C\n\nNo answer\nA. a\nB. b\n\nGood\nA. a\nB. b\nANSWER: B\n\nNo options\nANSWER: A\n\nTwice\nA. a\nA. b\nANSWER: A\n\nCut off\nA. a',
    });
    expect(questions.map(({ prompt }) => plainText(prompt['en']!))).toEqual(['Good']);
    expect(told).toEqual([4, 6, 15, 21, 23].map((line) => `ERROR QUESTION_STRUCTURE a.txt:${line}`));
  });

  it.each([
    ['Q\nA. a\nB. b\nANSWER: A', true],
    ['Q {=a}', false],
    ['A. a list\nB. of things', false],
  ])('is recognized by what stands in it: %j', async (text, expected) => {
    expect(await aikenFormat.recognizes(sourceFiles({ 'a.txt': text }))).toBe(expected);
  });
});
