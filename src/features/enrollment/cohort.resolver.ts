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
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { CurrentLocale, CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { LocalDate } from '../../platform/graphql/scalars.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { inLocale } from '../../platform/locale.js';
import { Course } from '../catalog/course.entity.js';
import { findPeople } from '../identity/identity.queries.js';
import { Person } from '../identity/person.entity.js';
import { COHORT_PHASES, cohortPhase, type CohortPhase } from '../programs/cohort.rules.js';
import { Cohort } from '../programs/program.entity.js';
import {
  findChosenCourses,
  findCohortsOffering,
  findPrograms,
  managedProgramIds,
} from '../programs/program.queries.js';
import { CohortChange } from './cohort-change.entity.js';
import { countSeatsTaken, findChangesSince } from './cohort.queries.js';
import { CohortService } from './cohort.service.js';

const CohortPhaseEnum = Object.fromEntries(COHORT_PHASES.map((phase) => [phase, phase]));
registerEnumType(CohortPhaseEnum, {
  name: 'CohortPhase',
  description:
    'Where a cohort stands to the days on which one can enroll in it, by the date in its time zone.',
});

@InputType()
class CohortCreateInput extends MutationInput {
  @Field(() => ID)
  programId!: string;

  @Field(() => String, { description: 'Up to 120 characters.' })
  name!: string;

  @Field(() => LocalDate, { description: 'First day on which one can enroll.' })
  startsOn!: string;

  @Field(() => LocalDate, { description: 'Last day on which one can enroll.' })
  endsOn!: string;

  @Field(() => String, {
    nullable: true,
    description: 'IANA time zone of its dates. Left out: the program’s.',
  })
  timeZone?: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Last day of learning. Null: none.' })
  learningEndsOn?: string | null;

  @Field(() => Int, { nullable: true, description: '1 to 100,000 people. Null: no limit.' })
  seats?: number | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Of the program’s. Null: all of them, also those to come.',
  })
  courseIds?: string[] | null;
}

@InputType({ description: 'What is left out stays; null takes a limit away.' })
class CohortUpdateInput extends MutationInput {
  @Field(() => ID)
  cohortId!: string;

  @Field(() => Int, {
    description: '`revision` of the cohort that was changed: of two managers the later one is told.',
  })
  expectedRevision!: number;

  @Field(() => String, { nullable: true, description: 'Up to 120 characters.' })
  name?: string;

  @Field(() => LocalDate, { nullable: true, description: 'First day on which one can enroll.' })
  startsOn?: string;

  @Field(() => LocalDate, { nullable: true, description: 'Last day on which one can enroll.' })
  endsOn?: string;

  @Field(() => String, { nullable: true, description: 'IANA time zone of its dates.' })
  timeZone?: string;

  @Field(() => LocalDate, { nullable: true, description: 'Last day of learning. Null: none.' })
  learningEndsOn?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: '1 to 100,000 people, and not fewer than have a seat. Null: no limit.',
  })
  seats?: number | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Of the program’s. Null: all of them, also those to come.',
  })
  courseIds?: string[] | null;
}

@ObjectType()
class CohortPayload extends MutationPayload {
  @Field(() => Cohort, { nullable: true })
  cohort?: Cohort;
}

