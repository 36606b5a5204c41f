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
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { ConnectionType, PageArgs, readPage } from '../../platform/graphql/connection.js';
import { CurrentLocale, CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { inLocale, type Locale } from '../../platform/locale.js';
import { Course } from '../catalog/course.entity.js';
import { findCourses } from '../catalog/course.queries.js';
import { LocaleEnum } from '../identity/person.entity.js';
import { Cohort } from '../programs/program.entity.js';
import { findCohorts, findPrograms } from '../programs/program.queries.js';
import { Invitation, InvitationStateEnum, type InvitationState } from './invitation.entity.js';
import { INVITING_OUTCOMES, nextMailAt, stateOf, type InvitingOutcome } from './invitation.rules.js';
import { InvitationService } from './invitation.service.js';

const InvitingOutcomeEnum = Object.fromEntries(INVITING_OUTCOMES.map((outcome) => [outcome, outcome]));
registerEnumType(InvitingOutcomeEnum, {
  name: 'InvitingOutcome',
  description: 'What became of an address that was to be invited.',
  valuesMap: {
    INVITED: { description: 'A mail is on its way, whether or not there is an account.' },
    ALREADY_INVITED: { description: 'An invitation waits already; no other mail was sent.' },
    ALREADY_ENROLLED: { description: 'Takes the course in the program, or has completed it.' },
    DECLINED: { description: 'Said no to this before.' },
    ACCEPTED_BEFORE: {
      description: 'Accepted an earlier invitation; whoever left since may start again by themselves.',
    },
    TOO_SOON: { description: 'A withdrawn invitation was mailed within the last day, or often enough.' },
    ADDRESS_INVALID: { description: 'No email address.' },
  },
});

@ObjectType({ description: 'What became of one address.' })
class InvitationResult {
  @Field(() => String)
  email!: string;

  @Field(() => InvitingOutcomeEnum)
  outcome!: InvitingOutcome;
}

@InputType()
class InvitationsCreateInput extends MutationInput {
  @Field(() => ID)
  cohortId!: string;

  @Field(() => ID)
  courseId!: string;

  @Field(() => [String], { description: 'Up to 100.' })
  emails!: string[];

  @Field(() => LocaleEnum, {
    nullable: true,
    description:
      'For people without an account. Left out: in English and French. Others get theirs in their own language.',
  })
  locale?: Locale | null;
}

@ObjectType()
class InvitationsCreatePayload extends MutationPayload {
  @Field(() => [InvitationResult], { nullable: true, description: 'Of each address.' })
  results?: InvitationResult[];
}

@InputType()
class InvitationSendInput extends MutationInput {
  @Field(() => ID)
  invitationId!: string;
}

@InputType()
class InvitationWithdrawInput extends MutationInput {
  @Field(() => ID)
  invitationId!: string;
}

@ObjectType()
class InvitationPayload extends MutationPayload {
  @Field(() => Invitation, { nullable: true })
  invitation?: Invitation;
}

@ArgsType()
class InvitationArgs extends PageArgs {
  @Field(() => ID)
  programId!: string;

  @Field(() => ID, { nullable: true })
  cohortId?: string | null;

  @Field(() => InvitationStateEnum, { nullable: true })
  state?: InvitationState | null;
}

@ObjectType({ description: 'How many invitations are in a state.' })
class InvitationCount {
  @Field(() => InvitationStateEnum)
  state!: InvitationState;

  @Field(() => Int)
  count!: number;
}

@ObjectType()
class InvitationConnection extends ConnectionType(Invitation, 'Invitation', { isAbstract: true }) {
  @Field(() => [InvitationCount], {
    description: 'On all pages and whatever state is listed; without those in which there is none.',
  })
  counts!: InvitationCount[];
}

/** What the managers of a program see and do. */
@Resolver(() => Invitation)
export class InvitationResolver {
  constructor(
    private readonly service: InvitationService,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Access('SIGNED_IN')
  @Query(() => InvitationConnection, { description: 'For the managers of the program, newest first.' })
  async invitations(
    @Args() { programId, cohortId, state, ...page }: InvitationArgs,
    @CurrentViewer() viewer: Viewer,
  ) {
    const scope = await this.service.requireScope(viewer, { programId, cohortId });
    const found = await readPage(
      page,
      ({ id }: Invitation) => id,
      (beforeId, limit) => this.service.list(scope, state ?? null, beforeId, limit),
    );
    return { ...found, counts: await this.service.count(scope) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => InvitationsCreatePayload, {
    description:
      'Invites people to a course of a cohort, for the managers of its program. The answer says nothing about who has an account.',
  })
  async invitationsCreate(@Args('input') input: InvitationsCreateInput, @CurrentViewer() viewer: Viewer) {
    return { results: await this.service.invite(viewer, input) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => InvitationPayload, {
    description: 'Mails an invitation once more: a day after the last mail, and 4 times in all.',
  })
  async invitationSend(
    @Args('input') { invitationId }: InvitationSendInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<InvitationPayload> {
    return { invitation: await this.service.sendAgain(viewer, invitationId) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => InvitationPayload, { description: 'Takes an invitation back that was not answered.' })
  async invitationWithdraw(
    @Args('input') { invitationId }: InvitationWithdrawInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<InvitationPayload> {
    return { invitation: await this.service.withdraw(viewer, invitationId) };
  }

  @ResolveField(() => InvitationStateEnum)
  async state(
    @Parent() invitation: Invitation,
    @Context() context: GraphqlContext,
  ): Promise<InvitationState> {
    return stateOf(invitation, await this.cohort(invitation, context), this.clock.now());
  }

  @ResolveField(() => DateTime, {
    nullable: true,
    description:
      'From when on it may be mailed again. Null when it waits for no answer, or was mailed often enough.',
  })
  async nextMailAt(
    @Parent() invitation: Invitation,
    @Context() context: GraphqlContext,
  ): Promise<Date | null> {
    return (await this.state(invitation, context)) === 'INVITED' ? nextMailAt(invitation) : null;
  }

  @ResolveField(() => Course)
  async course(@Parent() { courseId }: Invitation, @Context() { loaders }: GraphqlContext): Promise<Course> {
    const load = (ids: readonly string[]) => this.database.read((tx) => findCourses(tx, [...ids]));
    return (await loaders.load(findCourses, courseId, load))!;
  }

  @ResolveField(() => Cohort)
  async cohort(@Parent() { cohortId }: Invitation, @Context() { loaders }: GraphqlContext): Promise<Cohort> {
    const load = (ids: readonly string[]) => this.database.read((tx) => findCohorts(tx, ids));
    return (await loaders.load(findCohorts, cohortId, load))!;
  }

  @ResolveField(() => String, { description: 'Of the program that invites.' })
  async programName(
    @Parent() invitation: Invitation,
    @Context() context: GraphqlContext,
    @CurrentLocale() locale: Locale,
  ): Promise<string> {
    const { programId } = await this.cohort(invitation, context);
    const load = (ids: readonly string[]) => this.database.read((tx) => findPrograms(tx, ids));
    const program = (await context.loaders.load(findPrograms, programId, load))!;
    return inLocale(program.names, locale) ?? program.slug;
  }
}
