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
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { BlockPlaces } from './block-places.js';
import { findCompletionFacts } from './completion-facts.queries.js';
import { evaluateCompletion } from './completion.rules.js';
import { LessonPosition } from './lesson-position.entity.js';
import { findLastPositions, findPositions } from './lesson-position.queries.js';
import { LessonPositionService } from './lesson-position.service.js';

@InputType()
class LessonPositionSaveInput extends MutationInput {
  @Field(() => ID)
  enrollmentId!: string;

  @Field(() => ID)
  lessonId!: string;

  @Field(() => Int, { description: "Of the text's outermost blocks, from 0." })
  block!: number;

  @Field(() => Int, { nullable: true, description: 'Of the video at that block.' })
  videoSeconds?: number | null;
}

@ObjectType()
class LessonPositionSavePayload extends MutationPayload {
  @Field(() => LessonPosition, { nullable: true })
  position?: LessonPosition;
}

@ObjectType({ description: 'Where to go on in a course.' })
class ContinueAt {
  @Field(() => Lesson)
  lesson!: Lesson;

  @Field(() => LessonPosition, { nullable: true, description: 'Null for a lesson that was not opened yet.' })
  position!: LessonPosition | null;
}

@Resolver(() => Lesson)
export class LessonPositionResolver {
  constructor(
    private readonly positions: LessonPositionService,
    private readonly database: Database,
    private readonly places: BlockPlaces,
  ) {}

  @Access('SIGNED_IN')
  @Mutation(() => LessonPositionSavePayload, {
    description: 'Keeps where the learner is in a lesson, so that any device goes on from there.',
  })
  async lessonPositionSave(@Args('input') input: LessonPositionSaveInput, @CurrentViewer() viewer: Viewer) {
    return { position: await this.positions.save(viewer, input) };
  }

  @ResolveField(() => LessonPosition, {
    nullable: true,
    description:
      'Where the viewer was in it, in their newest enrollment. After a change of the course: where the same words stand, or about there.',
  })
  async position(@Parent() lesson: Lesson, @Context() context: GraphqlContext) {
    const { viewer, loaders } = context;
    if (!viewer) return null;
    const found = await loaders.load(findPositions, lesson.id, (ids) =>
      this.database.read((tx) => findPositions(tx, viewer.personId, ids)),
    );
    return found ? { ...found, block: await this.places.blockIn(lesson, found, context) } : null;
  }
}

@Resolver(() => Enrollment)
export class ContinueAtResolver {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
    private readonly places: BlockPlaces,
  ) {}

  @ResolveField(() => ContinueAt, {
    nullable: true,
    description:
      'The lesson that was open last, while it is not done; else the first required one that is not. Null when nothing is missing.',
  })
  async continueAt(
    @Parent() { id, versionId }: Enrollment,
    @Context() context: GraphqlContext,
  ): Promise<ContinueAt | null> {
    const { loaders, locale } = context;
    const [position, facts, outline] = await Promise.all([
      loaders.load(findLastPositions, id, (ids) => this.database.read((tx) => findLastPositions(tx, ids))),
      loaders.load(findCompletionFacts, id, (ids) =>
        this.database.read((tx) => findCompletionFacts(tx, ids)),
      ),
      this.outlines.require(versionId),
    ]);
    const lessons = outline.lessonsIn(locale);
    const { missing } = evaluateCompletion(facts!.criteria, lessons, facts!);
    if (missing.length === 0) return null;
    const isDone = (key: string): boolean => facts!.done.some(({ lessonKey }) => lessonKey === key);
    const last = lessons.find(({ key }) => key === position?.lessonKey && !isDone(key));
    if (position && last) {
      const block = await this.places.blockIn(last, position, context);
      return { lesson: last, position: { ...position, block } };
    }
    return { lesson: lessons.find((lesson) => lesson.id === missing[0]!.lessonId)!, position: null };
  }
}
