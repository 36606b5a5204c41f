import {
  Args,
  ArgsType,
  Context,
  Field,
  Float,
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
import { NotFoundError } from '../../platform/errors.js';
import { ConnectionType, PageArgs, readPage, withNodes } from '../../platform/graphql/connection.js';
import { CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { parseId } from '../../platform/ids.js';
import { inLocale } from '../../platform/locale.js';
import { requireTrainerToRead } from '../catalog/course.policies.js';
import { Question } from '../catalog/question.entity.js';
import { findPeople } from '../identity/identity.queries.js';
import { Person } from '../identity/person.entity.js';
import { countEffects, findAttemptFacts, findDifferences } from './quiz-regrade-report.queries.js';
import { QuizRegrade, RegradeEffectEnum } from './quiz-regrade.entity.js';
import { REGRADE_EFFECTS, type RegradeEffect, type ScoreChange } from './quiz-regrade.rules.js';
import { QuizRegradeService } from './quiz-regrade.service.js';
import { scorePercent } from './quiz-result.rules.js';

@InputType()
class QuizRegradeApplyInput extends MutationInput {
  @Field(() => ID)
  questionId!: string;

  @Field(() => Int, { description: 'Number of the version that was previewed: the newest.' })
  expectedVersion!: number;

  @Field(() => String, { description: 'Why, up to 500 characters; learners read it.' })
  reason!: string;
}

@ObjectType()
class QuizRegradePayload extends MutationPayload {
  @Field(() => QuizRegrade, { nullable: true })
  regrade?: QuizRegrade;
}

@ObjectType({ description: 'How many attempts a regrade has an effect on.' })
export class RegradeEffectCount {
  @Field(() => RegradeEffectEnum)
  effect!: RegradeEffect;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ description: 'What a regrade makes of one attempt.' })
export class RegradeDifference {
  @Field(() => ID)
  attemptId!: string;

  @Field(() => ID, { description: 'In which the attempt was made.' })
  enrollmentId!: string;

  @Field(() => Person)
  learner!: Person;

  @Field(() => String)
  email!: string;

  @Field(() => String)
  quizTitle!: string;

  @Field(() => Int, { description: 'Of the attempt, from 1.' })
  number!: number;

  @Field(() => DateTime)
  submittedAt!: Date;

  @Field(() => Float, { description: 'Of the attempt, 0 to 100.' })
  scorePercentBefore!: number;

  @Field(() => Float, { description: 'Of the attempt, 0 to 100.' })
  scorePercentAfter!: number;

  @Field(() => RegradeEffectEnum)
  effect!: RegradeEffect;

  @Field(() => Boolean, { description: 'Whether the learner has completed the course by now.' })
  isCompleted!: boolean;
}

@ObjectType()
export class RegradeDifferenceConnection extends ConnectionType(RegradeDifference, 'RegradeDifference', {
  isAbstract: true,
}) {}

@ArgsType()
export class DifferenceArgs extends PageArgs {
  @Field(() => RegradeEffectEnum, { nullable: true, description: 'Only with this effect.' })
  effect?: RegradeEffect | null;
}

/** Of an attempt, before it is known whose it is. */
export type Difference = Pick<ScoreChange, 'attemptId' | 'scoreBefore' | 'scoreAfter' | 'effect'>;

/** Fills in whose attempts these are. */
export async function presentDifferences(
  database: Database,
  { loaders, locale }: GraphqlContext,
  changes: readonly Difference[],
): Promise<RegradeDifference[]> {
  return Promise.all(
    changes.map(async ({ attemptId, scoreBefore, scoreAfter, effect }) => {
      const facts = (await loaders.load(findAttemptFacts, attemptId, (ids) =>
        database.read((tx) => findAttemptFacts(tx, ids)),
      ))!;
      const learner = (await loaders.load(findPeople, facts.personId, (ids) =>
        database.read((tx) => findPeople(tx, ids)),
      ))!;
      return {
        ...facts,
        learner,
        email: learner.email,
        quizTitle: inLocale(facts.titles, locale) ?? '',
        scorePercentBefore: scorePercent(scoreBefore, facts.questionCount),
        scorePercentAfter: scorePercent(scoreAfter, facts.questionCount),
        effect,
      };
    }),
  );
}

@Resolver(() => QuizRegrade)
export class QuizRegradeResolver {
  constructor(
    private readonly database: Database,
    private readonly regrades: QuizRegradeService,
  ) {}

  @Access('SIGNED_IN')
  @Mutation(() => QuizRegradePayload, {
    description:
      'Puts the newest answer key of a question in force for every attempt that asked an earlier one. Attempts are graded anew in the background; asked for again, it is the same regrade. For authors.',
  })
  async quizRegradeApply(@Args('input') input: QuizRegradeApplyInput, @CurrentViewer() viewer: Viewer) {
    return { regrade: await this.regrades.apply(viewer, input) };
  }

  @Access('SIGNED_IN')
  @Query(() => QuizRegrade, { description: 'For the trainers of its course.' })
  async quizRegrade(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: GraphqlContext,
  ): Promise<QuizRegrade> {
    const [regrade, question] = await this.database.read(async (tx) => {
      const found = await tx.findOneBy(QuizRegrade, { id: parseId(id) });
      if (!found) throw new NotFoundError();
      return [found, await tx.findOneByOrFail(Question, { id: found.questionId })] as const;
    });
    await requireTrainerToRead(this.database, context, question.courseId);
    return regrade;
  }

  @ResolveField(() => Question)
  question(@Parent() { questionId }: QuizRegrade): Promise<Question> {
    return this.database.read((tx) => tx.findOneByOrFail(Question, { id: questionId }));
  }

  @ResolveField(() => Person)
  async requestedBy(
    @Parent() { requestedBy }: QuizRegrade,
    @Context() { loaders }: GraphqlContext,
  ): Promise<Person> {
    return (await loaders.load(findPeople, requestedBy, (ids) =>
      this.database.read((tx) => findPeople(tx, ids)),
    ))!;
  }

  @ResolveField(() => [RegradeEffectCount], {
    description: 'So far; those that it has on none are left out.',
  })
  async counts(
    @Parent() { id }: QuizRegrade,
    @Context() { loaders }: GraphqlContext,
  ): Promise<RegradeEffectCount[]> {
    const counts = await loaders.load(countEffects, id, (ids) =>
      this.database.read((tx) => countEffects(tx, ids)),
    );
    return REGRADE_EFFECTS.flatMap((effect) => counts!.find((each) => each.effect === effect) ?? []);
  }

  @ResolveField(() => RegradeDifferenceConnection, { description: 'The report: attempt by attempt.' })
  async differences(
    @Parent() { id }: QuizRegrade,
    @Args() { effect = null, ...page }: DifferenceArgs,
    @Context() context: GraphqlContext,
  ) {
    const found = await readPage(
      page,
      ({ attemptId }: Difference) => attemptId,
      (after, limit) =>
        this.database.read((tx) => findDifferences(tx, id, { effect: effect ?? null, after, limit })),
    );
    return withNodes(found, await presentDifferences(this.database, context, found.nodes));
  }
}
