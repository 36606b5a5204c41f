import {
  Args,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Parent,
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { CurrentLocale, CurrentViewer } from '../../platform/graphql/context.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import type { ActivityContent, LessonKind } from '../catalog/course-content.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { LessonStructureService, type DraftLesson } from './lesson-structure.service.js';
import { Lesson, LessonKindEnum } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';

const SubmissionEnum = { TEXT: 'TEXT', FILE: 'FILE', TEXT_OR_FILE: 'TEXT_OR_FILE' } as const;
registerEnumType(SubmissionEnum, {
  name: 'ActivitySubmission',
  description: 'How a learner answers an activity.',
});

@InputType()
class LessonCreateInput extends MutationInput {
  @Field(() => ID, { description: 'A module of a draft.' })
  moduleId!: string;

  @Field(() => LessonKindEnum, { description: 'A PACKAGE comes in by an import.' })
  kind!: LessonKind;

  @Field(() => String)
  title!: string;

  @Field(() => String, {
    nullable: true,
    description: "BCP 47 tag of the language of the title; the course's own when left out.",
  })
  locale?: string;

  @Field(() => Boolean, { nullable: true, description: 'True when left out.' })
  required?: boolean;

  @Field(() => Int, { nullable: true, description: '1 to 600; a usual value when left out.' })
  estimatedMinutes?: number;

  @Field(() => SubmissionEnum, { nullable: true, description: 'Of an activity; TEXT when left out.' })
  submission?: ActivityContent['submission'];

  @Field(() => Int, { nullable: true, description: 'In the module, from 0; last when left out.' })
  position?: number;
}

@InputType()
class LessonSettingsUpdateInput extends MutationInput {
  @Field(() => ID, { description: 'A lesson of a draft. What is left out stays.' })
  lessonId!: string;

  @Field(() => Boolean, { nullable: true })
  required?: boolean;

  @Field(() => Int, { nullable: true, description: '1 to 600.' })
  estimatedMinutes?: number;

  @Field(() => SubmissionEnum, { nullable: true, description: 'Of an activity.' })
  submission?: ActivityContent['submission'];
}

@InputType()
class LessonMoveInput extends MutationInput {
  @Field(() => ID, { description: 'A lesson of a draft.' })
  lessonId!: string;

  @Field(() => ID, { description: 'A module of the same draft: the one it is in, or another.' })
  moduleId!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'In that module, from 0, counted without the lesson itself; last when left out.',
  })
  position?: number;
}

@InputType({ isAbstract: true })
abstract class OneLessonInput extends MutationInput {
  @Field(() => ID, { description: 'A lesson of a draft.' })
  lessonId!: string;
}

@InputType()
class LessonDuplicateInput extends OneLessonInput {}

@InputType()
class LessonDeleteInput extends OneLessonInput {}

@InputType()
class LessonRestoreInput extends OneLessonInput {}

@ObjectType()
export class LessonStructurePayload extends MutationPayload implements Partial<DraftLesson> {
  lessonId?: string;

  @Field(() => CourseVersion, { nullable: true, description: 'The draft.' })
  version?: CourseVersion;
}

/** Which lessons a draft has and where they stand. Which drafts are the viewer's, the service asks. */
@Resolver(() => LessonStructurePayload)
export class LessonStructureResolver {
  constructor(
    private readonly lessons: LessonStructureService,
    private readonly outlines: Outlines,
  ) {}

  @ResolveField(() => Lesson, { nullable: true, description: 'Null when it was deleted.' })
  async lesson(
    @Parent() { version, lessonId }: LessonStructurePayload,
    @CurrentLocale() locale: string,
  ): Promise<Lesson | null> {
    if (!version) return null;
    const outline = await this.outlines.require(version.id);
    return outline.lessonsIn(locale).find(({ id }) => id === lessonId) ?? null;
  }

  @Access('SIGNED_IN')
  @Mutation(() => LessonStructurePayload, { description: 'Adds a lesson without text to a draft.' })
  lessonCreate(@Args('input') input: LessonCreateInput, @CurrentViewer() viewer: Viewer) {
    const { moduleId, ...lesson } = input;
    return this.lessons.create(viewer, moduleId, lesson);
  }

  @Access('SIGNED_IN')
  @Mutation(() => LessonStructurePayload, {
    description: 'Changes what is no text of a lesson of a draft.',
  })
  lessonSettingsUpdate(@Args('input') input: LessonSettingsUpdateInput, @CurrentViewer() viewer: Viewer) {
    const { lessonId, ...changes } = input;
    return this.lessons.updateSettings(viewer, lessonId, changes);
  }

  @Access('SIGNED_IN')
  @Mutation(() => LessonStructurePayload, { description: 'Puts a lesson elsewhere in its draft.' })
  lessonMove(@Args('input') input: LessonMoveInput, @CurrentViewer() viewer: Viewer) {
    return this.lessons.move(viewer, input.lessonId, input);
  }

  @Access('SIGNED_IN')
  @Mutation(() => LessonStructurePayload, {
    description: 'Copies a lesson with all it has, right behind itself, under a key of its own.',
  })
  lessonDuplicate(@Args('input') input: LessonDuplicateInput, @CurrentViewer() viewer: Viewer) {
    return this.lessons.duplicate(viewer, input.lessonId);
  }

  @Access('SIGNED_IN')
  @Mutation(() => LessonStructurePayload, {
    description:
      'Takes a lesson out of a draft. Until the draft is published, `lessonRestore` brings it back.',
  })
  lessonDelete(@Args('input') input: LessonDeleteInput, @CurrentViewer() viewer: Viewer) {
    return this.lessons.delete(viewer, input.lessonId);
  }

  @Access('SIGNED_IN')
  @Mutation(() => LessonStructurePayload, {
    description: 'Brings a deleted lesson back as it was, to its place.',
  })
  lessonRestore(@Args('input') input: LessonRestoreInput, @CurrentViewer() viewer: Viewer) {
    return this.lessons.restore(viewer, input.lessonId);
  }
}

/** What a lesson asks for besides being read. */
@Resolver(() => Lesson)
export class LessonSettingsResolver {
  @ResolveField(() => SubmissionEnum, { nullable: true, description: 'Of an activity; else null.' })
  submission(@Parent() { activity }: Lesson): ActivityContent['submission'] | null {
    return activity?.submission ?? null;
  }
}
