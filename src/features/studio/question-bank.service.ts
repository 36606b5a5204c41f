import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { inLocale } from '../../platform/locale.js';
import { plainText } from '../catalog/block-document.js';
import type { QuestionContent } from '../catalog/course-content.js';
import type { CourseVersion } from '../catalog/course-version.entity.js';
import type { Course } from '../catalog/course.entity.js';
import { requireTrainer } from '../catalog/course.policies.js';
import { findVersions, lockCourse, lockVersion } from '../catalog/course.queries.js';
import { catalogRefusals, contentHash } from '../catalog/course.rules.js';
import { takeLatestQuestions } from '../catalog/question-bank.queries.js';
import { Question, QuestionVersion } from '../catalog/question.entity.js';
import { questionFrom, tagsSchema, type Before, type QuestionInput } from './question-input.rules.js';
import { findNewestVersions, findVersionsOfQuestions } from './question-list.queries.js';
import { freeKey, keyFromTitle } from '../catalog/keys.rules.js';
import { bankRefusals, searchTextOf } from '../catalog/question.rules.js';
import { QuizEditingService } from './quiz-editing.service.js';
import { noteBases } from './translation.queries.js';
import {
  basisNotes,
  questionHashes,
  questionSubject,
  withTexts,
  type QuestionTexts,
} from './translation.rules.js';

const taggingSchema = z.object({
  questionIds: z.array(z.string()).min(1).max(500),
  add: tagsSchema.nullish(),
  remove: tagsSchema.nullish(),
});

/** A question that is being changed, and the newest version of its course. */
interface Opened {
  found: Question;
  newest: QuestionVersion;
  version: CourseVersion;
  before: Before;
}

