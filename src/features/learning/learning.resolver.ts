import {
  Args,
  Context,
  Field,
  Float,
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
import { findCompletionFacts, type CompletionFacts } from './completion-facts.queries.js';
import { evaluateCompletion, MISSING_CODES, type MissingCode } from './completion.rules.js';
import { CourseCompletion } from './course-completion.entity.js';
import { findCourseCompletions } from './learning.queries.js';
import { LessonService } from './lesson.service.js';

const MissingCodeEnum = Object.fromEntries(MISSING_CODES.map((code) => [code, code]));
registerEnumType(MissingCodeEnum, {
  name: 'CompletionMissingCode',
  description: 'Why a course is not completed yet.',
  valuesMap: {
    OVERALL_BELOW_MINIMUM: {
      description:
        'Over the graded quizzes less is reached than the course asks for. Told as soon as a quiz is graded.',
    },
  },
});

@ObjectType({ description: 'One thing that is missing for the completion.' })
class CompletionMissing {
  @Field(() => MissingCodeEnum)
  code!: MissingCode;

  @Field(() => Lesson, { description: 'For an overall grade the quiz that may raise it most.' })
  lesson!: Lesson;

  @Field(() => Int, {
    description: 'Of an overall grade 0 while a quiz is not passed: it may make up for it.',
  })
  minutes!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Of an overall grade: what is reached, 0 to 100, rounded down. Null for the others.',
  })
  have!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Of an overall grade: what the course asks for, in percent. Null for the others.',
  })
  need!: number | null;
}

@ObjectType({ description: 'Where a learner stands in one graded quiz.' })
class OverallQuiz {
  @Field(() => Lesson)
  lesson!: Lesson;

  @Field(() => Float, {
    nullable: true,
    description: "By the quiz's grade policy, 0 to 100, rounded down. Null before the first grade.",
  })
  percent!: number | null;

  @Field(() => Boolean, {
    description:
      'Whether one more attempt may raise it: not for full marks, nor where the first attempt alone counts. Whether one may start is in `lesson.quizStanding`.',
  })
  mayRise!: boolean;
}

@ObjectType({
  description:
    "The average of the graded quizzes' grades, each quiz weighing the same, and the minimum that the course asks for.",
})
class OverallProgress {
  @Field(() => Int, { description: '1 to 100.' })
  minimumPercent!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Over the quizzes that have a grade, 0 to 100, rounded down. Null before the first grade.',
  })
  percent!: number | null;

  @Field(() => [OverallQuiz], { description: 'In the order of the course.' })
  quizzes!: OverallQuiz[];
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

  @Field(() => OverallProgress, {
    nullable: true,
    description: 'Null where the course asks for no overall minimum.',
  })
  overall!: OverallProgress | null;
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
    const facts = await this.facts(enrollment, loaders);
    const { overall, ...verdict } = evaluateCompletion(facts.criteria, lessons, facts);
    return {
      ...verdict,
      missing: verdict.missing.map(({ lessonId, have = null, need = null, ...missing }) => ({
        ...missing,
        have,
        need,
        lesson: lessonById.get(lessonId)!,
      })),
      overall: overall && {
        minimumPercent: overall.minimumPercent,
        percent: overall.percent,
        quizzes: overall.quizzes.map(({ lessonId, percent, mayRise }) => ({
          lesson: lessonById.get(lessonId)!,
          percent,
          mayRise,
        })),
      },
    };
  }

  @ResolveField(() => Lesson, {
    nullable: true,
    description:
      'The first required lesson that is not done, else the quiz that may raise the overall grade most. Null when nothing is missing.',
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
    const facts = await this.facts(enrollment, loaders);
    const done = new Set(facts.done.map((each) => each.lessonKey));
    const { lessons } = await this.outlines.require(enrollment.versionId);
    return lessons.filter((lesson) => done.has(lesson.key)).map((lesson) => lesson.id);
  }

  @ResolveField(() => CourseCompletion, { nullable: true })
  async completion(@Parent() { id }: Enrollment, @Context() { loaders }: GraphqlContext) {
    return loaders.load(findCourseCompletions, id, (ids) =>
      this.database.read((tx) => findCourseCompletions(tx, ids)),
    );
  }

  private async facts({ id }: Enrollment, loaders: Loaders): Promise<CompletionFacts> {
    const facts = await loaders.load(findCompletionFacts, id, (ids) =>
      this.database.read((tx) => findCompletionFacts(tx, ids)),
    );
    return facts!;
  }
}
