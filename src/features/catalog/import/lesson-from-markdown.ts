import type { BlockDocument } from '../block-document.js';
import { blocksFromMarkdown } from './blocks-from-markdown.js';
import type { CourseFile, LessonFiles } from './course-files.js';
import { FieldReader, MAX_TITLE_LENGTH } from './front-matter-fields.js';
import { readFrontMatter, type FrontMatter } from './front-matter.js';
import type { FileReport } from './import-problems.js';
import { KeyRegistry } from './key-registry.js';
import type { Localized } from '../../../platform/locale.js';
import type { LessonContent } from '../course-content.js';
import { quizFromMarkdown, type ReadQuestion, type ReadQuiz } from './quiz-from-markdown.js';
import { mergeTranslations, type TranslatedQuiz } from './quiz-translations.js';

const LESSON_FIELDS = ['title', 'minutes', 'required', 'kind', 'passPercent'] as const;
const DEFAULT_LOCALE_FIELDS = ['minutes', 'required', 'kind', 'passPercent'] as const;
const MAX_MINUTES = 120;
const DEFAULT_PASS_PERCENT = 80;

/** What a lesson needs to know of its course. */
export interface LessonContext {
  defaultLocale: string;
  locales: readonly string[];
  questionKeys: KeyRegistry;
}

interface DefaultLesson {
  matter: FrontMatter;
  kind: LessonContent['kind'];
  title: string;
  estimatedMinutes: number;
  required: boolean;
  passPercent: number;
}

interface Translation {
  locale: string;
  title: string;
  matter: FrontMatter;
  report: FileReport;
}

/**
 * Reads one lesson from its files. Null, with the reason reported, when the default locale's file cannot be used; a
 * translation that cannot be used is left out and the lesson falls back to the default locale.
 */
export function lessonFromMarkdown(
  { key, files }: LessonFiles,
  context: LessonContext,
): LessonContent | null {
  const { defaultLocale } = context;
  const defaultFile = files.get(defaultLocale);
  if (defaultFile === undefined) {
    const [first] = files.values();
    const message = `The lesson has no ${defaultLocale} file, the course's default locale, and is left out; add it.`;
    first?.report.error('LESSON_DEFAULT_MISSING', 1, message);
    return null;
  }
  const lesson = readDefault(defaultFile);
  if (lesson === null) return null;
  const { report } = defaultFile;
  const parsed =
    lesson.kind === 'QUIZ'
      ? readQuiz(lesson, files, report, context)
      : readBody(lesson, files, report, context);
  if (parsed === null) return null;
  return {
    key,
    kind: lesson.kind,
    required: lesson.required,
    estimatedMinutes: lesson.estimatedMinutes,
    ...parsed,
  };
}

function readDefault({ text, report }: CourseFile): DefaultLesson | null {
  const matter = readFrontMatter(text, LESSON_FIELDS, report);
  if (matter === null) return null;
  const fields = new FieldReader(matter, report);
  const errorsBefore = report.errors;
  const title = fields.requiredText('title', MAX_TITLE_LENGTH);
  const minutes = fields.requiredInteger('minutes', 1, MAX_MINUTES);
  const required = fields.has('required') ? fields.boolean('required') : true;
  const kind = fields.has('kind') ? fields.oneOf('kind', ['reading', 'quiz']) : 'reading';
  if (kind === 'reading')
    fields.ignore(['passPercent'], 'only a quiz has it; add "kind: quiz" if this is one');
  const passPercent =
    kind === 'quiz' && fields.has('passPercent')
      ? fields.integer('passPercent', 1, 100)
      : DEFAULT_PASS_PERCENT;
  if (report.errors > errorsBefore || title === undefined || minutes === undefined) return null;
  return {
    matter,
    kind: kind === 'quiz' ? 'QUIZ' : 'READING',
    title,
    estimatedMinutes: minutes,
    required: required ?? true,
    passPercent: passPercent ?? DEFAULT_PASS_PERCENT,
  };
}

