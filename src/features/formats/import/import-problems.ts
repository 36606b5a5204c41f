/** One file of a course folder, already read. */
export interface ImportFile {
  /** Relative to the course folder, with forward slashes: `01-be-found/02-photos.en.md`. */
  path: string;
  text: string;
}

/** Every kind of problem an import can report; stable, for screens that group or translate them. */
export const IMPORT_PROBLEM_CODES = [
  'PATH_REFUSED',
  'FILE_DUPLICATE',
  'FILE_TOO_LARGE',
  'FILE_UNKNOWN',
  'TOO_MANY_FILES',
  'TOO_MANY_PROBLEMS',
  'ENCODING_DAMAGED',
  'FRONT_MATTER_MISSING',
  'FRONT_MATTER_UNCLOSED',
  'FRONT_MATTER_INVALID',
  'FRONT_MATTER_ALIAS',
  'FRONT_MATTER_TOO_LARGE',
  'FIELD_UNKNOWN',
  'FIELD_MISSING',
  'FIELD_INVALID',
  'FIELD_IGNORED',
  'SLUG_INVALID',
  'COURSE_MISSING',
  'DEFAULT_LOCALE_MISSING',
  'DEFAULT_LOCALE_CONFLICT',
  'LOCALE_UNKNOWN',
  'MODULE_FILE_MISSING',
  'MODULE_BODY',
  'MODULE_EMPTY',
  'ORDER_AMBIGUOUS',
  'KEY_DUPLICATE',
  'LESSON_DEFAULT_MISSING',
  'LESSON_EMPTY',
  'NO_REQUIRED_LESSON',
  'TRANSLATION_MISSING',
  'TRANSLATION_INCOMPLETE',
  'TRANSLATION_MISMATCH',
  'IMAGE',
  'HTML',
  'TABLE',
  'HEADING_LEVEL',
  'STRIKETHROUGH',
  'LINK_REFUSED',
  'BLOCK_UNKNOWN',
  'CONTENT_TOO_LARGE',
  'QUIZ_KIND_MISSING',
  'QUIZ_EMPTY',
  'QUIZ_TEXT_OUTSIDE',
  'QUESTION_KEY',
  'QUESTION_STRUCTURE',
  'QUESTION_MARKS',
  'QUESTION_ANSWER',
  'XML_MALFORMED',
  'XML_ENTITY',
  'QUESTION_KIND',
  'MANIFEST',
  'PACKAGE',
  'FILE_IS_LINK',
  'FILE_COMPRESSION',
  'NAME_MISLEADING',
  'QUESTION_REPLACED',
  'FILE_MISSING',
  'REFERENCE_CYCLE',
  'STRUCTURE_GUESSED',
] as const;

export type ImportProblemCode = (typeof IMPORT_PROBLEM_CODES)[number];

/**
 * One thing the import did not understand. ERROR: something the author wrote, or a course needs, is not in the
 * result. WARNING: the result is whole, but perhaps not what the author meant.
 */
export interface ImportProblem {
  /** Path as given by the caller; `.` for the course folder itself. */
  file: string;
  /** 1-based; 1 when the problem is the file itself. */
  line: number;
  severity: 'ERROR' | 'WARNING';
  code: ImportProblemCode;
  /** In English: what is wrong and how to mend it. */
  message: string;
  /** The same in French, where it was written. */
  messageFr?: string;
}

/** A sentence in the languages of the product. */
export interface Sentence {
  en: string;
  fr: string;
}

/** Collects the problems of one file, so that each reader names only code, line and sentence. */
export class FileReport {
  /** How many errors this file has so far; a reader compares two readings to know whether a part is sound. */
  errors = 0;

  constructor(
    readonly file: string,
    private readonly problems: ImportProblem[],
  ) {}

  error(code: ImportProblemCode, line: number, message: string | Sentence): void {
    this.errors += 1;
    this.add('ERROR', code, line, message);
  }

  warning(code: ImportProblemCode, line: number, message: string | Sentence): void {
    this.add('WARNING', code, line, message);
  }

  private add(
    severity: ImportProblem['severity'],
    code: ImportProblemCode,
    line: number,
    message: string | Sentence,
  ): void {
    const said = typeof message === 'string' ? { message } : { message: message.en, messageFr: message.fr };
    this.problems.push({ file: this.file, line, severity, code, ...said });
  }
}

/** Most problems one report holds: a person mends the first hundred, and an answer must stay small. */
export const MAX_PROBLEMS = 5_000;

/** In the order a person mends them: by file, then line. */
export function sortedProblems(problems: readonly ImportProblem[]): ImportProblem[] {
  // Compared by code unit, not by locale: the same report on every machine.
  return [...problems].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
}

/** As {@link sortedProblems}, for a report: over {@link MAX_PROBLEMS} it loses warnings first, and says so at its head. */
export function listedProblems(problems: readonly ImportProblem[]): ImportProblem[] {
  if (problems.length <= MAX_PROBLEMS) return sortedProblems(problems);
  const errorsFirst = [...problems].sort(
    (a, b) => Number(b.severity === 'ERROR') - Number(a.severity === 'ERROR'),
  );
  const more = problems.length - MAX_PROBLEMS;
  const note: ImportProblem = {
    file: '.',
    line: 1,
    severity: 'ERROR',
    code: 'TOO_MANY_PROBLEMS',
    message: `${more} further problems are not listed; mend these and import again.`,
    messageFr: `${more} autres problèmes ne sont pas listés ; corrigez ceux-ci et importez à nouveau.`,
  };
  return [note, ...sortedProblems(errorsFirst.slice(0, MAX_PROBLEMS))];
}

/** A piece of the author's text inside a message: between quotes, on one line, at most 60 characters. */
export function quoted(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return `"${line.length > 60 ? `${line.slice(0, 59)}…` : line}"`;
}
