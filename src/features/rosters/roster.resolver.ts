import {
  Args,
  ArgsType,
  Context,
  Field,
  ID,
  InputType,
  Int,
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
import { ConnectionType, PageArgs, readPage } from '../../platform/graphql/connection.js';
import { CurrentLocale, CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import type { Locale } from '../../platform/locale.js';
import { Course } from '../catalog/course.entity.js';
import { findCourses } from '../catalog/course.queries.js';
import { Cohort } from '../programs/program.entity.js';
import { findCohorts } from '../programs/program.queries.js';
import { Roster, RosterOutcomeEnum, RosterRow, type RosterOutcome } from './roster.entity.js';
import { countOutcomes, findRows } from './roster.queries.js';
import { RosterService } from './roster.service.js';

const RosterConnection = ConnectionType(Roster, 'Roster');
const RosterRowConnection = ConnectionType(RosterRow, 'RosterRow');

@ArgsType()
class RosterArgs extends PageArgs {
  @Field(() => ID)
  programId!: string;
}

@ArgsType()
class RosterRowArgs extends PageArgs {
  @Field(() => RosterOutcomeEnum, { nullable: true, description: 'Only those of this outcome.' })
  outcome?: RosterOutcome | null;
}

@ObjectType({ description: 'How many rows of a roster have an outcome.' })
class RosterCount {
  @Field(() => RosterOutcomeEnum)
  outcome!: RosterOutcome;

  @Field(() => Int)
  count!: number;
}

@InputType()
class RosterApplyInput extends MutationInput {
  @Field(() => ID)
  rosterId!: string;
}

@InputType()
class RosterCancelInput extends MutationInput {
  @Field(() => ID)
  rosterId!: string;
}

@ObjectType()
class RosterPayload extends MutationPayload {
  @Field(() => Roster, { nullable: true })
  roster?: Roster;
}

/** What the managers of a program ask of its rosters. */
@Resolver(() => Roster)
export class RosterResolver {
  constructor(
    private readonly service: RosterService,
    private readonly database: Database,
  ) {}

  @Access('SIGNED_IN')
  @Query(() => Roster, { description: 'For the managers of its program, as `POST /rosters` began it.' })
  roster(@Args('id', { type: () => ID }) id: string, @CurrentViewer() viewer: Viewer): Promise<Roster> {
    return this.service.require(viewer, id);
  }

  @Access('SIGNED_IN')
  @Query(() => RosterConnection, { description: 'For the managers of the program, newest first.' })
  async rosters(@Args() { programId, ...page }: RosterArgs, @CurrentViewer() viewer: Viewer) {
    const program = await this.service.requireProgram(viewer, programId);
    return readPage(
      page,
      ({ id }: Roster) => id,
      (beforeId, limit) => this.service.list(program, beforeId, limit),
    );
  }

  @Access('SIGNED_IN')
  @Mutation(() => RosterPayload, {
    description:
      'Has the people of a roster enrolled, and those without an account invited, in the background. Asked again, the same.',
  })
  async rosterApply(@Args('input') { rosterId }: RosterApplyInput, @CurrentViewer() viewer: Viewer) {
    return { roster: await this.service.apply(viewer, rosterId) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => RosterPayload, {
    description: 'Gives up a roster that is not applied, and forgets its people.',
  })
  async rosterCancel(@Args('input') { rosterId }: RosterCancelInput, @CurrentViewer() viewer: Viewer) {
    return { roster: await this.service.cancel(viewer, rosterId) };
  }

  @ResolveField(() => String, { nullable: true, description: 'Why nobody was enrolled, for people.' })
  failure(@Parent() { failure }: Roster, @CurrentLocale() locale: Locale): string | null {
    return failure && failure[locale];
  }

  @ResolveField(() => [String], { description: 'What a person should know of the file as a whole.' })
  notes(@Parent() { notes }: Roster, @CurrentLocale() locale: Locale): string[] {
    return notes.map((note) => note[locale]);
  }

  @ResolveField(() => [RosterCount], { description: 'Those that some rows have. Empty until it is read.' })
  counts(@Parent() { id }: Roster): Promise<RosterCount[]> {
    return this.database.read((tx) => countOutcomes(tx, id));
  }

  @ResolveField(() => RosterRowConnection, { description: 'By line.' })
  rows(@Parent() { id }: Roster, @Args() { outcome, ...page }: RosterRowArgs) {
    return readPage(
      page,
      ({ line }: RosterRow) => String(line),
      (after, limit) =>
        this.database.read((tx) =>
          findRows(tx, id, { outcome: outcome ?? null, afterLine: Number(after ?? 0), limit }),
        ),
      (key) => /^\d{1,9}$/.test(key),
    );
  }

  @ResolveField(() => Course)
  async course(@Parent() { courseId }: Roster, @Context() { loaders }: GraphqlContext): Promise<Course> {
    const load = (ids: readonly string[]) => this.database.read((tx) => findCourses(tx, [...ids]));
    return (await loaders.load(findCourses, courseId, load))!;
  }

  @ResolveField(() => Cohort)
  async cohort(@Parent() { cohortId }: Roster, @Context() { loaders }: GraphqlContext): Promise<Cohort> {
    const load = (ids: readonly string[]) => this.database.read((tx) => findCohorts(tx, ids));
    return (await loaders.load(findCohorts, cohortId, load))!;
  }
}

/** Reasons are told in the language of the manager who mends the list. */
@Resolver(() => RosterRow)
export class RosterRowResolver {
  @ResolveField(() => String, { nullable: true, description: 'Why, for people.' })
  reason(@Parent() { reason }: RosterRow, @CurrentLocale() locale: Locale): string | null {
    return reason && reason[locale];
  }
}
