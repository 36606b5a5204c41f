import type { SourceFiles } from './import-format.js';
import { FileReport, type ImportProblem } from './import-problems.js';

/** How the files of a format of questions are told from others. */
export interface QuestionFileKind {
  /** As people call it. */
  format: string;
  /** Names that are this format and no other. */
  own: RegExp;
  /** Names that may be this format, of a file among others. */
  possible: RegExp;
  /** The same of a file that comes alone: there, somebody means this file. */
  alone: RegExp;
  /** @param start the first bytes, enough to tell. */
  looksLike: (start: Buffer) => boolean;
}

/** Any name but those of pictures, packages and pages. */
export const TEXT_NAME =
  /^(?!.*\.(?:md|markdown|html?|xml|json|zip|imscc|mbz|pdf|docx?|xlsx?|pptx?|png|jpe?g|gif|webp)$)/i;

/** In bytes. */
const START = 200_000;
const COURSE_FILE = /(?:^|\/)(?:imsmanifest\.xml|course\.xml|course\.[A-Za-z0-9-]+\.md)$/i;
const LESSON = /\.(?:md|markdown)$/i;

/**
 * The files of an archive or a folder that hold questions in one format, in order. None, where the files make a course: there,
 * questions stand beside what is taught.
 */
export async function questionFiles(
  source: SourceFiles,
  { own, possible, alone, looksLike }: QuestionFileKind,
): Promise<string[]> {
  const { paths } = source;
  if (paths.some((path) => COURSE_FILE.test(path))) return [];
  const looks = async (path: string): Promise<boolean> =>
    looksLike((await source.read(path)).subarray(0, START));
  const [only] = paths;
  if (only !== undefined && paths.length === 1) return alone.test(only) && (await looks(only)) ? [only] : [];
  const found: string[] = [];
  for (const path of paths)
    if (own.test(path) || (possible.test(path) && (await looks(path)))) found.push(path);
  return found.length > paths.filter((path) => LESSON.test(path)).length ? found : [];
}

/** As {@link questionFiles}; a file that comes alone is read whatever it looks like, so that its report says what is wrong. */
export const filesToRead = async (source: SourceFiles, kind: QuestionFileKind): Promise<readonly string[]> =>
  source.paths.length === 1 ? source.paths : questionFiles(source, kind);

/** Reports the files that are not among those that were read. */
export function reportOthers(
  source: SourceFiles,
  read: readonly string[],
  format: string,
  problems: ImportProblem[],
): void {
  const known = new Set(read);
  for (const path of source.paths) {
    if (known.has(path)) continue;
    new FileReport(path, problems).warning('FILE_UNKNOWN', 1, {
      en: `This file is not ${format} as the others are, and is left out. If it holds questions, import it by itself.`,
      fr: `Ce fichier n’est pas du ${format} comme les autres, et il est laissé de côté. S’il contient des questions, importez-le seul.`,
    });
  }
}
