import type { BlockNode } from '../../../catalog/block-document.js';
import type {
  CourseContent,
  LessonContent,
  ModuleContent,
  QuestionContent,
} from '../../../catalog/course-content.js';
import { cutTo } from '../clean-text.js';
import type { ImportContext } from '../import-format.js';
import { UniqueKeys } from '../../../catalog/keys.rules.js';
import { minutesToAnswer, minutesToLearn } from '../../../catalog/reading-time.rules.js';
import { QuestionMaker } from '../question-maker.js';
import { TakenFiles } from '../taken-files.js';
import { withinLimits } from '../within-limits.js';
import { childrenOf } from '../xml-tree.js';
import { blocksOfPage, blocksOfVideo } from './olx-blocks.js';
import type { OlxElement, OlxFiles } from './olx-files.js';
import { draftsOf } from './olx-problem.js';

/** In percent; as in Open edX, whose own setting is in a file that is not read. */
const PASS_PERCENT = 50;
/** Parts of a page that only hold others. */
const HOLDERS = new Set([
  'vertical',
  'sequential',
  'wrapper',
  'randomize',
  'library_content',
  'conditional',
  'split_test',
]);

/** What a page holds, gathered. */
interface Page {
  blocks: BlockNode[];
  questions: QuestionContent[];
}

/**
 * Makes a course of the elements: a chapter is a module, a vertical (the page that learners of Open edX see) a lesson, and the problems of
 * a sequential one quiz after its lessons. Keys come from `url_name`, so that a second import means the same lessons.
 */
export class OlxCourse {
  private readonly keys = new UniqueKeys();
  private readonly maker: QuestionMaker;
  private readonly taken: TakenFiles;
  private readonly locale: string;

  constructor(
    private readonly root: OlxElement,
    private readonly files: OlxFiles,
    private readonly context: ImportContext,
  ) {
    const language = root.element.attributes['language'] ?? '';
    this.locale = /^[a-z]{2,3}(?:-[A-Z]{2})?$/.test(language) ? language : context.locale;
    this.maker = new QuestionMaker(this.locale);
    this.taken = new TakenFiles(context.files, files.asset);
  }

  async content(): Promise<CourseContent> {
    const { root, locale, context } = this;
    const title = this.titleOf(root, context.slug);
    const modules: ModuleContent[] = [];
    const chapters = childrenOf(root.element, 'chapter');
    for (const [at, element] of chapters.entries()) {
      context.progress(at / chapters.length);
      const chapter = await this.files.resolve({ element, report: root.report, name: '' });
      const module = chapter && (await this.module(chapter));
      if (module) modules.push(module);
    }
    for (const other of childrenOf(root.element).filter(({ name }) => name !== 'chapter' && name !== 'wiki'))
      this.tellUnknown({ element: other, report: root.report, name: '' });
    return {
      slug: context.slug,
      defaultLocale: locale,
      locales: [locale],
      title: { [locale]: title },
      summary: {},
      outcomes: {},
      description: {},
      topics: [],
      license: null,
      modules,
    };
  }

  private async module(chapter: OlxElement): Promise<ModuleContent | null> {
    const lessons: LessonContent[] = [];
    for (const sequential of await this.children(chapter)) {
      if (sequential.element.name !== 'sequential') this.tellUnknown(sequential);
      else for (const lesson of await this.lessons(sequential)) lessons.push(lesson);
    }
    const title = this.titleOf(chapter, chapter.name);
    if (lessons.length === 0) {
      chapter.report.warning('MODULE_EMPTY', chapter.element.line, {
        en: `The chapter "${title}" has nothing that could be kept; it is left out.`,
        fr: `Le chapitre « ${title} » n’a rien qui puisse être gardé ; il est laissé de côté.`,
      });
      return null;
    }
    return {
      key: this.keys.of(chapter.name || title, 'module'),
      title: { [this.locale]: title },
      summary: {},
      lessons,
    };
  }

  private async lessons(sequential: OlxElement): Promise<LessonContent[]> {
    const name = this.titleOf(sequential, sequential.name);
    const lessons: LessonContent[] = [];
    const questions: QuestionContent[] = [];
    const pages = await this.children(sequential);
    for (const vertical of pages) {
      const page: Page = { blocks: [], questions: [] };
      await this.gather(vertical, page);
      for (const question of page.questions) questions.push(question);
      if (page.blocks.length === 0) continue;
      const own = this.titleOf(vertical, '');
      const title = pages.length === 1 || own === '' || own === name ? name : `${name}: ${own}`;
      lessons.push(this.lesson(title, vertical, page.blocks));
    }
    if (questions.length > 0) {
      lessons.push({
        ...this.frame(name, 'QUIZ', minutesToAnswer(questions.length)),
        key: this.keys.of(`${sequential.name || name}-quiz`, 'quiz'),
        quiz: { passPercent: PASS_PERCENT, questions },
      });
    }
    return lessons;
  }

  private lesson(title: string, vertical: OlxElement, blocks: BlockNode[]): LessonContent {
    const body = withinLimits(blocks, vertical.element.line, vertical.report);
    const videos = body.content.filter(({ type }) => type === 'video').length;
    const kind = videos > 0 && videos === body.content.length ? 'VIDEO' : 'READING';
    return {
      ...this.frame(title, kind, minutesToLearn(body)),
      key: this.keys.of(vertical.name || title, 'lesson'),
      body: { [this.locale]: body },
    };
  }

  private frame(
    title: string,
    kind: LessonContent['kind'],
    estimatedMinutes: number,
  ): Omit<LessonContent, 'key'> {
    return {
      kind,
      required: true,
      estimatedMinutes,
      title: { [this.locale]: title },
      body: null,
      quiz: null,
    };
  }

  /** What a page holds, with what only holds others. Never endless: each element is resolved once. */
  private async gather(part: OlxElement, page: Page): Promise<void> {
    const { name } = part.element;
    if (HOLDERS.has(name)) for (const child of await this.children(part)) await this.gather(child, page);
    else if (name === 'html')
      for (const block of await blocksOfPage(part, this.files, this.taken)) page.blocks.push(block);
    else if (name === 'video')
      for (const block of await blocksOfVideo(part, this.taken)) page.blocks.push(block);
    else if (name === 'problem') {
      for (const draft of await draftsOf(part, [], this.taken)) {
        const question = this.maker.make(draft, part.report);
        if (question) page.questions.push(question);
      }
    } else this.tellUnknown(part);
  }

  private async children({ element, report }: OlxElement): Promise<OlxElement[]> {
    const found: OlxElement[] = [];
    for (const child of childrenOf(element)) {
      const resolved = await this.files.resolve({ element: child, report, name: '' });
      if (resolved) found.push(resolved);
    }
    return found;
  }

  private tellUnknown({ element, report }: OlxElement): void {
    report.error('BLOCK_UNKNOWN', element.line, {
      en: `The component <${element.name}> has no counterpart here and is left out; rebuild it from texts, videos and questions.`,
      fr: `Le composant <${element.name}> n’a pas d’équivalent ici et est laissé de côté ; refaites-le avec des textes, des vidéos et des questions.`,
    });
  }

  private titleOf({ element }: OlxElement, otherwise: string): string {
    const title = cutTo(200, element.attributes['display_name'] ?? '')
      .replace(/\s+/g, ' ')
      .trim();
    return title || otherwise;
  }

  /** Unique in the course, for modules and lessons alike. */
}
