import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { inLocale } from '../../platform/locale.js';
import type { CourseVersion } from '../catalog/course-version.entity.js';
import { lockDraft } from '../catalog/course.policies.js';
import { catalogRefusals } from '../catalog/course.rules.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { publishRefusals } from './publish-checklist.rules.js';
import {
  fillPools,
  quizRefusals,
  quizSchema,
  requireWhole,
  settingsToKeep,
  type PoolCandidate,
  type QuizPoolSetting,
  type QuizSettingsInput,
} from './quiz-editing.rules.js';
import { findNewestByKey, findPlaced, findPoolCandidates, placeQuestions } from './quiz-pools.queries.js';

/** What a quiz becomes; what is null or left out stays. */
export interface QuizChanges {
  lessonId: string;
  expectedRevision?: number | null;
  passPercent?: number | null;
  settings?: QuizSettingsInput | null;
  /** Keys, in order. */
  questions?: string[] | null;
  pools?: QuizPoolSetting[] | null;
}

/** Composes the quizzes of drafts. */
@Injectable()
export class QuizEditingService {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  /**
   * Changes what a quiz of a draft asks, and how. Each question is asked in its newest version; pools are filled with what
   * the bank offers now, and again when the draft is published.
   * @throws DomainError `VERSION_PUBLISHED`, `LESSON_CHANGED`, `QUIZ_...`
   */
  async update(viewer: Viewer, input: QuizChanges): Promise<Lesson> {
    const { passPercent, questions, pools } = parseInput(quizSchema, {
      passPercent: input.passPercent,
      questions: input.questions,
      pools: input.pools,
    });
    if (passPercent != null) requireWhole(passPercent, [1, 100], 'passPercent');
    requirePools(pools ?? []);
    const settings = input.settings ? settingsToKeep(input.settings) : undefined;
    return this.database.transaction(async (tx) => {
      const { version, lesson } = await this.lockQuiz(tx, viewer, parseId(input.lessonId));
      if (input.expectedRevision != null && input.expectedRevision !== lesson.revision)
        throw new DomainError(catalogRefusals.LESSON_CHANGED);
      const drawn = pools ?? lesson.quizPools ?? [];
      await this.compose(tx, { version, lesson, keys: questions ?? null, pools: drawn });
      await tx.update(
        Lesson,
        { id: lesson.id },
        {
          revision: lesson.revision + 1,
          quizPools: drawn.length > 0 ? drawn : null,
          ...(passPercent != null && { quizPassPercent: passPercent }),
          ...(settings !== undefined && { quizSettings: settings }),
        },
      );
      return (await this.outlines.require(version.id, tx)).lessonById.get(lesson.id)!;
    });
  }

  /**
   * Makes a quiz of a draft ask one question more, of everybody, after the others. The caller holds the lock of the course.
   * @throws DomainError `VERSION_PUBLISHED`, `QUIZ_ONLY`
   */
  async append(tx: Tx, viewer: Viewer, lessonId: string, questionId: string): Promise<void> {
    const { version, lesson } = await this.lockQuiz(tx, viewer, lessonId);
    const rows: { key: string; courseId: string }[] = await tx.query(
      `SELECT key, course_id AS "courseId" FROM question WHERE id = $1`,
      [questionId],
    );
    // Another course has another bank.
    if (rows[0]!.courseId !== version.courseId) throw new NotFoundError();
    const placed = await findPlaced(tx, [lesson.id]);
    const keys = [...placed.filter(({ pool }) => pool === null).map(({ key }) => key), rows[0]!.key];
    await this.compose(tx, { version, lesson, keys, pools: lesson.quizPools ?? [] });
    await tx.update(Lesson, { id: lesson.id }, { revision: lesson.revision + 1 });
  }

  private async lockQuiz(
    tx: Tx,
    viewer: Viewer,
    id: string,
  ): Promise<{ version: CourseVersion; lesson: Lesson }> {
    const found = await tx.findOneBy(Lesson, { id });
    if (!found) throw new NotFoundError();
    const version = await lockDraft(tx, viewer, found.versionId);
    const lesson = await tx.findOneBy(Lesson, { id });
    if (!lesson) throw new NotFoundError(); // an import replaced it just now
    if (lesson.kind !== 'QUIZ') throw new DomainError(quizRefusals.QUIZ_ONLY);
    return { version, lesson };
  }

  /** @param keys null: those that are there. */
  private async compose(
    tx: Tx,
    {
      version,
      lesson,
      keys,
      pools,
    }: {
      version: CourseVersion;
      lesson: Lesson;
      keys: string[] | null;
      pools: QuizPoolSetting[];
    },
  ): Promise<void> {
    const placed = (await findPlaced(tx, [lesson.id])).filter(({ pool }) => pool === null);
    const there = new Set(placed.map(({ key }) => key));
    const wanted = keys ?? [...there];
    const fixed = await resolve(tx, version.courseId, wanted, there);
    const tags = pools.map(({ tag }) => tag);
    const candidates = tags.length > 0 ? await findPoolCandidates(tx, version.courseId, tags) : [];
    const filled = fillPools(pools, candidates, new Set(fixed.map(({ questionId }) => questionId)));
    for (const [index, pool] of pools.entries()) {
      const available = filled[index]!.length;
      if (available >= pool.count) continue;
      const name = inLocale(lesson.titles, version.defaultLocale) ?? '';
      const values = { lesson: name, available, ...pool };
      throw new DomainError(publishRefusals.POOL_TOO_SMALL, values, `pools.${index}.count`);
    }
    await placeQuestions(tx, lesson.id, [
      ...fixed.map(({ questionVersionId }) => ({ questionVersionId, pool: null })),
      ...filled.flatMap((each, pool) => each.map(({ questionVersionId }) => ({ questionVersionId, pool }))),
    ]);
  }
}

/** The questions with these keys. One that is archived stays where it was, and is not taken up anew. */
async function resolve(
  tx: Tx,
  courseId: string,
  keys: readonly string[],
  there: ReadonlySet<string>,
): Promise<PoolCandidate[]> {
  const known = await findNewestByKey(tx, courseId, keys);
  return keys.map((key, index) => {
    const field = `questions.${index}`;
    const found = known.get(key);
    if (!found) throw new DomainError(quizRefusals.QUIZ_QUESTION_UNKNOWN, { key }, field);
    if (keys.indexOf(key) !== index) throw new DomainError(quizRefusals.QUIZ_QUESTION_TWICE, { key }, field);
    if (found.archived && !there.has(key))
      throw new DomainError(quizRefusals.QUIZ_QUESTION_ARCHIVED, { key }, field);
    return found;
  });
}

function requirePools(pools: readonly QuizPoolSetting[]): void {
  for (const [index, { tag, count }] of pools.entries()) {
    requireWhole(count, [1, 500], `pools.${index}.count`);
    if (pools.findIndex((pool) => pool.tag === tag) !== index)
      throw new DomainError(quizRefusals.QUIZ_POOL_TWICE, { tag }, `pools.${index}.tag`);
  }
}
