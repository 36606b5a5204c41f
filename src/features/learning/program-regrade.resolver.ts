import { Args, Context, Field, ID, ObjectType, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { NotFoundError } from '../../platform/errors.js';
import {
  ConnectionType,
  PageArgs,
  readPage,
  withNodes,
  type ConnectionOf,
} from '../../platform/graphql/connection.js';
import { CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { parseId } from '../../platform/ids.js';
import { Course } from '../catalog/course.entity.js';
import { findCourses } from '../catalog/course.queries.js';
import { promptExcerpt } from '../catalog/question.rules.js';
import { findPeople } from '../identity/identity.queries.js';
import { Person } from '../identity/person.entity.js';
import { requireManager } from '../programs/program.policies.js';
import { findVersionsOfQuestions } from '../studio/question-list.queries.js';
import {
  countProgramEffects,
  findProgramDifferences,
  findProgramRegrades,
  type ProgramRegradeRow,
} from './program-regrade.queries.js';
import {
  DifferenceArgs,
  presentDifferences,
  RegradeDifferenceConnection,
  RegradeEffectCount,
  type Difference,
} from './quiz-regrade.resolver.js';
import { REGRADE_EFFECTS, type RegradeEffect } from './quiz-regrade.rules.js';

@ObjectType({
  description:
    "What a trainer's regrade did to the attempts of a program, for its managers: of other programs nothing is told.",
})
class ProgramRegrade {
  programId!: string;
  courseId!: string;
  questionId!: string;
  requestedBy!: string;

  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Why; learners read it.' })
  reason!: string;

  @Field(() => DateTime)
  requestedAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Null while it goes on.' })
  finishedAt!: Date | null;
}

const ProgramRegradeConnection = ConnectionType(ProgramRegrade, 'ProgramRegrade');

/** Regrades as those read them who look after learners. A regrade itself is its trainer's. */
@Resolver(() => ProgramRegrade)
export class ProgramRegradeResolver {
  constructor(private readonly database: Database) {}

  @Access('SIGNED_IN')
  @Query(() => ProgramRegradeConnection, {
    description: 'Those that looked at attempts of the program, the newest first. For its managers.',
  })
  async programRegrades(
    @Args('programId', { type: () => ID }) programId: string,
    @Args() page: PageArgs,
    @CurrentViewer() viewer: Viewer,
  ): Promise<ConnectionOf<ProgramRegrade>> {
    return this.database.read(async (tx) => {
      const id = await requireManager(tx, viewer, programId);
      const found = await readPage(
        page,
        (regrade: ProgramRegradeRow) => regrade.id,
        (before, limit) => findProgramRegrades(tx, id, { before, limit }),
      );
      return withNodes(
        found,
        found.nodes.map((regrade) => Object.assign(regrade, { programId: id })),
      );
    });
  }

  @Access('SIGNED_IN')
  @Query(() => ProgramRegrade, { description: 'For the managers of the program.' })
  async programRegrade(
    @Args('programId', { type: () => ID }) programId: string,
    @Args('id', { type: () => ID }) regradeId: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<ProgramRegrade> {
    return this.database.read(async (tx) => {
      const id = await requireManager(tx, viewer, programId);
      const [regrade] = await findProgramRegrades(tx, id, { before: null, limit: 1, id: parseId(regradeId) });
      if (!regrade) throw new NotFoundError();
      return Object.assign(regrade, { programId: id });
    });
  }

  @ResolveField(() => Course)
  async course(
    @Parent() { courseId }: ProgramRegrade,
    @Context() { loaders }: GraphqlContext,
  ): Promise<Course> {
    return (await loaders.load(findCourses, courseId, (ids) =>
      this.database.read((tx) => findCourses(tx, ids)),
    ))!;
  }

  @ResolveField(() => String, { description: 'The beginning of the question, without formatting.' })
  async excerpt(
    @Parent() { questionId }: ProgramRegrade,
    @Context() { loaders, locale }: GraphqlContext,
  ): Promise<string> {
    const versions = await loaders.load(findVersionsOfQuestions, questionId, (ids) =>
      this.database.read((tx) => findVersionsOfQuestions(tx, ids)),
    );
    return promptExcerpt(versions![0]!.prompts, locale);
  }

  @ResolveField(() => Person)
  async requestedBy(
    @Parent() { requestedBy }: ProgramRegrade,
    @Context() { loaders }: GraphqlContext,
  ): Promise<Person> {
    return (await loaders.load(findPeople, requestedBy, (ids) =>
      this.database.read((tx) => findPeople(tx, ids)),
    ))!;
  }

  @ResolveField(() => [RegradeEffectCount], {
    description: 'Of the attempts of the program, so far; those that it has on none are left out.',
  })
  async counts(
    @Parent() { id, programId }: ProgramRegrade,
    @Context() { loaders }: GraphqlContext,
  ): Promise<RegradeEffectCount[]> {
    // A request may ask of several programs at once: what is loaded is of one of them.
    const counts = await loaders.load<string, { effect: RegradeEffect; count: number }[]>(
      countProgramEffects,
      `${programId} ${id}`,
      (keys) => this.database.read((tx) => countProgramEffects(tx, keys)),
    );
    return REGRADE_EFFECTS.flatMap((effect) => counts!.find((each) => each.effect === effect) ?? []);
  }

  @ResolveField(() => RegradeDifferenceConnection, { description: 'Of the attempts of the program.' })
  async differences(
    @Parent() { id, programId }: ProgramRegrade,
    @Args() { effect = null, ...page }: DifferenceArgs,
    @Context() context: GraphqlContext,
  ) {
    const of = { programId, regradeId: id, effect };
    const found = await readPage(
      page,
      ({ attemptId }: Difference) => attemptId,
      (after, limit) => this.database.read((tx) => findProgramDifferences(tx, of, { after, limit })),
    );
    return withNodes(found, await presentDifferences(this.database, context, found.nodes));
  }
}
