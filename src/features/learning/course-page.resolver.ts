import { Args, Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Database } from '../../platform/database/database.js';
import { together } from '../../platform/database/together.js';
import type { GraphqlContext } from '../../platform/graphql/context.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Course } from '../catalog/course.entity.js';
import { CourseModule, Lesson } from '../catalog/lesson.entity.js';
import { Outlines, type Outline } from '../catalog/outlines.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { hasEnded } from '../enrollment/enrollment.rules.js';
import { findCompletionFacts } from './completion-facts.queries.js';
import { findLearningRecords, type Learner, type LearningRecord } from './course-page.queries.js';
import { findCompletionTimes } from './learning.queries.js';
import { QuizAttempt } from './quiz-attempt.entity.js';
import { findLastAttempts } from './quiz.queries.js';
import { findOffers } from './version-move.queries.js';

/**
 * The page that a learner opens most. Its enrollment, its modules and what is done come from one statement; the methods take
 * what GraphQL.js gives (parent, arguments, context), because Nest calls those without parameter decorators directly.
 */
@Resolver(() => Course)
export class CoursePageResolver {
  private readonly find = together((learners: readonly Learner[]) =>
    this.database.read((tx) => findLearningRecords(tx, learners)),
  );

  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @ResolveField(() => Enrollment, {
    nullable: true,
    description: "The viewer's newest enrollment in this course, also one that ended.",
  })
  async enrollment(course: Course, _args: unknown, context: GraphqlContext): Promise<Enrollment | null> {
    return (await this.records(course, context)).at(-1)?.enrollment ?? null;
  }

  @ResolveField(() => Boolean, {
    description: 'Whether the viewer completed it, in whatever cycle, and no reversal ended that.',
  })
  async completed(course: Course, _args: unknown, context: GraphqlContext): Promise<boolean> {
    return (await this.records(course, context)).some(({ enrollment }) => enrollment.state === 'COMPLETED');
  }

  @ResolveField(() => [CourseModule], {
    description:
      'Of the version that the viewer follows: the one they are pinned to, else the published one, as after an enrollment that ended.',
  })
  async modules(course: Course, _args: unknown, context: GraphqlContext): Promise<CourseModule[]> {
    return (await this.followed(course, context))?.modulesIn(context.locale) ?? [];
  }

  @ResolveField(() => Lesson, {
    nullable: true,
    description:
      'One of `modules`, or of what is new to somebody who completed the course, by its key. Null when there is none.',
  })
  async lesson(
    @Parent() course: Course,
    @Args('key', { type: () => String }) key: string,
    @Context() context: GraphqlContext,
  ): Promise<Lesson | null> {
    const outline = (await this.offered(course, key, context)) ?? (await this.followed(course, context));
    return outline?.lessonsIn(context.locale).find((lesson) => lesson.key === key) ?? null;
  }

  /** The version of what is new to a learner who completed the course, when the lesson is part of that. */
  private async offered(course: Course, key: string, context: GraphqlContext): Promise<Outline | null> {
    const newest = (await this.records(course, context)).at(-1)?.enrollment;
    if (newest?.state !== 'COMPLETED') return null;
    const offer = await context.loaders.load(findOffers, newest.id, (ids) =>
      this.database.read((tx) => findOffers(tx, ids)),
    );
    const isOffered = offer?.addedKeys.includes(key) || offer?.changedKeys.includes(key);
    return isOffered ? this.outlines.require(offer!.versionId) : null;
  }

  /** What the viewer is pinned to, else what is published. When they completed its lessons is told on the way. */
  private async followed(course: Course, context: GraphqlContext): Promise<Outline | null> {
    const records = await this.records(course, context);
    const newest = records.at(-1);
    const current = newest && !hasEnded(newest.enrollment) ? newest : undefined;
    const versionId = current?.enrollment.versionId ?? course.publishedVersionId;
    if (!versionId) return null;
    const outline = await this.outlines.require(versionId);
    if (context.viewer) tellCompletionTimes(context, outline.lessons, current);
    return outline;
  }

  private async records(course: Course, { viewer, loaders }: GraphqlContext): Promise<LearningRecord[]> {
    if (!viewer) return [];
    const records = await loaders.load(findLearningRecords, course.id, async (courseIds) => {
      const asked = courseIds.map((courseId) => this.find({ personId: viewer.personId, courseId }));
      const found = await Promise.all(asked);
      return new Map(courseIds.map((courseId, index) => [courseId, found[index]!]));
    });
    for (const { enrollment, facts } of records!) loaders.tell(findCompletionFacts, enrollment.id, facts);
    return records!;
  }
}

/**
 * When the viewer completed each lesson of a version in the cycle they are in, whichever version they did it in; or not yet. Who
 * takes a course again begins anew.
 */
function tellCompletionTimes(
  { loaders }: GraphqlContext,
  lessons: Lesson[],
  record: LearningRecord | undefined,
): void {
  const times = new Map(record?.facts.done.map(({ lessonKey, completedAt }) => [lessonKey, completedAt]));
  for (const { id, key } of lessons) {
    const time = times.get(key);
    loaders.tell(findCompletionTimes, id, time === undefined ? undefined : new Date(time));
  }
}

@Resolver(() => Lesson)
export class LessonProgressResolver {
  constructor(private readonly database: Database) {}

  /** Not async: asked of every lesson of a page, it is answered at once when the page's statement has told. */
  @ResolveField(() => DateTime, {
    nullable: true,
    description: 'When the viewer completed it in their newest cycle; null if they have not.',
  })
  completedAt({ id }: Lesson, _args: unknown, { viewer, loaders }: GraphqlContext) {
    if (!viewer) return null;
    return loaders.loadOrRecall(findCompletionTimes, id, (ids) =>
      this.database.read((tx) => findCompletionTimes(tx, viewer.personId, ids)),
    );
  }

  @ResolveField(() => QuizAttempt, {
    nullable: true,
    description: "The viewer's newest attempt in their newest enrollment. Null for a reading.",
  })
  async lastAttempt({ id, kind }: Lesson, _args: unknown, { viewer, loaders }: GraphqlContext) {
    if (!viewer || kind !== 'QUIZ') return null;
    const attempt = await loaders.load(findLastAttempts, id, (ids) =>
      this.database.read((tx) => findLastAttempts(tx, viewer.personId, ids)),
    );
    return attempt ?? null;
  }
}
