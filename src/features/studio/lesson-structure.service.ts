import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { LESSON_KINDS, type LessonKind } from '../catalog/course-content.js';
import { lockDraft } from '../catalog/course.policies.js';
import { catalogRefusals } from '../catalog/course.rules.js';
import { CourseModule, Lesson } from '../catalog/lesson.entity.js';
import { bringBack, findTrash, hasKeyOf, throwAway } from './outline-trash.queries.js';
import { copyLesson, readOrder, takenLessonKeys, writeOrder } from './structure.queries.js';
import { freeKey, keyFromTitle } from '../catalog/keys.rules.js';
import { copyTitles, placeLesson, structureRefusals } from './structure.rules.js';

const title = z.string().trim().min(1).max(200);
/** Of a lesson. */
const minutes = z.int().min(1).max(600);
const submission = z.enum(['TEXT', 'FILE', 'TEXT_OR_FILE']);
const position = z.int().min(0);

const createSchema = z.object({
  kind: z.enum(LESSON_KINDS),
  title,
  locale: z.string().max(35).nullish(),
  required: z.boolean().nullish(),
  estimatedMinutes: minutes.nullish(),
  submission: submission.nullish(),
  position: position.nullish(),
});

const settingsSchema = z.object({
  required: z.boolean().nullish(),
  estimatedMinutes: minutes.nullish(),
  submission: submission.nullish(),
});

/** Minutes of a new lesson until its trainer says better. */
const USUAL_MINUTES: Record<LessonKind, number> = {
  READING: 5,
  VIDEO: 5,
  QUIZ: 5,
  ACTIVITY: 15,
  PACKAGE: 15,
};
const USUAL_PASS_PERCENT = 80;

/** A lesson of a draft, and the draft. */
export interface DraftLesson {
  version: CourseVersion;
  lessonId: string;
}

/**
 * Where lessons stand in a draft and which there are. Each use case holds the draft's lock from the moment it looks at the
 * order, so that of two trainers the second works on what the first left; lessons that are not meant keep their ids and
 * revisions.
 */
