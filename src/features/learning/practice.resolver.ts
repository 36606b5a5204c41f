import {
  Args,
  Context,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { BadInputError } from '../../platform/errors.js';
import { CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import type { Loaders } from '../../platform/graphql/loaders.js';
import { DateTime, LocalDate } from '../../platform/graphql/scalars.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { Course } from '../catalog/course.entity.js';
import { findCourses } from '../catalog/course.queries.js';
import { ViewerProfile } from '../identity/identity.resolver.js';
import { PracticeCardType } from './practice-card.resolver.js';
import { PracticeDecks, type PracticeCard, type PracticeDeck } from './practice-decks.js';
import { PracticeAnswer } from './practice.entity.js';
import { LADDER_DAYS } from './practice.rules.js';
import { PracticeService } from './practice.service.js';
import { QuizPairInput } from './quiz.resolver.js';

@ObjectType({
  description:
    'Questions that the viewer answered wrong and may go over again: nobody has to, and it counts for nothing.',
})
export class Practice {}

@InputType()
class PracticeAnswerSendInput extends MutationInput {
  @Field(() => ID, {
    description: 'A UUID that the device makes: sent again with it, it is the same answer.',
  })
  id!: string;

  @Field(() => ID)
  questionId!: string;

  @Field(() => ID, { nullable: true, description: '`PracticeCard.versionId`. Left out: the newest.' })
  questionVersionId?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description:
      'Of a choice; of an ordering, the items in order. An answer with no part at all says: I do not know.',
  })
  optionIds?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Of a short text or a number, up to 500 characters.' })
  text?: string | null;

  @Field(() => [QuizPairInput], { nullable: true, description: 'Of a matching, each premise once.' })
  pairs?: QuizPairInput[] | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "The device's time, of an answer given without a line. Later than now, it is now.",
  })
  claimedAt?: Date | null;
}

@InputType({ description: 'Either a question or a course.' })
class PracticeScopeInput extends MutationInput {
  @Field(() => ID, { nullable: true })
  questionId?: string | null;

  @Field(() => ID, { nullable: true })
  courseId?: string | null;
}

@ObjectType()
class PracticeAnswerPayload extends MutationPayload {
  @Field(() => PracticeAnswer, { nullable: true })
  answer?: PracticeAnswer;
}

@ObjectType()
class PracticePayload extends MutationPayload {
  @Field(() => Practice, { nullable: true })
  practice?: Practice;
}

@Resolver(() => ViewerProfile)
export class ViewerPracticeResolver {
  @ResolveField(() => Practice)
  practice(): Practice {
    return new Practice();
  }
}

/** The viewer's deck, read once for a request. */
export async function deckOf(viewer: Viewer, loaders: Loaders, decks: PracticeDecks): Promise<PracticeDeck> {
  const deck = await loaders.load(deckOf, viewer.personId, async ([personId]) => {
    return new Map([[personId!, await decks.readNow(viewer)]]);
  });
  return deck!;
}

const isTakenUp = ({ isStopped, isCourseStopped }: PracticeCard): boolean => !isStopped && !isCourseStopped;

@Resolver(() => Practice)
export class PracticeResolver {
  constructor(
    private readonly service: PracticeService,
    private readonly decks: PracticeDecks,
    private readonly database: Database,
  ) {}

