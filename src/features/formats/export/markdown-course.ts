import type { BlockDocument } from '../../catalog/block-document.js';
import type {
  CourseContent,
  LessonContent,
  ModuleContent,
  QuestionContent,
} from '../../catalog/course-content.js';
import { markdownFromBlocks } from '../import/markdown-from-blocks.js';
import { byName, type ReferTo } from '../import/media-files.js';
import { FILES_FOLDER, namedFiles } from './file-names.js';
import { courseFields, fileOf, lessonFields, textField } from './front-matter-to-markdown.js';
import { isWrittenIn, linesOfQuestion } from './question-to-markdown.js';

/** A course and the questions of its bank that no quiz asks. */
export type CourseToWrite = CourseContent & { questions?: QuestionContent[] };

/**
 * A course as the folder of Markdown files that content/README.md describes. It is canonical: the same content gives the same
 * bytes, and the import of what is written gives the same content, but for what Markdown cannot say (the README lists it).
 *
 * @param files reads a file of the course by its SHA-256 in hexadecimal. What it throws is passed on: an export that lacks a file
 *   would not be the course.
 * @returns texts and files by their path in the course folder.
 */
export async function courseToMarkdown(
  course: CourseToWrite,
  files: (hash: string) => Promise<Buffer>,
): Promise<Map<string, string | Buffer>> {
  const { names, contents } = await namedFiles(course, files);
  const folder = new Map<string, string | Buffer>();
  const home = byName(names, `${FILES_FOLDER}/`);
  for (const locale of course.locales)
    folder.set(
      `course.${locale}.md`,
      fileOf(courseFields(course, locale), textOf(course.description[locale], home)),
    );
  const questions = new Written(course);
  const inModule = byName(names, `../${FILES_FOLDER}/`);
  for (const [index, module] of course.modules.entries()) {
    const path = `${numbered(index, course.modules.length)}-${module.key}`;
    writeModule(folder, path, module, course);
    for (const [at, lesson] of module.lessons.entries()) {
      const stem = `${path}/${numbered(at, module.lessons.length)}-${lesson.key}`;
      writeLesson(folder, stem, lesson, { course, questions, referTo: inModule });
    }
  }
  const rest = questions.rest();
  for (const locale of course.locales) {
    const bank = questionsIn(locale, rest, course, home);
    if (bank !== '') folder.set(`bank.${locale}.md`, bank);
  }
  for (const [path, content] of contents) folder.set(path, content);
  return folder;
}

/** Two digits, or as many as the last one needs: names sort as the course does. */
const numbered = (index: number, count: number): string =>
  String(index + 1).padStart(Math.max(2, String(count).length), '0');

const textOf = (document: BlockDocument | undefined, referTo: ReferTo): string =>
  document ? markdownFromBlocks(document, referTo) : '';

function writeModule(
  folder: Map<string, string | Buffer>,
  path: string,
  { title, summary }: ModuleContent,
  { defaultLocale, locales }: CourseContent,
): void {
  for (const locale of locales) {
    const isDefault = locale === defaultLocale;
    const fields = [
      ...textField('title', title[locale]),
      ...textField('summary', summary[locale] ?? (isDefault ? '' : undefined), isDefault),
    ];
    if (isDefault || fields.length > 0) folder.set(`${path}/module.${locale}.md`, fileOf(fields, ''));
  }
}

interface LessonWriting {
  course: CourseContent;
  questions: Written;
  referTo: ReferTo;
}

function writeLesson(
  folder: Map<string, string | Buffer>,
  stem: string,
  lesson: LessonContent,
  { course, questions, referTo }: LessonWriting,
): void {
  const { title, body, quiz } = lesson;
  const own = quiz ? questions.take(quiz.questions) : [];
  for (const locale of course.locales) {
    const isDefault = locale === course.defaultLocale;
    const text = quiz ? questionsIn(locale, own, course, referTo) : textOf(body?.[locale], referTo);
    const fields = textField('title', title[locale]);
    if (isDefault) fields.push(...lessonFields(lesson, (hash) => referTo(hash, {}).target));
    if (isDefault || fields.length > 0 || text !== '')
      folder.set(`${stem}.${locale}.md`, fileOf(fields, text));
  }
}

/** A question with all it says, or only the key of one that is written elsewhere. */
type Place = { question: QuestionContent; isReference: boolean };

/** Which questions are written already: each is written once, where it is asked first. */
class Written {
  private readonly keys = new Set<string>();

  constructor(private readonly course: CourseToWrite) {}

  take(questions: readonly QuestionContent[]): Place[] {
    return questions.map((question) => {
      const isReference = this.keys.has(question.key);
      this.keys.add(question.key);
      return { question, isReference };
    });
  }

  /** Of pools and of the bank, what no quiz asks of everybody. */
  rest(): Place[] {
    const pooled = this.course.modules.flatMap(({ lessons }) =>
      lessons.flatMap(({ quiz }) => (quiz?.pools ?? []).flatMap(({ questions }) => questions)),
    );
    return this.take([...pooled, ...(this.course.questions ?? [])]).filter(({ isReference }) => !isReference);
  }
}

function questionsIn(
  locale: string,
  places: readonly Place[],
  { defaultLocale }: CourseContent,
  referTo: ReferTo,
): string {
  const texts = places.flatMap(({ question, isReference }): string[] => {
    if (isReference) return locale === defaultLocale ? [`## {#${question.key}}`] : [];
    if (locale !== defaultLocale && !isWrittenIn(locale, question)) return [];
    return [linesOfQuestion(question, { locale, defaultLocale, referTo }).join('\n')];
  });
  return texts.length === 0 ? '' : `${texts.join('\n\n')}\n`;
}
