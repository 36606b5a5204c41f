import type { CourseContent, QuestionContent } from '../../catalog/course-content.js';
import { recognizeFormat } from './formats.js';
import type { ImportContext, Imported, SourceFiles } from './import-format.js';
import { sortedProblems, type ImportProblem, type Sentence } from './import-problems.js';

/** What an import understood, in figures. */
export interface ImportSummary {
  /** Of the course that was read; 0 for a format that holds questions only. */
  modules: number;
  lessons: number;
  /** Those of quizzes and those for the bank, each once. */
  questions: number;
  /** Those that no quiz asks. */
  bankQuestions: number;
  errors: number;
  warnings: number;
}

/** What was read of some files: something to apply, or why there is nothing. */
export interface Reading {
  /** Name of the format; null when none takes them for its own. */
  format: string | null;
  course: CourseContent | null;
  questions: QuestionContent[];
  problems: ImportProblem[];
  summary: ImportSummary;
  /** Why nothing can be applied; null when something can. */
  failure: Sentence | null;
}

const NOTHING: Imported = { course: null, questions: [], problems: [] };

const UNKNOWN_FORMAT: Sentence = {
  en: 'What is in this file is in none of the formats that are read here. See the list of formats, and export it in one of them.',
  fr: 'Le contenu de ce fichier n’est dans aucun des formats lus ici. Voyez la liste des formats, et exportez-le dans l’un d’eux.',
};

const NOTHING_READ: Sentence = {
  en: 'Nothing in this file could be taken over. The report says why, file by file.',
  fr: 'Rien dans ce fichier n’a pu être repris. Le rapport dit pourquoi, fichier par fichier.',
};

/** Reads files in the format that recognizes them. @param before problems that were met on the way to the files. */
export async function readSource(
  source: SourceFiles,
  context: ImportContext,
  before: readonly ImportProblem[] = [],
): Promise<Reading> {
  const format = await recognizeFormat(source);
  const { course, questions, problems } = format ? await format.read(source, context) : NOTHING;
  const all = sortedProblems([...before, ...problems]);
  const readNothing = course === null && questions.length === 0 ? NOTHING_READ : null;
  return {
    format: format?.name ?? null,
    course,
    questions,
    problems: all,
    summary: summaryOf(course, questions, all),
    failure: format ? readNothing : UNKNOWN_FORMAT,
  };
}

function summaryOf(
  course: CourseContent | null,
  questions: QuestionContent[],
  problems: ImportProblem[],
): ImportSummary {
  const lessons = (course?.modules ?? []).flatMap((module) => module.lessons);
  const keys = new Set(askedQuestions(course).map(({ key }) => key));
  const errors = problems.filter(({ severity }) => severity === 'ERROR').length;
  return {
    modules: course?.modules.length ?? 0,
    lessons: lessons.length,
    questions: keys.size + questions.length,
    bankQuestions: questions.length,
    errors,
    warnings: problems.length - errors,
  };
}

/** The questions of a course's quizzes, those of pools too. */
export function askedQuestions(course: Pick<CourseContent, 'modules'> | null): QuestionContent[] {
  return (course?.modules ?? [])
    .flatMap(({ lessons }) => lessons)
    .flatMap(({ quiz }) => [
      ...(quiz?.questions ?? []),
      ...(quiz?.pools ?? []).flatMap((pool) => pool.questions),
    ]);
}