@Injectable()
export class LessonStructureService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws DomainError `PACKAGE_BY_IMPORT`, `NOT_AN_ACTIVITY`, `LOCALE_NOT_IN_COURSE`, what {@link lockDraft} throws */
  async create(viewer: Viewer, moduleId: string, input: unknown): Promise<DraftLesson> {
    const wanted = parseInput(createSchema, input);
    const { kind } = wanted;
    if (kind === 'PACKAGE') throw new DomainError(structureRefusals.PACKAGE_BY_IMPORT);
    if (wanted.submission && kind !== 'ACTIVITY') throw new DomainError(structureRefusals.NOT_AN_ACTIVITY);
    return this.database.transaction(async (tx) => {
      const module = await tx.findOneBy(CourseModule, { id: parseId(moduleId) });
      if (!module) throw new NotFoundError();
      const version = await lockDraft(tx, viewer, module.versionId);
      const order = await readOrder(tx, version.id);
      const place = { moduleId: module.id, index: wanted.position ?? Infinity };
      if (!order.some((each) => each.moduleId === module.id)) throw new NotFoundError(); // deleted meanwhile
      const locale = wanted.locale ?? version.defaultLocale;
      if (!version.locales.includes(locale)) throw new DomainError(catalogRefusals.LOCALE_NOT_IN_COURSE);
      const stem = keyFromTitle(wanted.title, 'lesson');
      const id = this.ids.next();
      await tx.insert(Lesson, {
        id,
        versionId: version.id,
        moduleId: module.id,
        key: freeKey(stem, await takenLessonKeys(tx, version.id, stem)),
        position: order.flatMap(({ lessonIds }) => lessonIds).length,
        kind,
        required: wanted.required ?? true,
        estimatedMinutes: wanted.estimatedMinutes ?? USUAL_MINUTES[kind],
        titles: { [locale]: wanted.title },
        bodies: kind === 'QUIZ' ? null : {},
        quizPassPercent: kind === 'QUIZ' ? USUAL_PASS_PERCENT : null,
        activity: kind === 'ACTIVITY' ? { submission: wanted.submission ?? 'TEXT' } : null,
      });
      await writeOrder(tx, version.id, placeLesson(order, id, place));
      return { version, lessonId: id };
    });
  }

  /**
   * Changes what is no text. The revision rises with the minutes only, which an open editor shows and would save again.
   * @throws DomainError `NOT_AN_ACTIVITY`, what {@link lockDraft} throws
   */
  async updateSettings(viewer: Viewer, lessonId: string, input: unknown): Promise<DraftLesson> {
    const changes = parseInput(settingsSchema, input);
    return this.ofLesson(viewer, lessonId, async (tx, { version, lesson }) => {
      if (changes.submission && lesson.kind !== 'ACTIVITY')
        throw new DomainError(structureRefusals.NOT_AN_ACTIVITY);
      const estimatedMinutes = changes.estimatedMinutes ?? lesson.estimatedMinutes;
      await tx.update(
        Lesson,
        { id: lesson.id },
        {
          required: changes.required ?? lesson.required,
          estimatedMinutes,
          activity: changes.submission ? { submission: changes.submission } : lesson.activity,
          revision: lesson.revision + (estimatedMinutes === lesson.estimatedMinutes ? 0 : 1),
        },
      );
      return { version, lessonId: lesson.id };
    });
  }

  /** @param at the position is counted without the lesson itself, from 0; none means last. */
  async move(
    viewer: Viewer,
    lessonId: string,
    at: { moduleId: string; position?: number | null },
  ): Promise<DraftLesson> {
    const index = parseInput(position.nullish(), at.position) ?? Infinity;
    const moduleId = parseId(at.moduleId);
    return this.ofLesson(viewer, lessonId, async (tx, { version, lesson }) => {
      const order = await readOrder(tx, version.id);
      if (!order.some((each) => each.moduleId === moduleId)) throw new NotFoundError();
      await writeOrder(tx, version.id, placeLesson(order, lesson.id, { moduleId, index }));
      return { version, lessonId: lesson.id };
    });
  }

  /** A copy right behind the lesson, with a key of its own: what learners did counts for the lesson only. */
  async duplicate(viewer: Viewer, lessonId: string): Promise<DraftLesson> {
    return this.ofLesson(viewer, lessonId, async (tx, { version, lesson }) => {
      const order = await readOrder(tx, version.id);
      const stem = lesson.key.slice(0, 58).replace(/-\d*$|-$/, '');
      const id = this.ids.next();
      await copyLesson(tx, lesson.id, {
        id,
        key: freeKey(stem, await takenLessonKeys(tx, version.id, stem)),
        titles: copyTitles(lesson.titles),
        position: order.flatMap(({ lessonIds }) => lessonIds).length,
        revision: 1,
      });
      const { moduleId } = lesson;
      const beside = order.find((each) => each.moduleId === moduleId)!.lessonIds.indexOf(lesson.id);
      await writeOrder(tx, version.id, placeLesson(order, id, { moduleId, index: beside + 1 }));
      return { version, lessonId: id };
    });
  }

  /** Takes a lesson out; {@link restore} brings it back, whole, until the draft is published. */
  async delete(viewer: Viewer, lessonId: string): Promise<DraftLesson> {
    return this.ofLesson(viewer, lessonId, async (tx, { version, lesson: { id, moduleId } }) => {
      const order = await readOrder(tx, version.id);
      const place = order.find((each) => each.moduleId === moduleId)!.lessonIds.indexOf(id);
      await throwAway(tx, {
        id,
        versionId: version.id,
        moduleId,
        position: place,
        deletedAt: this.clock.now(),
        deletedBy: viewer.personId,
      });
      const rest = order.map((each) => ({
        ...each,
        lessonIds: each.lessonIds.filter((other) => other !== id),
      }));
      await writeOrder(tx, version.id, rest);
      return { version, lessonId: id };
    });
  }

  /**
   * Brings a deleted lesson back to its place; where its module is gone, to the end of the last one.
   * @throws DomainError `ALREADY_BACK`, `NO_MODULE`, what {@link lockDraft} throws
   */
  async restore(viewer: Viewer, lessonId: string): Promise<DraftLesson> {
    const id = parseId(lessonId);
    return this.database.transaction(async (tx) => {
      const found = await findTrash(tx, id);
      if (!found?.moduleId) throw new NotFoundError();
      const version = await lockDraft(tx, viewer, found.versionId);
      const trash = await findTrash(tx, id);
      if (!trash) return { version, lessonId: id }; // brought back while this waited
      if (await hasKeyOf(tx, trash)) throw new DomainError(structureRefusals.ALREADY_BACK);
      const order = await readOrder(tx, version.id);
      const own = order.find(({ moduleId }) => moduleId === trash.moduleId);
      const { moduleId } = own ?? order.at(-1) ?? {};
      if (!moduleId) throw new DomainError(structureRefusals.NO_MODULE);
      await bringBack(tx, trash, moduleId);
      const index = own ? trash.position : Infinity;
      await writeOrder(tx, version.id, placeLesson(order, id, { moduleId, index }));
      return { version, lessonId: id };
    });
  }

  /** Does something to a lesson of a draft, with the draft locked and the lesson read under the lock. */
  private async ofLesson<T>(
    viewer: Viewer,
    lessonId: string,
    work: (tx: Tx, found: { version: CourseVersion; lesson: Lesson }) => Promise<T>,
  ): Promise<T> {
    const id = parseId(lessonId);
    return this.database.transaction(async (tx) => {
      const found = await tx.findOneBy(Lesson, { id });
      if (!found) throw new NotFoundError();
      const version = await lockDraft(tx, viewer, found.versionId);
      const lesson = await tx.findOneBy(Lesson, { id });
      if (!lesson) throw new NotFoundError();
      return work(tx, { version, lesson });
    });
  }
}
