import { MAX_FILE_SIZE, MAX_FILES } from './course-files.js';
import { FolderMedia } from './folder-media.js';
import { isPage, readPages } from './html-pages.js';
import type { ImportContext, Imported, ImportFormat, SourceFiles } from './import-format.js';
import { FileReport, sortedProblems, type ImportFile, type ImportProblem } from './import-problems.js';
import { parseMarkdownCourse } from './markdown-course.js';
import { PackageFiles } from './package/package-files.js';
import { courseFromPlainFolder } from './plain-folder.js';

/** The file that a course folder is known by, at the top or in the one folder that was packed. */
const COURSE_FILE = /^(?:([^/]+)\/)?course\.[A-Za-z0-9-]+\.md$/;
const MARKDOWN = /\.(?:md|markdown)$/i;
/** Other formats may hold Markdown too; what they are known by. */
const OTHERS = /(?:^|\/)(?:imsmanifest\.xml|moodle\.xml|course\.xml)$/i;

/** Our own format (content/README.md), and any other folder of Markdown files or web pages, packed with or without the folder itself. */
export const markdownFormat: ImportFormat = {
  name: 'MARKDOWN',

  async recognizes(source) {
    if (courseFolder(source) !== undefined) return true;
    return (
      source.paths.some((path) => MARKDOWN.test(path) || isPage(path)) &&
      !source.paths.some((path) => OTHERS.test(path))
    );
  },

  async read(source, context) {
    const own = courseFolder(source);
    const top = own ?? commonFolder(source);
    const media = new FolderMedia(source, top);
    const problems: ImportProblem[] = [];
    const texts = await readTexts(source, top, problems, context);
    const files = new PackageFiles(source, top, context.files);
    const pages = own === undefined ? await readPages(files, top, problems) : [];
    const parse = (): Omit<Imported, 'understood'> =>
      own === undefined
        ? courseFromPlainFolder(texts, {
            ...context,
            name: source.name,
            mediaIn: (folder) => media.in(folder),
            pages,
          })
        : parseMarkdownCourse(texts, context.slug, (folder) => media.in(folder));
    let parsed = parse();
    // A second reading may ask for more: the captions of a video that is there.
    while (await media.take(context.files)) parsed = parse();
    context.progress(1);
    const { course, questions, problems: found } = parsed;
    const isRead = (path: string): boolean =>
      media.isShown(path) || files.used.has(path) || (own === undefined && isPage(path));
    for (const path of source.paths) if (!isRead(path)) reportUnused(path, top, problems);
    const placed = found.map((problem) => ({
      ...problem,
      file: problem.file === '.' ? '.' : top + problem.file,
    }));
    return { course, questions, problems: sortedProblems([...problems, ...placed]) };
  },
};

/** What stands before the paths of our format, `''` or `folder/`; undefined when it is none. */
function courseFolder({ paths }: SourceFiles): string | undefined {
  const found = paths.map((path) => COURSE_FILE.exec(path)).filter((match) => match !== null);
  const folders = new Set(found.map((match) => (match[1] === undefined ? '' : `${match[1]}/`)));
  // At the top it is the course, whatever folders hold besides.
  return folders.has('') ? '' : [...folders].sort()[0];
}

/** The one folder that all files are in, with a slash; `''` when there is none. */
function commonFolder({ paths }: SourceFiles): string {
  const [first = ''] = paths;
  const folder = first.slice(0, first.indexOf('/') + 1);
  return folder !== '' && paths.every((path) => path.startsWith(folder)) ? folder : '';
}

async function readTexts(
  source: SourceFiles,
  top: string,
  problems: ImportProblem[],
  context: ImportContext,
): Promise<ImportFile[]> {
  const paths = source.paths.filter((path) => path.startsWith(top) && MARKDOWN.test(path));
  const texts: ImportFile[] = [];
  for (const [index, path] of paths.entries()) {
    if ((source.size(path) ?? 0) > MAX_FILE_SIZE) {
      new FileReport(path, problems).error('FILE_TOO_LARGE', 1, {
        en: `The file is larger than ${MAX_FILE_SIZE / 1_000_000} MB and is left out; split it in two.`,
        fr: `Le fichier dépasse ${MAX_FILE_SIZE / 1_000_000} Mo et est laissé de côté ; coupez-le en deux.`,
      });
      continue;
    }
    // Of more files nothing is made, so that none need be read.
    const text = paths.length > MAX_FILES ? '' : (await source.read(path)).toString('utf8');
    texts.push({ path: path.slice(top.length), text });
    context.progress((index / paths.length) * 0.5);
  }
  return texts;
}

function reportUnused(path: string, top: string, problems: ImportProblem[]): void {
  if (path.startsWith(top) && MARKDOWN.test(path)) return;
  const sentence = isPage(path)
    ? {
        en: 'This is a web page beside a course in Markdown, and it is left out; copy its text into a lesson, or save it as Markdown and import again.',
        fr: 'C’est une page web à côté d’une formation en Markdown, et elle est laissée de côté ; copiez son texte dans une leçon, ou enregistrez-la en Markdown et importez à nouveau.',
      }
    : path.startsWith(top)
      ? {
          en: 'No text shows this file, and it is left out. Only texts are read, and the files that they show.',
          fr: 'Aucun texte ne montre ce fichier, et il est laissé de côté. Seuls sont lus les textes et les fichiers qu’ils montrent.',
        }
      : {
          en: `This file is outside of the course’s folder “${top}” and is left out.`,
          fr: `Ce fichier est hors du dossier de la formation « ${top} » et est laissé de côté.`,
        };
  new FileReport(path, problems).warning('FILE_UNKNOWN', 1, sentence);
}
