import { Context, Field, Float, ID, Int, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Database } from '../../platform/database/database.js';
import { CurrentLocale, type GraphqlContext } from '../../platform/graphql/context.js';
import { LocalDate } from '../../platform/graphql/scalars.js';
import { Course } from '../catalog/course.entity.js';
import { findCourses } from '../catalog/course.queries.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import type { QuestionVersion } from '../catalog/question.entity.js';
import { AttemptQuestion } from './attempt-questions.resolver.js';
import type { PracticeCard } from './practice-decks.js';
import { presentPracticed } from './practice-question.rules.js';
import { findQuestionVersions } from './quiz.queries.js';

@ObjectType({
  description: 'An answer that is recognized when it is typed. The first that fits is the one that counts.',
})
class RecognizedAnswer {
  @Field(() => [String], { description: 'Of a short text, in every language; `*` stands for any text.' })
  texts!: string[];

  @Field(() => Float, { nullable: true, description: 'Of a number.' })
  value!: number | null;

  @Field(() => Float, { nullable: true, description: 'Of a number: how far off an answer may be.' })
  tolerance!: number | null;

  @Field(() => Boolean, { description: 'Whether it earns the whole point.' })
  whole!: boolean;
}

@ObjectType('PracticeCard', { description: 'A question to go over, as it stands with the viewer.' })
export class PracticeCardType {
  @Field(() => ID, { name: 'id', description: 'Of the question.' })
  questionId!: string;

  @Field(() => ID, { name: 'versionId', description: 'Of the question, as it is asked.' })
  questionVersionId!: string;

  @Field(() => Int, {
    description: 'On `Practice.ladderDays`, from 1; one more than there are once it is known.',
  })
  rung!: number;

  @Field(() => LocalDate, { nullable: true, description: 'Null once it is known: it does not come back.' })
  dueOn!: string | null;
}

@Resolver(() => PracticeCardType)
export class PracticeCardResolver {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @ResolveField(() => Course)
  async course(@Parent() { courseId }: PracticeCard, @Context() { loaders }: GraphqlContext) {
    const course = await loaders.load(findCourses, courseId, (ids) =>
      this.database.read((tx) => findCourses(tx, ids)),
    );
    return course!;
  }

  @ResolveField(() => Lesson, { description: 'The quiz that asks it.' })
  async lesson(@Parent() card: PracticeCard, @CurrentLocale() locale: string): Promise<Lesson> {
    const outline = await this.outlines.require(card.versionId);
    return outline.lessonsIn(locale).find(({ id }) => id === card.lessonId)!;
  }

  @ResolveField(() => [Lesson], {
    description: 'The lessons of its module before that quiz, to be read again.',
  })
  async readAgain(@Parent() card: PracticeCard, @CurrentLocale() locale: string): Promise<Lesson[]> {
    const outline = await this.outlines.require(card.versionId);
    const lessons = outline.lessonsIn(locale);
    const { moduleId, position } = outline.lessonById.get(card.lessonId)!;
    return lessons.filter(
      (lesson) => lesson.moduleId === moduleId && lesson.position < position && lesson.kind !== 'QUIZ',
    );
  }

  @ResolveField(() => AttemptQuestion, { description: 'To be answered: nothing of it says what is right.' })
  question(
    @Parent() card: PracticeCard,
    @CurrentLocale() locale: string,
    @Context() context: GraphqlContext,
  ) {
    return this.present(card, { isShown: false, locale, context });
  }

  @ResolveField(() => AttemptQuestion, {
    description:
      'With what is right in it, which the viewer has been shown before: for a device without a line.',
  })
  solved(@Parent() card: PracticeCard, @CurrentLocale() locale: string, @Context() context: GraphqlContext) {
    return this.present(card, { isShown: true, locale, context });
  }

  @ResolveField(() => [RecognizedAnswer], {
    description:
      'Of a short text or a number, what is recognized in it; as `solved`, for a device without a line.',
  })
  async recognized(
    @Parent() card: PracticeCard,
    @Context() context: GraphqlContext,
  ): Promise<RecognizedAnswer[]> {
    const { kind, options } = await this.version(card, context);
    if (kind !== 'SHORT_TEXT' && kind !== 'NUMBER') return [];
    return options.map(({ text, number, weight, correct }) => ({
      texts: Object.values(text),
      value: number?.value ?? null,
      tolerance: number?.tolerance ?? null,
      whole: (weight ?? (correct ? 100 : 0)) >= 100,
    }));
  }

  private async present(
    card: PracticeCard,
    { isShown, locale, context }: { isShown: boolean; locale: string; context: GraphqlContext },
  ): Promise<AttemptQuestion> {
    const { version } = await this.outlines.require(card.versionId);
    const question = await this.version(card, context);
    return presentPracticed(question, `${card.questionVersionId}:${card.timesPracticed}`, {
      isShown,
      locale: version.locales.includes(locale) ? locale : version.defaultLocale,
    });
  }

  private async version(card: PracticeCard, { loaders }: GraphqlContext): Promise<QuestionVersion> {
    const version = await loaders.load(findQuestionVersions, card.questionVersionId, (ids) =>
      this.database.read((tx) => findQuestionVersions(tx, ids)),
    );
    return version!;
  }
}
