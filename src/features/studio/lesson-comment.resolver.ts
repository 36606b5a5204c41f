import {
  Args,
  Context,
  Field,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Parent,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { findPeople } from '../identity/identity.queries.js';
import { Person } from '../identity/person.entity.js';
import { requireTrainerToRead } from '../catalog/course.policies.js';
import { LessonComment } from './lesson-comment.entity.js';
import { countOpenComments } from './lesson-comment.queries.js';
import { LessonCommentService } from './lesson-comment.service.js';
import { Course } from '../catalog/course.entity.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';

@InputType()
class LessonCommentAddInput extends MutationInput {
  @Field(() => ID)
  lessonId!: string;

  @Field(() => String, { description: 'BCP 47 tag of the text that it is about.' })
  locale!: string;

  @Field(() => Int, { nullable: true, description: 'From 0. Left out: about the whole lesson.' })
  blockIndex?: number | null;

  @Field(() => ID, { nullable: true, description: 'The comment that this one answers.' })
  parentId?: string | null;

  @Field(() => String, { description: 'Up to 2000 characters.' })
  text!: string;
}

@InputType()
class LessonCommentInput extends MutationInput {
  @Field(() => ID)
  commentId!: string;
}

@ObjectType()
class LessonCommentPayload extends MutationPayload {
  @Field(() => LessonComment, { nullable: true })
  comment?: LessonComment;
}

/** Writing comments. Who may, the service asks. */
@Resolver(() => LessonComment)
export class LessonCommentResolver {
  constructor(
    private readonly database: Database,
    private readonly comments: LessonCommentService,
  ) {}

  @ResolveField(() => Person)
  author(@Parent() { authorId }: LessonComment, @Context() context: GraphqlContext): Promise<Person> {
    return this.person(authorId, context);
  }

  @ResolveField(() => Person, { nullable: true, description: 'Who resolved it.', name: 'resolvedBy' })
  async resolver(
    @Parent() { resolvedBy }: LessonComment,
    @Context() context: GraphqlContext,
  ): Promise<Person | null> {
    return resolvedBy ? this.person(resolvedBy, context) : null;
  }

  @Access('SIGNED_IN')
  @Mutation(() => LessonCommentPayload, {
    description: 'Comments on a block of a lesson, or answers a comment. For those who work on the course.',
  })
  async lessonCommentAdd(@Args('input') input: LessonCommentAddInput, @CurrentViewer() viewer: Viewer) {
    return { comment: await this.comments.add(viewer, input) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => LessonCommentPayload, {
    description: 'Says that a comment is dealt with. For who may edit the course, and for who wrote it.',
  })
  async lessonCommentResolve(
    @Args('input') { commentId }: LessonCommentInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { comment: await this.comments.setResolved(viewer, commentId, true) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => LessonCommentPayload, {
    description: 'Says that a comment is not dealt with after all. For whom `lessonCommentResolve` is.',
  })
  async lessonCommentReopen(
    @Args('input') { commentId }: LessonCommentInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { comment: await this.comments.setResolved(viewer, commentId, false) };
  }

  private async person(id: string, { loaders }: GraphqlContext): Promise<Person> {
    const person = await loaders.load(findPeople, id, (ids) =>
      this.database.read((tx) => findPeople(tx, ids)),
    );
    return person!;
  }
}

/** Reading them, with the lesson that they are about. */
@Resolver(() => Lesson)
export class LessonCommentsResolver {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
    private readonly service: LessonCommentService,
  ) {}

  @ResolveField(() => [LessonComment], {
    description:
      'On the text in one language, oldest first, resolved ones included. For those who work on the course.',
  })
  async comments(
    @Parent() lesson: Lesson,
    @Args('locale', { type: () => String, description: 'BCP 47 tag.' }) locale: string,
    @Context() context: GraphqlContext,
  ): Promise<LessonComment[]> {
    const courseId = await this.requireTeam(lesson, context);
    return this.service.list(lesson, { courseId, locale });
  }

  @ResolveField(() => [String], {
    description:
      'How each block of the text in one language begins, to choose one. For those who work on the course.',
  })
  async blockExcerpts(
    @Parent() lesson: Lesson,
    @Args('locale', { type: () => String, description: 'BCP 47 tag.' }) locale: string,
    @Context() context: GraphqlContext,
  ): Promise<string[]> {
    await this.requireTeam(lesson, context);
    return this.service.excerpts(lesson.id, locale);
  }

  private async requireTeam({ versionId }: Lesson, context: GraphqlContext): Promise<string> {
    const { version } = await this.outlines.require(versionId);
    await requireTrainerToRead(this.database, context, version.courseId);
    return version.courseId;
  }
}

@ObjectType({ description: 'How many comments on a lesson, in one language, nobody has dealt with.' })
class CommentedLesson {
  @Field(() => String, { description: 'The same in every version.' })
  lessonKey!: string;

  @Field(() => String, { description: 'BCP 47 tag of the text that they are about.' })
  locale!: string;

  @Field(() => Int, { description: 'Comments that nobody has dealt with; answers are not counted.' })
  count!: number;
}

/** What the team of a course still has to deal with. */
@Resolver(() => Course)
export class OpenCommentsResolver {
  constructor(private readonly database: Database) {}

  @ResolveField(() => [CommentedLesson], {
    description:
      'The lessons with comments that nobody has dealt with, most recently commented first. For those who work on the course.',
  })
  async openComments(
    @Parent() { id }: Course,
    @Context() context: GraphqlContext,
  ): Promise<CommentedLesson[]> {
    await requireTrainerToRead(this.database, context, id);
    const counted = await context.loaders.load(countOpenComments, id, (ids) =>
      this.database.read((tx) => countOpenComments(tx, ids)),
    );
    return counted ?? [];
  }
}
