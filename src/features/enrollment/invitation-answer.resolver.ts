import { Args, Field, ID, InputType, Mutation, ObjectType, ResolveField, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { CurrentViewer } from '../../platform/graphql/context.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { ViewerProfile } from '../identity/identity.resolver.js';
import { Enrollment } from './enrollment.entity.js';
import { InvitationAnswerService } from './invitation-answer.service.js';
import { DeclineReasonEnum, Invitation, type DeclineReason } from './invitation.entity.js';

@InputType()
class InvitationAcceptInput extends MutationInput {
  @Field(() => ID)
  invitationId!: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'Left out: the business that the program named, if the viewer acts for it; else their only one, if there is exactly one.',
  })
  businessId?: string | null;
}

@ObjectType()
class InvitationAcceptPayload extends MutationPayload {
  @Field(() => Invitation, { nullable: true })
  invitation?: Invitation;

  @Field(() => Enrollment, { nullable: true })
  enrollment?: Enrollment;
}

@InputType()
class InvitationDeclineInput extends MutationInput {
  @Field(() => ID)
  invitationId!: string;

  @Field(() => DeclineReasonEnum)
  reason!: DeclineReason;
}

@ObjectType()
class InvitationDeclinePayload extends MutationPayload {
  @Field(() => Invitation, { nullable: true })
  invitation?: Invitation;
}

/** What the owner of an address sees and does. */
@Resolver(() => ViewerProfile)
export class InvitationAnswerResolver {
  constructor(private readonly answers: InvitationAnswerService) {}

  @ResolveField(() => [Invitation], {
    description: 'Those to the viewer’s address that wait for an answer, oldest first.',
  })
  invitations(@CurrentViewer() viewer: Viewer): Promise<Invitation[]> {
    return this.answers.listOpen(viewer);
  }

  @Access('SIGNED_IN')
  @Mutation(() => InvitationAcceptPayload, {
    description:
      'Enrolls the viewer as an invitation to their address says; asked again, the same enrollment.',
  })
  invitationAccept(
    @Args('input') { invitationId, businessId }: InvitationAcceptInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<InvitationAcceptPayload> {
    return this.answers.accept(viewer, invitationId, businessId);
  }

  @Access('SIGNED_IN')
  @Mutation(() => InvitationDeclinePayload, {
    description: 'The viewer says no to an invitation to their address. It stays so.',
  })
  async invitationDecline(
    @Args('input') { invitationId, reason }: InvitationDeclineInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<InvitationDeclinePayload> {
    return { invitation: await this.answers.decline(viewer, invitationId, reason) };
  }
}
