import { Context, Field, Int, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Database } from '../../platform/database/database.js';
import type { GraphqlContext } from '../../platform/graphql/context.js';
import { Course } from '../catalog/course.entity.js';
import { requireTrainerToRead } from '../catalog/course.policies.js';
import { Question } from '../catalog/question.entity.js';
import { findQuestionsById, findRegradesOf } from './quiz-regrade-report.queries.js';
import { QuizRegrade } from './quiz-regrade.entity.js';
import { presentDifferences, RegradeDifference, RegradeEffectCount } from './quiz-regrade.resolver.js';
import { REGRADE_EFFECTS } from './quiz-regrade.rules.js';
import { RegradePreviewService } from './regrade-preview.service.js';

@ObjectType({
  description: 'What a regrade by the newest key of a question would do. Nothing is changed by it.',
})
class RegradePreviewType {
  @Field(() => Int, { description: 'Of the version whose key it is; for `quizRegradeApply`.' })
  versionNumber!: number;

  @Field(() => Int, { description: 'Graded by another key. 0: there is nothing to grade anew.' })
  attempts!: number;

  @Field(() => [RegradeEffectCount], { description: 'Those that it has on none are left out.' })
  counts!: RegradeEffectCount[];

  @Field(() => [RegradeDifference], { description: 'Those who pass now and did not before: the first 50.' })
  passingNow!: RegradeDifference[];

  @Field(() => [RegradeDifference], {
    description: 'Those who are below the pass mark now, and stay passed: the first 50.',
  })
  stayingPassed!: RegradeDifference[];
}

@Resolver(() => Course)
export class CourseRegradesResolver {
  constructor(
    private readonly database: Database,
    private readonly previews: RegradePreviewService,
  ) {}

  @ResolveField(() => [Question], {
    description:
      'Questions that somebody was asked with another answer key than their newest, the last changed first. For its trainers.',
  })
  async mendedQuestions(@Parent() { id }: Course, @Context() context: GraphqlContext): Promise<Question[]> {
    await requireTrainerToRead(this.database, context, id);
    return this.database.read(async (tx) =>
      findQuestionsById(tx, await this.previews.findMendedQuestions(tx, id)),
    );
  }

  @ResolveField(() => [QuizRegrade], { description: 'The newest first. For its trainers.' })
  async regrades(@Parent() { id }: Course, @Context() context: GraphqlContext): Promise<QuizRegrade[]> {
    await requireTrainerToRead(this.database, context, id);
    const regrades = await context.loaders.load(findRegradesOf, id, (ids) =>
      this.database.read((tx) => findRegradesOf(tx, ids)),
    );
    return regrades!;
  }
}

@Resolver(() => Question)
export class QuestionRegradeResolver {
  constructor(
    private readonly database: Database,
    private readonly previews: RegradePreviewService,
  ) {}

  @ResolveField(() => RegradePreviewType)
  async regradePreview(
    @Parent() { id }: Question,
    @Context() context: GraphqlContext,
  ): Promise<RegradePreviewType> {
    const { counts, listed, ...preview } = await this.database.read((tx) => this.previews.preview(tx, id));
    const [passingNow, stayingPassed] = await Promise.all(
      [listed.PASSES_NOW, listed.STAYS_PASSED].map((changes) =>
        presentDifferences(this.database, context, changes),
      ),
    );
    return {
      ...preview,
      counts: REGRADE_EFFECTS.filter((effect) => counts[effect] > 0).map((effect) => ({
        effect,
        count: counts[effect],
      })),
      passingNow: passingNow!,
      stayingPassed: stayingPassed!,
    };
  }
}
