import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { NotFoundError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { ContentFiles } from './content-files.js';
import type { LessonContent, QuestionContent, QuizContent } from '../catalog/course-content.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import type { Course } from '../catalog/course.entity.js';
import { requireTrainer } from '../catalog/course.policies.js';
import { findCoursesBySlug, findDraft } from '../catalog/course.queries.js';
import type { ExportedCourse, ExportFormat } from '../formats/export/export-format.js';
import { exportFormat } from '../formats/export/formats.js';
import { askedQuestions } from '../formats/import/read-source.js';
import { findBankQuestions } from './question-export.queries.js';
import { readContent } from '../catalog/version-content.js';

export interface ExportRequest {
  slug: string;
  /** Name of an export format, in either case. */
  format: string;
  /** Id of a version, `draft` or `published`; by default the draft, else what is published. */
  version?: string;
  /** BCP 47 tag; by default the course's own. */
  locale?: string;
}

/** A course on its way out. */
export interface Exported {
  format: ExportFormat;
  /** `slug-v3.zip` */
  fileName: string;
  content: Buffer | NodeJS.ReadableStream;
}

/** Lets trainers leave with their work. */
@Injectable()
export class CourseExportService {
  constructor(
    private readonly database: Database,
    private readonly files: ContentFiles,
  ) {}

  /** @throws NotFoundError when there is no such course, version or format; what `requireTrainer` throws. */
  async export(viewer: Viewer, request: ExportRequest): Promise<Exported> {
    const format = exportFormat(request.format);
    if (!format) throw new NotFoundError();
    const { course, number } = await this.database.read((tx) => this.read(tx, viewer, request));
    const content = await format.write(
      course,
      (hash) => this.files.read(hash),
      request.locale ?? course.defaultLocale,
    );
    return { format, fileName: `${course.slug}-v${number}.${format.extension}`, content };
  }

  private async read(
    tx: Tx,
    viewer: Viewer,
    { slug, version: wanted }: ExportRequest,
  ): Promise<{ course: ExportedCourse; number: number }> {
    const [course] = slug.includes('\0') ? [] : await findCoursesBySlug(tx, [slug]);
    if (!course) throw new NotFoundError();
    await requireTrainer(tx, viewer, course);
    const version = await findVersion(tx, course, wanted);
    if (!version) throw new NotFoundError();
    const content = await readContent(tx, version.id);
    const bank = await findBankQuestions(tx, course.id);
    const asked = new Set(askedQuestions(content).map(({ key }) => key));
    const questions = bank.filter(({ key }) => !asked.has(key));
    const tags = new Map(bank.map((question) => [question.key, question.tags]));
    return { course: { slug, ...withTags(content, tags), questions }, number: version.number };
  }
}

async function findVersion(tx: Tx, course: Course, wanted?: string): Promise<CourseVersion | null> {
  const published = course.publishedVersionId;
  if (wanted === 'published') return published ? tx.findOneBy(CourseVersion, { id: published }) : null;
  if (wanted !== undefined && wanted !== 'draft')
    return tx.findOneBy(CourseVersion, { id: parseId(wanted), courseId: course.id });
  const draft = await findDraft(tx, course.id);
  return draft ?? (wanted === undefined && published ? tx.findOneBy(CourseVersion, { id: published }) : null);
}

/** Tags belong to the bank, and a version's content is read without them: what leaves takes them along. */
function withTags<C extends { modules: { lessons: LessonContent[] }[] }>(
  course: C,
  tags: ReadonlyMap<string, string[] | undefined>,
): C {
  const tagged = (question: QuestionContent): QuestionContent => {
    const own = tags.get(question.key);
    return own ? { ...question, tags: own } : question;
  };
  const taggedQuiz = (quiz: QuizContent): QuizContent => ({
    ...quiz,
    questions: quiz.questions.map(tagged),
    ...(quiz.pools && {
      pools: quiz.pools.map((pool) => ({ ...pool, questions: pool.questions.map(tagged) })),
    }),
  });
  const taggedLesson = (lesson: LessonContent): LessonContent => ({
    ...lesson,
    quiz: lesson.quiz && taggedQuiz(lesson.quiz),
  });
  return {
    ...course,
    modules: course.modules.map((module) => ({ ...module, lessons: module.lessons.map(taggedLesson) })),
  };
}
