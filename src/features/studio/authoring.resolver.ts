import { Args, Field, ID, InputType, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { CurrentViewer } from '../../platform/graphql/context.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { CourseVersion, PublishPolicyEnum, type PublishPolicy } from '../catalog/course-version.entity.js';
import { AuthoringService } from './authoring.service.js';

@InputType()
class CourseDraftCreateInput extends MutationInput {
  @Field(() => ID)
  courseId!: string;
}

@InputType()
class CourseVersionPublishInput extends MutationInput {
  @Field(() => ID)
  versionId!: string;

  @Field(() => PublishPolicyEnum, { defaultValue: 'NEW_LEARNERS_ONLY' })
  policy!: PublishPolicy;
}

@ObjectType()
export class CourseVersionPayload extends MutationPayload {
  @Field(() => CourseVersion, { nullable: true })
  version?: CourseVersion;
}

/** What trainers do. Which courses are theirs, the service asks. */
@Resolver()
export class AuthoringResolver {
  constructor(private readonly authoring: AuthoringService) {}

  @Access('SIGNED_IN')
  @Mutation(() => CourseVersionPayload, {
    description: "The course's draft, made from its published version if need be.",
  })
  async courseDraftCreate(
    @Args('input') { courseId }: CourseDraftCreateInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { version: await this.authoring.createDraft(viewer, courseId) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => CourseVersionPayload, {
    description: 'Freezes a draft; from then on nothing can change it.',
  })
  async courseVersionPublish(
    @Args('input') input: CourseVersionPublishInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { version: await this.authoring.publish(viewer, input.versionId, input.policy) };
  }
}
