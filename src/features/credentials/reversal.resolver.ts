import { Args, Field, ID, InputType, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { CurrentViewer } from '../../platform/graphql/context.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { ReversalService } from './reversal.service.js';

const REASON = 'Up to 500 characters.';

@InputType()
class CompletionReverseInput extends MutationInput {
  @Field(() => ID)
  completionId!: string;

  @Field(() => String, {
    description: `${REASON} The learner reads it, and whoever opens the page of the badge.`,
  })
  reason!: string;

  @Field(() => [ID], {
    description: 'To do again: lessons that the completion counted, as its version has them. At least one.',
  })
  askedLessonIds!: string[];
}

@InputType()
class CompletionReinstateInput extends MutationInput {
  @Field(() => ID, { description: 'Of the completion that was reversed.' })
  completionId!: string;

  @Field(() => String, { description: `${REASON} For the audit log.` })
  reason!: string;
}

@ObjectType()
class CompletionReversePayload extends MutationPayload {
  @Field(() => Enrollment, { nullable: true })
  enrollment?: Enrollment;
}

@ObjectType()
class CompletionReinstatePayload extends MutationPayload {
  @Field(() => Enrollment, { nullable: true })
  enrollment?: Enrollment;
}

@Resolver()
export class ReversalResolver {
  constructor(private readonly service: ReversalService) {}

  @Access('SIGNED_IN')
  @Mutation(() => CompletionReversePayload, {
    description:
      'For the managers of the program, and administrators. The completion holds no more and its badge is revoked; the learner is told, and goes on.',
  })
  async completionReverse(
    @Args('input') { completionId, reason, askedLessonIds }: CompletionReverseInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { enrollment: await this.service.reverse(viewer, { completionId, reason, askedLessonIds }) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => CompletionReinstatePayload, {
    description:
      'For the managers of the program, and administrators. Undoes a reversal that was a mistake: a new completion with the same date, and a new badge.',
  })
  async completionReinstate(
    @Args('input') { completionId, reason }: CompletionReinstateInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { enrollment: await this.service.reinstate(viewer, { completionId, reason }) };
  }
}
