import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { CurrentLocale, CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { AttemptQuestion } from './attempt-questions.resolver.js';
import { PracticeCardType } from './practice-card.resolver.js';
import { PracticeDecks, type PracticeCard } from './practice-decks.js';
import { presentPracticed } from './practice-question.rules.js';
import { PracticeAnswer } from './practice.entity.js';
import { deckOf } from './practice.resolver.js';
import { POINT } from './quiz-scoring.rules.js';
import { findQuestionVersions } from './quiz.queries.js';

@Resolver(() => PracticeAnswer)
export class PracticeAnswerResolver {
  constructor(
    private readonly database: Database,
    private readonly decks: PracticeDecks,
  ) {}

  @ResolveField(() => Boolean, { description: 'Whether it earned the whole point.' })
  right(@Parent() { score }: PracticeAnswer): boolean {
    return score >= POINT;
  }

  @ResolveField(() => AttemptQuestion, {
    nullable: true,
    description:
      'As it was asked, with what was answered and what is right. Null once that may not be shown.',
  })
  async question(
    @Parent() answer: PracticeAnswer,
    @CurrentViewer() viewer: Viewer,
    @CurrentLocale() locale: string,
    @Context() context: GraphqlContext,
  ): Promise<AttemptQuestion | null> {
    if (!(await this.card(answer, viewer, context))) return null;
    return presentPracticed(await this.version(answer, context), answer.id, {
      answer,
      isShown: true,
      locale,
    });
  }

  @ResolveField(() => PracticeCardType, {
    nullable: true,
    description: 'How the question stands now. Null when it is no longer gone over.',
  })
  async card(
    @Parent() answer: PracticeAnswer,
    @CurrentViewer() viewer: Viewer,
    @Context() context: GraphqlContext,
  ): Promise<PracticeCard | null> {
    const { questionId } = await this.version(answer, context);
    const { cards } = await deckOf(viewer, context.loaders, this.decks);
    return cards.find((card) => card.questionId === questionId) ?? null;
  }

  private async version({ questionVersionId }: PracticeAnswer, { loaders }: GraphqlContext) {
    const version = await loaders.load(findQuestionVersions, questionVersionId, (ids) =>
      this.database.read((tx) => findQuestionVersions(tx, ids)),
    );
    return version!;
  }
}
