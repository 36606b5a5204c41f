import {
  Args,
  Context,
  Field,
  ID,
  InputType,
  Int,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { BadInputError, NotFoundError } from '../../platform/errors.js';
import { ConnectionType, PageArgs, readPage } from '../../platform/graphql/connection.js';
import { CurrentLocale, type GraphqlContext } from '../../platform/graphql/context.js';
import { JSONObject } from '../../platform/graphql/scalars.js';
import { parseId } from '../../platform/ids.js';
import { inLocale } from '../../platform/locale.js';
import { findPeople } from '../identity/identity.queries.js';
import { Person } from '../identity/person.entity.js';
import { renderBlockDocument } from '../catalog/block-document.html.js';
import type { QuestionKind } from '../catalog/course-content.js';
import { Course } from '../catalog/course.entity.js';
import { requireTrainerToRead } from '../catalog/course.policies.js';
import { findCourses } from '../catalog/course.queries.js';
import { markdownFromBlocks } from '../formats/import/markdown-from-blocks.js';
import {
  countQuestions,
  countTags,
  findNewestVersions,
  findQuestions,
  findUses,
  findVersionsOfQuestions,
  titleOfUse,
  type QuestionFilter,
} from './question-list.queries.js';
import { Question, QuestionKindEnum, QuestionVersion } from '../catalog/question.entity.js';
import { PROMPT_EXCERPT_LENGTH, promptExcerpt } from '../catalog/question.rules.js';

@InputType({ description: 'Which questions of a bank are meant. What is left out does not matter.' })
class BankQuestionFilter implements QuestionFilter {
  @Field(() => String, {
    nullable: true,
    description: 'A part of the prompt in any language, or of the key.',
  })
  text?: string;

  @Field(() => String, { nullable: true })
  tag?: string;

  @Field(() => QuestionKindEnum, { nullable: true })
  kind?: QuestionKind;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Only the archived ones; otherwise only the others.',
  })
  archived!: boolean;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Only those that neither the draft nor the published version asks.',
  })
  unused!: boolean;
}

@ObjectType()
class BankQuestionConnection extends ConnectionType(Question, 'BankQuestion', { isAbstract: true }) {
  @Field(() => Int, { description: 'Of all pages.' })
  totalCount!: number;
}

@ObjectType({ description: 'How many questions of a bank are offered under a tag.' })
class QuestionTagCount {
  @Field(() => String)
  tag!: string;

  @Field(() => Int)
  count!: number;
}

@ObjectType({ description: 'A quiz of the draft or of the published version that asks a question.' })
class QuestionUse {
  @Field(() => ID, { description: 'In the draft if it is there, else in the published version.' })
  lessonId!: string;

  @Field(() => String, { description: 'Of the quiz.' })
  title!: string;

  @Field(() => Boolean)
  inDraft!: boolean;

  @Field(() => Boolean)
  inPublished!: boolean;

  @Field(() => Boolean, { description: 'It may be drawn, and is not asked of everybody.' })
  drawn!: boolean;
}

@Resolver(() => Course)
export class CourseQuestionsResolver {
  constructor(private readonly database: Database) {}

  @ResolveField(() => BankQuestionConnection, {
    description: 'The question bank of the course, the newest first. For its trainers.',
  })
  async questions(
    @Parent() course: Course,
    @Args('filter', { type: () => BankQuestionFilter, nullable: true }) filter: BankQuestionFilter | null,
    @Args() page: PageArgs,
    @Context() context: GraphqlContext,
  ) {
    await requireTrainerToRead(this.database, context, course.id);
    if ([filter?.text, filter?.tag].some((text) => text?.includes('\0')))
      throw new BadInputError('filter: has a character that cannot be stored.');
    const found = await readPage(
      page,
      (question: Question) => question.id,
      (beforeId, limit) =>
        this.database.read((tx) => findQuestions(tx, course.id, filter ?? {}, { beforeId, limit })),
    );
    const totalCount = await this.database.read((tx) => countQuestions(tx, course.id, filter ?? {}));
    return { ...found, totalCount };
  }

