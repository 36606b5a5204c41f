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
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import {
  DEFAULT_QUIZ_SETTINGS,
  type GradePolicy,
  type QuizSettings,
  type ShowAnswers,
} from '../catalog/course-content.js';
import { requireTrainerToRead } from '../catalog/course.policies.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { Question } from '../catalog/question.entity.js';
import { QuizEditingService } from './quiz-editing.service.js';
import { findQuestionsAsked } from './quiz-pools.queries.js';
import { GradePolicyEnum, ShowAnswersEnum } from '../catalog/quiz-settings.enums.js';

@ObjectType({ description: 'Questions drawn at random among those of the bank with a tag.' })
class QuizPoolType {
  @Field(() => String)
  tag!: string;

  @Field(() => Int, { description: 'How many are drawn for each attempt.' })
  count!: number;

  @Field(() => Int, { description: 'How many may be drawn: in a draft, when it was last saved.' })
  available!: number;
}

@ObjectType({ description: 'What a quiz asks and how it is taken, as its trainers see it.' })
class QuizComposition implements QuizSettings {
  @Field(() => Int, { description: '1 to 100.' })
  passPercent!: number;

  @Field(() => [Question], { description: 'Asked of everybody, in this order.' })
  questions!: Question[];

  @Field(() => [QuizPoolType], { description: 'Drawn after those.' })
  pools!: QuizPoolType[];

  @Field(() => Int, { nullable: true, description: 'Null: as often as wanted.' })
  attemptLimit!: number | null;

  @Field(() => Int, { nullable: true, description: 'Of one attempt. Null: none.' })
  timeLimitMinutes!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'After it nothing is answered. Null: never.' })
  closesAt!: string | null;

  @Field(() => Int, { description: 'After the end of an attempt: it may be handed in, not changed.' })
  graceMinutes!: number;

  @Field(() => Int, { description: 'Between two attempts.' })
  waitMinutes!: number;

  @Field(() => Boolean)
  shuffleQuestions!: boolean;

  @Field(() => Boolean)
  shuffleOptions!: boolean;

  @Field(() => ShowAnswersEnum)
  showAnswers!: ShowAnswers;

  @Field(() => GradePolicyEnum)
  gradePolicy!: GradePolicy;
}

@InputType({ description: 'How a quiz is taken. What is null is as usual.' })
class QuizSettingsInputType {
  @Field(() => Int, { nullable: true, description: '1 to 1,000. Null: as often as wanted.' })
  attemptLimit?: number;

  @Field(() => Int, { nullable: true, description: '1 to 1,440. Null: none.' })
  timeLimitMinutes?: number;

  @Field(() => String, { nullable: true, description: 'ISO 8601 instant with its offset. Null: never.' })
  closesAt?: string;

  @Field(() => String, {
    nullable: true,
    description: 'In place of `closesAt`: a local date and time such as `2026-12-31T23:59`.',
  })
  closesLocal?: string;

  @Field(() => String, { nullable: true, description: 'IANA time zone of `closesLocal`.' })
  closesTimeZone?: string;

  @Field(() => Int, { nullable: true, description: '0 to 1,440; usually 0.' })
  graceMinutes?: number;

  @Field(() => Int, { nullable: true, description: '0 to 43,200; usually 0.' })
  waitMinutes?: number;

  @Field(() => Boolean, { nullable: true, description: 'Usually false.' })
  shuffleQuestions?: boolean;

  @Field(() => Boolean, { nullable: true, description: 'Usually true.' })
  shuffleOptions?: boolean;

  @Field(() => ShowAnswersEnum, { nullable: true, description: 'Usually AFTER_ATTEMPT.' })
  showAnswers?: ShowAnswers;

  @Field(() => GradePolicyEnum, { nullable: true, description: 'Usually HIGHEST.' })
  gradePolicy?: GradePolicy;
}

@InputType()
class QuizPoolInput {
  @Field(() => String)
  tag!: string;

  @Field(() => Int, { description: 'From 1 to the number of questions with the tag.' })
  count!: number;
}

@InputType()
class QuizUpdateInput extends MutationInput {
  @Field(() => ID, { description: 'A quiz of a draft.' })
  lessonId!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The `revision` that was opened: refused with LESSON_CHANGED when somebody saved since.',
  })
  expectedRevision?: number;

  @Field(() => Int, { nullable: true, description: '1 to 100. Null: it stays.' })
  passPercent?: number;

  @Field(() => QuizSettingsInputType, { nullable: true, description: 'All of them. Null: they stay.' })
  settings?: QuizSettingsInputType;

  @Field(() => [String], { nullable: true, description: 'Keys of the bank, in order. Null: they stay.' })
  questions?: string[];

  @Field(() => [QuizPoolInput], { nullable: true, description: 'In order. Null: they stay.' })
  pools?: QuizPoolInput[];
}

@ObjectType()
class QuizUpdatePayload extends MutationPayload {
  @Field(() => Lesson, { nullable: true })
  lesson?: Lesson;
}

/** Composing a quiz. */
@Resolver(() => Lesson)
export class QuizEditingResolver {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
    private readonly quizzes: QuizEditingService,
  ) {}

  @Access('SIGNED_IN')
  @Mutation(() => QuizUpdatePayload, {
    description: 'Changes what a quiz of a draft asks and how. Questions are asked in their newest version.',
  })
  async quizUpdate(@Args('input') input: QuizUpdateInput, @CurrentViewer() viewer: Viewer) {
    return { lesson: await this.quizzes.update(viewer, input) };
  }

  @ResolveField(() => QuizComposition, {
    nullable: true,
    description: 'Null for what is no quiz. For the trainers of its course.',
  })
  async composition(
    @Parent() lesson: Lesson,
    @Context() context: GraphqlContext,
  ): Promise<QuizComposition | null> {
    const { version } = await this.outlines.require(lesson.versionId);
    await requireTrainerToRead(this.database, context, version.courseId);
    if (lesson.quizPassPercent === null) return null;
    const asked = await context.loaders.load(findQuestionsAsked, lesson.id, (ids) =>
      this.database.read((tx) => findQuestionsAsked(tx, ids)),
    );
    return {
      ...DEFAULT_QUIZ_SETTINGS,
      ...lesson.quizSettings,
      passPercent: lesson.quizPassPercent,
      questions: (asked ?? []).filter(({ pool }) => pool === null).map(({ question }) => question),
      pools: (lesson.quizPools ?? []).map(({ tag, count }, index) => ({
        tag,
        count,
        available: (asked ?? []).filter(({ pool }) => pool === index).length,
      })),
    };
  }
}