  @Access('SIGNED_IN')
  @Mutation(() => PracticeAnswerPayload, {
    description: 'Judges an answer to a question that is gone over, and says what is right.',
  })
  async practiceAnswerSend(@Args('input') input: PracticeAnswerSendInput, @CurrentViewer() viewer: Viewer) {
    const { id, questionId, questionVersionId, optionIds, text, pairs, claimedAt } = input;
    const answer = { id, questionId, questionVersionId, optionIds, text, pairs, claimedAt };
    return { answer: await this.service.answer(viewer, answer) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => PracticePayload, { description: 'Leaves a question, or all of a course, out.' })
  async practiceStop(@Args('input') input: PracticeScopeInput, @CurrentViewer() viewer: Viewer) {
    await this.service.stop(viewer, input);
    return { practice: new Practice() };
  }

  @Access('SIGNED_IN')
  @Mutation(() => PracticePayload, { description: 'Takes up again what was left out.' })
  async practiceResume(@Args('input') input: PracticeScopeInput, @CurrentViewer() viewer: Viewer) {
    await this.service.resume(viewer, input);
    return { practice: new Practice() };
  }

  @Access('SIGNED_IN')
  @Query(() => PracticeAnswer, { description: "One of the viewer's own answers." })
  practiceAnswer(@Args('id', { type: () => ID }) id: string, @CurrentViewer() viewer: Viewer) {
    return this.service.find(viewer, id);
  }

  @ResolveField(() => LocalDate, { description: "Today, in the viewer's time zone." })
  async today(@CurrentViewer() viewer: Viewer, @Context() { loaders }: GraphqlContext): Promise<string> {
    return (await deckOf(viewer, loaders, this.decks)).today;
  }

  @ResolveField(() => [Int], {
    description:
      'After how many days a question comes back: the first after a wrong answer, then one further.',
  })
  ladderDays(): readonly number[] {
    return LADDER_DAYS;
  }

  @ResolveField(() => Int, { description: 'How many are due today or were due before.' })
  async dueCount(@CurrentViewer() viewer: Viewer, @Context() { loaders }: GraphqlContext): Promise<number> {
    const { cards, today } = await deckOf(viewer, loaders, this.decks);
    return cards.filter((card) => isTakenUp(card) && card.dueOn !== null && card.dueOn <= today).length;
  }

  @ResolveField(() => [PracticeCardType], {
    description: 'Those that are due until a day; what has been due the longest comes first.',
  })
  async cards(
    @Args('first', { type: () => Int, description: '1 to 100.' }) first: number,
    @Args('dueBy', { type: () => LocalDate, nullable: true, description: 'Left out: today.' })
    dueBy: string | undefined,
    @CurrentViewer() viewer: Viewer,
    @Context() { loaders }: GraphqlContext,
  ): Promise<PracticeCard[]> {
    if (first < 1 || first > 100) throw new BadInputError('"first" is from 1 to 100.');
    const { cards, today } = await deckOf(viewer, loaders, this.decks);
    const last = dueBy ?? today;
    return cards
      .filter((card) => isTakenUp(card) && card.dueOn !== null && card.dueOn <= last)
      .slice(0, first);
  }

  @ResolveField(() => LocalDate, {
    nullable: true,
    description: 'The next day after today on which one is due. Null when none is.',
  })
  async nextDueOn(@CurrentViewer() viewer: Viewer, @Context() { loaders }: GraphqlContext) {
    const { cards, today } = await deckOf(viewer, loaders, this.decks);
    return cards.find((card) => isTakenUp(card) && card.dueOn !== null && card.dueOn > today)?.dueOn ?? null;
  }

  @ResolveField(() => [PracticeCardType], { description: 'Those that were left out one by one.' })
  async stoppedCards(@CurrentViewer() viewer: Viewer, @Context() { loaders }: GraphqlContext) {
    return (await deckOf(viewer, loaders, this.decks)).cards.filter(({ isStopped }) => isStopped);
  }

  @ResolveField(() => [Course], { description: 'Courses that were left out, with all their questions.' })
  async stoppedCourses(@CurrentViewer() viewer: Viewer, @Context() { loaders }: GraphqlContext) {
    const { cards } = await deckOf(viewer, loaders, this.decks);
    const ids = new Set(cards.filter(({ isCourseStopped }) => isCourseStopped).map((card) => card.courseId));
    if (ids.size === 0) return [];
    const courses = await this.database.read((tx) => findCourses(tx, [...ids]));
    return [...courses.values()];
  }
}
