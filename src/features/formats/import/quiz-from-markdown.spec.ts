import { plainText } from '../../catalog/block-document.js';
import { FileReport, type ImportProblem } from './import-problems.js';
import { quizFromMarkdown, type ReadQuiz } from './quiz-from-markdown.js';

/** Reads a body that begins on line 5 of its file. */
function read(body: string): ReadQuiz & { problems: ImportProblem[] } {
  const problems: ImportProblem[] = [];
  return { ...quizFromMarkdown(body, 4, new FileReport('q.en.md', problems)), problems };
}

const GOOD = '## Good? {#good}\n\nAnswer: true\n';

describe('quizFromMarkdown', () => {
  it('reads a single choice with prompt, feedback and explanation', () => {
    const body = [
      '## Which **one**? {#which-one}',
      '',
      'Think first.',
      '',
      '- ( ) `a`',
      '  > No,',
      '  > not this.',
      '- (x) b',
      '',
      '> Because.',
    ].join('\n');
    const { questions, problems } = read(body);
    expect(problems).toEqual([]);
    expect(questions).toEqual([
      expect.objectContaining({
        key: 'which-one',
        line: 5,
        kind: 'SINGLE_CHOICE',
        options: [
          { key: null, text: 'a', feedback: 'No, not this.', correct: false },
          { key: null, text: 'b', feedback: null, correct: true },
        ],
        explanation: 'Because.',
      }),
    ]);
    expect(questions.map((question) => plainText(question.prompt!))).toEqual(['Which one?\nThink first.']);
  });

  it('reads a multiple choice, also when its items are loose', () => {
    const { questions, problems } = read('## Which? {#which}\n\n- [X] a\n\n- [ ] b\n\n- [x] c\n');
    expect(problems).toEqual([]);
    expect(questions[0]).toMatchObject({ kind: 'MULTIPLE_CHOICE' });
    expect(questions[0]?.options.map((option) => option.correct)).toEqual([true, false, true]);
  });

  it('reads true and false, also right under the text and right above the explanation', () => {
    const { questions, problems } = read('## So? {#so}\n\nMore.\nAnswer: false\n> Because.\n');
    expect(problems).toEqual([]);
    expect(questions[0]).toMatchObject({ kind: 'TRUE_FALSE', explanation: 'Because.' });
    expect(questions[0]?.options.map((option) => option.correct)).toEqual([false, true]);
    expect(questions[0] && plainText(questions[0].prompt!)).toBe('So?\nMore.');
  });

  it.each([
    ['no key', '## Bad?\n\nAnswer: true', 'QUESTION_KEY', 5],
    ['a key in capitals', '## Bad? {#Bad_Key}\n\nAnswer: true', 'QUESTION_KEY', 5],
    ['no text', '## {#bad}\n\nAnswer: true', 'QUESTION_STRUCTURE', 5],
    ['no answers', '## Bad? {#bad}\n\nOnly text.', 'QUESTION_STRUCTURE', 5],
    ['an answer that is neither', '## Bad? {#bad}\n\nAnswer: vrai', 'QUESTION_ANSWER', 7],
    ['a list without marks', '## Bad? {#bad}\n\n- a\n- b', 'QUESTION_MARKS', 7],
    ['one option without a mark', '## Bad? {#bad}\n\n- (x) a\n- b', 'QUESTION_MARKS', 8],
    ['mixed marks', '## Bad? {#bad}\n\n- (x) a\n- [ ] b', 'QUESTION_MARKS', 7],
    ['no right single choice', '## Bad? {#bad}\n\n- ( ) a\n- ( ) b', 'QUESTION_MARKS', 7],
    ['two right single choices', '## Bad? {#bad}\n\n- (x) a\n- (x) b', 'QUESTION_MARKS', 7],
    ['no right multiple choice', '## Bad? {#bad}\n\n- [ ] a\n- [ ] b', 'QUESTION_MARKS', 7],
    ['only right multiple choices', '## Bad? {#bad}\n\n- [x] a\n- [x] b', 'QUESTION_MARKS', 7],
    ['one option', '## Bad? {#bad}\n\n- (x) a', 'QUESTION_STRUCTURE', 7],
    [
      '101 options',
      `## Bad? {#bad}\n\n- (x) z\n${Array.from({ length: 100 }, (_, i) => `- ( ) ${i}`).join('\n')}`,
      'QUESTION_STRUCTURE',
      7,
    ],
    ['an option without text', '## Bad? {#bad}\n\n- (x) a\n- ( )', 'QUESTION_STRUCTURE', 8],
    ['the same option twice', '## Bad? {#bad}\n\n- (x) a\n- ( ) a', 'QUESTION_STRUCTURE', 7],
    [
      'more than a quote under an option',
      '## Bad? {#bad}\n\n- (x) a\n\n  more\n- ( ) b',
      'QUESTION_STRUCTURE',
      9,
    ],
    [
      'two lists',
      '## Bad? {#bad}\n\n- (x) a\n- ( ) b\n\n> No.\n\n- ( ) c\n- (x) d',
      'QUESTION_STRUCTURE',
      12,
    ],
    ['a heading below its answer', '## Bad? {#bad}\n\nAnswer: true\n\n### More', 'QUESTION_STRUCTURE', 9],
    ['pairs without an arrow', '## Bad? {#bad}\n\nMatch:\n\n- a\n- b', 'QUESTION_STRUCTURE', 9],
    ['one pair', '## Bad? {#bad}\n\nMatch:\n\n- a -> b', 'QUESTION_STRUCTURE', 9],
    ['no list after its label', '## Bad? {#bad}\n\nOrder:\n\n- a\n- b', 'QUESTION_STRUCTURE', 7],
    ['no number where numbers are', '## Bad? {#bad}\n\nNumbers:\n\n- (x) three', 'QUESTION_ANSWER', 9],
    ['more than it may be worth', '## Bad? {#bad}\n\n- (x 120%) a\n- ( ) b', 'QUESTION_MARKS', 7],
    ['an image', '## Bad? {#bad}\n\n![x](https://example.org/x.png)\n\nAnswer: true', 'IMAGE', 7],
  ])('leaves out a question with %s and keeps its neighbors', (_what, bad, code, line) => {
    const { questions, problems } = read(`${bad}\n\n${GOOD}`);
    expect(questions.map((question) => question.key)).toEqual(['good']);
    expect(problems[0]).toMatchObject({ severity: 'ERROR', code, line, file: 'q.en.md' });
    expect(problems).toHaveLength(1);
  });

  it('loses one bad question of a hundred and keeps the ninety-nine others', () => {
    const bodies = Array.from({ length: 100 }, (_, index) =>
      index === 41 ? '## Bad {#q-41}\n\n- (x) a\n- (x) b\n' : `## Good {#q-${index}}\n\n- (x) a\n- ( ) b\n`,
    );
    const { questions, rejectedKeys, problems } = read(bodies.join('\n'));
    expect(questions).toHaveLength(99);
    expect([...rejectedKeys]).toEqual(['q-41']);
    expect(problems).toHaveLength(1);
  });

  it('reports text above the first question', () => {
    const { questions, problems } = read(`Welcome.\n\n${GOOD}`);
    expect(questions).toHaveLength(1);
    expect(problems).toEqual([expect.objectContaining({ code: 'QUIZ_TEXT_OUTSIDE', line: 5 })]);
  });
});
