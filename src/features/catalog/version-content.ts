import { In } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import type { Ids } from '../../platform/ids.js';
import { CourseVersion } from './course-version.entity.js';
import { contentHash } from './course.rules.js';
import type { ParsedCourse, ParsedLesson, ParsedQuestion } from './import/parsed-course.js';
import { CourseModule, Lesson } from './lesson.entity.js';
import { Question, QuestionVersion, QuizQuestion } from './question.entity.js';

/**
 * Everything a version teaches, as one value: what an import yields, what a draft is copied from, what the content hash
 * is computed over.
 */
export type VersionContent = Omit<ParsedCourse, 'slug'>;

/** The columns of a version that its content decides. */
export function versionColumns(content: VersionContent) {
  const { defaultLocale, locales, topics, license, outcomes } = content;
  return {
    defaultLocale,
    locales,
    topics,
    license,
    outcomes,
    titles: content.title,
    summaries: content.summary,
    descriptions: content.description,
  };
}

/** What a version teaches. The caller knows that there is such a version. */
export async function readContent(tx: Tx, versionId: string): Promise<VersionContent> {
  return (await readContents(tx, [versionId])).get(versionId)!;
}

/** What each of these versions teaches, in four statements. */
export async function readContents(
  tx: Tx,
  versionIds: readonly string[],
): Promise<Map<string, VersionContent>> {
  const versions = await tx.findBy(CourseVersion, { id: In(versionIds) });
  const modules = await tx.find(CourseModule, {
    where: { versionId: In(versionIds) },
    order: { position: 'ASC' },
  });
  const lessons = await tx
    .createQueryBuilder(Lesson, 'lesson')
    .addSelect('lesson.bodies')
    .where({ versionId: In(versionIds) })
    .orderBy('lesson.position')
    .getMany();
  const questions = await readQuestions(
    tx,
    lessons.map((lesson) => lesson.id),
  );
  const contentOf = (module: CourseModule): ParsedLesson[] =>
    lessons
      .filter((lesson) => lesson.moduleId === module.id)
      .map((lesson) => lessonContent(lesson, questions.get(lesson.id) ?? []));
  return new Map(
    versions.map((version) => {
      const own = modules.filter((module) => module.versionId === version.id);
      return [version.id, versionContent(version, own, contentOf)];
    }),
  );
}

function versionContent(
  version: CourseVersion,
  modules: CourseModule[],
  lessonsOf: (module: CourseModule) => ParsedLesson[],
): VersionContent {
  const { defaultLocale, locales, topics, license, outcomes } = version;
  return {
    defaultLocale,
    locales,
    topics,
    license,
    outcomes,
    title: version.titles,
    summary: version.summaries,
    description: version.descriptions,
    modules: modules.map((module) => ({
      key: module.key,
      title: module.titles,
      summary: module.summaries,
      lessons: lessonsOf(module),
    })),
  };
}

function lessonContent(lesson: Lesson, questions: ParsedQuestion[]): ParsedLesson {
  return {
    key: lesson.key,
    kind: lesson.kind,
    required: lesson.required,
    estimatedMinutes: lesson.estimatedMinutes,
    title: lesson.titles,
    body: lesson.bodies,
    quiz: lesson.quizPassPercent === null ? null : { passPercent: lesson.quizPassPercent, questions },
  };
}

/** The questions of these quizzes in order, in one statement. A quiz without questions is not in the map. */
export async function readQuestions(
  tx: Tx,
  lessonIds: readonly string[],
): Promise<Map<string, ParsedQuestion[]>> {
  const rows: (ParsedQuestion & { lessonId: string })[] = await tx.query(
    `SELECT quiz.lesson_id AS "lessonId", question.key, version.kind, version.prompts AS prompt, version.options,
            version.explanations AS explanation
       FROM quiz_question quiz JOIN question_version version ON version.id = quiz.question_version_id
       JOIN question ON question.id = version.question_id
      WHERE quiz.lesson_id = ANY($1) ORDER BY quiz.lesson_id, quiz.position`,
    [lessonIds],
  );
  const byLesson = new Map<string, ParsedQuestion[]>();
  for (const { lessonId, ...question } of rows)
    byLesson.set(lessonId, [...(byLesson.get(lessonId) ?? []), question]);
  return byLesson;
}

