import { Args, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { CurrentViewer } from '../../platform/graphql/context.js';
import { JSONObject } from '../../platform/graphql/scalars.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { LessonEditingService } from './lesson-editing.service.js';
import { Lesson } from '../catalog/lesson.entity.js';

const EXPECTED_REVISION =
  'The `revision` that was opened: refused with LESSON_CHANGED when somebody saved since. Left out: saved anyway.';

@InputType()
class LessonUpdateInput extends MutationInput {
  @Field(() => ID, { description: 'A lesson of a draft.' })
  lessonId!: string;

  @Field(() => String, { description: 'BCP 47 tag of the language that the title and the text are in.' })
  locale!: string;

  @Field(() => String, { nullable: true })
  title?: string;

  @Field(() => JSONObject, { nullable: true, description: 'A block tree in the ProseMirror shape.' })
  body?: object;

  @Field(() => String, {
    nullable: true,
    description:
      'The text as Markdown, in place of `body`. What lessons cannot hold is refused with its line.',
  })
  markdown?: string;

  @Field(() => Int, { nullable: true, description: '1 to 120.' })
  estimatedMinutes?: number;

  @Field(() => Int, { nullable: true, description: EXPECTED_REVISION })
  expectedRevision?: number;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Saved while somebody writes: those of two minutes are one in the history. Only with `expectedRevision`.',
  })
  autosave?: boolean;
}

@InputType()
class LessonSaveRestoreInput extends MutationInput {
  @Field(() => ID, { description: 'A lesson of a draft.' })
  lessonId!: string;

  @Field(() => ID, { description: 'Of this lesson, in any version.' })
  saveId!: string;

  @Field(() => Int, { nullable: true, description: EXPECTED_REVISION })
  expectedRevision?: number;
}

@ObjectType()
class LessonUpdatePayload extends MutationPayload {
  @Field(() => Lesson, { nullable: true })
  lesson?: Lesson;
}

@ObjectType()
class LessonSaveRestorePayload extends MutationPayload {
  @Field(() => Lesson, { nullable: true })
  lesson?: Lesson;
}

/** Saving what trainers write. Which courses are theirs, the service asks. */
@Resolver()
export class LessonUpdateResolver {
  constructor(private readonly editing: LessonEditingService) {}

  @Access('SIGNED_IN')
  @Mutation(() => LessonUpdatePayload, { description: 'Changes a lesson of a draft, in one language.' })
  async lessonUpdate(@Args('input') input: LessonUpdateInput, @CurrentViewer() viewer: Viewer) {
    const { lessonId, ...changes } = input;
    return { lesson: await this.editing.update(viewer, lessonId, changes) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => LessonSaveRestorePayload, {
    description:
      'Makes a lesson of a draft say again what it said at an old save. What it said until now stays in its history.',
  })
  async lessonSaveRestore(@Args('input') input: LessonSaveRestoreInput, @CurrentViewer() viewer: Viewer) {
    const { lessonId, saveId, expectedRevision } = input;
    return { lesson: await this.editing.restore(viewer, { lessonId, saveId, expectedRevision }) };
  }
}
