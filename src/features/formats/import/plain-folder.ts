import type { BlockDocument, BlockNode } from '../../catalog/block-document.js';
import type { CourseContent, LessonContent, ModuleContent } from '../../catalog/course-content.js';
import { blocksFromMarkdown } from './blocks-from-markdown.js';
import { isSlug, UniqueKeys } from '../../catalog/keys.rules.js';
import { minutesToLearn } from '../../catalog/reading-time.rules.js';
import { MAX_FILES, normalizedText } from './course-files.js';
import { FileReport, sortedProblems, type ImportFile, type ImportProblem } from './import-problems.js';
import type { PlainPage } from './html-pages.js';
import type { MediaFiles } from './media-files.js';
import { matterOf, titleAndBody, withHeadingSpaces } from './plain-text-file.js';

/** What a folder of Markdown or web pages without our front matter is read with. */
export interface PlainFolder {
  slug: string;
  locale: string;
  /** Of the upload: `my-course.zip`. */
  name: string;
  mediaIn: (folder: string) => MediaFiles;
  /** Web pages, read already. */
  pages: readonly PlainPage[];
}

/** Files that speak of the folder rather than to a learner. */
const NOT_A_LESSON =
  /^(?:license|licence|copying|contributing|code[-_ ]of[-_ ]conduct|changelog|security|authors|summary|_sidebar)\b/i;
const FIRST = /^(?:readme|index|_index|introduction)\.(?:md|markdown|html?)$/i;
const MAX_MODULE_TITLE = 200;

/** A file as a lesson, with what its place says. */
interface PlainLesson {
  path: string;
  folder: string;
  title: string;
  document: BlockDocument;
}

/**
 * Makes a course of any Markdown files and web pages: folders become modules, files lessons, the first heading of each its title. All that was
 * guessed is in the report.
 */
export function courseFromPlainFolder(
  files: readonly ImportFile[],
  { slug, locale, name, mediaIn, pages }: PlainFolder,
): { course: CourseContent | null; questions: []; problems: ImportProblem[] } {
  const problems: ImportProblem[] = [];
  const whole = new FileReport('.', problems);
  const count = files.length + pages.length;
  if (count > MAX_FILES) {
    whole.error('TOO_MANY_FILES', 1, {
      en: `The folder has ${count} files of text, at most ${MAX_FILES} are read; split the course.`,
      fr: `Le dossier a ${count} fichiers de texte, ${MAX_FILES} au plus sont lus ; coupez la formation en deux.`,
    });
    return { course: null, questions: [], problems };
  }
  const texts = files.flatMap((file) => readLesson(file, { name, mediaIn }, problems) ?? []);
  const lessons = [...texts, ...pages.flatMap((page) => pageAsLesson(page, name, problems) ?? [])].sort(
    byPlace,
  );
  if (lessons.length === 0 || !isSlug(slug)) {
    whole.error('COURSE_MISSING', 1, {
      en: 'No file has a text that could be a lesson; a lesson is a Markdown file or a web page with text in it.',
      fr: 'Aucun fichier n’a de texte qui puisse être une leçon ; une leçon est un fichier Markdown ou une page web qui contient du texte.',
    });
    return { course: null, questions: [], problems: sortedProblems(problems) };
  }
  // The text at the top that speaks of all the others describes the course.
  const about = lessons.length > 1 ? lessons.find(({ path }) => FIRST.test(path)) : undefined;
  const taught = lessons.filter((lesson) => lesson !== about);
  const title = about?.title ?? nameAsTitle(name);
  whole.warning('STRUCTURE_GUESSED', 1, {
    en: `The files do not say how they make a course: its title “${title}”, its modules (one for each folder), the order of lessons, their titles and minutes are guessed. Check them before you publish.`,
    fr: `Les fichiers ne disent pas quelle formation ils composent : son titre « ${title} », ses modules (un par dossier), l’ordre des leçons, leurs titres et leurs durées sont devinés. Vérifiez-les avant de publier.`,
  });
  const keys = new UniqueKeys();
  const folders = [...new Set(taught.map(({ folder }) => folder))];
  return {
    course: {
      slug,
      defaultLocale: locale,
      locales: [locale],
      title: { [locale]: title },
      summary: { [locale]: '' },
      outcomes: { [locale]: [] },
      description: { [locale]: about?.document ?? { type: 'doc', content: [] } },
      topics: [],
      license: null,
      modules: folders.map((folder): ModuleContent => ({
        key: keys.of(folder, 'lessons'),
        title: { [locale]: (folder === '' ? title : nameAsTitle(folder)).slice(0, MAX_MODULE_TITLE) },
        summary: { [locale]: '' },
        lessons: taught
          .filter((lesson) => lesson.folder === folder)
          .map((lesson) => lessonOf(lesson, locale, keys)),
      })),
    },
    questions: [],
    problems: sortedProblems(problems),
  };
}

