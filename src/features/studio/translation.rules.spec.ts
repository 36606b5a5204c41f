import type { QuestionContent } from '../catalog/course-content.js';
import { basisNotes, isOutOfDate, questionHashes, withTexts } from './translation.rules.js';

const doc = (text: string) => ({
  type: 'doc' as const,
  content: [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text }] }],
});

const question: QuestionContent = {
  key: 'one',
  kind: 'SINGLE_CHOICE',
  prompt: { en: doc('One?'), fr: doc('Un ?') },
  options: [
    { key: 'a', text: { en: 'Yes', fr: 'Oui' }, feedback: null, correct: true },
    { key: 'b', text: { en: 'No', fr: 'Non' }, feedback: { en: 'Why?' }, correct: false },
  ],
  explanation: null,
};

describe('what a save says about translations', () => {
  const en = { defaultLocale: 'en' };

  it('a translation that stays while its source changes was made from the source as it was', () => {
    const notes = basisNotes({ en: '1', fr: 'x' }, { en: '2', fr: 'x' }, en);
    expect(notes).toEqual([{ locale: 'fr', contentHash: 'x', sourceHash: '1', isFresh: false }]);
    expect(isOutOfDate({ source: '2', target: 'x' }, notes[0])).toBe(true);
  });

  it('one that is written with its source, or looked at, was made from the source as it is', () => {
    expect(basisNotes({ en: '1', fr: 'x' }, { en: '2', fr: 'y' }, en)).toMatchObject([{ sourceHash: '2' }]);
    const looked = { ...en, confirmed: 'fr' };
    expect(basisNotes({ en: '2', fr: 'x' }, { en: '2', fr: 'x' }, looked)).toMatchObject([
      { sourceHash: '2', isFresh: true },
    ]);
    expect(basisNotes({ en: '2', fr: 'x' }, { en: '2', fr: 'x' }, en)).toEqual([]);
  });

  it('says nothing about another translation than the one it is of', () => {
    const basis = { contentHash: 'x', sourceHash: '1' };
    expect(isOutOfDate({ source: '2', target: 'y' }, basis)).toBe(false);
    expect(isOutOfDate({ source: '2', target: null }, basis)).toBe(false);
  });
});

describe('the texts of a question', () => {
  it('are the same in another order of its answers, and whatever is right', () => {
    const turned = {
      ...question,
      options: question.options.toReversed().map((option) => ({ ...option, correct: !option.correct })),
    };
    expect(questionHashes(turned)).toEqual(questionHashes(question));
  });

  it('change in one language alone', () => {
    const changed = { ...question, explanation: { fr: 'Parce que.' } };
    expect(questionHashes(changed)['en']).toBe(questionHashes(question)['en']);
    expect(questionHashes(changed)['fr']).not.toBe(questionHashes(question)['fr']);
  });

  it('stay where nothing is said about them', () => {
    const { prompt, options } = withTexts(question, {
      locale: 'fr',
      options: [{ key: 'b', feedback: 'Pourquoi ?' }],
    });
    expect(prompt).toBe(question.prompt);
    expect(options[0]!.text).toEqual({ en: 'Yes', fr: 'Oui' });
    expect(options[1]!.feedback).toEqual({ en: 'Why?', fr: 'Pourquoi ?' });
  });
});
