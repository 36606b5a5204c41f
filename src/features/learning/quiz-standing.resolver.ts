import { Context, Field, Float, Int, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { DomainError } from '../../platform/errors.js';
import type { GraphqlContext } from '../../platform/graphql/context.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import type { GradePolicy, ShowAnswers } from '../catalog/course-content.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { GradePolicyEnum, ShowAnswersEnum } from '../catalog/quiz-settings.enums.js';
import { QuizAllowance } from './quiz-allowance.entity.js';
import { findOwnAllowances } from './quiz-allowance.queries.js';
import { isNothing, withAllowance } from './quiz-allowance.rules.js';
import { gradesOf, quizResult } from './quiz-result.rules.js';
import { nextAttempt, windowOf } from './quiz-timing.rules.js';
import { findOwnAttempts } from './quiz.queries.js';
import { settingsOf } from './quiz-settings.rules.js';

@ObjectType({
  description: 'The limits of a quiz, and where the viewer stands to them: what one reads before starting.',
})
class QuizStanding {
  @Field(() => Int, { nullable: true, description: 'Null: as often as wanted.' })
  attemptLimit!: number | null;

  @Field(() => Int, { nullable: true, description: 'Null: as often as wanted.' })
  attemptsLeft!: number | null;

  @Field(() => Int, { nullable: true, description: 'Of one attempt. Null: none.' })
  timeLimitMinutes!: number | null;

  @Field(() => DateTime, { nullable: true, description: 'After it nothing is answered. Null: never.' })
  closesAt!: Date | null;

  @Field(() => Int, {
    description: 'After the end of an attempt, in which it may be handed in but not changed.',
  })
  graceMinutes!: number;

  @Field(() => Int, { description: 'Between two attempts.' })
  waitMinutes!: number;

  @Field(() => GradePolicyEnum)
  gradePolicy!: GradePolicy;

  @Field(() => ShowAnswersEnum)
  showAnswers!: ShowAnswers;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When an attempt started now would end. Null: never.',
  })
  endsAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Before it no attempt starts. Null: none is waited for.',
  })
  waitsUntil!: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Why no attempt may start now, in the viewer's language. Null when one may, or is in progress.",
  })
  refusal!: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'By the grade policy, 0 to 100. Null before the first grade.',
  })
  scorePercent!: number | null;

  @Field(() => QuizAllowance, {
    nullable: true,
    description: 'What the viewer alone was given; the limits here are with it. Null: nothing.',
  })
  allowance!: QuizAllowance | null;
}

@Resolver(() => Lesson)
export class QuizStandingResolver {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @ResolveField(() => QuizStanding, {
    nullable: true,
    description: 'Null for what is no quiz, and for visitors.',
  })
  async quizStanding(
    @Parent() lesson: Lesson,
    @Context() { viewer, loaders, locale }: GraphqlContext,
  ): Promise<QuizStanding | null> {
    if (!viewer || lesson.kind !== 'QUIZ') return null;
    const own = await loaders.load(findOwnAttempts, lesson.id, (ids) =>
      this.database.read((tx) => findOwnAttempts(tx, viewer.personId, ids)),
    );
    const newest = await loaders.load(findOwnAllowances, lesson.id, (ids) =>
      this.database.read((tx) => findOwnAllowances(tx, viewer.personId, ids)),
    );
    const allowance = newest && !isNothing(newest) ? newest : null;
    const settings = withAllowance(settingsOf(lesson), allowance);
    const now = this.clock.now();
    const { attempts, isOpen } = own!;
    const { refusal, values, attemptsLeft, waitsUntil } = nextAttempt(settings, attempts, now);
    return {
      ...settings,
      closesAt: settings.closesAt === null ? null : new Date(settings.closesAt),
      allowance,
      attemptsLeft,
      waitsUntil,
      endsAt: windowOf(now, settings).endsAt,
      refusal: refusal && !isOpen ? new DomainError(refusal, values).sentence(locale) : null,
      scorePercent: quizResult(settings.gradePolicy, gradesOf(attempts))?.percent ?? null,
    };
  }
}
