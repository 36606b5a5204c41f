import {
  brief,
  courseFolder,
  importFolder,
  withFrontMatter,
} from '../../../../test/support/course-folder.js';
import type { ImportFile } from './import-problems.js';
import { parseMarkdownCourse } from './markdown-course.js';
import type { LessonContent } from '../../catalog/course-content.js';

const PHOTOS_EN = '01-basics/01-photos.en.md';

function lessonsOf(changes: Record<string, string | null>): LessonContent[] {
  return importFolder(changes).course?.modules.flatMap((module) => module.lessons) ?? [];
}

function problemsOf(changes: Record<string, string | null>): string[] {
  return importFolder(changes).problems.map(brief);
}

describe('the files of a course folder', () => {
  it('orders modules and lessons by number and not by name', () => {
    const lesson = (title: string): string => withFrontMatter([`title: ${title}`, 'minutes: 1'], 'Text.');
    const module = withFrontMatter(['title: M', 'summary: S'], '');
    const { course } = importFolder({
      '10-last/module.en.md': module,
      '10-last/10-b.en.md': lesson('b'),
      '10-last/9-z.en.md': lesson('z'),
      '2-middle/module.en.md': module,
      '2-middle/01-m.en.md': lesson('m'),
    });
    expect(course?.modules.map((each) => each.key)).toEqual(['basics', 'middle', 'last']);
    expect(course?.modules[2]?.lessons.map((each) => each.key)).toEqual(['z', 'b']);
  });

  it('reads files with a byte order mark and Windows line ends, and counts their lines alike', () => {
    const text = `\uFEFF${withFrontMatter(['title: "Photos"', 'minutes: 5'], 'One.\n\n![x](y)\n').replaceAll('\n', '\r\n')}`;
    expect(problemsOf({ [PHOTOS_EN]: text })).toEqual([`ERROR IMAGE ${PHOTOS_EN}:7`]);
    expect(lessonsOf({ [PHOTOS_EN]: text })).toHaveLength(2);
  });

  it.each([
    ['../secret.md', 'PATH_REFUSED'],
    ['01-basics/../../x.md', 'PATH_REFUSED'],
    ['/etc/course.en.md', 'PATH_REFUSED'],
    ['C:/course.en.md', 'PATH_REFUSED'],
    ['01-basics\\01-a.en.md', 'PATH_REFUSED'],
    ['01-basics/01-a\u0000.en.md', 'PATH_REFUSED'],
    ['01-basics//01-a.en.md', 'PATH_REFUSED'],
    ['', 'PATH_REFUSED'],
  ])('refuses the path %j and keeps the rest', (path, code) => {
    const { problems, understood } = importFolder({ [path]: 'x' });
    expect(problems).toEqual([expect.objectContaining({ severity: 'ERROR', code, file: path, line: 1 })]);
    expect(understood.lessons).toBe(2);
  });

  it.each([
    'README.md',
    '.DS_Store',
    '01-basics/photo.jpg',
    '01-basics/01-Photos.en.md',
    '01-basics/photos.en.md',
    '01-basics/03-photos.md',
    'basics/01-a.en.md',
    '01-basics/deep/01-a.en.md',
  ])('warns of the file %s, which has no place', (path) => {
    const { problems, understood } = importFolder({ [path]: 'x' });
    expect(problems.map(brief)).toEqual([`WARNING FILE_UNKNOWN ${path}:1`]);
    expect(understood.lessons).toBe(2);
  });

  it('refuses a file over 5 MB, counted in bytes, and keeps the others', () => {
    const head = withFrontMatter(['title: "Photos"', 'minutes: 5'], '');
    const fits = head + '\n'.repeat(5_000_000 - head.length - 1) + 'a';
    expect(problemsOf({ [PHOTOS_EN]: fits })).toEqual([]);
    const tooLarge = fits.slice(0, -1) + 'é';
    expect(problemsOf({ [PHOTOS_EN]: tooLarge })[0]).toBe(`ERROR FILE_TOO_LARGE ${PHOTOS_EN}:1`);
    expect(lessonsOf({ [PHOTOS_EN]: tooLarge }).map((lesson) => lesson.key)).toEqual(['check']);
  });

  it('refuses more than 10,000 files and reads 10,000', () => {
    const extra = (count: number): ImportFile[] =>
      Array.from({ length: count }, (_, i) => ({ path: `x${i}`, text: '' }));
    const folder = courseFolder();
    expect(parseMarkdownCourse([...folder, ...extra(10_000 - folder.length)], 'a').course).not.toBeNull();
    const { course, problems } = parseMarkdownCourse([...folder, ...extra(10_001 - folder.length)], 'a');
    expect(course).toBeNull();
    expect(problems.map(brief)).toEqual(['ERROR TOO_MANY_FILES .:1']);
  });

  it('uses the first of two files with one path', () => {
    const { problems, course } = parseMarkdownCourse(
      [...courseFolder(), { path: PHOTOS_EN, text: 'x' }],
      'a',
    );
    expect(problems.map(brief)).toEqual([`ERROR FILE_DUPLICATE ${PHOTOS_EN}:1`]);
    expect(course?.modules[0]?.lessons).toHaveLength(2);
  });

  it('warns where a character was lost in decoding', () => {
    const text = withFrontMatter(['title: "Photos"', 'minutes: 5'], 'One.\nCaf\uFFFD.');
    expect(problemsOf({ [PHOTOS_EN]: text })).toEqual([`WARNING ENCODING_DAMAGED ${PHOTOS_EN}:6`]);
    expect(problemsOf({ [PHOTOS_EN]: text.replace('\uFFFD', '\u0000') })).toEqual([
      `WARNING ENCODING_DAMAGED ${PHOTOS_EN}:6`,
    ]);
  });
});