/** The question bank of a course: changed one at a time, under the lock of the course. */
@Injectable()
export class QuestionBankService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly quizzes: QuizEditingService,
  ) {}

  /**
   * Adds a question.
   * @param quizLessonId a quiz of the draft that asks it from now on, after its other questions.
   * @throws DomainError as `questionFrom` and {@link QuizEditingService.append} do
   */
  async create(
    viewer: Viewer,
    {
      courseId,
      question,
      quizLessonId,
    }: { courseId: string; question: QuestionInput; quizLessonId?: string | null },
  ): Promise<Question> {
    return this.database.transaction(async (tx) => {
      const course = await this.lock(tx, viewer, parseId(courseId));
      const content = questionFrom(question, '', await localesOf(tx, course));
      const added = await this.insert(tx, viewer, course, content);
      if (quizLessonId) await this.quizzes.append(tx, viewer, parseId(quizLessonId), added.id);
      return added;
    });
  }

  /**
   * Changes a question. When what is asked changes, that is a new version: the quizzes of the draft take it, what is
   * published keeps its own.
   * @param expectedVersion the number of the version that was opened.
   * @throws DomainError `QUESTION_CHANGED`, and as `questionFrom` does
   */
  async update(
    viewer: Viewer,
    {
      questionId,
      expectedVersion,
      question,
    }: { questionId: string; expectedVersion: number; question: QuestionInput },
  ): Promise<Question> {
    return this.database.transaction(async (tx) => {
      const opened = await this.open(tx, viewer, { questionId, expectedVersion });
      return this.keep(tx, viewer, { ...opened, question });
    });
  }

  /**
   * Changes what a question says in one language: a new version of it, as {@link update}. Saved as it is, the translation counts
   * as looked at: it is no longer out of date.
   * @throws DomainError `LOCALE_NOT_IN_COURSE`, `QUESTION_OPTION_UNKNOWN`, and as {@link update} does
   */
  async translate(
    viewer: Viewer,
    {
      questionId,
      expectedVersion,
      ...texts
    }: { questionId: string; expectedVersion: number } & QuestionTexts,
  ): Promise<Question> {
    return this.database.transaction(async (tx) => {
      const opened = await this.open(tx, viewer, { questionId, expectedVersion });
      if (!opened.version.locales.includes(texts.locale))
        throw new DomainError(catalogRefusals.LOCALE_NOT_IN_COURSE);
      const keys = opened.before.content.options.map(({ key }) => key);
      const unknown = texts.options?.find(({ key }) => !keys.includes(key))?.key;
      if (unknown !== undefined)
        throw new DomainError(bankRefusals.QUESTION_OPTION_UNKNOWN, { key: unknown });
      const question = withTexts(opened.before.content, texts);
      return this.keep(tx, viewer, { ...opened, question, confirmed: texts.locale });
    });
  }

  /** A question under the lock of its course, as it was when somebody opened it. */
  private async open(
    tx: Tx,
    viewer: Viewer,
    { questionId, expectedVersion }: { questionId: string; expectedVersion: number },
  ): Promise<Opened> {
    const { course, found } = await this.lockQuestion(tx, viewer, questionId);
    const versions = (await findVersionsOfQuestions(tx, [found.id])).get(found.id)!;
    const newest = versions[0]!;
    if (newest.number !== expectedVersion) throw new DomainError(bankRefusals.QUESTION_CHANGED);
    const optionKeys = new Set(versions.flatMap(({ options }) => options.map(({ key }) => key)));
    const [version] = (await findVersions(tx, [course.id])).get(course.id)!;
    return { found, newest, version: version!, before: { content: contentOf(found, newest), optionKeys } };
  }

  /** @param confirmed BCP 47 tag of a translation that was looked at */
  private async keep(
    tx: Tx,
    viewer: Viewer,
    {
      found,
      newest,
      version: { id, courseId, locales, defaultLocale, publishedAt },
      before,
      question,
      confirmed,
    }: Opened & { question: QuestionInput; confirmed?: string },
  ): Promise<Question> {
    const { tags, ...content } = questionFrom(question, found.key, locales, before);
    if (tags) await tx.update(Question, { id: found.id }, { tags });
    const notes = basisNotes(questionHashes(before.content), questionHashes(content), {
      defaultLocale,
      confirmed,
    });
    const subject = questionSubject(found.key);
    await noteBases(
      tx,
      courseId,
      notes.map((note) => ({ ...note, subject })),
    );
    const version = this.versionOf(found.id, viewer, content, newest.number + 1);
    if (version.contentHash !== newest.contentHash) {
      // Locked, so that what a quiz takes up meanwhile is seen.
      const draft = publishedAt ? null : await lockVersion(tx, id);
      await tx.insert(QuestionVersion, version);
      await tx.update(Question, { id: found.id }, { searchText: searchTextOf(content.prompt) });
      if (draft) await takeLatestQuestions(tx, draft.id, found.id);
    }
    return tx.findOneByOrFail(Question, { id: found.id });
  }

  /** Adds and takes away tags of questions of one course; pools see it when they are filled next. */
  async tag(viewer: Viewer, input: z.input<typeof taggingSchema>): Promise<Question[]> {
    const { questionIds, add, remove } = parseInput(taggingSchema, input);
    const ids = [...new Set(questionIds.map(parseId))];
    return this.database.transaction(async (tx) => {
      const { course } = await this.lockQuestion(tx, viewer, ids[0]!);
      const questions = await tx
        .createQueryBuilder(Question, 'question')
        .where('question.course_id = :courseId AND question.id = ANY(:ids)', { courseId: course.id, ids })
        .orderBy('question.id')
        .getMany();
      if (questions.length !== ids.length) throw new NotFoundError();
      for (const question of questions) {
        const kept = question.tags.filter((tag) => !remove?.includes(tag));
        question.tags = parseInput(tagsSchema, [...kept, ...(add ?? [])]);
      }
      const tags = JSON.stringify(questions.map(({ id, tags: own }) => ({ id, tags: own })));
      await tx.query(
        `UPDATE question SET tags = wanted.tags
           FROM jsonb_to_recordset($1::jsonb) AS wanted (id uuid, tags text[]) WHERE question.id = wanted.id`,
        [tags],
      );
      return questions;
    });
  }

  /** Archived, a question stays where it is asked and is no longer offered. Doing it twice is as once. */
  async setArchived(viewer: Viewer, questionId: string, archived: boolean): Promise<Question> {
    return this.database.transaction(async (tx) => {
      const { found } = await this.lockQuestion(tx, viewer, questionId);
      if ((found.archivedAt !== null) === archived) return found;
      const archivedAt = archived ? this.clock.now() : null;
      await tx.update(Question, { id: found.id }, { archivedAt });
      return Object.assign(found, { archivedAt });
    });
  }

  /** A question like another, as it is now, with its tags and a history of its own. */
  async duplicate(viewer: Viewer, questionId: string): Promise<Question> {
    return this.database.transaction(async (tx) => {
      const { course, found } = await this.lockQuestion(tx, viewer, questionId);
      const newest = (await findNewestVersions(tx, [found.id])).get(found.id)!;
      return this.insert(tx, viewer, course, contentOf(found, newest));
    });
  }

  private async insert(tx: Tx, viewer: Viewer, course: Course, content: QuestionContent): Promise<Question> {
    const words = plainText(inLocale(content.prompt, 'en') ?? { type: 'doc', content: [] });
    const base = keyFromTitle(words, 'question');
    const taken: { key: string }[] = await tx.query(
      `SELECT key FROM question WHERE course_id = $1 AND starts_with(key, $2)`,
      [course.id, base],
    );
    const question: Question = {
      id: this.ids.next(),
      courseId: course.id,
      key: freeKey(base, new Set(taken.map(({ key }) => key))),
      tags: content.tags ?? [],
      archivedAt: null,
      searchText: searchTextOf(content.prompt),
    };
    await tx.insert(Question, question);
    await tx.insert(QuestionVersion, this.versionOf(question.id, viewer, content, 1));
    return question;
  }

  private versionOf(
    questionId: string,
    viewer: Viewer,
    { kind, prompt, options, explanation }: QuestionContent,
    number: number,
  ): QuestionVersion {
    return {
      id: this.ids.next(),
      questionId,
      number,
      kind,
      prompts: prompt,
      options,
      explanations: explanation,
      contentHash: contentHash({ kind, prompt, options, explanation }),
      createdAt: this.clock.now(),
      createdBy: viewer.personId,
    };
  }

  private async lock(tx: Tx, viewer: Viewer, courseId: string): Promise<Course> {
    const course = await lockCourse(tx, { id: courseId });
    if (!course) throw new NotFoundError();
    await requireTrainer(tx, viewer, course);
    return course;
  }

  private async lockQuestion(tx: Tx, viewer: Viewer, questionId: string) {
    const id = parseId(questionId);
    const known = await tx.findOneBy(Question, { id });
    if (!known) throw new NotFoundError();
    const course = await this.lock(tx, viewer, known.courseId);
    // Read again under the lock: somebody may have changed it while we waited.
    return { course, found: await tx.findOneByOrFail(Question, { id }) };
  }
}

const contentOf = ({ key, tags }: Question, version: QuestionVersion): QuestionContent => ({
  key,
  kind: version.kind,
  prompt: version.prompts,
  options: version.options,
  explanation: version.explanations,
  tags,
});

/** Of the newest version of the course. */
async function localesOf(tx: Tx, course: Course): Promise<string[]> {
  return (await findVersions(tx, [course.id])).get(course.id)?.[0]?.locales ?? [];
}
