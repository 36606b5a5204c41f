import { In } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import { CourseVersion } from './course-version.entity.js';
import type { CourseContent, LessonContent, QuestionContent, QuizContent } from './course-content.js';
import { CourseModule, Lesson } from './lesson.entity.js';
import {
  keepQuestions,
  readPlacedQuestions,
  readPoolsToday,
  type PlacedQuestion,
  type Writing,
} from './question-bank.queries.js';
import type { QuizQuestion } from './question.entity.js';

/**
 * Everything a version teaches, as one value: what an import yields, what a draft is copied from, what the content hash
 * is computed over.
 */
export type VersionContent = Omit<CourseContent, 'slug'>;

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
  return readWith(tx, versionIds, () => Promise.resolve(null));
}

/** As {@link readContents}, with the pools as publishing would fill them now: what a draft is judged by. Five statements. */
export async function readContentsToPublish(
  tx: Tx,
  versionIds: readonly string[],
): Promise<Map<string, VersionContent>> {
  return readWith(tx, versionIds, () => readPoolsToday(tx, versionIds));
}

async function readWith(
  tx: Tx,
  versionIds: readonly string[],
  /** By lesson, in place of those that are stored. */
  readPools: () => Promise<ReadonlyMap<string, PlacedQuestion[]> | null>,
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
  const questions = await readPlacedQuestions(
    tx,
    lessons.map((lesson) => lesson.id),
  );
  const pools = await readPools();
  const questionsOf = ({ id }: Lesson): PlacedQuestion[] => {
    const stored = questions.get(id) ?? [];
    return pools ? [...stored.filter(({ pool }) => pool === null), ...(pools.get(id) ?? [])] : stored;
  };
  const ofModule = new Map<string, Lesson[]>(modules.map(({ id }) => [id, []]));
  for (const lesson of lessons) ofModule.get(lesson.moduleId)?.push(lesson);
  const contentOf = (module: CourseModule): LessonContent[] =>
    (ofModule.get(module.id) ?? []).map((lesson) => lessonContent(lesson, questionsOf(lesson)));
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
  lessonsOf: (module: CourseModule) => LessonContent[],
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

function lessonContent(lesson: Lesson, questions: PlacedQuestion[]): LessonContent {
  return {
    key: lesson.key,
    kind: lesson.kind,
    required: lesson.required,
    estimatedMinutes: lesson.estimatedMinutes,
    title: lesson.titles,
    body: lesson.bodies,
    quiz: lesson.quizPassPercent === null ? null : quizContent(lesson, lesson.quizPassPercent, questions),
    ...(lesson.activity && { activity: lesson.activity }),
    ...(lesson.package && { package: lesson.package }),
  };
}

function quizContent(
  { quizSettings, quizPools }: Lesson,
  passPercent: number,
  questions: PlacedQuestion[],
): QuizContent {
  const inPool = (index: number | null): QuestionContent[] =>
    questions.filter(({ pool }) => pool === index).map(({ question }) => question);
  return {
    passPercent,
    questions: inPool(null),
    ...(quizSettings && { settings: quizSettings }),
    ...(quizPools && { pools: quizPools.map((pool, index) => ({ ...pool, questions: inPool(index) })) }),
  };
}

/** Replaces everything a draft teaches. Statements do not grow with the number of lessons. */
export async function writeContent(
  tx: Tx,
  writing: Writing,
  version: CourseVersion,
  content: VersionContent,
): Promise<void> {
  const { ids } = writing;
  await tx.delete(CourseModule, { versionId: version.id });
  const questionVersions = await keepQuestions(
    tx,
    writing,
    version.courseId,
    content.modules.flatMap(({ lessons: own }) =>
      own.flatMap(({ quiz }) => placed(quiz).map(({ question }) => question)),
    ),
  );
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
        ...quizColumns(lesson.quiz),
        activity: lesson.activity ?? null,
        package: lesson.package ?? null,
      });
      for (const [index, { pool, question }] of placed(lesson.quiz).entries()) {
        const questionVersionId = questionVersions.get(question.key)!;
        quizQuestions.push({ lessonId, questionVersionId, position: index, pool });
      }
    }
  }
  if (modules.length > 0) await tx.insert(CourseModule, modules);
  if (lessons.length > 0) await tx.insert(Lesson, lessons);
  if (quizQuestions.length > 0) {
    await tx.query(
      `INSERT INTO quiz_question (lesson_id, question_version_id, position, pool)
       SELECT "lessonId", "questionVersionId", position, pool
         FROM jsonb_to_recordset($1::jsonb)
           AS placed ("lessonId" uuid, "questionVersionId" uuid, position integer, pool integer)`,
      [JSON.stringify(quizQuestions)],
    );
  }
}

/** The columns of a lesson that its quiz decides. */
export function quizColumns(quiz: QuizContent | null) {
  return {
    quizPassPercent: quiz?.passPercent ?? null,
    quizSettings: quiz?.settings ?? null,
    quizPools: quiz?.pools?.map(({ tag, count }) => ({ tag, count })) ?? null,
  };
}

/** The questions of a quiz in the order that they are kept in: the fixed ones, then each pool. Each stands in one place. */
function placed(quiz: QuizContent | null): PlacedQuestion[] {
  const all = [
    ...(quiz?.questions ?? []).map((question) => ({ pool: null, question })),
    ...(quiz?.pools ?? []).flatMap(({ questions }, pool) =>
      questions.map((question) => ({ pool, question })),
    ),
  ];
  const first = new Map(all.toReversed().map((each) => [each.question.key, each]));
  return all.filter((each) => first.get(each.question.key) === each);
}
