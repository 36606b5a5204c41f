import { MAX_FILE_SIZE, MAX_FILES } from './course-files.js';
import type { ImportFormat, SourceFiles } from './import-format.js';
import { FileReport, sortedProblems, type ImportFile, type ImportProblem } from './import-problems.js';
import { parseMarkdownCourse } from './markdown-course.js';

/** The file that a course folder is known by, at the top or in the one folder that was packed. */
const COURSE_FILE = /^(?:([^/]+)\/)?course\.[A-Za-z-]+\.md$/;
const MARKDOWN = /\.md$/i;

/** Our own format (content/README.md): a folder of Markdown files, packed with or without the folder itself. */
export const courseFolderFormat: ImportFormat = {
  name: 'MARKDOWN',

  recognizes: async (source) => topFolder(source.paths) !== undefined,

  async read(source, context) {
    const top = topFolder(source.paths) ?? '';
    const problems: ImportProblem[] = [];
    const files: ImportFile[] = [];
    // Of more files nothing is made, so that none need be read.
    const worthReading = source.paths.length <= MAX_FILES;
    for (const [index, path] of source.paths.entries()) {
      if (!path.startsWith(top)) {
        new FileReport(path, problems).warning('FILE_UNKNOWN', 1, {
          en: `This file is outside of the course’s folder “${top}” and is left out.`,
          fr: `Ce fichier est hors du dossier du cours « ${top} » et est laissé de côté.`,
        });
        continue;
      }
      const size = source.size(path)!;
      if (MARKDOWN.test(path) && size > MAX_FILE_SIZE) {
        new FileReport(path, problems).error('FILE_TOO_LARGE', 1, {
          en: `The file is larger than ${MAX_FILE_SIZE / 1000} kB and is left out; split it in two.`,
          fr: `Le fichier dépasse ${MAX_FILE_SIZE / 1000} ko et est laissé de côté ; coupez-le en deux.`,
        });
        continue;
      }
      const text = worthReading && MARKDOWN.test(path) ? (await source.read(path)).toString('utf8') : '';
      files.push({ path: path.slice(top.length), text });
      context.progress(index / source.paths.length);
    }
    const parsed = parseMarkdownCourse(files, context.slug);
    const placed = parsed.problems.map((problem) => ({ ...problem, file: withTop(top, problem.file) }));
    return { course: parsed.course, questions: [], problems: sortedProblems([...problems, ...placed]) };
  },
};

/** What stands before the paths of the course, `''` or `folder/`; undefined when there is no course. */
function topFolder(paths: SourceFiles['paths']): string | undefined {
  const found = paths.map((path) => COURSE_FILE.exec(path)).filter((match) => match !== null);
  const folders = new Set(found.map((match) => (match[1] === undefined ? '' : `${match[1]}/`)));
  // At the top it is the course, whatever folders hold besides.
  return folders.has('') ? '' : [...folders].sort()[0];
}

/** The course folder itself is `.`; a file of it is named as in the archive. */
const withTop = (top: string, file: string): string => (file === '.' ? file : `${top}${file}`);