  @ResolveField(() => [QuestionTagCount], {
    description: 'The tags of the bank, by name; archived questions do not count. For its trainers.',
  })
  async questionTags(
    @Parent() course: Course,
    @Context() context: GraphqlContext,
  ): Promise<QuestionTagCount[]> {
    await requireTrainerToRead(this.database, context, course.id);
    return this.database.read((tx) => countTags(tx, course.id));
  }
}

@Resolver(() => Question)
export class BankQuestionResolver {
  constructor(private readonly database: Database) {}

  @Access('SIGNED_IN')
  @Query(() => Question, { description: 'A question of a bank. For the trainers of its course.' })
  async question(@Args('id', { type: () => ID }) id: string, @Context() context: GraphqlContext) {
    const found = await this.database.read((tx) => tx.findOneBy(Question, { id: parseId(id) }));
    if (!found) throw new NotFoundError();
    await requireTrainerToRead(this.database, context, found.courseId);
    return found;
  }

  @ResolveField(() => Course)
  async course(@Parent() { courseId }: Question, @Context() { loaders }: GraphqlContext): Promise<Course> {
    const course = await loaders.load(findCourses, courseId, (ids) =>
      this.database.read((tx) => findCourses(tx, ids)),
    );
    return course!;
  }

  @ResolveField(() => QuestionVersion, { description: 'The newest.' })
  async version(
    @Parent() { id }: Question,
    @Context() { loaders }: GraphqlContext,
  ): Promise<QuestionVersion> {
    const version = await loaders.load(findNewestVersions, id, (ids) =>
      this.database.read((tx) => findNewestVersions(tx, ids)),
    );
    return version!;
  }

  @ResolveField(() => [QuestionVersion], { description: 'The newest first.' })
  async versions(
    @Parent() { id }: Question,
    @Context() { loaders }: GraphqlContext,
  ): Promise<QuestionVersion[]> {
    const versions = await loaders.load(findVersionsOfQuestions, id, (ids) =>
      this.database.read((tx) => findVersionsOfQuestions(tx, ids)),
    );
    return versions!;
  }

  @ResolveField(() => [QuestionUse], {
    description: 'The quizzes of the draft and of the published version that ask it.',
  })
  async uses(
    @Parent() { id }: Question,
    @CurrentLocale() locale: string,
    @Context() { loaders }: GraphqlContext,
  ): Promise<QuestionUse[]> {
    const uses = await loaders.load(findUses, id, (ids) => this.database.read((tx) => findUses(tx, ids)));
    return (uses ?? []).map((use) => ({ ...use, title: titleOfUse(use, locale) }));
  }
}

@Resolver(() => QuestionVersion)
export class QuestionVersionResolver {
  constructor(private readonly database: Database) {}

  @ResolveField(() => String, {
    description: `The first ${PROMPT_EXCERPT_LENGTH} characters of the prompt, without formatting, in the viewer's language or else another.`,
  })
  excerpt(@Parent() { prompts }: QuestionVersion, @CurrentLocale() locale: string): string {
    return promptExcerpt(prompts, locale);
  }

  @ResolveField(() => String, { description: "Safe HTML, in the viewer's language or else another." })
  promptHtml(@Parent() { prompts }: QuestionVersion, @CurrentLocale() locale: string): string {
    const prompt = inLocale(prompts, locale);
    return prompt ? renderBlockDocument(prompt) : '';
  }

  @ResolveField(() => JSONObject, { description: 'As Markdown, by BCP 47 tag; for `questionUpdate`.' })
  promptMarkdown(@Parent() { prompts }: QuestionVersion): Record<string, string> {
    return Object.fromEntries(
      Object.entries(prompts).map(([locale, document]) => [locale, markdownFromBlocks(document)]),
    );
  }

  @ResolveField(() => Person, { nullable: true, description: 'Who wrote it; null when an import did.' })
  async createdBy(
    @Parent() { createdBy }: QuestionVersion,
    @Context() { loaders }: GraphqlContext,
  ): Promise<Person | null> {
    if (!createdBy) return null;
    const person = await loaders.load(findPeople, createdBy, (ids) =>
      this.database.read((tx) => findPeople(tx, ids)),
    );
    return person ?? null;
  }
}
