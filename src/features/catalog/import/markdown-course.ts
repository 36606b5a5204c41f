import type { BlockDocument } from '../block-document.js';
import { blocksFromMarkdown } from './blocks-from-markdown.js';
import { arrangeFiles, isKey, MAX_FILES, type FilesByLocale, type ModuleFiles } from './course-files.js';
import { readCourseFiles, type CourseFacts } from './course-front-matter.js';
import { FieldReader, MAX_TITLE_LENGTH } from './front-matter-fields.js';
import { readFrontMatter } from './front-matter.js';
import {
  FileReport,
  quoted,
  sortedProblems,
  type ImportFile,
  type ImportProblem,
} from './import-problems.js';
import { KeyRegistry } from './key-registry.js';
import { lessonFromMarkdown, type LessonContext } from './lesson-from-markdown.js';
import type { Localized } from '../../../platform/locale.js';
import type { CourseContent, LessonContent, ModuleContent } from '../course-content.js';

const MODULE_FIELDS = ['title', 'summary'] as const;
const MAX_MODULE_SUMMARY_LENGTH = 300;

/** The result of a dry run: what would be created, and all that was not understood. */
export interface MarkdownCourseReport {
  /** Null when nothing could be made of the files. With errors among the problems it is whole but for what they name. */
  course: CourseContent | null;
  /** By file, then line. */
  problems: ImportProblem[];
  understood: { modules: number; lessons: number; questions: number };
}

/**
 * Reads a course from the Markdown files of its folder. Pure: it never throws, whatever the files hold, and what
 * one file has wrong costs no other file anything.
 *
 * @param files at most 2,000, each at most 200 kB.
 * @param slug the name of the course folder.
 */
export function parseMarkdownCourse(files: readonly ImportFile[], slug: string): MarkdownCourseReport {
  const problems: ImportProblem[] = [];
  const course = readCourse(files, slug, problems);
  const lessons = (course?.modules ?? []).flatMap((module) => module.lessons);
  const questions = lessons.reduce((sum, lesson) => sum + (lesson.quiz?.questions.length ?? 0), 0);
  return {
    course,
    problems: sortedProblems(problems),
    understood: { modules: course?.modules.length ?? 0, lessons: lessons.length, questions },
  };
}

function readCourse(
  files: readonly ImportFile[],
  slug: string,
  problems: ImportProblem[],
): CourseContent | null {
  const whole = new FileReport('.', problems);
  if (files.length > MAX_FILES) {
    whole.error(
      'TOO_MANY_FILES',
      1,
      `The folder has ${files.length} files, at most ${MAX_FILES} are read; split the course.`,
    );
    return null;
  }
  if (!isKey(slug)) {
    const message = `The folder name ${quoted(slug)} must be lowercase letters, digits and hyphens; rename the folder.`;
    whole.error('SLUG_INVALID', 1, message);
  }
  const arranged = arrangeFiles(files, problems);
  const facts = readCourseFiles(arranged.course, whole);
  if (facts === null) return null;

  const context: LessonContext = {
    defaultLocale: facts.defaultLocale,
    locales: facts.locales,
    questionKeys: new KeyRegistry(),
  };
  reportUnknownLocales(arranged.modules, context.locales);
  reportSharedNumbers(arranged.modules);
  const keys = { modules: new KeyRegistry(), lessons: new KeyRegistry() };
  const modules = arranged.modules.flatMap((module) => readModule(module, context, keys, problems) ?? []);
  if (!modules.some((module) => module.lessons.some((lesson) => lesson.required))) {
    facts.report.error(
      'NO_REQUIRED_LESSON',
      1,
      'The course has no required lesson and cannot be published; add one, or remove "required: false".',
    );
  }
  return isKey(slug) ? courseFrom(facts, slug, modules) : null;
}

function courseFrom(facts: CourseFacts, slug: string, modules: ModuleContent[]): CourseContent {
  const description: Record<string, BlockDocument> = {};
  for (const { locale, matter, report } of facts.bodies) {
    const document = blocksFromMarkdown(matter.body, matter.bodyOffset, report);
    if (document !== null) description[locale] = document;
  }
  description[facts.defaultLocale] ??= { type: 'doc', content: [] };
  return {
    slug,
    defaultLocale: facts.defaultLocale,
    locales: facts.locales,
    title: facts.title,
    summary: facts.summary,
    outcomes: facts.outcomes,
    description,
    topics: facts.topics,
    license: facts.license,
    modules,
  };
}

