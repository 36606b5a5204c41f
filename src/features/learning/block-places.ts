import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { GraphqlContext } from '../../platform/graphql/context.js';
import { inLocale } from '../../platform/locale.js';
import type { BlockDocument } from '../catalog/block-document.js';
import { findLessonsWithBodies } from '../catalog/course.queries.js';
import type { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { followBlock, wordsAt } from './block-place.rules.js';

/** A place as it was kept: in the text that this version has of the lesson. */
export interface KeptPlace {
  versionId: string;
  lessonKey: string;
  block: number;
}

type Asking = Pick<GraphqlContext, 'loaders' | 'locale'>;

/** Finds places in lessons again, in whichever version they are read. Texts are read only where they are needed, all at once. */
@Injectable()
export class BlockPlaces {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  /** The block at which a place is in this lesson, which has its key. 0 is the lesson itself, in every version. */
  async blockIn(lesson: Lesson, { versionId, lessonKey, block }: KeptPlace, asking: Asking): Promise<number> {
    if (versionId === lesson.versionId || block === 0) return block;
    const { lessons } = await this.outlines.require(versionId);
    const earlier = lessons.find(({ key }) => key === lessonKey);
    const [from, to] = await Promise.all([
      earlier && this.textOf(earlier, asking),
      this.textOf(lesson, asking),
    ]);
    if (!to) return 0;
    return from ? followBlock(from, block, to) : block;
  }

  /** What a block of this lesson begins with; null for the lesson itself. */
  async wordsIn(lesson: Lesson, block: number, asking: Asking): Promise<string | null> {
    const text = block === 0 ? null : await this.textOf(lesson, asking);
    return text && wordsAt(text, block);
  }

  private async textOf(
    { id, versionId }: Lesson,
    { loaders, locale }: Asking,
  ): Promise<BlockDocument | null> {
    const { version } = await this.outlines.require(versionId);
    const read = await loaders.load(findLessonsWithBodies, id, (ids) =>
      this.database.read((tx) => findLessonsWithBodies(tx, ids)),
    );
    return (read?.bodies && inLocale(read.bodies, locale, version.defaultLocale)) ?? null;
  }
}
