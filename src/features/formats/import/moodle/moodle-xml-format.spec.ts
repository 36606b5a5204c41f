import { readFormat, sourceFiles } from '../../../../../test/support/source-files.js';
import { plainText } from '../../../catalog/block-document.js';
import { moodleXmlFormat } from './moodle-xml-format.js';

const quiz = (...questions: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${questions.join('\n')}\n</quiz>`;
const question = (type: string, inside: string, text = 'Asked?') =>
  `<question type="${type}"><name><text>A ${type}</text></name><questiontext format="html"><text><![CDATA[<p>${text}</p>]]></text></questiontext>${inside}</question>`;
const answer = (fraction: number, text: string, feedback = '') =>
  `<answer fraction="${fraction}" format="html"><text>${text}</text><feedback format="html"><text>${feedback}</text></feedback></answer>`;

describe('Moodle XML', () => {
  it('understands each kind of question that the bank has', async () => {
    const { questions, told } = await readFormat(moodleXmlFormat, {
      'a.xml': quiz(
        '<question type="category"><category><text>$course$/top/Sales</text></category></question>',
        question(
          'multichoice',
          `<single>true</single>${answer(100, '&lt;b&gt;Right&lt;/b&gt;', 'Yes')}${answer(0, 'Wrong')}<tags><tag><text>Seo</text></tag></tags>`,
        ),
        question(
          'multichoice',
          `<single>false</single>${answer(50, 'a')}${answer(50, 'b')}${answer(-100, 'c')}`,
        ),
        question('truefalse', answer(0, 'true', 'No') + answer(100, 'false')),
        question('shortanswer', `<usecase>0</usecase>${answer(100, 'Paris')}${answer(50, 'Lutetia')}`),
        question('numerical', '<answer fraction="100"><text>3.14</text><tolerance>0.01</tolerance></answer>'),
        question(
          'matching',
          '<subquestion format="html"><text>cat</text><answer><text>miaow</text></answer></subquestion><subquestion><text>dog</text><answer><text>woof</text></answer></subquestion><subquestion><text></text><answer><text>moo</text></answer></subquestion>',
        ),
        question('ordering', answer(2, 'second') + answer(1, 'first')),
      ),
    });
    expect(told).toEqual([]);
    expect(questions.map(({ kind }) => kind)).toEqual([
      'SINGLE_CHOICE',
      'MULTIPLE_CHOICE',
      'TRUE_FALSE',
      'SHORT_TEXT',
      'NUMBER',
      'MATCHING',
      'ORDERING',
    ]);
    expect(questions.map(({ key }) => key).slice(0, 3)).toEqual([
      'a-multichoice',
      'a-multichoice-2',
      'a-truefalse',
    ]);
    expect(questions[0]).toMatchObject({
      tags: ['sales', 'seo'],
      options: [
        { text: { en: 'Right' }, correct: true, feedback: { en: 'Yes' } },
        { text: { en: 'Wrong' }, correct: false, feedback: null },
      ],
    });
    expect(questions[1]?.options.map(({ correct, weight }) => [correct, weight])).toEqual([
      [true, undefined],
      [true, undefined],
      [false, undefined],
    ]);
    expect(questions[2]?.options).toMatchObject([
      { key: 'true', correct: false, feedback: { en: 'No' } },
      { key: 'false', correct: true },
    ]);
    expect(questions[3]?.options).toMatchObject([{ correct: true }, { correct: true, weight: 50 }]);
    expect(questions[4]?.options[0]?.number).toEqual({ value: 3.14, tolerance: 0.01 });
    expect(questions[6]?.options.map(({ text }) => text['en'])).toEqual(['first', 'second']);
    expect(questions[5]?.options[2]).toMatchObject({ text: {}, match: { en: 'moo' }, correct: false });
  });

  it('takes pictures along, and tells of those that are not there or refused', async () => {
    const png = Buffer.from('\x89PNG', 'latin1').toString('base64');
    const refused = Buffer.from('refuse me').toString('base64');
    const text =
      '<img src="@@PLUGINFILE@@/in%20shop.png" alt="A shop"><img src="@@PLUGINFILE@@/gone.png"><img src="@@PLUGINFILE@@/no.svg">';
    const { questions, problems } = await readFormat(moodleXmlFormat, {
      'a.xml': quiz(
        question('truefalse', answer(100, 'true') + answer(0, 'false'), text).replace(
          '</questiontext>',
          `<file name="in shop.png" path="/" encoding="base64">${png}</file><file name="no.svg" path="/" encoding="base64">${refused}</file></questiontext>`,
        ),
      ),
    });
    expect(questions[0]?.prompt['en']?.content).toMatchObject([
      { type: 'image', attrs: { alt: 'A shop', width: 4, height: 3 } },
    ]);
    expect(problems.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'IMAGE The picture "@@PLUGINFILE@@/gone.png" is left out: it is not among the files.',
      'IMAGE The picture "@@PLUGINFILE@@/no.svg" is left out: it is refused.',
    ]);
  });

  it('takes the picture that old versions keep beside the text', async () => {
    const old = `<image>a.png</image><image_base64>\n${Buffer.from('\x89PNG', 'latin1').toString('base64')}\n</image_base64>`;
    const { questions, told } = await readFormat(moodleXmlFormat, {
      'a.xml': quiz(question('truefalse', answer(100, 'true') + answer(0, 'false') + old)),
    });
    expect(told).toEqual([]);
    expect(questions[0]?.prompt['en']?.content.map(({ type }) => type)).toEqual(['paragraph', 'image']);
  });

  it('reports what it does not know by its line and kind, and keeps the rest', async () => {
    const { questions, told, problems } = await readFormat(moodleXmlFormat, {
      'a.xml': quiz(
        question('multianswer', ''),
        question('essay', ''),
        question('toString', ''),
        question('numerical', '<answer fraction="100"><text>many</text></answer>'),
        question('multichoice', answer(0, 'a') + answer(0, 'b')),
        question(
          'truefalse',
          `${answer(100, 'true')}${answer(0, 'false')}<hint format="html"><text>Think</text></hint>`,
        ),
        question('shortanswer', `<usecase>1</usecase>${answer(100, 'NASA')}`),
      ),
    });
    expect(questions.map(({ prompt }) => plainText(prompt['en']!))).toEqual(['Asked?', 'Asked?']);
    expect(told).toEqual([
      'ERROR QUESTION_KIND a.xml:3',
      'ERROR QUESTION_KIND a.xml:4',
      'ERROR QUESTION_KIND a.xml:5',
      'WARNING QUESTION_ANSWER a.xml:6',
      'ERROR QUESTION_ANSWER a.xml:6',
      'ERROR QUESTION_ANSWER a.xml:7',
      'WARNING FIELD_IGNORED a.xml:9',
      'WARNING FIELD_IGNORED a.xml:8',
    ]);
    expect(problems[0]?.message).toContain('"A multianswer" of the kind "multianswer"');
  });

  it.each([
    [
      'is cut off',
      quiz(question('truefalse', answer(100, 'true'))).slice(0, -20),
      'ERROR XML_MALFORMED a.xml:3',
    ],
    ['declares entities', '<!DOCTYPE quiz [<!ENTITY a "b">]><quiz/>', 'ERROR XML_ENTITY a.xml:1'],
    ['is another kind of XML', '<html/>', 'ERROR QUESTION_KIND a.xml:1'],
  ])('refuses a file that %s', async (_what, text, expected) => {
    const { questions, told } = await readFormat(moodleXmlFormat, { 'a.xml': text });
    expect(questions).toEqual([]);
    expect(told).toEqual([expected]);
  });

  it('reads 10,000 questions in seconds', async () => {
    const one = question('multichoice', `<single>true</single>${answer(100, 'a')}${answer(0, 'b')}`);
    const begun = process.cpuUsage();
    const { questions } = await readFormat(moodleXmlFormat, {
      'a.xml': quiz(...Array.from({ length: 10_000 }, () => one)),
    });
    // Of the processor, in microseconds: the machine may have other work.
    expect(process.cpuUsage(begun).user).toBeLessThan(5_000_000);
    expect(questions).toHaveLength(10_000);
    expect(new Set(questions.map(({ key }) => key)).size).toBe(10_000);
  });

  it.each([
    ['<?xml version="1.0"?>\n<quiz>', true],
    ['<!-- by hand --><quiz >', true],
    ['<html>quiz</html>', false],
    ['{=a}', false],
  ])('is recognized by what stands in it: %j', async (text, expected) => {
    expect(await moodleXmlFormat.recognizes(sourceFiles({ upload: text }))).toBe(expected);
  });
});
