import {
  Args,
  Context,
  Field,
  ID,
  InputType,
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
import { DateTime } from '../../platform/graphql/scalars.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { findPeople } from '../identity/identity.queries.js';
import { Person } from '../identity/person.entity.js';
import { CourseTeamService } from './course-team.service.js';
import { Course, TeamRoleEnum, type CourseTrainer, type TeamRole } from '../catalog/course.entity.js';
import { loadRole, requireTrainerToRead } from '../catalog/course.policies.js';
import { findTeams } from '../catalog/course.queries.js';

@ObjectType({ description: 'Somebody who works on a course.' })
class CourseTeamMember {
  @Field(() => Person)
  person!: Person;

  @Field(() => String, { description: 'Whom one works with, one may write to.' })
  email!: string;

  @Field(() => TeamRoleEnum)
  role!: TeamRole;

  @Field(() => DateTime)
  since!: Date;
}

@InputType()
class CourseTeamAddInput extends MutationInput {
  @Field(() => ID)
  courseId!: string;

  @Field(() => String, { description: 'Of a person who has the role TRAINER.' })
  email!: string;

  @Field(() => TeamRoleEnum)
  role!: TeamRole;
}

@InputType()
class CourseTeamUpdateInput extends MutationInput {
  @Field(() => ID)
  courseId!: string;

  @Field(() => ID)
  personId!: string;

  @Field(() => TeamRoleEnum)
  role!: TeamRole;
}

@InputType()
class CourseTeamRemoveInput extends MutationInput {
  @Field(() => ID)
  courseId!: string;

  @Field(() => ID)
  personId!: string;
}

@InputType()
class CourseHandOverInput extends MutationInput {
  @Field(() => ID)
  courseId!: string;

  @Field(() => String, { description: 'Of the new author, who has the role TRAINER.' })
  email!: string;

  @Field(() => TeamRoleEnum, {
    nullable: true,
    description: 'What the viewer is from then on. Null: leaves.',
  })
  stayAs?: TeamRole | null;
}

@ObjectType()
class CourseTeamPayload extends MutationPayload {
  @Field(() => Course, { nullable: true })
  course?: Course;
}

/** Who works on a course. Who may change that, the service asks. */
@Resolver(() => Course)
export class CourseTeamResolver {
  constructor(
    private readonly database: Database,
    private readonly teams: CourseTeamService,
  ) {}

  @ResolveField(() => [CourseTeamMember], { description: 'Longest first. For those in it.' })
  async team(@Parent() { id }: Course, @Context() context: GraphqlContext): Promise<CourseTeamMember[]> {
    await requireTrainerToRead(this.database, context, id);
    const { loaders } = context;
    const members = await loaders.load(findTeams, id, (ids) =>
      this.database.read((tx) => findTeams(tx, ids)),
    );
    return Promise.all(
      (members ?? []).map(async ({ personId, role, createdAt }: CourseTrainer) => {
        const person = (await loaders.load(findPeople, personId, (ids) =>
          this.database.read((tx) => findPeople(tx, ids)),
        ))!;
        return { person, email: person.email, role, since: createdAt };
      }),
    );
  }

  @ResolveField(() => TeamRoleEnum, {
    nullable: true,
    description: 'What the viewer may do in it; null for who does not work on it.',
  })
  async viewerRole(@Parent() { id }: Course, @Context() context: GraphqlContext): Promise<TeamRole | null> {
    return (await loadRole(this.database, context, id)) ?? null;
  }

  @Access('SIGNED_IN')
  @Mutation(() => CourseTeamPayload, { description: 'Takes a trainer into the team. For authors.' })
  async courseTeamAdd(@Args('input') input: CourseTeamAddInput, @CurrentViewer() viewer: Viewer) {
    return { course: await this.teams.add(viewer, input) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => CourseTeamPayload, {
    description: 'Gives a member another role; the last author stays one. For authors.',
  })
  async courseTeamUpdate(@Args('input') input: CourseTeamUpdateInput, @CurrentViewer() viewer: Viewer) {
    return { course: await this.teams.update(viewer, input) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => CourseTeamPayload, {
    description: 'Takes a member out of the team; the last author stays. For authors, and for oneself.',
  })
  async courseTeamRemove(@Args('input') input: CourseTeamRemoveInput, @CurrentViewer() viewer: Viewer) {
    return { course: await this.teams.remove(viewer, input) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => CourseTeamPayload, {
    description: 'Makes another trainer an author in the place of the viewer. For authors.',
  })
  async courseHandOver(@Args('input') input: CourseHandOverInput, @CurrentViewer() viewer: Viewer) {
    return { course: await this.teams.handOver(viewer, input) };
  }
}
