import {
  Args,
  ArgsType,
  Context,
  Field,
  ID,
  Int,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { BadInputError, NotFoundError } from '../../platform/errors.js';
import { ConnectionType, PageArgs, readPage } from '../../platform/graphql/connection.js';
import type { GraphqlContext } from '../../platform/graphql/context.js';
import { JSONObject } from '../../platform/graphql/scalars.js';
import { parseId } from '../../platform/ids.js';
import { Person } from '../identity/person.entity.js';
import { findPeople } from '../identity/identity.queries.js';
import { renderBlockDocument } from '../catalog/block-document.html.js';
import { blockDocumentSchema, type BlockDocument } from '../catalog/block-document.js';
import { requireTrainerToRead } from '../catalog/course.policies.js';
import { findLessonsWithBodies } from '../catalog/course.queries.js';
import { diffTexts, diffWords } from './lesson-diff.rules.js';
import { LessonDiff } from './lesson-diff.types.js';
import { LessonSave } from './lesson-save.entity.js';
import { findSaves, findSavesBefore, findSavesWithBodies } from './lesson-save.queries.js';
import { textIn, type LessonText } from './lesson-save.rules.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';

const LessonSaveConnection = ConnectionType(LessonSave, 'LessonSave');

@ArgsType()
class HistoryArgs extends PageArgs {
  @Field(() => String, { description: 'BCP 47 tag.' })
  locale!: string;
}

@ArgsType()
class ChangesToArgs {
  @Field(() => String, { description: 'BCP 47 tag.' })
  locale!: string;

  @Field(() => String, { nullable: true })
  title?: string | null;

  @Field(() => JSONObject, { nullable: true, description: 'A block tree in the ProseMirror shape.' })
  body?: object | null;
}

const NOTHING: LessonText = { title: null, body: null };

function diff(before: LessonText, after: LessonText): LessonDiff {
  return { title: diffWords(before.title ?? '', after.title ?? ''), ...diffTexts(before.body, after.body) };
}

/** Every save of a lesson, in all versions of its course. */
@Resolver(() => Lesson)
export class LessonHistoryResolver {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @ResolveField(() => LessonSaveConnection, {
    description:
      'What the lesson said in a language, in this and earlier versions: newest first. For the trainers of its course.',
  })
  async history(
    @Parent() lesson: Lesson,
    @Args() { locale, ...page }: HistoryArgs,
    @Context() context: GraphqlContext,
  ) {
    const courseId = await this.requireTrainer(lesson, context);
    return readPage(
      page,
      (save: LessonSave) => save.id,
      (beforeId, limit) =>
        this.database.read((tx) =>
          findSaves(tx, { courseId, lessonKey: lesson.key }, locale, { beforeId, limit }),
        ),
    );
  }

  @ResolveField(() => LessonDiff, {
    description:
      'What would differ if this title and this text took the place of those stored. For the trainers of its course.',
  })
  async changesTo(
    @Parent() lesson: Lesson,
    @Args() { locale, title, body }: ChangesToArgs,
    @Context() context: GraphqlContext,
  ): Promise<LessonDiff> {
    await this.requireTrainer(lesson, context);
    const found = await context.loaders.load(findLessonsWithBodies, lesson.id, (ids) =>
      this.database.read((tx) => findLessonsWithBodies(tx, ids)),
    );
    const now = textIn({ titles: lesson.titles, bodies: found?.bodies ?? null }, locale);
    return diff(now, { title: title ?? now.title, body: body ? parseBody(body) : now.body });
  }

  @Access('SIGNED_IN')
  @Query(() => LessonSave, { description: 'A save of a lesson. For the trainers of its course.' })
  async lessonSave(@Args('id', { type: () => ID }) id: string, @Context() context: GraphqlContext) {
    const save = await this.database.read((tx) => tx.findOneBy(LessonSave, { id: parseId(id) }));
    if (!save) throw new NotFoundError();
    await requireTrainerToRead(this.database, context, save.courseId);
    return save;
  }

  private async requireTrainer({ versionId }: Lesson, context: GraphqlContext): Promise<string> {
    const { version } = await this.outlines.require(versionId);
    await requireTrainerToRead(this.database, context, version.courseId);
    return version.courseId;
  }
}

/** Who has a save was allowed to read it: it is reached by {@link LessonHistoryResolver} alone. */
@Resolver(() => LessonSave)
export class LessonSaveResolver {
  constructor(private readonly database: Database) {}

  @ResolveField(() => Person, { nullable: true, description: 'Null where nobody saved it: see FOUND.' })
  async savedBy(@Parent() { savedBy }: LessonSave, @Context() { loaders }: GraphqlContext) {
    if (!savedBy) return null;
    return loaders.load(findPeople, savedBy, (ids) => this.database.read((tx) => findPeople(tx, ids)));
  }

  @ResolveField(() => JSONObject, {
    nullable: true,
    description: 'A block tree in the ProseMirror shape. Null for a quiz.',
  })
  async body(@Parent() save: LessonSave, @Context() context: GraphqlContext): Promise<BlockDocument | null> {
    return (await this.textOf(save, context)).body;
  }

  @ResolveField(() => String, { nullable: true, description: 'Safe HTML. Null where `body` is.' })
  async bodyHtml(@Parent() save: LessonSave, @Context() context: GraphqlContext): Promise<string | null> {
    const { body } = await this.textOf(save, context);
    return body && renderBlockDocument(body);
  }

  @ResolveField(() => LessonDiff, { description: 'What it changed of the save before it.' })
  async diff(@Parent() save: LessonSave, @Context() context: GraphqlContext): Promise<LessonDiff> {
    const before = await context.loaders.load(findSavesBefore, save.id, (ids) =>
      this.database.read((tx) => findSavesBefore(tx, ids)),
    );
    return diff(before ?? NOTHING, await this.textOf(save, context));
  }

  @ResolveField(() => LessonDiff, { description: 'What changed from it to another save of the same lesson.' })
  async diffTo(
    @Parent() save: LessonSave,
    @Args('id', { type: () => ID }) id: string,
    @Context() context: GraphqlContext,
  ): Promise<LessonDiff> {
    const other = await this.read(parseId(id), context);
    if (other?.courseId !== save.courseId || other.lessonKey !== save.lessonKey) throw new NotFoundError();
    return diff(await this.textOf(save, context), other);
  }

  @ResolveField(() => Int, { description: 'In the text, since the save before it.' })
  async wordsInserted(@Parent() save: LessonSave, @Context() context: GraphqlContext): Promise<number> {
    return (await this.diff(save, context)).wordsInserted;
  }

  @ResolveField(() => Int, { description: 'In the text, since the save before it.' })
  async wordsDeleted(@Parent() save: LessonSave, @Context() context: GraphqlContext): Promise<number> {
    return (await this.diff(save, context)).wordsDeleted;
  }

  private async textOf({ id }: LessonSave, context: GraphqlContext): Promise<LessonText> {
    return (await this.read(id, context)) ?? NOTHING;
  }

  private read(id: string, { loaders }: GraphqlContext): Promise<LessonSave | undefined> {
    return loaders.load(findSavesWithBodies, id, (ids) =>
      this.database.read((tx) => findSavesWithBodies(tx, ids)),
    );
  }
}

function parseBody(body: object): BlockDocument {
  const parsed = blockDocumentSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new BadInputError(`body: ${parsed.error.issues[0]!.message}`);
}
