import { readFormat } from '../../../../test/support/source-files.js';
import type { CourseContent, LessonContent, QuestionContent } from '../../catalog/course-content.js';
import { cartridgeFormat } from '../import/cartridge/cartridge-format.js';
import { courseToCartridge } from './cartridge-export.js';

const said = (text: string) => ({
  en: {
    type: 'doc' as const,
    content: [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text }] }],
  },
});
const option = (key: string, text: string, correct: boolean, more: object = {}) => ({
  key,
  text: { en: text },
  feedback: null,
  correct,
  ...more,
});
const question = (
  key: string,
  kind: QuestionContent['kind'],
  options: QuestionContent['options'],
  explanation: string | null = null,
): QuestionContent => ({
  key,
  kind,
  prompt: said(`What about ${key} & <more>?`),
  options,
  explanation: explanation === null ? null : { en: explanation },
});

const QUESTIONS: QuestionContent[] = [
  question(
    'one',
    'SINGLE_CHOICE',
    [option('a', 'Yes', true, { feedback: { en: 'Well done.' } }), option('b', 'No', false)],
    'Because.',
  ),
  question('many', 'MULTIPLE_CHOICE', [
    option('a', 'Red', true),
    option('b', 'Blue', false),
    option('c', 'Green', true),
  ]),
  question('truth', 'TRUE_FALSE', [
    { key: 'true', text: {}, feedback: null, correct: false },
    { key: 'false', text: {}, feedback: null, correct: true },
  ]),
  question('word', 'SHORT_TEXT', [option('a', 'Paris', true), option('b', 'Lutetia', true, { weight: 50 })]),
  question('figure', 'NUMBER', [
    { key: 'a', text: {}, feedback: null, correct: true, number: { value: 20, tolerance: 0.5 } },
  ]),
  question('pairs', 'MATCHING', [
    option('a', 'Baker', true, { match: { en: 'Bread' } }),
    option('b', 'Florist', true, { match: { en: 'Roses' } }),
    { key: 'c', text: {}, feedback: null, correct: false, match: { en: 'Nails' } },
  ]),
];
const ORDER = question('order', 'ORDERING', [option('a', 'First', true), option('b', 'Second', true)]);
const PICTURE = Buffer.from(' PNG a shop');

const lesson = (key: string, kind: LessonContent['kind'], more: Partial<LessonContent>): LessonContent => ({
  key,
  kind,
  required: true,
  estimatedMinutes: 1,
  title: { en: `Lesson ${key}` },
  body: null,
  quiz: null,
  ...more,
});

const course: CourseContent & { questions: QuestionContent[] } = {
  slug: 'shop',
  defaultLocale: 'en',
  locales: ['en', 'fr'],
  title: { en: 'A shop & more' },
  summary: { en: 'In short.' },
  outcomes: {},
  description: { en: { type: 'doc', content: [] } },
  topics: [],
  license: null,
  modules: [
    {
      key: 'begin',
      title: { en: 'Begin' },
      summary: {},
      lessons: [
        lesson('read', 'READING', {
          body: {
            en: {
              type: 'doc',
              content: [
                ...said('Hello').en.content,
                {
                  type: 'image',
                  attrs: {
                    file: 'f'.repeat(64),
                    alt: 'A shop',
                    decorative: false,
                    caption: '',
                    width: 4,
                    height: 3,
                  },
                },
              ],
            },
          },
        }),
        lesson('task', 'ACTIVITY', { body: said('Take a photo.'), activity: { submission: 'FILE' } }),
        lesson('check', 'QUIZ', {
          quiz: { passPercent: 60, questions: [...QUESTIONS, ORDER], settings: { attemptLimit: 2 } },
        }),
      ],
    },
  ],
  questions: [{ ...QUESTIONS[0]!, key: 'spare' }],
};

describe('the export as a Common Cartridge', () => {
  const written = () => courseToCartridge(course, () => Promise.resolve(PICTURE), 'en');

  it('comes back as the same modules, lessons, pictures and questions', async () => {
    const {
      course: back,
      questions,
      told,
    } = await readFormat(cartridgeFormat, Object.fromEntries(await written()));
    expect(back?.title).toEqual({ en: 'A shop & more' });
    expect(back?.summary).toEqual({ en: 'In short.' });
    const [module] = back!.modules;
    expect(module!.lessons.map(({ kind, title }) => [kind, title.en])).toEqual([
      ['READING', 'Lesson read'],
      ['ACTIVITY', 'Lesson task'],
      ['QUIZ', 'Lesson check'],
    ]);
    const [read, task, check] = module!.lessons;
    expect(read!.body!.en!.content.map(({ type }) => type)).toEqual(['paragraph', 'image']);
    expect(task).toMatchObject({ activity: { submission: 'FILE' }, body: said('Take a photo.') });
    expect(check!.quiz!.settings).toEqual({ attemptLimit: 2 });
    expect(check!.quiz!.questions).toEqual(QUESTIONS);
    expect(questions).toEqual([{ ...QUESTIONS[0]!, key: 'spare' }]);
    expect(told.filter((each) => each.startsWith('ERROR'))).toEqual([]);
  });

  it('is the same bytes each time', async () => {
    expect([...(await written())]).toEqual([...(await written())]);
  });
});
