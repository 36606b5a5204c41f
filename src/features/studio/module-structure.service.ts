import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { withText } from '../../platform/locale.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { lockDraft } from '../catalog/course.policies.js';
import { catalogRefusals } from '../catalog/course.rules.js';
import { CourseModule } from '../catalog/lesson.entity.js';
import { bringBack, findTrash, hasKeyOf, throwAway } from './outline-trash.queries.js';
import { readOrder, takenModuleKeys, writeOrder } from './structure.queries.js';
import { freeKey, keyFromTitle } from '../catalog/keys.rules.js';
import { placeModule, structureRefusals } from './structure.rules.js';
import { noteBases } from './translation.queries.js';
import { outlineNotes } from './translation.rules.js';

const position = z.int().min(0);
const textSchema = z.object({
  locale: z.string().max(35).nullish(),
  title: z.string().trim().min(1).max(200).nullish(),
  summary: z.string().trim().max(500).nullish(),
});
const createSchema = textSchema.extend({
  title: z.string().trim().min(1).max(200),
  position: position.nullish(),
});

/** A module of a draft, and the draft. */
export interface DraftModule {
  version: CourseVersion;
  moduleId: string;
}

/** The modules of a draft; as with lessons, everything happens under the draft's lock. */
@Injectable()
export class ModuleStructureService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** @throws DomainError `LOCALE_NOT_IN_COURSE`, what {@link lockDraft} throws */
  async create(viewer: Viewer, versionId: string, input: unknown): Promise<DraftModule> {
    const wanted = parseInput(createSchema, input);
    return this.database.transaction(async (tx) => {
      const version = await lockDraft(tx, viewer, parseId(versionId));
      const locale = localeOf(version, wanted.locale);
      const order = await readOrder(tx, version.id);
      const stem = keyFromTitle(wanted.title, 'module');
      const id = this.ids.next();
      await tx.insert(CourseModule, {
        id,
        versionId: version.id,
        key: freeKey(stem, await takenModuleKeys(tx, version.id, stem)),
        position: order.length,
        titles: { [locale]: wanted.title },
        summaries: wanted.summary ? { [locale]: wanted.summary } : {},
      });
      await writeOrder(tx, version.id, placeModule(order, id, wanted.position ?? Infinity));
      return { version, moduleId: id };
    });
  }

  /** Changes its texts in one language; what is null or left out stays, and an empty summary is taken away. */
  async update(viewer: Viewer, moduleId: string, input: unknown): Promise<DraftModule> {
    const changes = parseInput(textSchema, input);
    return this.ofModule(viewer, moduleId, async (tx, { version, module }) => {
      const locale = localeOf(version, changes.locale);
      const changed = {
        titles: withText(module.titles, locale, changes.title),
        summaries: withText(module.summaries, locale, changes.summary),
      };
      await noteBases(tx, version.courseId, outlineNotes(module.key, module, changed, version.defaultLocale));
      await tx.update(CourseModule, { id: module.id }, changed);
      return { version, moduleId: module.id };
    });
  }

  /** @param at counted among the other modules, from 0; beyond the end means last. */
  async move(viewer: Viewer, moduleId: string, at: number): Promise<DraftModule> {
    const index = parseInput(position, at);
    return this.ofModule(viewer, moduleId, async (tx, { version, module }) => {
      const order = await readOrder(tx, version.id);
      await writeOrder(tx, version.id, placeModule(order, module.id, index));
      return { version, moduleId: module.id };
    });
  }

  /** Takes a module out with its lessons; {@link restore} brings all of it back until the draft is published. */
  async delete(viewer: Viewer, moduleId: string): Promise<DraftModule> {
    return this.ofModule(viewer, moduleId, async (tx, { version, module: { id, position: place } }) => {
      const order = await readOrder(tx, version.id);
      await throwAway(tx, {
        id,
        versionId: version.id,
        moduleId: null,
        position: place,
        deletedAt: this.clock.now(),
        deletedBy: viewer.personId,
      });
      const rest = order.filter((each) => each.moduleId !== id);
      await writeOrder(tx, version.id, rest);
      return { version, moduleId: id };
    });
  }

  /** @throws DomainError `ALREADY_BACK`, what {@link lockDraft} throws */
  async restore(viewer: Viewer, moduleId: string): Promise<DraftModule> {
    const id = parseId(moduleId);
    return this.database.transaction(async (tx) => {
      const found = await findTrash(tx, id);
      if (!found || found.moduleId) throw new NotFoundError();
      const version = await lockDraft(tx, viewer, found.versionId);
      const trash = await findTrash(tx, id);
      if (!trash) return { version, moduleId: id }; // brought back while this waited
      if (await hasKeyOf(tx, trash)) throw new DomainError(structureRefusals.ALREADY_BACK);
      const order = await readOrder(tx, version.id);
      await bringBack(tx, trash, null);
      const lessonIds = trash.content.lessons.map((lesson) => lesson.id as string);
      await writeOrder(tx, version.id, order.toSpliced(trash.position, 0, { moduleId: id, lessonIds }));
      return { version, moduleId: id };
    });
  }

  private async ofModule<T>(
    viewer: Viewer,
    moduleId: string,
    work: (tx: Tx, found: { version: CourseVersion; module: CourseModule }) => Promise<T>,
  ): Promise<T> {
    const id = parseId(moduleId);
    return this.database.transaction(async (tx) => {
      const found = await tx.findOneBy(CourseModule, { id });
      if (!found) throw new NotFoundError();
      const version = await lockDraft(tx, viewer, found.versionId);
      const module = await tx.findOneBy(CourseModule, { id });
      if (!module) throw new NotFoundError();
      return work(tx, { version, module });
    });
  }
}

function localeOf(version: CourseVersion, wanted: string | null | undefined): string {
  const locale = wanted ?? version.defaultLocale;
  if (!version.locales.includes(locale)) throw new DomainError(catalogRefusals.LOCALE_NOT_IN_COURSE);
  return locale;
}
