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
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { CurrentLocale, CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import {
  evaluateCompletion,
  MISSING_CODES,
  type CompletionEvidence,
  type MissingCode,
} from './completion.rules.js';
import { CourseCompletion } from './course-completion.entity.js';
import { findCourseCompletions, findEvidence } from './learning.queries.js';
import { LessonService } from './lesson.service.js';

const MissingCodeEnum = Object.fromEntries(MISSING_CODES.map((code) => [code, code]));
registerEnumType(MissingCodeEnum, {
  name: 'CompletionMissingCode',
  description: 'Why a course is not completed yet.',
});

@ObjectType({ description: 'One thing that is missing for the completion.' })
class CompletionMissing {
  @Field(() => MissingCodeEnum)
  code!: MissingCode;

  @Field(() => Lesson)
  lesson!: Lesson;

  @Field(() => Int)
  minutes!: number;
}

@ObjectType({ description: 'How far a learner is. Optional lessons do not count.' })
class Progress {
  @Field(() => Int)
  requiredLessons!: number;

  @Field(() => Int, { description: 'Of the required ones.' })
  completedLessons!: number;

  @Field(() => Int)
  minutesLeft!: number;

  @Field(() => [CompletionMissing], { description: 'In the order of the course.' })
  missing!: CompletionMissing[];
}

@InputType()
class LessonCompleteInput extends MutationInput {
  @Field(() => ID)
  enrollmentId!: string;

  @Field(() => ID)
  lessonId!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: "The device's time, for work done offline. Kept, never trusted.",
  })
  claimedAt?: Date;
}

@ObjectType()
class LessonCompletePayload extends MutationPayload {
  @Field(() => Enrollment, { nullable: true })
  enrollment?: Enrollment;

  @Field(() => Lesson, { nullable: true })
  lesson?: Lesson;
}

@Resolver(() => Enrollment)
export class EnrollmentProgressResolver {
  constructor(
    private readonly lessons: LessonService,
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @Access('SIGNED_IN')
  @Mutation(() => LessonCompletePayload, {
    description: 'Notes that a lesson was finished; done again, it is the same.',
  })
  async lessonComplete(
    @Args('input') input: LessonCompleteInput,
    @CurrentViewer() viewer: Viewer,
    @CurrentLocale() locale: string,
  ) {
    const { enrollment, lesson } = await this.lessons.complete(viewer, input);
    const outline = await this.outlines.require(lesson.versionId);
    return { enrollment, lesson: outline.lessonsIn(locale).find(({ id }) => id === lesson.id)! };
  }

  @ResolveField(() => Progress)
  async progress(
    @Parent() enrollment: Enrollment,
    @CurrentLocale() locale: string,
    @Context() { loaders }: GraphqlContext,
  ): Promise<Progress> {
    const outline = await this.outlines.require(enrollment.versionId);
    const lessons = outline.lessonsIn(locale);
    const lessonById = new Map(lessons.map((lesson) => [lesson.id, lesson]));
    const evidence = await this.evidence(enrollment, loaders);
    const verdict = evaluateCompletion(outline.version.criteria, lessons, evidence);
    return {
      ...verdict,
      missing: verdict.missing.map(({ code, lessonId, minutes }) => ({
        code,
        minutes,
        lesson: lessonById.get(lessonId)!,
      })),
    };
  }

  @ResolveField(() => Lesson, {
    nullable: true,
    description: 'The first required lesson that is not done. Null when nothing is missing.',
  })
  async nextLesson(
    @Parent() enrollment: Enrollment,
    @CurrentLocale() locale: string,
    @Context() context: GraphqlContext,
  ): Promise<Lesson | null> {
    const { missing } = await this.progress(enrollment, locale, context);
    return missing[0]?.lesson ?? null;
  }

  @ResolveField(() => [ID], {
    description: 'Optional ones included. For each lesson of its version, this or not yet.',
  })
  async completedLessonIds(@Parent() enrollment: Enrollment, @Context() { loaders }: GraphqlContext) {
    const done = new Set((await this.evidence(enrollment, loaders)).map((each) => each.lessonKey));
    const { lessons } = await this.outlines.require(enrollment.versionId);
    return lessons.filter((lesson) => done.has(lesson.key)).map((lesson) => lesson.id);
  }

  @ResolveField(() => CourseCompletion, { nullable: true })
  async completion(@Parent() { id }: Enrollment, @Context() { loaders }: GraphqlContext) {
    return loaders.load(findCourseCompletions, id, (ids) =>
      this.database.read((tx) => findCourseCompletions(tx, ids)),
    );
  }

  private async evidence({ id }: Enrollment, loaders: Loaders): Promise<CompletionEvidence[]> {
    const evidence = await loaders.load(findEvidence, id, (ids) =>
      this.database.read((tx) => findEvidence(tx, ids)),
    );
    return evidence ?? [];
  }
}
