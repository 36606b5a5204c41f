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
  Query,
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { ConnectionType, PageArgs, readPage } from '../../platform/graphql/connection.js';
import { CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { isId } from '../../platform/ids.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { Course } from '../catalog/course.entity.js';
import { findCourses } from '../catalog/course.queries.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { ActivityReviewService, DECISIONS, type Decision } from './activity-review.service.js';
import { ActivityFile } from './activity-file.entity.js';
import { findFilesOf } from './activity-file.queries.js';
import { ActivitySubmission } from './activity-submission.entity.js';
import { countWaiting, findLearnersOf, findWaiting, queueKey, type QueueOf } from './activity.queries.js';
import { findVersionIds } from './learning.queries.js';

const DecisionEnum = Object.fromEntries(DECISIONS.map((decision) => [decision, decision]));
registerEnumType(DecisionEnum, { name: 'ActivityDecision' });

@InputType()
class ActivityDecideInput extends MutationInput {
  @Field(() => ID)
  submissionId!: string;

  @Field(() => DecisionEnum)
  decision!: Decision;

  @Field(() => String, {
    nullable: true,
    description: 'Plain text, up to 4,000 characters. A return needs one.',
  })
  comment?: string | null;
}

@ObjectType()
class ActivityDecidePayload extends MutationPayload {
  @Field(() => ActivitySubmission, { nullable: true })
  submission?: ActivitySubmission;
}

@ObjectType()
class ActivityQueueConnection extends ConnectionType(ActivitySubmission, 'ActivityQueue', {
  isAbstract: true,
}) {
  @Field(() => Int)
  totalCount!: number;
}

/** Whether a text can be where a page of the queue ended. */
function isQueueKey(text: string): boolean {
  const [instant, id, ...more] = text.split(' ');
  return more.length === 0 && isId(id ?? '') && !Number.isNaN(Date.parse(instant!)) && instant!.endsWith('Z');
}

const queueOf = ({ roles, personId }: Viewer): QueueOf => (roles.has('ADMIN') ? 'EVERYBODY' : { personId });

/** Activities, for the trainer. */
@Resolver(() => ActivitySubmission)
export class ActivityReviewResolver {
  constructor(
    private readonly reviews: ActivityReviewService,
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @Access('SIGNED_IN')
  @Query(() => ActivityQueueConnection, {
    description:
      'What learners handed in and nobody decided, in the courses that the viewer edits; what was handed in first comes first.',
  })
  async activityQueue(@Args() page: PageArgs, @CurrentViewer() viewer: Viewer) {
    const of = queueOf(viewer);
    const connection = await readPage(
      page,
      queueKey,
      (after, limit) => this.database.read((tx) => findWaiting(tx, of, after, limit)),
      isQueueKey,
    );
    return { ...connection, totalCount: await this.database.read((tx) => countWaiting(tx, of)) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => ActivityDecidePayload, {
    description:
      'Accepts what was handed in, or returns it with a comment. One decision counts; the learner is told.',
  })
  async activityDecide(@Args('input') input: ActivityDecideInput, @CurrentViewer() viewer: Viewer) {
    return { submission: await this.reviews.decide(viewer, input) };
  }

  @ResolveField(() => String, { nullable: true, description: 'As they write it.' })
  async learnerName(
    @Parent() { enrollmentId }: ActivitySubmission,
    @Context() context: GraphqlContext,
  ): Promise<string | null> {
    return (await this.learner(enrollmentId, context)).name;
  }

  @ResolveField(() => Course)
  async course(
    @Parent() { enrollmentId }: ActivitySubmission,
    @Context() context: GraphqlContext,
  ): Promise<Course> {
    const { courseId } = await this.learner(enrollmentId, context);
    const course = await context.loaders.load(findCourses, courseId, (ids) =>
      this.database.read((tx) => findCourses(tx, ids)),
    );
    return course!;
  }

  @ResolveField(() => Lesson, { description: 'As the learner saw it.' })
  async lesson(
    @Parent() { lessonId }: ActivitySubmission,
    @Context() context: GraphqlContext,
  ): Promise<Lesson> {
    const versionId = await context.loaders.load(findVersionIds, lessonId, (ids) =>
      this.database.read((tx) => findVersionIds(tx, ids)),
    );
    const outline = await this.outlines.require(versionId!);
    return outline.lessonsIn(context.locale).find(({ id }) => id === lessonId)!;
  }

  @ResolveField(() => [ActivityFile], { description: 'In the order in which they were added.' })
  async files(
    @Parent() { id }: ActivitySubmission,
    @Context() { loaders }: GraphqlContext,
  ): Promise<ActivityFile[]> {
    const found = await loaders.load(findFilesOf, id, (ids) =>
      this.database.read((tx) => findFilesOf(tx, ids)),
    );
    return found ?? [];
  }

  private async learner(enrollmentId: string, { loaders }: GraphqlContext) {
    const learner = await loaders.load(findLearnersOf, enrollmentId, (ids) =>
      this.database.read((tx) => findLearnersOf(tx, ids)),
    );
    return learner!;
  }
}
