import type { QuestionContent, QuizContent } from '../../catalog/course-content.js';
import type { CourseFile, FilesByLocale } from './course-files.js';
import { readFrontMatter } from './front-matter.js';
import type { FileReport } from './import-problems.js';
import { KeyRegistry } from './key-registry.js';
import type { ReadPool } from './lesson-front-matter.js';
import { quizFromMarkdown, type ReadQuestion, type ReadQuiz } from './quiz-from-markdown.js';
import { mergeTranslations } from './quiz-translations.js';

/** A quiz whose questions are still named by their keys. */
interface Unresolved {
  quiz: QuizContent;
  asked: ReadQuiz['asked'];
  pools: ReadPool[];
  report: FileReport;
  /** Of the first question. */
  line: number;
  /** Nothing was written, rather than nothing understood. */
  isEmpty: boolean;
}

/** A body of questions, in one locale. */
export interface QuestionsText {
  locale: string;
  body: string;
  offset: number;
  file: CourseFile;
}

/** All questions of a course: written in its quizzes and in its bank, and asked by key. */
export class CourseQuestions {
  private readonly keys = new KeyRegistry();
  private readonly written = new Map<string, QuestionContent>();
  /** Keys of questions that could not be read: told once. */
  private readonly rejected = new Set<string>();
  private readonly unresolved: Unresolved[] = [];

  /** Reads the questions of a file and its translations. */
  read(base: QuestionsText, translations: readonly QuestionsText[]): ReadQuiz {
    const quiz = withUniqueKeys(quizOf(base, false), this.keys, base.file.report);
    const translated = translations.map((text) => {
      const { report } = text.file;
      return {
        locale: text.locale,
        report,
        quiz: withUniqueKeys(quizOf(text, true), new KeyRegistry(), report),
      };
    });
    for (const question of mergeTranslations(quiz, base.locale, translated))
      this.written.set(question.key, question);
    for (const key of quiz.rejectedKeys) this.rejected.add(key);
    return quiz;
  }

  /** Adds a quiz, whose questions are filled in by {@link resolve}. */
  quiz(
    base: QuestionsText,
    translations: readonly QuestionsText[],
    read: { passPercent: number; settings: QuizContent['settings']; pools: ReadPool[] },
  ): QuizContent {
    const { asked, rejectedKeys } = this.read(base, translations);
    const { passPercent, settings = {}, pools } = read;
    const quiz: QuizContent = {
      passPercent,
      questions: [],
      ...(Object.keys(settings).length > 0 && { settings }),
      ...(pools.length > 0 && { pools: pools.map(({ tag, count }) => ({ tag, count, questions: [] })) }),
    };
    const isEmpty = asked.length === 0 && rejectedKeys.size === 0 && pools.length === 0;
    this.unresolved.push({ quiz, asked, pools, report: base.file.report, line: base.offset + 1, isEmpty });
    return quiz;
  }

  /** Reads the bank, in whatever locales there are. */
  bank(files: FilesByLocale, defaultLocale: string, locales: readonly string[]): void {
    const texts = [...files].flatMap(([locale, file]): QuestionsText[] => {
      if (!locales.includes(locale)) return [];
      const isPlain = file.text.split('\n', 1)[0]?.trimEnd() !== '---';
      if (isPlain) return [{ locale, body: file.text, offset: 0, file }];
      const matter = readFrontMatter(file.text, [], file.report);
      return matter === null ? [] : [{ locale, body: matter.body, offset: matter.bodyOffset, file }];
    });
    const base = texts.find(({ locale }) => locale === defaultLocale);
    if (base)
      this.read(
        base,
        texts.filter((text) => text !== base),
      );
    else
      for (const { file } of texts)
        file.report.error('LESSON_DEFAULT_MISSING', 1, {
          en: `There is no bank.${defaultLocale}.md, so these questions are left out; add it.`,
          fr: `Il n’y a pas de bank.${defaultLocale}.md, donc ces questions sont laissées de côté ; ajoutez-le.`,
        });
  }

  /** Fills in what the quizzes ask. @returns the questions that none asks, in the order of the files. */
  resolve(): QuestionContent[] {
    const used = new Set<string>();
    for (const each of this.unresolved) this.resolveQuiz(each, used);
    return [...this.written.values()].filter(({ key }) => !used.has(key));
  }

  private resolveQuiz({ quiz, asked, pools, report, line, isEmpty }: Unresolved, used: Set<string>): void {
    const own = new Set<string>();
    const find = (key: string, at: number): QuestionContent[] => {
      const question = this.written.get(key);
      if (!question && !this.rejected.has(key))
        report.error('QUESTION_KEY', at, {
          en: `No quiz and no bank has a question {#${key}}; write it, or mend the key.`,
          fr: `Aucun quiz ni aucune banque n’a de question {#${key}} ; écrivez-la, ou corrigez la clé.`,
        });
      if (!question || own.has(key)) return [];
      own.add(key);
      used.add(key);
      return [question];
    };
    quiz.questions = asked.flatMap(({ key, line: at }) => find(key, at));
    const direct = new Set(own);
    quiz.pools?.forEach((pool, index) => {
      const keys = pools[index]?.keys ?? this.tagged(pool.tag).filter((key) => !direct.has(key));
      pool.questions = keys.flatMap((key) => find(key, 1));
    });
    if (isEmpty)
      report.warning('QUIZ_EMPTY', line, {
        en: 'The quiz has no question yet; write "## Question {#key}" with its options below.',
        fr: 'Le quiz n’a pas encore de question ; écrivez « ## Question {#cle} » avec ses options en dessous.',
      });
  }

  /** Keys of the questions with a tag, in the order of the files. */
  private tagged(tag: string): string[] {
    return [...this.written.values()].filter(({ tags }) => tags?.includes(tag)).map(({ key }) => key);
  }
}

const quizOf = ({ body, offset, file: { report, media } }: QuestionsText, isTranslation: boolean): ReadQuiz =>
  quizFromMarkdown(body, offset, report, { media, isTranslation });

function withUniqueKeys(quiz: ReadQuiz, keys: KeyRegistry, report: FileReport): ReadQuiz {
  const claimed = (question: ReadQuestion): boolean =>
    keys.claim('question', question.key, question.line, report);
  const questions = quiz.questions.filter(claimed);
  const refused = quiz.questions.filter((question) => !questions.includes(question));
  const isRefused = (place: { key: string; line: number }): boolean =>
    refused.some(({ key, line }) => key === place.key && line === place.line);
  return {
    questions,
    asked: quiz.asked.filter((place) => !isRefused(place)),
    rejectedKeys: new Set([...quiz.rejectedKeys, ...refused.map((question) => question.key)]),
  };
}
