import fc from 'fast-check';
import type { BlockNode, InlineNode, Mark } from '../../src/features/catalog/block-document.js';
import type { QuestionContent, QuestionOption } from '../../src/features/catalog/course-content.js';

const settled = (text: string) =>
  text
    .replace(/[\p{Cc}\p{Cn}\p{Co}\p{Cs}\uFFFD]/gu, '')
    .replaceAll('->', '→')
    .replace(/\s+/g, ' ')
    .trim();

/** Text on one line, as a person might type it, full of the signs that formats use for themselves. */
export const anyWords = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '~',
        '=',
        '#',
        '{',
        '}',
        ':',
        '::',
        '\\',
        '\\n',
        '####',
        '%50%',
        '//',
        '[html]',
        '<b>',
        '&amp;',
        ']]>',
        '$CATEGORY:',
        '*',
      ),
      fc.constantFrom('price', 'é', '5 €', 'a < b', '"said"', "l'eau", '日本'),
      fc.string({ unit: 'grapheme', maxLength: 5 }),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => settled(parts.join(' ')))
  .filter((text) => /[\p{L}\p{N}]/u.test(text));

const lines = fc.array(anyWords, { minLength: 1, maxLength: 2 }).map((all) => all.join('\n'));

const marks = fc.constantFrom<Mark[]>(
  [{ type: 'bold' }],
  [{ type: 'italic' }],
  [{ type: 'code' }],
  [{ type: 'link', attrs: { href: 'https://example.org/?a=1&b=2' } }],
  [
    { type: 'link', attrs: { href: 'https://example.org/' } },
    { type: 'bold' },
    { type: 'italic' },
    { type: 'code' },
  ],
);

/** Plain and marked runs in turn, so that no two could be one. */
const inline = fc
  .tuple(anyWords, fc.option(fc.tuple(marks, anyWords), { nil: null }), fc.boolean())
  .map(([plain, marked, parted]): InlineNode[] => [
    { type: 'text', text: marked && !parted ? `${plain} ` : plain },
    ...(marked && parted ? [{ type: 'hardBreak' } as const] : []),
    ...(marked ? [{ type: 'text', text: marked[1], marks: marked[0] } as const] : []),
  ]);

const paragraph = inline.map((content): BlockNode => ({ type: 'paragraph', content }));

const block: fc.Arbitrary<BlockNode> = fc.oneof(
  { weight: 4, arbitrary: paragraph },
  fc
    .tuple(fc.constantFrom(2 as const, 3 as const), inline)
    .map(([level, content]): BlockNode => ({ type: 'heading', attrs: { level }, content })),
  fc.array(paragraph, { minLength: 1, maxLength: 2 }).map((items): BlockNode => ({
    type: 'bulletList',
    content: items.map((item) => ({ type: 'listItem', content: [item] })),
  })),
  fc.tuple(fc.integer({ min: 2, max: 9 }), paragraph, paragraph).map(([start, first, second]): BlockNode => ({
    type: 'orderedList',
    attrs: { start },
    content: [{ type: 'listItem', content: [first, { type: 'blockquote', content: [second] }] }],
  })),
  lines.map((text): BlockNode => ({
    type: 'codeBlock',
    attrs: { language: 'html' },
    content: [{ type: 'text', text }],
  })),
  fc.constant<BlockNode>({ type: 'horizontalRule' }),
);

const feedback = fc.option(
  lines.map((en) => ({ en })),
  { nil: null, freq: 1 },
);

const folded = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim();

const texts = (minLength: number) => fc.uniqueArray(anyWords, { minLength, maxLength: 5, selector: folded });

type Answers = Pick<QuestionContent, 'kind' | 'options'>;

/** @param parts each option's own, in order. */
function options(
  kind: QuestionContent['kind'],
  all: fc.Arbitrary<Partial<QuestionOption>[]>,
  says: fc.Arbitrary<QuestionOption['feedback']> = feedback,
): fc.Arbitrary<Answers> {
  return fc.tuple(all, fc.array(says, { minLength: 6, maxLength: 6 })).map(([parts, said]) => ({
    kind,
    options: parts.map((part, at) => ({
      key: 'abcdef'.charAt(at),
      text: {},
      feedback: said[at] ?? null,
      correct: true,
      ...part,
    })),
  }));
}

const number = fc.record({
  value: fc.oneof(fc.integer(), fc.constantFrom(-3.25, 0.001, 1e21)),
  tolerance: fc.constantFrom(0, 0.5, 3),
});
const none = fc.constant(null);

const answers: fc.Arbitrary<Answers> = fc.oneof(
  options(
    'SINGLE_CHOICE',
    fc.tuple(texts(2), fc.constantFrom(undefined, 50, -20)).map(([all, weight]) =>
      all.map((en, at) => ({
        text: { en },
        correct: at === 1,
        ...(at === 0 && weight !== undefined && { weight }),
      })),
    ),
  ),
  options(
    'MULTIPLE_CHOICE',
    texts(3).map((all) => all.map((en, at) => ({ text: { en }, correct: at < 2 }))),
  ),
  options(
    'MULTIPLE_CHOICE',
    texts(3).map((all) =>
      all.map((en, at) => ({ text: { en }, correct: at < 2, weight: [60, 40, 0, -12.5, -100][at]! })),
    ),
  ),
  fc.tuple(fc.boolean(), feedback, feedback).map(([truth, yes, no]): Answers => ({
    kind: 'TRUE_FALSE',
    options: [
      { key: 'true', text: {}, feedback: yes, correct: truth },
      { key: 'false', text: {}, feedback: no, correct: !truth },
    ],
  })),
  options(
    'SHORT_TEXT',
    texts(1).map((all) =>
      all.map((en, at) => ({ text: { en }, correct: at !== 2, ...(at === 1 && { weight: 50 }) })),
    ),
  ),
  options(
    'NUMBER',
    fc
      .array(number, { minLength: 1, maxLength: 3 })
      .map((all) =>
        all.map((each, at) => ({ number: each, correct: at !== 2, ...(at === 1 && { weight: 33.33333 }) })),
      ),
  ),
  options(
    'MATCHING',
    fc
      .tuple(texts(2), anyWords)
      .map(([all, extra]) => [
        ...all.map((en, at) => ({ text: { en }, match: { en: `${en} ${at}` } })),
        { match: { en: extra }, correct: false },
      ]),
    none,
  ),
  options(
    'ORDERING',
    texts(2).map((all) => all.map((en) => ({ text: { en } }))),
    none,
  ),
);

const anyQuestion: fc.Arbitrary<Omit<QuestionContent, 'key'>> = fc
  .tuple(
    answers,
    fc.tuple(paragraph, fc.array(block, { maxLength: 3 })),
    feedback,
    fc.uniqueArray(fc.constantFrom('seo', 'prix & coûts', 'a]b', '日本'), { maxLength: 2 }),
  )
  .map(([answer, [first, more], explanation, tags]) => ({
    ...answer,
    prompt: { en: { type: 'doc', content: [first, ...more] } },
    explanation,
    ...(tags.length > 0 && { tags: tags.sort() }),
  }));

/** Questions in English, of every kind, as a reader of files would make them. */
export const anyQuestions: fc.Arbitrary<QuestionContent[]> = fc
  .array(anyQuestion, { minLength: 1, maxLength: 4 })
  .map((all) => all.map((question, at) => ({ key: `question-${at + 1}`, ...question })));
