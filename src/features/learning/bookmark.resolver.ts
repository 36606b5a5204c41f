import {
  Args,
  ArgsType,
  Context,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { ConnectionType, PageArgs, readPage } from '../../platform/graphql/connection.js';
import { CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { Course } from '../catalog/course.entity.js';
import { findCourses } from '../catalog/course.queries.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { BlockPlaces } from './block-places.js';
import { Bookmark } from './bookmark.entity.js';
import { findBookmarksIn } from './bookmark.queries.js';
import { BookmarkService } from './bookmark.service.js';
import { findFollowedVersions } from './lesson-note.queries.js';

@InputType()
class BookmarkCreateInput extends MutationInput {
  @Field(() => ID)
  lessonId!: string;

  @Field(() => Int, {
    defaultValue: 0,
    description: "Of the text's outermost blocks, from 0, which is the lesson itself.",
  })
  block!: number;
}

@ObjectType()
class BookmarkCreatePayload extends MutationPayload {
  @Field(() => Bookmark, { nullable: true })
  bookmark?: Bookmark;
}

@InputType()
class BookmarkDeleteInput extends MutationInput {
  @Field(() => ID)
  bookmarkId!: string;
}

@ObjectType()
class BookmarkDeletePayload extends MutationPayload {
  @Field(() => Boolean, { nullable: true })
  deleted?: boolean;
}

@ArgsType()
class BookmarksArgs extends PageArgs {
  @Field(() => String, { nullable: true, description: 'Slug of the one course that they are in.' })
  course?: string | null;
}

const BookmarkConnection = ConnectionType(Bookmark, 'Bookmark');

/** Bookmarks, of the viewer alone: nothing here takes the id of a person. */
@Resolver(() => Bookmark)
export class BookmarkResolver {
  constructor(
    private readonly service: BookmarkService,
    private readonly database: Database,
    private readonly outlines: Outlines,
    private readonly places: BlockPlaces,
  ) {}

  @Access('SIGNED_IN')
  @Query(() => BookmarkConnection, {
    description: "The viewer's own bookmarks; what was marked last comes first.",
  })
  bookmarks(@Args() { course, ...page }: BookmarksArgs, @CurrentViewer() viewer: Viewer) {
    return readPage(
      page,
      (bookmark: Bookmark) => bookmark.id,
      (beforeId, limit) => this.service.list(viewer, course ?? null, beforeId, limit),
    );
  }

  @Access('SIGNED_IN')
  @Mutation(() => BookmarkCreatePayload, {
    description: 'Marks a place in a course that the viewer takes. Marked again, it is the same bookmark.',
  })
  async bookmarkCreate(@Args('input') input: BookmarkCreateInput, @CurrentViewer() viewer: Viewer) {
    return { bookmark: await this.service.create(viewer, input) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => BookmarkDeletePayload, { description: "Takes a bookmark of the viewer's away." })
  async bookmarkDelete(@Args('input') { bookmarkId }: BookmarkDeleteInput, @CurrentViewer() viewer: Viewer) {
    await this.service.delete(viewer, bookmarkId);
    return { deleted: true };
  }

  @ResolveField(() => Course)
  async course(@Parent() { versionId }: Bookmark, @Context() { loaders }: GraphqlContext): Promise<Course> {
    const { version } = await this.outlines.require(versionId);
    const course = await loaders.load(findCourses, version.courseId, (ids) =>
      this.database.read((tx) => findCourses(tx, ids)),
    );
    return course!;
  }

  @ResolveField(() => Lesson, {
    nullable: true,
    description: 'As the viewer takes it; null when the course no longer has it.',
  })
  async lesson(@Parent() bookmark: Bookmark, @Context() context: GraphqlContext): Promise<Lesson | null> {
    const { loaders, viewer, locale } = context;
    const marked = await this.outlines.require(bookmark.versionId);
    const { version } = marked;
    const followed = await loaders.load(findFollowedVersions, version.courseId, (ids) =>
      this.database.read((tx) => findFollowedVersions(tx, viewer!.personId, ids)),
    );
    const taken = await this.outlines.require(followed!);
    // What a newer version offers to somebody who completed the course is not in the one that they follow.
    const outlines = version.number > taken.version.number ? [taken, marked] : [taken];
    const lessons = outlines.flatMap((outline) => outline.lessonsIn(locale));
    return lessons.find(({ key }) => key === bookmark.lessonKey) ?? null;
  }

  @ResolveField(() => Int, {
    description:
      'Of the outermost blocks of the text as the viewer takes it, from 0, which is the lesson itself. After a change of the course: where the same words stand, or about there.',
  })
  async block(@Parent() bookmark: Bookmark, @Context() context: GraphqlContext): Promise<number> {
    const lesson = await this.lesson(bookmark, context);
    return lesson ? this.places.blockIn(lesson, bookmark, context) : 0;
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'What stands at the place, 120 characters at most; null for the lesson itself.',
  })
  async words(@Parent() bookmark: Bookmark, @Context() context: GraphqlContext): Promise<string | null> {
    const lesson = await this.lesson(bookmark, context);
    if (!lesson) return null;
    const block = await this.places.blockIn(lesson, bookmark, context);
    return this.places.wordsIn(lesson, block, context);
  }
}

@Resolver(() => Lesson)
export class LessonBookmarksResolver {
  constructor(private readonly database: Database) {}

  @ResolveField(() => [Bookmark], { description: "The viewer's own." })
  async bookmarks(@Parent() { id }: Lesson, @Context() { viewer, loaders }: GraphqlContext) {
    if (!viewer) return [];
    const found = await loaders.load(findBookmarksIn, id, (ids) =>
      this.database.read((tx) => findBookmarksIn(tx, viewer.personId, ids)),
    );
    return found ?? [];
  }
}
