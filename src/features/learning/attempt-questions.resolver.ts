import { Context, Field, Float, ID, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { CurrentLocale, type GraphqlContext } from '../../platform/graphql/context.js';
import type { QuestionKind } from '../catalog/course-content.js';
import { Outlines } from '../catalog/outlines.js';
import { QuestionKindEnum, type QuestionVersion } from '../catalog/question.entity.js';
import { presentQuestion } from './attempt-question.rules.js';
import { findVersionIds } from './learning.queries.js';
import { QuizAttempt } from './quiz-attempt.entity.js';
import { findRegradesOfAttempts } from './quiz-regrade.queries.js';
import { mayShowAnswers } from './quiz-timing.rules.js';
import { findAnswers, findPassedElsewhere, findQuestionVersions } from './quiz.queries.js';

const UNTIL = 'Null until `QuizAttempt.showAnswers` lets it be shown.';

@ObjectType({
  description:
    'A choice, an item to put in order, or a premise to match. What is right is told only once it may be.',
})
class AttemptOption {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  text!: string;

  @Field(() => Boolean, { nullable: true, description: `Of a choice. ${UNTIL}` })
  correct!: boolean | null;

  @Field(() => String, { nullable: true, description: UNTIL })
  feedback!: string | null;
}

@ObjectType({ description: 'What a premise may be matched with.' })
class AttemptMatch {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  text!: string;
}

@ObjectType({ description: 'A premise, and the match that was put to it or belongs to it.' })
class AttemptPair {
  @Field(() => ID)
  optionId!: string;

  @Field(() => ID)
  matchId!: string;
}

@ObjectType({
  description: 'What answers a question that is not a choice. Only the part of its kind is filled.',
})
class AttemptSolution {
  @Field(() => [String], {
    description: 'Of a short text or a number: what earns the whole point, in words.',
  })
  texts!: string[];

  @Field(() => [AttemptPair])
  pairs!: AttemptPair[];

  @Field(() => [ID], { description: 'Of an ordering: the items in order.' })
  optionIds!: string[];
}

@ObjectType({ description: 'A question as it stands in one attempt, or as it is gone over again.' })
export class AttemptQuestion {
  @Field(() => ID)
  id!: string;

  @Field(() => QuestionKindEnum)
  kind!: QuestionKind;

  @Field(() => String, { description: 'Safe HTML.' })
  promptHtml!: string;

  @Field(() => [AttemptOption], {
    description: 'In the order of this attempt. Empty when the answer is typed.',
  })
  options!: AttemptOption[];

  @Field(() => [AttemptMatch], { description: 'Of a matching, in an order of chance.' })
  matches!: AttemptMatch[];

  @Field(() => [ID], {
    description: 'As last saved: the choices; of an ordering, the items in the order given.',
  })
  chosenOptionIds!: string[];

  @Field(() => String, { nullable: true, description: 'As last saved, of a short text or a number.' })
  text!: string | null;

  @Field(() => [AttemptPair], { description: 'As last saved, of a matching.' })
  pairs!: AttemptPair[];

  @Field(() => Float, { nullable: true, description: `0 to 1. ${UNTIL}` })
  points!: number | null;

  @Field(() => String, { nullable: true, description: `To what was typed. ${UNTIL}` })
  feedback!: string | null;

  @Field(() => String, { nullable: true, description: UNTIL })
  explanation!: string | null;

  @Field(() => AttemptSolution, { nullable: true, description: `Null for a choice. ${UNTIL}` })
  solution!: AttemptSolution | null;
}

@Resolver(() => QuizAttempt)
export class AttemptQuestionsResolver {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
    private readonly clock: Clock,
  ) {}

  @ResolveField(() => Boolean, {
    description: 'Whether it shows, question by question, what is right.',
  })
  async answersShown(
    @Parent() attempt: QuizAttempt,
    @Context() { loaders }: GraphqlContext,
  ): Promise<boolean> {
    if (attempt.state === 'IN_PROGRESS') return false;
    const needsPass = attempt.settings.showAnswers === 'AFTER_PASS' && !attempt.passed;
    const passedElsewhere =
      needsPass &&
      (await loaders.load(findPassedElsewhere, attempt.id, (ids) =>
        this.database.read((tx) => findPassedElsewhere(tx, ids)),
      ));
    const isPassed = attempt.passed === true || passedElsewhere === true;
    return mayShowAnswers(attempt.settings, { isPassed, now: this.clock.now() });
  }

  @ResolveField(() => [AttemptQuestion])
  async questions(
    @Parent() attempt: QuizAttempt,
    @CurrentLocale() locale: string,
    @Context() context: GraphqlContext,
  ): Promise<AttemptQuestion[]> {
    const { loaders } = context;
    const isShown = await this.answersShown(attempt, context);
    const answers = await loaders.load(findAnswers, attempt.id, (ids) =>
      this.database.read((tx) => findAnswers(tx, ids)),
    );
    const versionId = await loaders.load(findVersionIds, attempt.lessonId, (ids) =>
      this.database.read((tx) => findVersionIds(tx, ids)),
    );
    const { version } = await this.outlines.require(versionId!);
    const regrades = isShown
      ? await loaders.load(findRegradesOfAttempts, attempt.id, (ids) =>
          this.database.read((tx) => findRegradesOfAttempts(tx, ids)),
        )
      : [];
    const load = async (id: string): Promise<QuestionVersion> =>
      (await loaders.load(findQuestionVersions, id, (ids) =>
        this.database.read((tx) => findQuestionVersions(tx, ids)),
      ))!;
    const language = version.locales.includes(locale) ? locale : version.defaultLocale;
    return Promise.all(
      attempt.paper.map(async (placed) => {
        const regrade = regrades!.find(({ questionId }) => questionId === placed.questionId); // the newest
        const keyId = regrade?.questionVersionId ?? placed.keyVersionId ?? placed.questionVersionId;
        const [question, key] = await Promise.all([load(placed.questionVersionId), load(keyId)]);
        const answer = answers?.find((each) => each.questionVersionId === placed.questionVersionId);
        return presentQuestion(
          question,
          { placed, seed: attempt.seed, answer },
          { key, isShown, locale: language },
        );
      }),
    );
  }
}
