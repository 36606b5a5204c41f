import { Args, ArgsType, Field, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Role, Viewer } from '../../platform/access/viewer.js';
import { ConnectionType, PageArgs, readPage } from '../../platform/graphql/connection.js';
import { MaybeViewer } from '../../platform/graphql/context.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { Person, RoleEnum } from './person.entity.js';
import { maySeeAccount } from './person.policies.js';
import { ProfileService } from './profile.service.js';

const PersonConnection = ConnectionType(Person, 'Person');

@ArgsType()
class PeopleArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description: 'The beginning of an address or a part of a name, in either case. Blank: everybody.',
  })
  search?: string;
}

@Resolver(() => Person)
export class PersonResolver {
  constructor(private readonly profiles: ProfileService) {}

  @Access('ADMIN')
  @Query(() => PersonConnection, { description: 'Everybody who has an account, the newest first.' })
  people(@Args() { search, ...page }: PeopleArgs) {
    return readPage(
      page,
      (person: Person) => person.id,
      (beforeId, limit) => this.profiles.list({ search, beforeId, limit }),
    );
  }

  @ResolveField(() => String, {
    nullable: true,
    description: 'Null for everybody but the person and administrators.',
  })
  email(@Parent() person: Person, @MaybeViewer() viewer: Viewer | null): string | null {
    return maySeeAccount(viewer, person) ? person.email : null;
  }

  @ResolveField(() => [RoleEnum], { nullable: true, description: 'Null where `email` is.' })
  roles(@Parent() person: Person, @MaybeViewer() viewer: Viewer | null): Role[] | null {
    return maySeeAccount(viewer, person) ? person.roles : null;
  }

  @ResolveField(() => DateTime, { nullable: true, description: 'Null where `email` is.' })
  createdAt(@Parent() person: Person, @MaybeViewer() viewer: Viewer | null): Date | null {
    return maySeeAccount(viewer, person) ? person.createdAt : null;
  }
}
