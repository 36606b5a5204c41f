import { Args, Field, ID, InputType, Mutation, ObjectType, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { CurrentViewer } from '../../platform/graphql/context.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { Course } from '../catalog/course.entity.js';
import { CoursePrerequisiteService } from './course-prerequisite.service.js';

@InputType({ isAbstract: true })
abstract class PrerequisiteOfCourseInput extends MutationInput {
  @Field(() => ID)
  courseId!: string;

  @Field(() => ID, { description: 'The course that has to be completed first.' })
  prerequisiteId!: string;
}

@InputType()
class CoursePrerequisiteAddInput extends PrerequisiteOfCourseInput {}

@InputType()
class CoursePrerequisiteRemoveInput extends PrerequisiteOfCourseInput {}

@ObjectType()
class CoursePrerequisitePayload extends MutationPayload {
  @Field(() => Course, { nullable: true })
  course?: Course;
}

/** What authors ask for before their course may be entered. Everybody reads it, as `Course.prerequisites`. */
@Resolver(() => Course)
export class CoursePrerequisiteResolver {
  constructor(private readonly prerequisites: CoursePrerequisiteService) {}

  @Access('SIGNED_IN')
  @Mutation(() => CoursePrerequisitePayload, {
    description:
      'Lets a course be entered only by who completed another, published one; 10 at most, and never in a circle. Who is enrolled ' +
      'already stays so. Asked again, the same. For authors.',
  })
  async coursePrerequisiteAdd(
    @Args('input') input: CoursePrerequisiteAddInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<CoursePrerequisitePayload> {
    return { course: await this.prerequisites.add(viewer, input) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => CoursePrerequisitePayload, {
    description: 'Asks for a course no longer. Asked again, the same. For authors.',
  })
  async coursePrerequisiteRemove(
    @Args('input') input: CoursePrerequisiteRemoveInput,
    @CurrentViewer() viewer: Viewer,
  ): Promise<CoursePrerequisitePayload> {
    return { course: await this.prerequisites.remove(viewer, input) };
  }
}
