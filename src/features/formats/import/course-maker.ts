import type { BlockDocument } from '../../catalog/block-document.js';
import type {
  CourseContent,
  LessonContent,
  ModuleContent,
  QuestionContent,
  QuizContent,
} from '../../catalog/course-content.js';
import { clean, cutTo } from './clean-text.js';
import type { FileReport } from './import-problems.js';
import { UniqueKeys } from '../../catalog/keys.rules.js';
import { minutesToAnswer, minutesToLearn } from '../../catalog/reading-time.rules.js';

const MOST_TITLE = 150;
const MOST_SUMMARY = 200;
/** Of a quiz whose format does not say what passes it. */
export const USUAL_PASS_PERCENT = 80;

type LessonParts = Pick<LessonContent, 'kind'> &
  Partial<Pick<LessonContent, 'required' | 'quiz' | 'activity' | 'package'>> & { body?: BlockDocument };

/** Puts a course of another format together, in its one language: keys from titles, minutes from lengths. */
export class CourseMaker {
  private readonly modules: ModuleContent[] = [];
  /** Modules that the files themselves have: one that stays empty is told. */
  private readonly ofFiles = new Set<ModuleContent>();
  private readonly moduleKeys = new UniqueKeys();
  private readonly lessonKeys = new UniqueKeys();
  private lessonCount = 0;

  constructor(
    private readonly slug: string,
    private readonly locale: string,
  ) {}

  /**
   * The lessons that follow are its own.
   * @param made that the files have no such module: it only gathers what stands in none.
   */
  startModule(title: string, { made = false } = {}): void {
    const words = titled(title, `Module ${this.modules.length + 1}`);
    const key = this.moduleKeys.of(words, `module-${this.modules.length + 1}`);
    const module = { key, title: { [this.locale]: words }, summary: {}, lessons: [] };
    this.modules.push(module);
    if (!made) this.ofFiles.add(module);
  }

  addLesson(title: string, { body, quiz = null, required = true, ...parts }: LessonParts): void {
    if (this.modules.length === 0) this.startModule('', { made: true });
    const lessons = this.modules.at(-1)!.lessons;
    this.lessonCount += 1;
    const words = titled(title, String(this.lessonCount));
    const key = this.lessonKeys.of(words, `lesson-${this.lessonCount}`);
    lessons.push({
      key,
      required,
      estimatedMinutes: quiz ? minutesToAnswer(quiz.questions.length) : body ? minutesToLearn(body) : 1,
      title: { [this.locale]: words },
      body: body ? { [this.locale]: body } : null,
      quiz,
      ...parts,
    });
  }

  /** The course, without modules that got no lesson; null when none did. What is left out is reported. */
  finish(title: string, description: string, report: FileReport): CourseContent | null {
    const modules = this.modules.filter(({ lessons }) => lessons.length > 0);
    for (const module of this.modules.filter((each) => this.ofFiles.has(each) && !modules.includes(each))) {
      const name = module.title[this.locale]!;
      report.warning('MODULE_EMPTY', 1, {
        en: `The module "${name}" has no lesson that could be read; it is left out.`,
        fr: `Le module « ${name} » n’a aucune leçon lisible ; il est laissé de côté.`,
      });
    }
    if (modules.length === 0) {
      report.error('COURSE_MISSING', 1, {
        en: 'No lesson could be read, so there is no course to make of these files.',
        fr: 'Aucune leçon n’a pu être lue : il n’y a pas de formation à faire de ces fichiers.',
      });
      return null;
    }
    const { locale } = this;
    const summary = cutTo(MOST_SUMMARY, clean(description).replace(/\s+/g, ' ').trim());
    return {
      slug: this.slug,
      defaultLocale: locale,
      locales: [locale],
      title: { [locale]: titled(title, this.slug) },
      summary: summary === '' ? {} : { [locale]: summary },
      outcomes: {},
      description: { [locale]: { type: 'doc', content: [] } },
      topics: [],
      license: null,
      modules,
    };
  }
}

export const quizOf = (
  questions: QuestionContent[],
  settings: QuizContent['settings'] = {},
): QuizContent => ({
  passPercent: USUAL_PASS_PERCENT,
  questions,
  ...(Object.keys(settings).length > 0 && { settings }),
});

const titled = (title: string, otherwise: string): string =>
  cutTo(MOST_TITLE, clean(title).replace(/\s+/g, ' ').trim()) || otherwise;
