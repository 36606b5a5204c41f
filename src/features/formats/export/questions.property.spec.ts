import fc from 'fast-check';
import { anyQuestions } from '../../../../test/support/any-question.js';
import { readFormat } from '../../../../test/support/source-files.js';
import { giftFormat } from '../import/gift/gift-format.js';
import { moodleXmlFormat } from '../import/moodle/moodle-xml-format.js';
import type { QuestionContent } from '../../catalog/course-content.js';
import { giftFrom } from './gift.js';
import { moodleXmlFrom } from './moodle-xml.js';

describe('questions, exported and imported again', () => {
  it('are the same by way of GIFT', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuestions, async (questions) => {
        const text = giftFrom(questions, 'en');
        const { questions: again, problems } = await readFormat(giftFormat, { 'a.gift': text });
        expect(problems).toEqual([]);
        expect(again).toEqual(questions);
      }),
      { numRuns: 300 },
    );
  });

  it('are the same by way of Moodle XML', async () => {
    await fc.assert(
      fc.asyncProperty(anyQuestions, async (questions) => {
        const text = moodleXmlFrom(questions, 'en');
        const { questions: again, problems } = await readFormat(moodleXmlFormat, { 'a.xml': text });
        expect(problems).toEqual([]);
        expect(again).toEqual(questions);
      }),
      { numRuns: 300 },
    );
  });

  it('keep their pictures in Moodle XML, and in GIFT what they show', async () => {
    const content = Buffer.from('\x89PNG picture', 'latin1');
    const image = { file: '', alt: 'A "shop"', decorative: false, caption: '', width: 4, height: 3 };
    image.file = '90c9fd6a0b6f1d0e7b2ed8f4e4a0f3a3a7d5b7f5f9ce0d0f5b6f2f2d9a0c1b2e';
    const question: QuestionContent = {
      key: 'shop',
      kind: 'TRUE_FALSE',
      prompt: {
        en: {
          type: 'doc',
          content: [
            { type: 'paragraph', content: [{ type: 'text', text: 'Is this a shop?' }] },
            { type: 'image', attrs: image },
          ],
        },
      },
      options: [
        { key: 'true', text: {}, feedback: null, correct: true },
        { key: 'false', text: {}, feedback: null, correct: false },
      ],
      explanation: null,
    };
    const files = new Map([[image.file, { name: 'shop front.png', content }]]);
    const { questions, problems } = await readFormat(moodleXmlFormat, {
      'a.xml': moodleXmlFrom([question], 'en', files),
    });
    expect(problems).toEqual([]);
    expect(questions[0]?.prompt['en']?.content[1]).toMatchObject({
      type: 'image',
      attrs: { alt: 'A "shop"', width: 4 },
    });

    expect(giftFrom([question], 'en')).toContain('[A &quot;shop&quot;]');
    // Another language is better than an empty question.
    expect(giftFrom([question], 'fr')).toContain('Is this a shop?');
  });
});