function readLesson(
  { path, text }: ImportFile,
  { name, mediaIn }: Pick<PlainFolder, 'name' | 'mediaIn'>,
  problems: ImportProblem[],
): PlainLesson | null {
  const report = new FileReport(path, problems);
  const { folder, base } = placeOf(path);
  if (NOT_A_LESSON.test(base)) {
    report.warning('FILE_UNKNOWN', 1, {
      en: 'By its name this file speaks of the folder and not to learners; it is left out.',
      fr: 'D’après son nom, ce fichier parle du dossier et ne s’adresse pas aux apprenants ; il est laissé de côté.',
    });
    return null;
  }
  const { title: stated, body, offset } = matterOf(normalizedText(text, report));
  const document = blocksFromMarkdown(
    withHeadingSpaces(body, offset, report),
    offset,
    report,
    mediaIn(folder),
  );
  if (document === null) return null;
  return lessonAt(path, document, { stated, name }, report);
}

function pageAsLesson({ path, title, document }: PlainPage, name: string, problems: ImportProblem[]) {
  return lessonAt(path, document, { stated: title, name }, new FileReport(path, problems));
}

function placeOf(path: string): { folder: string; base: string } {
  const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  return { folder, base: path.slice(folder === '' ? 0 : folder.length + 1) };
}

function lessonAt(
  path: string,
  document: BlockDocument,
  { stated, name }: { stated: string | null; name: string },
  report: FileReport,
): PlainLesson | null {
  const { folder, base } = placeOf(path);
  const said = titleAndBody(document, stated);
  if (said.document.content.length === 0) {
    report.warning('LESSON_EMPTY', 1, {
      en: 'The file has no text that a lesson could hold, and is left out.',
      fr: 'Le fichier n’a pas de texte qu’une leçon puisse contenir, et il est laissé de côté.',
    });
    return null;
  }
  return {
    path,
    folder,
    title: said.title ?? nameAsTitle(FIRST.test(base) ? folder || name : base),
    document: said.document,
  };
}

function lessonOf({ path, title, document }: PlainLesson, locale: string, keys: UniqueKeys): LessonContent {
  return {
    key: keys.of(path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, ''), 'lesson'),
    kind: document.content.some(isVideo) ? 'VIDEO' : 'READING',
    required: true,
    estimatedMinutes: minutesToLearn(document),
    title: { [locale]: title },
    body: { [locale]: document },
    quiz: null,
  };
}

const isVideo = ({ type }: BlockNode): boolean => type === 'video';

/** Folders by name, numbers as numbers; what introduces a folder first. */
function byPlace(a: { path: string }, b: { path: string }): number {
  const [inA, inB] = [a, b].map(({ path }) => path.split('/'));
  for (let depth = 0; ; depth += 1) {
    const [ownA, ownB] = [inA?.[depth] ?? '', inB?.[depth] ?? ''];
    if (ownA === ownB) {
      if (ownA === '') return 0;
      continue;
    }
    const [isFileA, isFileB] = [depth === inA!.length - 1, depth === inB!.length - 1];
    if (isFileA !== isFileB) return isFileA ? -1 : 1;
    const first = Number(FIRST.test(ownB)) - Number(FIRST.test(ownA));
    return first || ownA.localeCompare(ownB, 'en', { numeric: true }) || (ownA < ownB ? -1 : 1);
  }
}

/** `03-opening_hours.md` as `Opening hours`. */
function nameAsTitle(name: string): string {
  const words = name
    .slice(name.lastIndexOf('/') + 1)
    .replace(/\.(?:md|markdown|html?|zip)$/i, '')
    .replace(/^\d+[-_. ]+(?=\S)/, '')
    .replace(/[-_]+/g, ' ')
    .trim();
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1);
}
