import { Args, Field, Float, ID, InputType, Int, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { CurrentViewer } from '../../platform/graphql/context.js';
import { JSONObject } from '../../platform/graphql/scalars.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import type { QuestionKind } from '../catalog/course-content.js';
import { QuestionBankService } from './question-bank.service.js';
import { Question, QuestionKindEnum } from '../catalog/question.entity.js';

@InputType()
class NumberAnswerInput {
  @Field(() => Float)
  value!: number;

  @Field(() => Float, { defaultValue: 0, description: '0 or more.' })
  tolerance!: number;
}

@InputType({ description: 'One part of the answer; which fields count depends on the kind of the question.' })
class QuestionOptionInput {
  @Field(() => String, {
    nullable: true,
    description:
      'Of an option that is there already, so that answers keep meaning it. Null: a new one. Of true and false: `true`, `false`.',
  })
  key?: string;

  @Field(() => JSONObject, {
    nullable: true,
    description:
      'By BCP 47 tag: a choice, an answer that is recognized (`*` stands for any text), the left side of a pair, an item.',
  })
  text?: Record<string, string>;

  @Field(() => JSONObject, { nullable: true, description: 'By BCP 47 tag.' })
  feedback?: Record<string, string>;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Of a choice and of a recognized answer: that it is right.',
  })
  correct?: boolean;

  @Field(() => Float, { nullable: true, description: 'In percent, -100 to 100. Null: the usual share.' })
  weight?: number;

  @Field(() => JSONObject, {
    nullable: true,
    description: 'By BCP 47 tag: the right side of a pair; without `text`, one that belongs to nothing.',
  })
  match?: Record<string, string>;

  @Field(() => NumberAnswerInput, { nullable: true })
  number?: NumberAnswerInput;
}

@InputType({ description: 'A question as a whole, in all languages. `field` of an error is a path in it.' })
class QuestionInputType {
  @Field(() => QuestionKindEnum)
  kind!: QuestionKind;

  @Field(() => JSONObject, {
    nullable: true,
    description: 'Block trees in the ProseMirror shape, by BCP 47 tag.',
  })
  prompt?: Record<string, unknown>;

  @Field(() => JSONObject, {
    nullable: true,
    description: 'By BCP 47 tag, in place of `prompt` in that language. Blank: no text in that language.',
  })
  promptMarkdown?: Record<string, string>;

  @Field(() => [QuestionOptionInput], { description: 'In order; of an ordering, the right one.' })
  options!: QuestionOptionInput[];

  @Field(() => JSONObject, { nullable: true, description: 'What learners read once graded, by BCP 47 tag.' })
  explanation?: Record<string, string>;

  @Field(() => [String], { nullable: true, description: 'Those it has from now on. Null: they stay.' })
  tags?: string[];
}

@InputType()
class QuestionCreateInput extends MutationInput {
  @Field(() => ID)
  courseId!: string;

  @Field(() => QuestionInputType)
  question!: QuestionInputType;

  @Field(() => ID, { nullable: true, description: 'A quiz of the draft that asks it from now on.' })
  quizLessonId?: string;
}

@InputType()
class QuestionUpdateInput extends MutationInput {
  @Field(() => ID)
  questionId!: string;

  @Field(() => Int, {
    description:
      'Number of the version that was opened: refused with QUESTION_CHANGED when there is a newer one.',
  })
  expectedVersion!: number;

  @Field(() => QuestionInputType)
  question!: QuestionInputType;
}

@InputType({
  description: 'What an answer says in one language. Null: it stays. Empty: no text in that language.',
})
class QuestionOptionTextsInput {
  @Field(() => String)
  key!: string;

  @Field(() => String, { nullable: true, description: 'Of a recognized answer too, which `*` may stand in.' })
  text?: string;

  @Field(() => String, { nullable: true, description: 'Of a pair, the right side.' })
  match?: string;

  @Field(() => String, { nullable: true })
  feedback?: string;
}