/** Replaces everything a draft teaches. Statements do not grow with the number of lessons. */
export async function writeContent(
  tx: Tx,
  ids: Ids,
  version: CourseVersion,
  content: VersionContent,
): Promise<void> {
  await tx.delete(CourseModule, { versionId: version.id });
  const questionVersions = await keepQuestions(tx, ids, version.courseId, content);
  const modules: Partial<CourseModule>[] = [];
  const lessons: Partial<Lesson>[] = [];
  const quizQuestions: QuizQuestion[] = [];
  for (const [position, module] of content.modules.entries()) {
    const moduleId = ids.next();
    const { key, title: titles, summary: summaries } = module;
    modules.push({ id: moduleId, versionId: version.id, key, position, titles, summaries });
    for (const lesson of module.lessons) {
      const lessonId = ids.next();
      lessons.push({
        id: lessonId,
        versionId: version.id,
        moduleId,
        key: lesson.key,
        position: lessons.length,
        kind: lesson.kind,
        required: lesson.required,
        estimatedMinutes: lesson.estimatedMinutes,
        titles: lesson.title,
        bodies: lesson.body,
        quizPassPercent: lesson.quiz?.passPercent ?? null,
      });
      for (const [index, question] of (lesson.quiz?.questions ?? []).entries()) {
        quizQuestions.push({
          lessonId,
          questionVersionId: questionVersions.get(question.key)!,
          position: index,
        });
      }
    }
  }
  await tx.insert(CourseModule, modules);
  await tx.insert(Lesson, lessons);
  if (quizQuestions.length > 0) await tx.insert(QuizQuestion, quizQuestions);
}

/** Makes sure that the bank has each question as it is now. @returns the id of the version to use, by question key. */
async function keepQuestions(
  tx: Tx,
  ids: Ids,
  courseId: string,
  content: VersionContent,
): Promise<Map<string, string>> {
  const wanted = content.modules.flatMap((module) =>
    module.lessons.flatMap((lesson) => lesson.quiz?.questions ?? []),
  );
  if (wanted.length === 0) return new Map();
  await tx
    .createQueryBuilder()
    .insert()
    .into(Question)
    .values(wanted.map(({ key }) => ({ id: ids.next(), courseId, key })))
    .orIgnore()
    .execute();
  const bank = await tx.findBy(Question, { courseId, key: In(wanted.map(({ key }) => key)) });
  const known: { id: string; questionId: string; number: number; contentHash: string }[] = await tx.query(
    `SELECT id, question_id AS "questionId", number, content_hash AS "contentHash"
       FROM question_version WHERE question_id = ANY($1) ORDER BY number`,
    [bank.map(({ id }) => id)],
  );
  const chosen = new Map<string, string>();
  const added: QuestionVersion[] = [];
  for (const { key, kind, prompt, options, explanation } of wanted) {
    const questionId = bank.find((question) => question.key === key)!.id;
    const versions = known.filter((version) => version.questionId === questionId);
    const hash = contentHash({ kind, prompt, options, explanation });
    const same = versions.find((version) => version.contentHash === hash);
    const id = same?.id ?? ids.next();
    chosen.set(key, id);
    if (same) continue;
    const number = (versions.at(-1)?.number ?? 0) + 1;
    added.push({
      id,
      questionId,
      number,
      kind,
      prompts: prompt,
      options,
      explanations: explanation,
      contentHash: hash,
    });
  }
  if (added.length > 0) await tx.insert(QuestionVersion, added);
  return chosen;
}