function readModule(
  module: ModuleFiles,
  context: LessonContext,
  keys: { modules: KeyRegistry; lessons: KeyRegistry },
  problems: ImportProblem[],
): ModuleContent | null {
  const defaultPath = `${module.folder}/module.${context.defaultLocale}.md`;
  const report = module.files.get(context.defaultLocale)?.report ?? new FileReport(defaultPath, problems);
  if (!keys.modules.claim('module', module.key, 1, report)) return null;
  const { title, summary } = readModuleFiles(module, context, report);
  const lessons: LessonContent[] = [];
  for (const files of module.lessons) {
    const reporting = files.files.get(context.defaultLocale) ?? [...files.files.values()][0];
    if (reporting === undefined || !keys.lessons.claim('lesson', files.key, 1, reporting.report)) continue;
    const lesson = lessonFromMarkdown(files, context);
    if (lesson !== null) lessons.push(lesson);
  }
  if (lessons.length === 0) {
    report.error(
      'MODULE_EMPTY',
      1,
      'The module has no lesson that could be read and is left out; add or mend one.',
    );
    return null;
  }
  return { key: module.key, title, summary, lessons };
}

function readModuleFiles(
  module: ModuleFiles,
  { defaultLocale, locales }: LessonContext,
  report: FileReport,
): Pick<ModuleContent, 'title' | 'summary'> {
  const title: Localized = {};
  const summary: Localized = {};
  for (const locale of locales) {
    const file = module.files.get(locale);
    if (file === undefined && locale === defaultLocale) {
      const message = `The module has no module.${locale}.md; add it with title and summary. Its key serves as title.`;
      report.error('MODULE_FILE_MISSING', 1, message);
    } else if (file === undefined) {
      const message = `The module has no module.${locale}.md; its title is shown in ${defaultLocale} instead.`;
      report.warning('TRANSLATION_MISSING', 1, message);
    }
    const matter = file ? readFrontMatter(file.text, MODULE_FIELDS, file.report) : null;
    if (file === undefined || matter === null) continue;
    const fields = new FieldReader(matter, file.report);
    const ownTitle = fields.requiredText('title', MAX_TITLE_LENGTH);
    const ownSummary = fields.requiredText('summary', MAX_MODULE_SUMMARY_LENGTH);
    if (ownTitle !== undefined) title[locale] = ownTitle;
    if (ownSummary !== undefined) summary[locale] = ownSummary;
    if (matter.body.trim() !== '') {
      const message = 'A module file has no body and this text is left out; move it into a lesson.';
      file.report.error('MODULE_BODY', matter.bodyOffset + 1, message);
    }
  }
  // The lessons of a module whose own file is wrong are worth more than its title.
  title[defaultLocale] ??= module.key;
  summary[defaultLocale] ??= '';
  return { title, summary };
}

/** Files in a locale the course does not have: a locale begins with its course file. */
function reportUnknownLocales(modules: readonly ModuleFiles[], locales: readonly string[]): void {
  const report = (files: FilesByLocale): void => {
    for (const [locale, file] of files) {
      if (locales.includes(locale)) continue;
      const message = `The course has no course.${locale}.md, so this file is left out; add that file first.`;
      file.report.warning('LOCALE_UNKNOWN', 1, message);
    }
  };
  for (const module of modules) {
    report(module.files);
    for (const lesson of module.lessons) report(lesson.files);
  }
}

/** Two modules or lessons with one number: which comes first would be a guess. */
function reportSharedNumbers(modules: readonly ModuleFiles[]): void {
  const check = (siblings: readonly { order: number; key: string; files: FilesByLocale }[]): void => {
    siblings.forEach((sibling, index) => {
      const before = siblings[index - 1];
      if (before?.order !== sibling.order) return;
      const [file] = sibling.files.values();
      const message = `"${before.key}" and "${sibling.key}" have the same number; they are ordered by key. Renumber one.`;
      file?.report.warning('ORDER_AMBIGUOUS', 1, message);
    });
  };
  check(modules);
  for (const module of modules) check(module.lessons);
}
