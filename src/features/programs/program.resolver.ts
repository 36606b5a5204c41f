import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { CurrentLocale, CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { inLocale } from '../../platform/locale.js';
import { Course } from '../catalog/course.entity.js';
import { ViewerProfile } from '../identity/identity.resolver.js';
import { Cohort, Program } from './program.entity.js';
import {
  findCohortsOf,
  findCoursesOf,
  findProgramOfManager,
  findProgramsOfManager,
} from './program.queries.js';

@Resolver(() => Program)
export class ProgramResolver {
  constructor(private readonly database: Database) {}

  @Access('SIGNED_IN')
  @Query(() => Program, { nullable: true, description: 'For its managers; null for everybody else.' })
  program(
    @Args('slug', { type: () => String }) slug: string,
    @CurrentViewer() viewer: Viewer,
  ): Promise<Program | null> {
    return this.database.read((tx) => findProgramOfManager(tx, viewer.personId, slug));
  }

  @ResolveField(() => String)
  name(@Parent() program: Program, @CurrentLocale() locale: string): string {
    return inLocale(program.names, locale) ?? program.slug;
  }

  @ResolveField(() => [Cohort], { description: 'By their first day.' })
  async cohorts(@Parent() { id }: Program, @Context() { loaders }: GraphqlContext): Promise<Cohort[]> {
    return (
      (await loaders.load(findCohortsOf, id, (ids) => this.database.read((tx) => findCohortsOf(tx, ids)))) ??
      []
    );
  }

  @ResolveField(() => [Course], { description: 'That it offers, by slug.' })
  async courses(@Parent() { id }: Program, @Context() { loaders }: GraphqlContext): Promise<Course[]> {
    return (
      (await loaders.load(findCoursesOf, id, (ids) => this.database.read((tx) => findCoursesOf(tx, ids)))) ??
      []
    );
  }
}

@Resolver(() => ViewerProfile)
export class ViewerProgramsResolver {
  constructor(private readonly database: Database) {}

  @ResolveField(() => [Program], { description: 'The programs that the viewer runs.' })
  managedPrograms(@CurrentViewer() viewer: Viewer): Promise<Program[]> {
    return this.database.read((tx) => findProgramsOfManager(tx, viewer.personId));
  }
}
