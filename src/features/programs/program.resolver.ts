import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { CurrentLocale, CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { inLocale } from '../../platform/locale.js';
import { ViewerProfile } from '../identity/identity.resolver.js';
import { Cohort, Program } from './program.entity.js';
import { findCohortsOf, findProgramsOfManager } from './program.queries.js';

@Resolver(() => Program)
export class ProgramResolver {
  constructor(private readonly database: Database) {}

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
}

@Resolver(() => ViewerProfile)
export class ViewerProgramsResolver {
  constructor(private readonly database: Database) {}

  @ResolveField(() => [Program], { description: 'The programs that the viewer runs.' })
  managedPrograms(@CurrentViewer() viewer: Viewer): Promise<Program[]> {
    return this.database.read((tx) => findProgramsOfManager(tx, viewer.personId));
  }
}
