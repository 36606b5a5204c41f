import type { BlockDocument } from '../../catalog/block-document.js';
import { isSlug } from '../../catalog/keys.rules.js';
import { blocksFromMarkdown } from './blocks-from-markdown.js';
import {
  arrangeFiles,
  MAX_FILES,
  type CourseFiles,
  type FilesByLocale,
  type ModuleFiles,
} from './course-files.js';
import { readCourseFiles, reportUntranslated, type CourseFacts } from './course-front-matter.js';
import { CourseQuestions } from './course-questions.js';
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
import type {
  CourseContent,
  LessonContent,
  ModuleContent,
  QuestionContent,
} from '../../catalog/course-content.js';
import { noFiles, type MediaFiles } from './media-files.js';

const MODULE_FIELDS = ['title', 'summary'] as const;
const MAX_MODULE_SUMMARY_LENGTH = 300;

/** The result of a dry run: what would be created, and all that was not understood. */
export interface MarkdownCourseReport {
  /** Null when nothing could be made of the files. With errors among the problems it is whole but for what they name. */
  course: CourseContent | null;
  /** Of the bank: those that no quiz asks. */
  questions: QuestionContent[];
  /** By file, then line. */
  problems: ImportProblem[];
  understood: { modules: number; lessons: number; questions: number };
}

/**
 * Reads a course from the Markdown files of its folder. Pure: it never throws, whatever the files hold, and what
 * one file has wrong costs no other file anything.
 *
 * @param files at most 10,000, each at most 5 MB.
 * @param slug the name of the course folder.
 * @param mediaIn the files that the Markdown of a folder (`''` or `01-module`) may show; none when texts come alone.
 */
export function parseMarkdownCourse(
  files: readonly ImportFile[],
  slug: string,
  mediaIn: (folder: string) => MediaFiles = () => noFiles,
): MarkdownCourseReport {
  const problems: ImportProblem[] = [];
  const questions = new CourseQuestions();
  const course = readCourse(files, slug, { problems, questions, mediaIn });
  const unasked = questions.resolve();
  const lessons = (course?.modules ?? []).flatMap((module) => module.lessons);
  const asked = lessons.flatMap(({ quiz }) =>
    quiz ? [...quiz.questions, ...(quiz.pools ?? []).flatMap((pool) => pool.questions)] : [],
  );
  return {
    course,
    questions: course ? unasked : [],
    problems: sortedProblems(problems),
    understood: {
      modules: course?.modules.length ?? 0,
      lessons: lessons.length,
      questions: course ? new Set([...asked, ...unasked].map(({ key }) => key)).size : 0,
    },
  };
}

interface Reading {
  problems: ImportProblem[];
  questions: CourseQuestions;
  mediaIn: (folder: string) => MediaFiles;
}

function readCourse(
  files: readonly ImportFile[],
  slug: string,
  { problems, questions, mediaIn }: Reading,
): CourseContent | null {
  const whole = new FileReport('.', problems);
  if (files.length > MAX_FILES) {
    whole.error('TOO_MANY_FILES', 1, {
      en: `The folder has ${files.length} files, at most ${MAX_FILES} are read; split the course.`,
      fr: `Le dossier a ${files.length} fichiers, ${MAX_FILES} au plus sont lus ; coupez la formation en deux.`,
    });
    return null;
  }
  if (!isSlug(slug)) {
    whole.error('SLUG_INVALID', 1, {
      en: `The folder name ${quoted(slug)} must be lowercase letters, digits and hyphens; rename the folder.`,
      fr: `Le nom du dossier ${quoted(slug)} doit être fait de minuscules, de chiffres et de traits d’union ; renommez-le.`,
    });
  }
  const arranged = arrangeFiles(files, problems, mediaIn);
  const facts = readCourseFiles(arranged.course, whole);
  if (facts === null) return null;

  const { defaultLocale, locales } = facts;
  const context: LessonContext = { defaultLocale, locales, questions };
  reportUnknownLocales(arranged, locales);
  reportSharedNumbers(arranged.modules);
  const keys = { modules: new KeyRegistry(), lessons: new KeyRegistry() };
  const modules = arranged.modules.flatMap((module) => readModule(module, context, keys, problems) ?? []);
  questions.bank(arranged.bank, defaultLocale, locales);
  if (!modules.some((module) => module.lessons.some((lesson) => lesson.required))) {
    facts.report.warning('NO_REQUIRED_LESSON', 1, {
      en: 'The course has no required lesson and cannot be published; add one, or remove "required: false".',
      fr: 'La formation n’a pas de leçon obligatoire et ne peut pas être publiée ; ajoutez-en une, ou retirez « required: false ».',
    });
  }
  return isSlug(slug) ? courseFrom(facts, slug, modules) : null;
}

