import {
  Args,
  Context,
  Field,
  Float,
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
import { Database } from '../../platform/database/database.js';
import { NotFoundError, HiddenError } from '../../platform/errors.js';
import { CurrentLocale, CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { parseId } from '../../platform/ids.js';
import { inLocale } from '../../platform/locale.js';
import { renderBlockDocument } from '../catalog/block-document.html.js';
import { Outlines } from '../catalog/outlines.js';
import type { QuestionKind } from '../catalog/course-content.js';
import { QuestionKindEnum, type QuestionVersion } from '../catalog/question.entity.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { findAnswers, findQuestionVersions, findVersionIds } from './learning.queries.js';
import { QuizAttempt, type QuizAnswer } from './quiz-attempt.entity.js';
import { POINT, scorePercent } from './quiz.rules.js';
import { QuizService } from './quiz.service.js';

@ObjectType({
  description: 'One way to answer. Whether it is right is told only once the attempt is graded.',
})
class AttemptOption {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  text!: string;

  @Field(() => Boolean, { nullable: true, description: 'Null until the attempt is graded.' })
  correct!: boolean | null;

  @Field(() => String, { nullable: true, description: 'Null until the attempt is graded.' })
  feedback!: string | null;
}

@ObjectType({ description: 'A question as it stands in one attempt.' })
class AttemptQuestion {
  @Field(() => ID)
  id!: string;

  @Field(() => QuestionKindEnum)
  kind!: QuestionKind;

  @Field(() => String, { description: 'Safe HTML.' })
  promptHtml!: string;

  @Field(() => [AttemptOption], { description: 'In the order of this attempt.' })
  options!: AttemptOption[];

  @Field(() => [ID], { description: 'As last saved.' })
  chosenOptionIds!: string[];

  @Field(() => Float, { nullable: true, description: '0 to 1. Null until the attempt is graded.' })
  points!: number | null;

  @Field(() => String, { nullable: true, description: 'Null until the attempt is graded.' })
  explanation!: string | null;
}

@InputType()
class QuizAttemptStartInput extends MutationInput {
  @Field(() => ID)
  enrollmentId!: string;

  @Field(() => ID, { description: 'A quiz.' })
  lessonId!: string;
}

@InputType()
class QuizAnswerSaveInput extends MutationInput {
  @Field(() => ID)
  attemptId!: string;

  @Field(() => ID)
  questionId!: string;

  @Field(() => [ID], { description: 'Empty to take the answer back.' })
  optionIds!: string[];
}

@InputType({ description: 'An answer to one question.' })
class QuizAnswerInput {
  @Field(() => ID)
  questionId!: string;

  @Field(() => [ID], { description: 'Empty to take the answer back.' })
  optionIds!: string[];
}

@InputType()
class QuizAttemptSubmitInput extends MutationInput {
  @Field(() => ID)
  attemptId!: string;

  @Field(() => [QuizAnswerInput], {
    nullable: true,
    description: 'Saved first, in place of those before; with none, those saved so far are graded.',
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
  ) {}

  @Access('SIGNED_IN')
  @Mutation(() => QuizAttemptPayload, { description: 'Starts an attempt, or gives the one in progress.' })
  async quizAttemptStart(@Args('input') input: QuizAttemptStartInput, @CurrentViewer() viewer: Viewer) {
    return { attempt: await this.quizzes.start(viewer, input) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => QuizAttemptPayload, { description: 'Saves one answer, in place of the one before.' })
  async quizAnswerSave(
    @Args('input') { attemptId, questionId, optionIds }: QuizAnswerSaveInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { attempt: await this.quizzes.answer(viewer, attemptId, [{ questionId, optionIds }]) };
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

  @ResolveField()
  scorePercent(@Parent() { score, paper }: QuizAttempt): number | null {
    return score === null ? null : scorePercent(score, paper.length);
  }

  @ResolveField(() => [AttemptQuestion])
  async questions(
    @Parent() attempt: QuizAttempt,
    @CurrentLocale() locale: string,
    @Context() { loaders }: GraphqlContext,
  ): Promise<AttemptQuestion[]> {
    const answers = await loaders.load(findAnswers, attempt.id, (ids) =>
      this.database.read((tx) => findAnswers(tx, ids)),
    );
    const versionId = await loaders.load(findVersionIds, attempt.lessonId, (ids) =>
      this.database.read((tx) => findVersionIds(tx, ids)),
    );
    const { version } = await this.outlines.require(versionId!);
    const language = version.locales.includes(locale) ? locale : version.defaultLocale;
    return Promise.all(
      attempt.paper.map(async ({ questionVersionId, optionKeys }) => {
        const question = await loaders.load(findQuestionVersions, questionVersionId, (ids) =>
          this.database.read((tx) => findQuestionVersions(tx, ids)),
        );
        const answer = answers?.find((each) => each.questionVersionId === questionVersionId);
        return present(question!, { optionKeys, answer }, attempt.state === 'GRADED', language);
      }),
    );
  }
}

/** A question as a learner may see it: what is right stays here until the attempt is graded. */
function present(
  { questionId, kind, prompts, options, explanations }: QuestionVersion,
  { optionKeys, answer }: { optionKeys: string[]; answer: QuizAnswer | undefined },
  graded: boolean,
  locale: string,
): AttemptQuestion {
  const textOf = (texts: Record<string, string> | null): string | null =>
    texts && graded ? (inLocale(texts, locale) ?? null) : null;
  const prompt = inLocale(prompts, locale);
  return {
    id: questionId,
    kind,
    promptHtml: prompt ? renderBlockDocument(prompt) : '',
    options: optionKeys.map((key) => {
      const option = options.find((each) => each.key === key)!;
      return {
        id: key,
        text: inLocale(option.text, locale) ?? key,
        correct: graded ? option.correct : null,
        feedback: textOf(option.feedback),
      };
    }),
    chosenOptionIds: answer?.optionKeys ?? [],
    points: graded ? (answer?.score ?? 0) / POINT : null,
    explanation: textOf(explanations),
  };
}