@Resolver(() => Cohort)
export class CohortResolver {
  constructor(
    private readonly cohorts: CohortService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Access('SIGNED_IN')
  @Mutation(() => CohortPayload, { description: 'For the program’s managers.' })
  async cohortCreate(
    @Args('input') { programId, ...wish }: CohortCreateInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<CohortPayload> {
    return { cohort: await this.cohorts.create(viewer, programId, wish) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => CohortPayload, {
    description: 'For the program’s managers. Who is enrolled stays enrolled.',
  })
  async cohortUpdate(
    @Args('input') { cohortId, ...changes }: CohortUpdateInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<CohortPayload> {
    return { cohort: await this.cohorts.update(viewer, cohortId, changes) };
  }

  @ResolveField(() => CohortPhaseEnum)
  phase(@Parent() cohort: Cohort): CohortPhase {
    return cohortPhase(cohort, this.clock.now());
  }

  @ResolveField(() => String)
  async programName(
    @Parent() { programId }: Cohort,
    @CurrentLocale() locale: string,
    @Context() { loaders }: GraphqlContext,
  ): Promise<string> {
    const program = await loaders.load(findPrograms, programId, (ids) =>
      this.database.read((tx) => findPrograms(tx, ids)),
    );
    return inLocale(program!.names, locale) ?? program!.slug;
  }

  @ResolveField(() => [Course], {
    nullable: true,
    description: 'Those of the program that it offers, by slug. Null: all of them, also those to come.',
  })
  async chosenCourses(
    @Parent() { id }: Cohort,
    @Context() { loaders }: GraphqlContext,
  ): Promise<Course[] | null> {
    const chosen = await loaders.load(findChosenCourses, id, (ids) =>
      this.database.read((tx) => findChosenCourses(tx, ids)),
    );
    return chosen!.length === 0 ? null : chosen!;
  }

  @ResolveField(() => Int, { nullable: true, description: 'Null where there is no limit.' })
  async seatsLeft(
    @Parent() { id, seats }: Cohort,
    @Context() context: GraphqlContext,
  ): Promise<number | null> {
    return seats === null ? null : Math.max(0, seats - (await this.taken(id, context)));
  }

  @ResolveField(() => Int, {
    nullable: true,
    description: 'The people who have a seat. For the program’s managers; null for everybody else.',
  })
  async seatsTaken(@Parent() cohort: Cohort, @Context() context: GraphqlContext): Promise<number | null> {
    return (await this.mayManage(cohort, context)) ? this.taken(cohort.id, context) : null;
  }

  @ResolveField(() => [CohortChange], {
    nullable: true,
    description: 'In order. For the program’s managers; null for everybody else.',
  })
  async changesSince(
    @Parent() cohort: Cohort,
    @Args('revision', { type: () => Int }) revision: number,
    @Context() context: GraphqlContext,
  ): Promise<CohortChange[] | null> {
    if (!(await this.mayManage(cohort, context))) return null;
    return this.database.read((tx) => findChangesSince(tx, cohort.id, revision));
  }

  private async mayManage({ programId }: Cohort, { viewer, loaders }: GraphqlContext): Promise<boolean> {
    if (!viewer) return false;
    const runs = await loaders.load(managedProgramIds, programId, async (ids) => {
      const own = await this.database.read((tx) => managedProgramIds(tx, viewer.personId, [...ids]));
      return new Map(ids.map((id) => [id, own.has(id)]));
    });
    return runs === true;
  }

  private async taken(id: string, { loaders }: GraphqlContext): Promise<number> {
    return (await loaders.load(countSeatsTaken, id, (ids) =>
      this.database.read((tx) => countSeatsTaken(tx, ids)),
    ))!;
  }
}

@Resolver(() => CohortChange)
export class CohortChangeResolver {
  constructor(private readonly database: Database) {}

  @ResolveField(() => Person, { nullable: true, description: 'Null where they are no longer known.' })
  async changedBy(
    @Parent() { changedBy }: CohortChange,
    @Context() { loaders }: GraphqlContext,
  ): Promise<Person | null> {
    if (!changedBy) return null;
    const person = await loaders.load(findPeople, changedBy, (ids) =>
      this.database.read((tx) => findPeople(tx, ids)),
    );
    return person ?? null;
  }
}

@Resolver(() => Course)
export class CourseCohortsResolver {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @ResolveField(() => [Cohort], {
    description: 'The cohorts that offer it, open or upcoming, by their first day.',
  })
  async cohorts(@Parent() { id }: Course, @Context() { loaders }: GraphqlContext): Promise<Cohort[]> {
    const now = this.clock.now();
    const offering = await loaders.load(findCohortsOffering, id, (ids) =>
      this.database.read((tx) => findCohortsOffering(tx, ids, now)),
    );
    return offering!.filter((cohort) => cohortPhase(cohort, now) !== 'CLOSED');
  }
}
