import { Context, Field, Float, ID, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Database } from '../../platform/database/database.js';
import type { GraphqlContext } from '../../platform/graphql/context.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { QuizAttempt } from './quiz-attempt.entity.js';
import { RegradeEffectEnum } from './quiz-regrade.entity.js';
import { findRegradesOfAttempts } from './quiz-regrade.queries.js';
import type { RegradeEffect } from './quiz-regrade.rules.js';
import { scorePercent } from './quiz-result.rules.js';

@ObjectType({
  description: 'That an attempt was graded anew, because the answer key of one of its questions was mended.',
})
class QuizAttemptRegrade {
  @Field(() => ID)
  questionId!: string;

  @Field(() => DateTime)
  gradedAt!: Date;

  @Field(() => Float, { description: 'Of the attempt, 0 to 100.' })
  scorePercentBefore!: number;

  @Field(() => Float, { description: 'Of the attempt, 0 to 100.' })
  scorePercentAfter!: number;

  @Field(() => RegradeEffectEnum)
  effect!: RegradeEffect;

  @Field(() => String, { description: 'Why, in the words of the trainer.' })
  reason!: string;
}

@Resolver(() => QuizAttempt)
export class AttemptRegradeResolver {
  constructor(private readonly database: Database) {}

  @ResolveField(() => [QuizAttemptRegrade], {
    description: 'The newest first. Scores before and after each are kept for ever.',
  })
  async regrades(
    @Parent() { id, paper }: QuizAttempt,
    @Context() { loaders }: GraphqlContext,
  ): Promise<QuizAttemptRegrade[]> {
    const regrades = await loaders.load(findRegradesOfAttempts, id, (ids) =>
      this.database.read((tx) => findRegradesOfAttempts(tx, ids)),
    );
    return regrades!.map(({ scoreBefore, scoreAfter, ...regrade }) => ({
      ...regrade,
      scorePercentBefore: scorePercent(scoreBefore, paper.length),
      scorePercentAfter: scorePercent(scoreAfter, paper.length),
    }));
  }
}
