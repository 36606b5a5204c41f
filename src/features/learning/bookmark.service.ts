import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { insertIfAbsent } from '../../platform/database/insert-if-absent.js';
import { defineRefusals, DomainError, NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { findLessonsWithBodies } from '../catalog/course.queries.js';
import { Bookmark } from './bookmark.entity.js';
import { findBookmarksOf } from './bookmark.queries.js';
import { findTakenLesson } from './lesson-note.queries.js';

const placeSchema = z.object({ block: z.number().int().min(0) });

export const bookmarkRefusals = defineRefusals({
  BLOCK_NOT_IN_LESSON: {
    en: 'This lesson has no such place. Reload the page and set the bookmark again.',
    fr: 'Cette leçon n’a pas d’endroit de ce numéro. Rechargez la page et posez de nouveau le marque-page.',
    field: 'block',
  },
});

/** The places that learners mark for themselves: any number in a lesson, theirs alone. */
@Injectable()
export class BookmarkService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Marks a place. Marked again, it is the same bookmark.
   * @param input.block of the lesson's outermost blocks, from 0, which is the lesson itself and also of a lesson without a text
   * @throws NotFoundError for a lesson of a course that the viewer never took; DomainError `BLOCK_NOT_IN_LESSON`, `INVALID_FORMAT`
   */
  async create(viewer: Viewer, input: { lessonId: string; block: number }): Promise<Bookmark> {
    const { block } = parseInput(placeSchema, { block: input.block });
    const lessonId = parseId(input.lessonId);
    return this.database.transaction(async (tx) => {
      const taken = await findTakenLesson(tx, viewer.personId, lessonId);
      if (!taken) throw new NotFoundError();
      if (block > 0 && block >= (await countBlocks(tx, lessonId)))
        throw new DomainError(bookmarkRefusals.BLOCK_NOT_IN_LESSON);
      const { versionId, lessonKey } = taken;
      const place = { personId: viewer.personId, versionId, lessonKey, block };
      const bookmark = tx.create(Bookmark, { id: this.ids.next(), ...place, createdAt: this.clock.now() });
      if (await insertIfAbsent(tx, Bookmark, bookmark)) return bookmark;
      return tx.findOneByOrFail(Bookmark, place);
    });
  }

  /** Takes a bookmark away; taken away again, it is the same. @throws NotFoundError for what is no id. */
  async delete(viewer: Viewer, id: string): Promise<void> {
    await this.database.transaction((tx) =>
      tx.delete(Bookmark, { id: parseId(id), personId: viewer.personId }),
    );
  }

  /** @param slug of the one course that they are in; null for all. */
  list(viewer: Viewer, slug: string | null, beforeId: string | null, limit: number): Promise<Bookmark[]> {
    return this.database.read((tx) =>
      findBookmarksOf(tx, { personId: viewer.personId, slug, beforeId, limit }),
    );
  }
}

/** Of a lesson's text, in the language in which it has most. */
async function countBlocks(tx: Tx, lessonId: string): Promise<number> {
  const bodies = (await findLessonsWithBodies(tx, [lessonId])).get(lessonId)?.bodies ?? {};
  return Math.max(0, ...Object.values(bodies).map(({ content }) => content.length));
}
