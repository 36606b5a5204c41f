import { quoted, FileReport, type ImportFile, type ImportProblem } from './import-problems.js';

export const MAX_FILES = 2_000;
/** In bytes of UTF-8. */
export const MAX_FILE_SIZE = 200_000;

const KEY = '[a-z0-9]+(?:-[a-z0-9]+)*';
const KEY_PATTERN = new RegExp(`^${KEY}$`);
const MAX_KEY_LENGTH = 64;
/** BCP 47: a language, perhaps a script, perhaps a region. */
const LOCALE = '[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?';
const COURSE_FILE = new RegExp(`^course\\.(${LOCALE})\\.md$`);
const MODULE_FOLDER = new RegExp(`^(\\d{1,3})-(${KEY})$`);
const MODULE_FILE = new RegExp(`^module\\.(${LOCALE})\\.md$`);
const LESSON_FILE = new RegExp(`^(\\d{1,3})-(${KEY})\\.(${LOCALE})\\.md$`);

/** True for lowercase ASCII letters and digits in hyphenated groups, at most 64 characters. */
export function isKey(text: string): boolean {
  return text.length <= MAX_KEY_LENGTH && KEY_PATTERN.test(text);
}

/** A file whose place in the course is known; its text is normalized: no BOM, `\n`, no NUL, well-formed. */
export interface CourseFile {
  text: string;
  report: FileReport;
}

export type FilesByLocale = Map<string, CourseFile>;

/** A lesson or a module folder: its number, its key, and what stands there. */
export interface LessonFiles {
  order: number;
  key: string;
  files: FilesByLocale;
}

export interface ModuleFiles {
  order: number;
  key: string;
  folder: string;
  files: FilesByLocale;
  lessons: LessonFiles[];
}

export interface CourseFiles {
  course: FilesByLocale;
  modules: ModuleFiles[];
}

/** Sorts the files into course, modules and lessons, in order; what cannot be placed is reported and left out. */
export function arrangeFiles(files: readonly ImportFile[], problems: ImportProblem[]): CourseFiles {
  const course: FilesByLocale = new Map();
  const modules = new Map<string, ModuleFiles>();
  const lessons = new Map<string, LessonFiles>();
  const seen = new Set<string>();

  for (const file of files) {
    const report = new FileReport(file.path, problems);
    const refusal = pathRefusal(file.path);
    if (refusal !== null) {
      report.error('PATH_REFUSED', 1, refusal);
      continue;
    }
    if (seen.has(file.path)) {
      report.error('FILE_DUPLICATE', 1, 'This path is given twice; the first is used. Remove one.');
      continue;
    }
    seen.add(file.path);

    const place = placeOf(file.path);
    if (place === null) {
      report.warning('FILE_UNKNOWN', 1, unknownFileMessage(file.path));
      continue;
    }
    if (isTooLarge(file.text)) {
      report.error(
        'FILE_TOO_LARGE',
        1,
        `The file is larger than ${MAX_FILE_SIZE / 1000} kB; split it in two.`,
      );
      continue;
    }
    const entry: CourseFile = { text: normalizedText(file.text, report), report };
    if (place.module === null) {
      course.set(place.locale, entry);
      continue;
    }
    const { folder } = place.module;
    let module = modules.get(folder);
    if (module === undefined) {
      module = { ...place.module, files: new Map(), lessons: [] };
      modules.set(folder, module);
    }
    if (place.lesson === null) {
      module.files.set(place.locale, entry);
      continue;
    }
    const stem = `${folder}/${place.lesson.stem}`;
    let lesson = lessons.get(stem);
    if (lesson === undefined) {
      lesson = { order: place.lesson.order, key: place.lesson.key, files: new Map() };
      lessons.set(stem, lesson);
      module.lessons.push(lesson);
    }
    lesson.files.set(place.locale, entry);
  }

  const ordered = [...modules.values()].sort(byOrder);
  for (const module of ordered) module.lessons.sort(byOrder);
  return { course, modules: ordered };
}

function byOrder(a: { order: number; key: string }, b: { order: number; key: string }): number {
  return a.order - b.order || (a.key < b.key ? -1 : Number(a.key > b.key));
}

interface Place {
  locale: string;
  module: { order: number; key: string; folder: string } | null;
  lesson: { order: number; key: string; stem: string } | null;
}

function placeOf(path: string): Place | null {
  const segments = path.split('/');
  const [first = '', second = ''] = segments;
  if (segments.length === 1) {
    const locale = COURSE_FILE.exec(first)?.[1];
    return locale === undefined ? null : { locale, module: null, lesson: null };
  }
  const [, moduleOrder, moduleKey = ''] = MODULE_FOLDER.exec(first) ?? [];
  if (segments.length !== 2 || moduleOrder === undefined || !isKey(moduleKey)) return null;
  const module = { order: Number(moduleOrder), key: moduleKey, folder: first };
  const moduleLocale = MODULE_FILE.exec(second)?.[1];
  if (moduleLocale !== undefined) return { locale: moduleLocale, module, lesson: null };
  const [, order, key = '', locale = ''] = LESSON_FILE.exec(second) ?? [];
  if (order === undefined || !isKey(key)) return null;
  return { locale, module, lesson: { order: Number(order), key, stem: `${order}-${key}` } };
}

/** Why a path could point outside of the course folder, or null. */
function pathRefusal(path: string): string | null {
  if (path === '' || path.length > 300) return 'A path has 1 to 300 characters; this file is left out.';
  if (path.includes('\u0000')) return 'The path contains a NUL character; rename the file.';
  if (path.includes('\\')) return 'The path contains a backslash; give paths with forward slashes.';
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path))
    return 'The path is absolute; give it from the course folder.';
  if (path.split('/').some((segment) => segment === '..' || segment === '.' || segment === '')) {
    return 'The path has a ".", ".." or empty segment; give it plainly, from the course folder.';
  }
  return null;
}

function unknownFileMessage(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!/\.md$/i.test(name) || /^readme\b/i.test(name)) {
    return `${quoted(name)} is not part of a course and is left out. Only Markdown files are read.`;
  }
  return (
    `${quoted(path)} is left out: its name says no place in the course. Expected: course.<locale>.md, ` +
    '01-<module-key>/module.<locale>.md or 01-<module-key>/02-<lesson-key>.<locale>.md, ' +
    'keys in lowercase letters, digits and hyphens.'
  );
}

function isTooLarge(text: string): boolean {
  // UTF-8 needs at least one byte per UTF-16 unit, so that a huge text is refused without being encoded.
  return text.length > MAX_FILE_SIZE || Buffer.byteLength(text, 'utf8') > MAX_FILE_SIZE;
}

function normalizedText(text: string, report: FileReport): string {
  const clean = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[\0\p{Surrogate}]/gu, '\uFFFD');
  const damaged = clean.indexOf('\uFFFD');
  if (damaged !== -1) {
    const line = clean.slice(0, damaged).split('\n').length;
    const message = 'A character here could not be read (U+FFFD); save the file as UTF-8 and type it again.';
    report.warning('ENCODING_DAMAGED', line, message);
  }
  return clean;
}
