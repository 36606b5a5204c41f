import { isKey } from '../../catalog/keys.rules.js';
import { quoted, FileReport, type ImportFile, type ImportProblem, type Sentence } from './import-problems.js';
import type { MediaFiles } from './media-files.js';

export const MAX_FILES = 10_000;
/** In bytes of UTF-8: a question bank of ten thousand questions, or the longest lesson in any script. */
export const MAX_FILE_SIZE = 5_000_000;

const KEY = '[a-z0-9]+(?:-[a-z0-9]+)*';
/** BCP 47: a language, perhaps a script, perhaps a region. */
const LOCALE = '[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\\d{3}))?';
const COURSE_FILE = new RegExp(`^course\\.(${LOCALE})\\.md$`);
const BANK_FILE = new RegExp(`^bank\\.(${LOCALE})\\.md$`);
const MODULE_FOLDER = new RegExp(`^(\\d{1,4})-(${KEY})$`);
const MODULE_FILE = new RegExp(`^module\\.(${LOCALE})\\.md$`);
const LESSON_FILE = new RegExp(`^(\\d{1,4})-(${KEY})\\.(${LOCALE})\\.md$`);

/** A file whose place in the course is known; its text is normalized: no BOM, `\n`, no NUL, well-formed. */
export interface CourseFile {
  text: string;
  report: FileReport;
  media: MediaFiles;
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
  /** Questions that no quiz writes out. */
  bank: FilesByLocale;
  modules: ModuleFiles[];
}

/**
 * Sorts the files into course, modules and lessons, in order; what cannot be placed is reported and left out.
 * @param mediaIn the files that the Markdown of a folder may show, by the folder's path.
 */
export function arrangeFiles(
  files: readonly ImportFile[],
  problems: ImportProblem[],
  mediaIn: (folder: string) => MediaFiles,
): CourseFiles {
  const course: FilesByLocale = new Map();
  const bank: FilesByLocale = new Map();
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
      report.error('FILE_DUPLICATE', 1, {
        en: 'This path is given twice; the first is used. Remove one.',
        fr: 'Ce chemin est donné deux fois ; le premier est utilisé. Retirez l’un des deux.',
      });
      continue;
    }
    seen.add(file.path);

    const place = placeOf(file.path);
    if (place === null) {
      report.warning('FILE_UNKNOWN', 1, unknownFileMessage(file.path));
      continue;
    }
    if (isTooLarge(file.text)) {
      report.error('FILE_TOO_LARGE', 1, {
        en: `The file is larger than ${MAX_FILE_SIZE / 1_000_000} MB; split it in two.`,
        fr: `Le fichier dépasse ${MAX_FILE_SIZE / 1_000_000} Mo ; coupez-le en deux.`,
      });
      continue;
    }
    const media = mediaIn(place.module?.folder ?? '');
    const entry: CourseFile = { text: normalizedText(file.text, report), report, media };
    if (place.module === null) {
      (place.isBank ? bank : course).set(place.locale, entry);
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
  return { course, bank, modules: ordered };
}

function byOrder(a: { order: number; key: string }, b: { order: number; key: string }): number {
  return a.order - b.order || (a.key < b.key ? -1 : Number(a.key > b.key));
}

interface Place {
  locale: string;
  isBank?: true;
  module: { order: number; key: string; folder: string } | null;
  lesson: { order: number; key: string; stem: string } | null;
}

function placeOf(path: string): Place | null {
  const segments = path.split('/');
  const [first = '', second = ''] = segments;
  if (segments.length === 1) {
    const banked = BANK_FILE.exec(first)?.[1];
    if (banked !== undefined) return { locale: banked, isBank: true, module: null, lesson: null };
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
function pathRefusal(path: string): Sentence | null {
  if (path === '' || path.length > 300)
    return {
      en: 'A path has 1 to 300 characters; this file is left out.',
      fr: 'Un chemin a de 1 à 300 caractères ; ce fichier est laissé de côté.',
    };
  if (path.includes('\u0000'))
    return {
      en: 'The path contains a NUL character; rename the file.',
      fr: 'Le chemin contient un caractère NUL ; renommez le fichier.',
    };
  if (path.includes('\\'))
    return {
      en: 'The path contains a backslash; give paths with forward slashes.',
      fr: 'Le chemin contient une barre oblique inversée ; donnez des chemins avec des barres obliques.',
    };
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path))
    return {
      en: 'The path is absolute; give it from the course folder.',
      fr: 'Le chemin est absolu ; donnez-le à partir du dossier de la formation.',
    };
  if (path.split('/').some((segment) => segment === '..' || segment === '.' || segment === ''))
    return {
      en: 'The path has a ".", ".." or empty segment; give it plainly, from the course folder.',
      fr: 'Le chemin a un segment « . », « .. » ou vide ; donnez-le simplement, à partir du dossier de la formation.',
    };
  return null;
}

function unknownFileMessage(path: string): Sentence {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (!/\.md$/i.test(name) || /^readme\b/i.test(name)) {
    return {
      en: `${quoted(name)} is not part of a course and is left out. Only Markdown files are read, and the files that they show.`,
      fr: `${quoted(name)} ne fait pas partie d’une formation et est laissé de côté. Seuls sont lus les fichiers Markdown et les fichiers qu’ils montrent.`,
    };
  }
  return {
    en:
      `${quoted(path)} is left out: its name says no place in the course. Expected: course.<locale>.md, bank.<locale>.md, ` +
      '01-<module-key>/module.<locale>.md or 01-<module-key>/02-<lesson-key>.<locale>.md, ' +
      'keys in lowercase letters, digits and hyphens.',
    fr:
      `${quoted(path)} est laissé de côté : son nom ne dit pas sa place dans la formation. Attendu : course.<langue>.md, bank.<langue>.md, ` +
      '01-<clé-du-module>/module.<langue>.md ou 01-<clé-du-module>/02-<clé-de-la-leçon>.<langue>.md, ' +
      'les clés en minuscules, chiffres et traits d’union.',
  };
}

function isTooLarge(text: string): boolean {
  // UTF-8 needs at least one byte per UTF-16 unit, so that a huge text is refused without being encoded.
  return text.length > MAX_FILE_SIZE || Buffer.byteLength(text, 'utf8') > MAX_FILE_SIZE;
}

/** A text as all readers take it: no BOM, lines that end in `\n`, no NUL, well-formed. */
export function normalizedText(text: string, report: FileReport): string {
  const clean = text
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .replace(/[\0\p{Surrogate}]/gu, '\uFFFD');
  const damaged = clean.indexOf('\uFFFD');
  if (damaged !== -1) {
    const line = clean.slice(0, damaged).split('\n').length;
    report.warning('ENCODING_DAMAGED', line, {
      en: 'A character here could not be read (U+FFFD); save the file as UTF-8 and type it again.',
      fr: 'Un caractère est illisible ici (U+FFFD) ; enregistrez le fichier en UTF-8 et saisissez-le de nouveau.',
    });
  }
  return clean;
}
