import { plainText, type BlockDocument } from '../block-document.js';
import type {
  CourseContent,
  LessonContent,
  ModuleContent,
  QuestionContent,
  QuizContent,
} from '../course-content.js';
import { clean, cutTo } from './clean-text.js';
import type { FileReport } from './import-problems.js';
import { slugOf } from './question-maker.js';

const MOST_TITLE = 150;
const MOST_SUMMARY = 200;
const MOST_MINUTES = 120;
const WORDS_A_MINUTE = 180;
const QUESTIONS_A_MINUTE = 2;
/** Of a quiz whose format does not say what passes it. */
export const USUAL_PASS_PERCENT = 80;

type LessonParts = Pick<LessonContent, 'kind'> &
  Partial<Pick<LessonContent, 'required' | 'quiz' | 'activity' | 'package'>> & { body?: BlockDocument };

/** Puts a course of another format together, in its one language: keys from titles, minutes from lengths. */
export class CourseMaker {
  private readonly modules: ModuleContent[] = [];
  /** Modules that the files themselves have: one that stays empty is told. */
  private readonly ofFiles = new Set<ModuleContent>();
  private readonly moduleKeys = new Set<string>();
  private readonly lessonKeys = new Set<string>();

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
    const key = unique(this.moduleKeys, slugOf(words) || `module-${this.modules.length + 1}`);
    const module = { key, title: { [this.locale]: words }, summary: {}, lessons: [] };
    this.modules.push(module);
    if (!made) this.ofFiles.add(module);
  }

  addLesson(title: string, { body, quiz = null, required = true, ...parts }: LessonParts): void {
    if (this.modules.length === 0) this.startModule('', { made: true });
    const lessons = this.modules.at(-1)!.lessons;
    const words = titled(title, String(this.lessonKeys.size + 1));
    const key = unique(this.lessonKeys, slugOf(words) || `lesson-${this.lessonKeys.size + 1}`);
    lessons.push({
      key,
      required,
      estimatedMinutes: quiz ? minutesToAnswer(quiz) : minutesToRead(body),
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
        fr: 'Aucune leçon n’a pu être lue : il n’y a pas de cours à faire de ces fichiers.',
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

/** Of a text read at a calm pace. */
function minutesToRead(body: BlockDocument | undefined): number {
  const words = body ? (plainText(body).match(/\S+/g) ?? []).length : 0;
  return within(Math.ceil(words / WORDS_A_MINUTE));
}

const minutesToAnswer = ({ questions }: QuizContent): number =>
  within(Math.ceil(questions.length / QUESTIONS_A_MINUTE));

const within = (minutes: number): number => Math.min(MOST_MINUTES, Math.max(1, minutes));

const titled = (title: string, otherwise: string): string =>
  cutTo(MOST_TITLE, clean(title).replace(/\s+/g, ' ').trim()) || otherwise;

function unique(keys: Set<string>, base: string): string {
  let key = base;
  for (let number = 2; keys.has(key); number += 1) key = `${base}-${number}`;
  keys.add(key);
  return key;
}