/** Titles and bodies of the other locales; what is missing or cannot be used is reported. */
function readTranslations(
  files: LessonFiles['files'],
  report: FileReport,
  context: LessonContext,
): Translation[] {
  const { defaultLocale, locales } = context;
  return locales.flatMap((locale) => {
    if (locale === defaultLocale) return [];
    const file = files.get(locale);
    if (file === undefined) {
      const message = `This lesson has no ${locale} file; it is shown in ${defaultLocale} instead.`;
      report.warning('TRANSLATION_MISSING', 1, message);
      return [];
    }
    const matter = readFrontMatter(file.text, LESSON_FIELDS, file.report);
    if (matter === null) return [];
    const fields = new FieldReader(matter, file.report);
    fields.ignore(DEFAULT_LOCALE_FIELDS, `it is read from the ${defaultLocale} file`);
    const title = fields.requiredText('title', MAX_TITLE_LENGTH);
    return title === undefined ? [] : [{ locale, title, matter, report: file.report }];
  });
}

type LessonTexts = Pick<LessonContent, 'title' | 'body' | 'quiz'>;

function readBody(
  { matter, title }: DefaultLesson,
  files: LessonFiles['files'],
  report: FileReport,
  context: LessonContext,
): LessonTexts | null {
  const { defaultLocale } = context;
  const document = readDocument(matter, report);
  if (document === null) return null;
  const forgotten = matter.body.split('\n').findIndex((line) => /^##\s.*\{#[a-z0-9-]+\}\s*$/.test(line));
  if (forgotten !== -1) {
    const message =
      'A heading ends with a question key; add "kind: quiz" to the front matter if this is a quiz.';
    report.warning('QUIZ_KIND_MISSING', matter.bodyOffset + forgotten + 1, message);
  }
  const titles: Localized = { [defaultLocale]: title };
  const body: Record<string, BlockDocument> = { [defaultLocale]: document };
  for (const translation of readTranslations(files, report, context)) {
    const translated = readDocument(translation.matter, translation.report);
    if (translated === null) continue;
    titles[translation.locale] = translation.title;
    body[translation.locale] = translated;
  }
  return { title: titles, body, quiz: null };
}

function readDocument(matter: FrontMatter, report: FileReport): BlockDocument | null {
  const document = blocksFromMarkdown(matter.body, matter.bodyOffset, report);
  if (document !== null && document.content.length === 0) {
    report.error(
      'LESSON_EMPTY',
      matter.bodyOffset + 1,
      'The lesson has no text and is left out; write it below "---".',
    );
    return null;
  }
  return document;
}

function readQuiz(
  { matter, title, passPercent }: DefaultLesson,
  files: LessonFiles['files'],
  report: FileReport,
  context: LessonContext,
): LessonTexts | null {
  const { defaultLocale, questionKeys } = context;
  const base = withUniqueKeys(quizFromMarkdown(matter.body, matter.bodyOffset, report), questionKeys, report);
  if (base.questions.length === 0) {
    const message =
      'The quiz has no valid question and is left out; write "## Question {#key}" with its options below.';
    report.error('QUIZ_EMPTY', matter.bodyOffset + 1, message);
    return null;
  }
  const titles: Localized = { [defaultLocale]: title };
  const translated = readTranslations(files, report, context).map((translation): TranslatedQuiz => {
    titles[translation.locale] = translation.title;
    const { matter: own, report: ownReport, locale } = translation;
    const quiz = quizFromMarkdown(own.body, own.bodyOffset, ownReport);
    return { locale, report: ownReport, quiz: withUniqueKeys(quiz, new KeyRegistry(), ownReport) };
  });
  const questions = mergeTranslations(base, defaultLocale, translated);
  return { title: titles, body: null, quiz: { passPercent, questions } };
}

function withUniqueKeys(quiz: ReadQuiz, keys: KeyRegistry, report: FileReport): ReadQuiz {
  const claimed = (question: ReadQuestion): boolean =>
    keys.claim('question', question.key, question.line, report);
  const questions = quiz.questions.filter(claimed);
  const refused = quiz.questions.filter((question) => !questions.includes(question));
  return {
    questions,
    rejectedKeys: new Set([...quiz.rejectedKeys, ...refused.map((question) => question.key)]),
  };
}
