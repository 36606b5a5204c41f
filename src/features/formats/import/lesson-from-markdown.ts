import type { Localized } from '../../../platform/locale.js';
import type { BlockDocument } from '../../catalog/block-document.js';
import type { LessonContent } from '../../catalog/course-content.js';
import { blocksFromMarkdown } from './blocks-from-markdown.js';
import type { CourseFile, LessonFiles } from './course-files.js';
import { reportUntranslated } from './course-front-matter.js';
import type { CourseQuestions, QuestionsText } from './course-questions.js';
import type { FrontMatter } from './front-matter.js';
import { readLessonFile, readTranslatedFile, type ReadLesson } from './lesson-front-matter.js';

/** What a lesson needs to know of its course. */
export interface LessonContext {
  defaultLocale: string;
  locales: readonly string[];
  questions: CourseQuestions;
}

interface Translation {
  locale: string;
  title: string | undefined;
  matter: FrontMatter;
  file: CourseFile;
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
  const file = files.get(defaultLocale);
  if (file === undefined) {
    const [first] = files.values();
    first?.report.error('LESSON_DEFAULT_MISSING', 1, {
      en: `The lesson has no ${defaultLocale} file, the course's default locale, and is left out; add it.`,
      fr: `La leçon n’a pas de fichier ${defaultLocale}, la langue par défaut de la formation, et est laissée de côté ; ajoutez-le.`,
    });
    return null;
  }
  const lesson = readLessonFile(file);
  if (lesson === null) return null;
  const hasBody = lesson.kind !== 'QUIZ' && lesson.kind !== 'PACKAGE';
  const document = hasBody ? readDocument(lesson.matter, file) : null;
  if (hasBody && document === null) return null;
  if (lesson.kind === 'READING') askForQuizKind(lesson, file);
  if (lesson.kind === 'PACKAGE') refuseBody(lesson.matter, file);
  const translations = readTranslations(files, file, context);
  const title: Localized = { [defaultLocale]: lesson.title };
  for (const {
    locale,
    title: own,
    matter,
    file: { report },
  } of translations)
    if (own !== undefined) title[locale] = own;
    else if (!matter.fields.has('title')) reportUntranslated('title', defaultLocale, matter, report);
  return {
    key,
    kind: lesson.kind,
    required: lesson.required,
    estimatedMinutes: lesson.estimatedMinutes,
    title,
    body: document && {
      [defaultLocale]: document,
      ...translatedBodies(translations, defaultLocale, document),
    },
    quiz: lesson.kind === 'QUIZ' ? quizFrom(lesson, file, translations, context) : null,
    ...(lesson.kind === 'ACTIVITY' && { activity: lesson.activity }),
    ...(lesson.package && { package: lesson.package }),
  };
}

/** Titles and bodies of the other locales; what is missing or cannot be used is reported. */
function readTranslations(
  files: LessonFiles['files'],
  { report }: CourseFile,
  { defaultLocale, locales }: LessonContext,
): Translation[] {
  return locales.flatMap((locale) => {
    if (locale === defaultLocale) return [];
    const file = files.get(locale);
    if (file === undefined) {
      report.warning('TRANSLATION_MISSING', 1, {
        en: `This lesson has no ${locale} file; it is shown in ${defaultLocale} instead.`,
        fr: `Cette leçon n’a pas de fichier ${locale} ; elle est affichée en ${defaultLocale}.`,
      });
      return [];
    }
    const read = readTranslatedFile(file, defaultLocale);
    return read === null ? [] : [{ locale, ...read, file }];
  });
}

function translatedBodies(
  translations: readonly Translation[],
  defaultLocale: string,
  base: BlockDocument,
): Record<string, BlockDocument> {
  const bodies: Record<string, BlockDocument> = {};
  for (const { locale, matter, file } of translations) {
    const { report, media } = file;
    const document = blocksFromMarkdown(matter.body, matter.bodyOffset, report, media);
    if (document === null) continue;
    if (document.content.length > 0) bodies[locale] = document;
    else if (base.content.length > 0)
      report.warning('TRANSLATION_INCOMPLETE', matter.bodyOffset + 1, {
        en: `The text is not translated here; it is shown in ${defaultLocale}.`,
        fr: `Le texte n’est pas traduit ici ; il est affiché en ${defaultLocale}.`,
      });
  }
  return bodies;
}

/** A draft may have no text yet; it is said, and the lesson stays. */
function readDocument(matter: FrontMatter, { report, media }: CourseFile): BlockDocument | null {
  const document = blocksFromMarkdown(matter.body, matter.bodyOffset, report, media);
  if (document !== null && document.content.length === 0)
    report.warning('LESSON_EMPTY', matter.bodyOffset + 1, {
      en: 'The lesson has no text yet; write it below "---".',
      fr: 'La leçon n’a pas encore de texte ; écrivez-le sous « --- ».',
    });
  return document;
}

function askForQuizKind({ matter }: ReadLesson, { report }: CourseFile): void {
  const forgotten = matter.body.split('\n').findIndex((line) => /^##\s.*\{#[a-z0-9-]+\}\s*$/.test(line));
  if (forgotten === -1) return;
  report.warning('QUIZ_KIND_MISSING', matter.bodyOffset + forgotten + 1, {
    en: 'A heading ends with a question key; add "kind: quiz" to the front matter if this is a quiz.',
    fr: 'Un intertitre se termine par une clé de question ; ajoutez « kind: quiz » en tête du fichier si c’est un quiz.',
  });
}

function refuseBody(matter: FrontMatter, { report }: CourseFile): void {
  if (matter.body.trim() === '') return;
  report.error('MODULE_BODY', matter.bodyOffset + 1, {
    en: 'A package has no text of its own and this text is left out; move it into a lesson.',
    fr: 'Un paquet n’a pas de texte à lui et ce texte est laissé de côté ; déplacez-le dans une leçon.',
  });
}

function quizFrom(
  { matter, quiz }: ReadLesson,
  file: CourseFile,
  translations: readonly Translation[],
  { defaultLocale, questions }: LessonContext,
): LessonContent['quiz'] {
  const text = (locale: string, own: FrontMatter, ownFile: CourseFile): QuestionsText => ({
    locale,
    body: own.body,
    offset: own.bodyOffset,
    file: ownFile,
  });
  const others = translations.map((each) => text(each.locale, each.matter, each.file));
  return questions.quiz(text(defaultLocale, matter, file), others, quiz);
}
