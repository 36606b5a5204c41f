import {
  Args,
  Context,
  Field,
  Float,
  ID,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { NotFoundError } from '../../platform/errors.js';
import type { GraphqlContext } from '../../platform/graphql/context.js';
import { JSONObject } from '../../platform/graphql/scalars.js';
import { parseId } from '../../platform/ids.js';
import { inLocale, stored } from '../../platform/locale.js';
import { renderBlockDocument } from '../catalog/block-document.html.js';
import type { BlockDocument } from '../catalog/block-document.js';
import { requireTrainerToRead } from '../catalog/course.policies.js';
import { findLessonsWithBodies } from '../catalog/course.queries.js';
import type { QuestionContent } from '../catalog/course-content.js';

import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import type { QuestionKind } from '../catalog/course-content.js';
import { QuestionKindEnum } from '../catalog/question.entity.js';
import { readPlacedQuestions } from '../catalog/question-bank.queries.js';

@ObjectType({ description: 'A lesson in one language, exactly as it is stored: nothing falls back.' })
export class LessonTranslation {
  @Field(() => String, { nullable: true })
  title!: string | null;

  @Field(() => JSONObject, {
    nullable: true,
    description: 'A block tree in the ProseMirror shape. Null for a quiz.',
  })
  body!: BlockDocument | null;
}

@ObjectType('QuestionOption', { description: 'One way to answer, as its trainers see it.' })
class QuestionOptionType {
  @Field(() => String, { description: 'Unique in the question.' })
  key!: string;

  @Field(() => String)
  text!: string;

  @Field(() => Boolean)
  correct!: boolean;

  @Field(() => String, { nullable: true, description: 'What a learner who chose it reads once graded.' })
  feedback!: string | null;

  @Field(() => String, { nullable: true, description: 'Of a pair, what belongs to its text.' })
  match!: string | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of the point in percent. Null: the usual share.',
  })
  weight!: number | null;

  @Field(() => Float, { nullable: true, description: 'A number that is recognized.' })
  value!: number | null;

  @Field(() => Float, { nullable: true, description: 'How far off the number an answer may be.' })
  tolerance!: number | null;
}

@ObjectType('Question', { description: 'A question of a quiz with its answer, as its trainers see it.' })
class QuestionType {
  @Field(() => String, { description: 'Unique in the course, and the same in every version.' })
  key!: string;

  @Field(() => QuestionKindEnum)
  kind!: QuestionKind;

  @Field(() => String, { description: 'Safe HTML.' })
  promptHtml!: string;

  @Field(() => [QuestionOptionType], { description: 'As written; each attempt has its own order.' })
  options!: QuestionOptionType[];

  @Field(() => String, { nullable: true, description: 'What a learner reads once graded.' })
  explanation!: string | null;
}

/** What only the trainers of a course see of its lessons: other languages, and the answers to its quizzes. */
@Resolver(() => Lesson)
export class LessonEditingResolver {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @Access('SIGNED_IN')
  @Query(() => Lesson, {
    description: 'A lesson of any version, drafts included. For the trainers of its course.',
  })
  async lesson(@Args('id', { type: () => ID }) id: string, @Context() context: GraphqlContext) {
    const found = await this.database.read((tx) => tx.findOneBy(Lesson, { id: parseId(id) }));
    if (!found) throw new NotFoundError();
    const outline = await this.outlines.require(found.versionId);
    await requireTrainerToRead(this.database, context, outline.version.courseId);
    const lessons = outline.lessonsIn(context.locale);
    const lesson = lessons.find((each) => each.id === found.id);
    if (!lesson) throw new NotFoundError(); // an import replaced it just now
    return lesson;
  }

  @ResolveField(() => LessonTranslation, {
    nullable: true,
    description: 'Null when nothing is stored in that language. For the trainers of its course.',
  })
  async translation(
    @Parent() lesson: Lesson,
    @Args('locale', { type: () => String, description: 'BCP 47 tag.' }) locale: string,
    @Context() context: GraphqlContext,
  ): Promise<LessonTranslation | null> {
    await this.requireTrainer(lesson, context);
    const read = await context.loaders.load(findLessonsWithBodies, lesson.id, (ids) =>
      this.database.read((tx) => findLessonsWithBodies(tx, ids)),
    );
    const title = stored(lesson.titles, locale);
    const body = stored(read?.bodies ?? {}, locale);
    return title === null && body === null ? null : { title, body };
  }

  @ResolveField(() => [QuestionType], {
    description:
      "Of a quiz, with the answers, in a language, else the viewer's, or else the course's. For the trainers of its course.",
  })
  async questions(
    @Parent() lesson: Lesson,
    @Args('locale', { type: () => String, nullable: true, description: 'BCP 47 tag.' }) wanted: string | null,
    @Context() context: GraphqlContext,
  ): Promise<QuestionType[]> {
    const { locales, defaultLocale } = await this.requireTrainer(lesson, context);
    if (lesson.kind !== 'QUIZ') return [];
    const questions = await context.loaders.load(readPlacedQuestions, lesson.id, (ids) =>
      this.database.read((tx) => readPlacedQuestions(tx, ids)),
    );
    const locale = [wanted, context.locale].find((tag) => tag && locales.includes(tag)) ?? defaultLocale;
    return (questions ?? []).map(({ question }) => present(question, locale, defaultLocale));
  }

  private async requireTrainer({ versionId }: Lesson, context: GraphqlContext) {
    const { version } = await this.outlines.require(versionId);
    await requireTrainerToRead(this.database, context, version.courseId);
    return version;
  }
}

function present(
  { key, kind, prompt, options, explanation }: QuestionContent,
  locale: string,
  fallback: string,
): QuestionType {
  const textOf = (texts: Record<string, string> | null): string | null =>
    texts && (inLocale(texts, locale, fallback) ?? null);
  const document = inLocale(prompt, locale, fallback);
  return {
    key,
    kind,
    promptHtml: document ? renderBlockDocument(document) : '',
    options: options.map((option) => ({
      key: option.key,
      text: textOf(option.text) ?? (kind === 'TRUE_FALSE' ? option.key : ''),
      correct: option.correct,
      feedback: textOf(option.feedback),
      match: textOf(option.match ?? null),
      weight: option.weight ?? null,
      value: option.number?.value ?? null,
      tolerance: option.number?.tolerance ?? null,
    })),
    explanation: textOf(explanation),
  };
}
