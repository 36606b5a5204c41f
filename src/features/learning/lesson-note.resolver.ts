import {
  Args,
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
import { LessonNote } from './lesson-note.entity.js';
import { findFollowedVersions, findNotes } from './lesson-note.queries.js';
import { LessonNoteService } from './lesson-note.service.js';

@InputType()
class LessonNoteSaveInput extends MutationInput {
  @Field(() => ID)
  lessonId!: string;

  @Field(() => String, { description: 'Plain text, 1 to 10,000 characters.' })
  text!: string;

  @Field(() => Int, { nullable: true, description: 'Of the note that is changed; left out for a new one.' })
  expectedRevision?: number | null;
}

@ObjectType()
class LessonNoteSavePayload extends MutationPayload {
  @Field(() => LessonNote, { nullable: true })
  note?: LessonNote;
}

@InputType()
class LessonNoteDeleteInput extends MutationInput {
  @Field(() => ID)
  noteId!: string;
}

@ObjectType()
class LessonNoteDeletePayload extends MutationPayload {
  @Field(() => Boolean, { nullable: true })
  deleted?: boolean;
}

const LessonNoteConnection = ConnectionType(LessonNote, 'LessonNote');

/** Notes, of the viewer alone: nothing here takes the id of a person. */
@Resolver(() => LessonNote)
export class LessonNoteResolver {
  constructor(
    private readonly notes: LessonNoteService,
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @Access('SIGNED_IN')
  @Query(() => LessonNoteConnection, {
    description: "The viewer's own notes; what was begun last comes first.",
  })
  lessonNotes(@Args() page: PageArgs, @CurrentViewer() viewer: Viewer) {
    return readPage(
      page,
      (note: LessonNote) => note.id,
      (beforeId, limit) => this.notes.list(viewer, beforeId, limit),
    );
  }

  @Access('SIGNED_IN')
  @Mutation(() => LessonNoteSavePayload, {
    description: "Writes the viewer's note in a lesson of a course they take.",
  })
  async lessonNoteSave(@Args('input') input: LessonNoteSaveInput, @CurrentViewer() viewer: Viewer) {
    return { note: await this.notes.save(viewer, input) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => LessonNoteDeletePayload, { description: "Deletes a note of the viewer's for ever." })
  async lessonNoteDelete(@Args('input') { noteId }: LessonNoteDeleteInput, @CurrentViewer() viewer: Viewer) {
    await this.notes.delete(viewer, noteId);
    return { deleted: true };
  }

  @ResolveField(() => Course)
  async course(@Parent() { courseId }: LessonNote, @Context() { loaders }: GraphqlContext): Promise<Course> {
    const course = await loaders.load(findCourses, courseId, (ids) =>
      this.database.read((tx) => findCourses(tx, ids)),
    );
    return course!;
  }

  @ResolveField(() => Lesson, {
    nullable: true,
    description: 'As the viewer takes it; null when the course no longer has it.',
  })
  async lesson(
    @Parent() { courseId, lessonKey }: LessonNote,
    @Context() { viewer, loaders, locale }: GraphqlContext,
  ): Promise<Lesson | null> {
    const versionId = await loaders.load(findFollowedVersions, courseId, (ids) =>
      this.database.read((tx) => findFollowedVersions(tx, viewer!.personId, ids)),
    );
    const outline = await this.outlines.require(versionId!);
    return outline.lessonsIn(locale).find(({ key }) => key === lessonKey) ?? null;
  }
}

@Resolver(() => Lesson)
export class LessonOwnNoteResolver {
  constructor(private readonly database: Database) {}

  @ResolveField(() => LessonNote, { nullable: true, description: "The viewer's own." })
  async note(@Parent() { id }: Lesson, @Context() { viewer, loaders }: GraphqlContext) {
    if (!viewer) return null;
    const found = await loaders.load(findNotes, id, (ids) =>
      this.database.read((tx) => findNotes(tx, viewer.personId, ids)),
    );
    return found ?? null;
  }
}