@InputType({
  description: 'What a question says in one language. Null: it stays. Empty: no text in that language.',
})
class QuestionTranslateInput extends MutationInput {
  @Field(() => ID)
  questionId!: string;

  @Field(() => Int, {
    description:
      'Number of the version that was opened: refused with QUESTION_CHANGED when there is a newer one.',
  })
  expectedVersion!: number;

  @Field(() => String, { description: 'BCP 47 tag: one of the languages of the course.' })
  locale!: string;

  @Field(() => String, { nullable: true })
  promptMarkdown?: string;

  @Field(() => String, { nullable: true })
  explanation?: string;

  @Field(() => [QuestionOptionTextsInput], { nullable: true, description: 'Those that change.' })
  options?: QuestionOptionTextsInput[];
}

@InputType()
class QuestionTagInput extends MutationInput {
  @Field(() => [ID], { description: '1 to 500, of one course.' })
  questionIds!: string[];

  @Field(() => [String], { nullable: true })
  add?: string[];

  @Field(() => [String], { nullable: true })
  remove?: string[];
}

@InputType()
class QuestionInputOfOne extends MutationInput {
  @Field(() => ID)
  questionId!: string;
}
@InputType()
class QuestionArchiveInput extends QuestionInputOfOne {}
@InputType()
class QuestionRestoreInput extends QuestionInputOfOne {}
@InputType()
class QuestionDuplicateInput extends QuestionInputOfOne {}

@ObjectType()
class QuestionPayload extends MutationPayload {
  @Field(() => Question, { nullable: true })
  question?: Question;
}

@ObjectType()
class QuestionTagPayload extends MutationPayload {
  @Field(() => [Question], { nullable: true })
  questions?: Question[];
}

/** What trainers do to a question bank. Which banks are theirs, the service asks. */
@Resolver()
export class QuestionEditingResolver {
  constructor(private readonly bank: QuestionBankService) {}

  @Access('SIGNED_IN')
  @Mutation(() => QuestionPayload, { description: "Adds a question to a course's bank." })
  async questionCreate(@Args('input') input: QuestionCreateInput, @CurrentViewer() viewer: Viewer) {
    return { question: await this.bank.create(viewer, input) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => QuestionPayload, {
    description:
      'Changes a question. A change of what is asked is a new version: the draft takes it, what is published keeps its own.',
  })
  async questionUpdate(@Args('input') input: QuestionUpdateInput, @CurrentViewer() viewer: Viewer) {
    return { question: await this.bank.update(viewer, input) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => QuestionPayload, {
    description:
      'Changes what a question says in one language, as `questionUpdate` does. Saved as it is, the translation counts as looked at: it is up to date.',
  })
  async questionTranslate(
    @Args('input') { idempotencyKey: _, ...input }: QuestionTranslateInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { question: await this.bank.translate(viewer, input) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => QuestionTagPayload, { description: 'Adds and takes away tags of several questions.' })
  async questionTag(@Args('input') input: QuestionTagInput, @CurrentViewer() viewer: Viewer) {
    const { questionIds, add, remove } = input;
    return { questions: await this.bank.tag(viewer, { questionIds, add, remove }) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => QuestionPayload, {
    description: 'What asks the question keeps it; it is no longer offered.',
  })
  async questionArchive(
    @Args('input') { questionId }: QuestionArchiveInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { question: await this.bank.setArchived(viewer, questionId, true) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => QuestionPayload, { description: 'Offers an archived question again.' })
  async questionRestore(
    @Args('input') { questionId }: QuestionRestoreInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { question: await this.bank.setArchived(viewer, questionId, false) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => QuestionPayload, { description: 'Adds a question like another, with its tags.' })
  async questionDuplicate(
    @Args('input') { questionId }: QuestionDuplicateInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { question: await this.bank.duplicate(viewer, questionId) };
  }
}
