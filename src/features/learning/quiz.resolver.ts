import {
  Args,
  Context,
  Field,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { HiddenError, NotFoundError } from '../../platform/errors.js';
import { CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { parseId } from '../../platform/ids.js';
import type { ShowAnswers } from '../catalog/course-content.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { ShowAnswersEnum } from '../catalog/quiz-settings.enums.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { findVersionIds } from './learning.queries.js';
import { AttemptStateEnum, QuizAttempt, type AttemptState } from './quiz-attempt.entity.js';
import { scorePercent } from './quiz-result.rules.js';
import { phaseAt } from './quiz-timing.rules.js';
import { QuizService } from './quiz.service.js';

@InputType()
class QuizAttemptStartInput extends MutationInput {
  @Field(() => ID)
  enrollmentId!: string;

  @Field(() => ID, { description: 'A quiz.' })
  lessonId!: string;
}

@InputType({ description: 'A premise of a matching, and what is put to it.' })
export class QuizPairInput {
  @Field(() => ID)
  optionId!: string;

  @Field(() => ID)
  matchId!: string;
}

@InputType()
class QuizAnswerSaveInput extends MutationInput {
  @Field(() => ID)
  attemptId!: string;

  @Field(() => ID)
  questionId!: string;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Of a choice; of an ordering, the items in order. An answer with no part at all is taken back.',
  })
  optionIds?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of a short text or a number, up to 500 characters; a number with a decimal point or comma.',
  })
  text?: string | null;

  @Field(() => [QuizPairInput], { nullable: true, description: 'Of a matching, each premise once.' })
  pairs?: QuizPairInput[] | null;
}

@InputType({ description: 'An answer to one question, as in `QuizAnswerSaveInput`.' })
class QuizAnswerInput {
  @Field(() => ID)
  questionId!: string;

  @Field(() => [ID], { nullable: true })
  optionIds?: string[] | null;

  @Field(() => String, { nullable: true })
  text?: string | null;

  @Field(() => [QuizPairInput], { nullable: true })
  pairs?: QuizPairInput[] | null;
}

@InputType()
class QuizAttemptSubmitInput extends MutationInput {
  @Field(() => ID)
  attemptId!: string;

  @Field(() => [QuizAnswerInput], {
    nullable: true,
    description:
      'Saved first, in place of those before; with none, those saved so far are graded. Past `endsAt` they come too late.',
  })
  answers?: QuizAnswerInput[] | null;
}

@ObjectType()
class QuizAttemptPayload extends MutationPayload {
  @Field(() => QuizAttempt, { nullable: true })
  attempt?: QuizAttempt;
}

@ObjectType()
class QuizAttemptSubmitPayload extends MutationPayload {
  @Field(() => QuizAttempt, { nullable: true })
  attempt?: QuizAttempt;

  @Field(() => Enrollment, { nullable: true })
  enrollment?: Enrollment;
}

@Resolver(() => QuizAttempt)
export class QuizResolver {
  constructor(
    private readonly quizzes: QuizService,
    private readonly database: Database,
    private readonly outlines: Outlines,
    private readonly clock: Clock,
  ) {}

  @Access('SIGNED_IN')
  @Mutation(() => QuizAttemptPayload, {
    description: 'Starts an attempt within the limits of its quiz, or gives the one in progress.',
  })
  async quizAttemptStart(@Args('input') input: QuizAttemptStartInput, @CurrentViewer() viewer: Viewer) {
    return { attempt: await this.quizzes.start(viewer, input) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => QuizAttemptPayload, { description: 'Saves one answer, in place of the one before.' })
  async quizAnswerSave(
    @Args('input') { attemptId, questionId, optionIds, text, pairs }: QuizAnswerSaveInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return {
      attempt: await this.quizzes.answer(viewer, attemptId, { questionId, optionIds, text, pairs }),
    };
  }

  @Access('SIGNED_IN')
  @Mutation(() => QuizAttemptSubmitPayload, {
    description: 'Hands in and grades; done again, it is the same grade.',
  })
  quizAttemptSubmit(
    @Args('input') { attemptId, answers }: QuizAttemptSubmitInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return this.quizzes.submit(viewer, attemptId, answers ?? []);
  }

  @Access('SIGNED_IN')
  @Query(() => QuizAttempt, { description: "One of the viewer's own attempts." })
  async quizAttempt(
    @Args('id', { type: () => ID }) id: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<QuizAttempt> {
    return this.database.read(async (tx) => {
      const attempt = await tx.findOneBy(QuizAttempt, { id: parseId(id) });
      if (!attempt) throw new NotFoundError();
      const { personId } = await tx.findOneByOrFail(Enrollment, { id: attempt.enrollmentId });
      if (personId !== viewer.personId) throw new HiddenError(`quiz_attempt:${attempt.id}`);
      return attempt;
    });
  }

  /** Not kept: what the clock says of an attempt that nobody ended. */
  @ResolveField(() => AttemptStateEnum)
  state(@Parent() attempt: QuizAttempt): AttemptState {
    const isOver = attempt.state === 'IN_PROGRESS' && phaseAt(this.clock.now(), attempt) !== 'OPEN';
    return isOver ? 'OVERDUE' : attempt.state;
  }

  @ResolveField()
  scorePercent(@Parent() { score, paper }: QuizAttempt): number | null {
    return score === null ? null : scorePercent(score, paper.length);
  }

  @ResolveField(() => ShowAnswersEnum)
  showAnswers(@Parent() { settings }: QuizAttempt): ShowAnswers {
    return settings.showAnswers;
  }

  @ResolveField(() => DateTime, { nullable: true, description: 'When the quiz closes for everybody.' })
  closesAt(@Parent() { settings }: QuizAttempt): Date | null {
    return settings.closesAt === null ? null : new Date(settings.closesAt);
  }

  @ResolveField(() => Lesson, { description: 'As it was when the attempt started.' })
  async lesson(@Parent() { lessonId }: QuizAttempt, @Context() context: GraphqlContext): Promise<Lesson> {
    const versionId = await context.loaders.load(findVersionIds, lessonId, (ids) =>
      this.database.read((tx) => findVersionIds(tx, ids)),
    );
    const outline = await this.outlines.require(versionId!);
    return outline.lessonsIn(context.locale).find(({ id }) => id === lessonId)!;
  }
}
