import fc from 'fast-check';
import { courseFolder, withFrontMatter } from '../../../../test/support/course-folder.js';
import { blockDocumentSchema } from '../../catalog/block-document.js';
import { IMPORT_PROBLEM_CODES, type ImportFile } from './import-problems.js';
import { parseMarkdownCourse, type MarkdownCourseReport } from './markdown-course.js';

/** Scraps of the format itself: random letters alone would rarely get past the first line. */
const scraps = fc.array(
  fc.oneof(
    fc.constantFrom(
      ...[
        '---\n',
        'title: a\n',
        'minutes: 3\n',
        'kind: quiz\n',
        '## Q {#q}\n',
        '- (x) a\n',
        '- [ ] b\n',
        '  > c\n',
      ],
      ...[
        '\n',
        '> d\n',
        'Answer: true\n',
        '<b>',
        '![a](b)',
        '|a|b|\n|-|-|\n',
        '[l](javascript:x)',
        '**',
        '`',
        '&a *a',
        '\r\n',
      ],
      ...['{#', '\uFEFF', '\u0000', '\uD800', '    ', '# h\n', '- ', '[', '](', '[r]: /x\n'],
    ),
    fc.string({ unit: 'binary', maxLength: 8 }),
  ),
  { maxLength: 40 },
);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  scraps.map((parts) => parts.join('')),
  scraps.map((parts) => withFrontMatter(['title: a', 'minutes: 3', 'kind: quiz'], parts.join(''))),
  scraps.map((parts) => withFrontMatter(['title: a', 'minutes: 3'], parts.join(''))),
);
const anyPath = fc.oneof(
  fc.constantFrom(...courseFolder().map((file) => file.path), '02-x/03-y.en.md', '../x', 'README.md'),
  fc.string(),
);

/** What holds of every report, whatever went in. */
function expectReport(
  { course, problems, understood }: MarkdownCourseReport,
  files: readonly ImportFile[],
): void {
  for (const problem of problems) {
    expect(problem.line).toBeGreaterThanOrEqual(1);
    expect(IMPORT_PROBLEM_CODES).toContain(problem.code);
    expect(problem.message).not.toBe('');
    const text = files.find((file) => file.path === problem.file)?.text ?? '';
    expect(problem.line).toBeLessThanOrEqual(text.split(/\r\n|\r|\n/).length + 1);
  }
  if (course === null) expect(problems.some((problem) => problem.severity === 'ERROR')).toBe(true);
  const lessons = course?.modules.flatMap((module) => module.lessons) ?? [];
  expect(understood.lessons).toBe(lessons.length);
  for (const { body, quiz } of lessons) {
    expect(body === null || quiz === null).toBe(true);
    const documents = [
      ...Object.values(body ?? {}),
      ...(quiz?.questions ?? []).flatMap((q) => Object.values(q.prompt)),
    ];
    for (const document of documents) expect(blockDocumentSchema.parse(document)).toEqual(document);
  }
}

describe('any folder at all', () => {
  it('yields a report and never throws, with one file of any text', () => {
    fc.assert(
      fc.property(anyPath, anyText, (path, text) => {
        const files = [...courseFolder().filter((file) => file.path !== path), { path, text }];
        expectReport(parseMarkdownCourse(files, 'any'), files);
      }),
      { numRuns: 200 },
    );
  });

  it('yields a report and never throws, with nothing but such files', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ path: anyPath, text: anyText }), { selector: (file) => file.path }),
        fc.string(),
        (files, slug) => {
          expectReport(parseMarkdownCourse(files, slug), files);
        },
      ),
      { numRuns: 100 },
    );
  });
});

const word = fc.stringMatching(/^[a-zé]{2,9}$/);
const words = fc.array(word, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(' '));
const question = fc.record({
  text: words,
  more: fc.array(words, { maxLength: 2 }),
  shape: fc.constantFrom('()', '[]', 'true-false'),
  options: fc.uniqueArray(words, { minLength: 2, maxLength: 6 }),
  right: fc.nat(5),
  feedback: fc.boolean(),
  explanation: fc.option(words),
});
const lesson = fc.record({
  title: words,
  minutes: fc.integer({ min: 1, max: 120 }),
  paragraphs: fc.array(words, { minLength: 1, maxLength: 4 }),
  questions: fc.array(question, { maxLength: 4 }),
});
const modules = fc.array(fc.array(lesson, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 });

type Question = typeof question extends fc.Arbitrary<infer T> ? T : never;
type Lesson = typeof lesson extends fc.Arbitrary<infer T> ? T : never;

function questionText(
  { text, more, shape, options, right, feedback, explanation }: Question,
  key: string,
): string {
  const chosen = right % options.length;
  const answers =
    shape === 'true-false'
      ? `Answer: ${right % 2 === 0}`
      : options
          .map((option, index) => {
            const mark = `${shape.charAt(0)}${index === chosen ? 'x' : ' '}${shape.charAt(1)}`;
            return `- ${mark} ${option}${feedback ? `\n  > ${option}` : ''}`;
          })
          .join('\n');
  const last = explanation === null ? [] : [`> ${explanation}`];
  return [`## ${text} {#${key}}`, ...more, answers, ...last].join('\n\n');
}

function lessonText({ title, minutes, paragraphs, questions }: Lesson, key: string): string {
  const fields = [`title: "${title}"`, `minutes: ${minutes}`];
  if (questions.length === 0) return withFrontMatter(fields, paragraphs.join('\n\n'));
  const body = questions.map((each, index) => questionText(each, `${key}-q${index}`)).join('\n\n');
  return withFrontMatter([...fields, 'kind: quiz'], body);
}

describe('a valid course', () => {
  it('is read whole and without a problem', () => {
    fc.assert(
      fc.property(modules, (content) => {
        const course = withFrontMatter(['title: T', 'summary: S', 'outcomes: [O]', 'defaultLocale: en'], '');
        const files: ImportFile[] = [{ path: 'course.en.md', text: course }];
        content.forEach((lessons, m) => {
          files.push({
            path: `${m + 1}-m${m}/module.en.md`,
            text: withFrontMatter(['title: T', 'summary: S'], ''),
          });
          lessons.forEach((each, l) => {
            const key = `m${m}-l${l}`;
            files.push({ path: `${m + 1}-m${m}/${l + 1}-${key}.en.md`, text: lessonText(each, key) });
          });
        });
        const { problems, understood } = parseMarkdownCourse(files, 'valid');
        expect(problems).toEqual([]);
        expect(understood).toEqual({
          modules: content.length,
          lessons: content.flat().length,
          questions: content.flat().reduce((sum, each) => sum + each.questions.length, 0),
        });
      }),
      { numRuns: 100 },
    );
  });
});
