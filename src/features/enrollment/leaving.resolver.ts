import {
  Args,
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
import { CurrentViewer } from '../../platform/graphql/context.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { Enrollment, WithdrawalReasonEnum, type WithdrawalReason } from './enrollment.entity.js';
import { coolingEndsAt } from './enrollment.rules.js';
import { LeavingService } from './leaving.service.js';

@InputType()
class EnrollmentWithdrawInput extends MutationInput {
  @Field(() => ID)
  enrollmentId!: string;

  @Field(() => WithdrawalReasonEnum)
  reason!: WithdrawalReason;

  @Field(() => String, { nullable: true, description: 'In the learner’s words, up to 1,000 characters.' })
  note?: string | null;
}

@ObjectType()
class EnrollmentWithdrawPayload extends MutationPayload {
  @Field(() => Enrollment, { nullable: true })
  enrollment?: Enrollment;
}

@Resolver(() => Enrollment)
export class LeavingResolver {
  constructor(private readonly leaving: LeavingService) {}

  @Access('SIGNED_IN')
  @Mutation(() => EnrollmentWithdrawPayload, {
    description:
      'The viewer leaves a course. What they did is kept; enrolling again begins a new cycle. Asked again, the same.',
  })
  async enrollmentWithdraw(
    @Args('input') input: EnrollmentWithdrawInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<EnrollmentWithdrawPayload> {
    return { enrollment: await this.leaving.withdraw(viewer, input) };
  }

  @ResolveField(() => DateTime, {
    description: 'Who leaves until then is left out of every figure of the program.',
  })
  coolingEndsAt(@Parent() enrollment: Enrollment): Date {
    return coolingEndsAt(enrollment);
  }
}