function courseFrom(facts: CourseFacts, slug: string, modules: ModuleContent[]): CourseContent {
  const description: Record<string, BlockDocument> = {};
  for (const { locale, matter, report, media } of facts.bodies) {
    const document = blocksFromMarkdown(matter.body, matter.bodyOffset, report, media);
    const isSaid = document !== null && (document.content.length > 0 || locale === facts.defaultLocale);
    if (isSaid) description[locale] = document;
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
    report.warning('MODULE_EMPTY', 1, {
      en: 'The module has no lesson yet; add one.',
      fr: 'Le module n’a pas encore de leçon ; ajoutez-en une.',
    });
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
      report.error('MODULE_FILE_MISSING', 1, {
        en: `The module has no module.${locale}.md; add it with title and summary. Its key serves as title.`,
        fr: `Le module n’a pas de module.${locale}.md ; ajoutez-le avec title et summary. Sa clé lui sert de titre.`,
      });
    } else if (file === undefined) {
      report.warning('TRANSLATION_MISSING', 1, {
        en: `The module has no module.${locale}.md; its title is shown in ${defaultLocale} instead.`,
        fr: `Le module n’a pas de module.${locale}.md ; son titre est affiché en ${defaultLocale}.`,
      });
    }
    const matter = file ? readFrontMatter(file.text, MODULE_FIELDS, file.report) : null;
    if (file === undefined || matter === null) continue;
    const fields = new FieldReader(matter, file.report);
    const isTranslation = locale !== defaultLocale;
    for (const [field, texts, most] of [
      ['title', title, MAX_TITLE_LENGTH],
      ['summary', summary, MAX_MODULE_SUMMARY_LENGTH],
    ] as const) {
      if (isTranslation && !fields.has(field)) {
        if (texts[defaultLocale] !== '') reportUntranslated(field, defaultLocale, matter, file.report);
        continue;
      }
      const text = field === 'summary' ? fields.draftText(field, most) : fields.requiredText(field, most);
      if (text !== undefined && (text !== '' || !isTranslation)) texts[locale] = text;
    }
    if (matter.body.trim() !== '') {
      file.report.error('MODULE_BODY', matter.bodyOffset + 1, {
        en: 'A module file has no body and this text is left out; move it into a lesson.',
        fr: 'Un fichier de module n’a pas de corps et ce texte est laissé de côté ; déplacez-le dans une leçon.',
      });
    }
  }
  // The lessons of a module whose own file is wrong are worth more than its title.
  title[defaultLocale] ??= module.key;
  summary[defaultLocale] ??= '';
  return { title, summary };
}

/** Files in a locale the course does not have: a locale begins with its course file. */
function reportUnknownLocales({ bank, modules }: CourseFiles, locales: readonly string[]): void {
  const report = (files: FilesByLocale): void => {
    for (const [locale, file] of files) {
      if (locales.includes(locale)) continue;
      file.report.warning('LOCALE_UNKNOWN', 1, {
        en: `The course has no course.${locale}.md, so this file is left out; add that file first.`,
        fr: `La formation n’a pas de course.${locale}.md, donc ce fichier est laissé de côté ; ajoutez d’abord celui-là.`,
      });
    }
  };
  report(bank);
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
      file?.report.warning('ORDER_AMBIGUOUS', 1, {
        en: `"${before.key}" and "${sibling.key}" have the same number; they are ordered by key. Renumber one.`,
        fr: `« ${before.key} » et « ${sibling.key} » ont le même numéro ; ils sont rangés par clé. Changez-en un.`,
      });
    });
  };
  check(modules);
  for (const module of modules) check(module.lessons);
}
