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
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { Business } from '../businesses/business.entity.js';
import { findBusinesses } from '../businesses/business.queries.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { Course } from '../catalog/course.entity.js';
import { findCourses } from '../catalog/course.queries.js';
import { Outlines } from '../catalog/outlines.js';
import { ViewerProfile } from '../identity/identity.resolver.js';
import { Cohort } from '../programs/program.entity.js';
import { findCohorts } from '../programs/program.queries.js';
import { Enrollment } from './enrollment.entity.js';
import { EnrollmentService } from './enrollment.service.js';

@InputType()
class EnrollmentCreateInput extends MutationInput {
  @Field(() => ID)
  courseId!: string;

  @Field(() => ID, {
    nullable: true,
    description: "Left out: the viewer's only business, if there is exactly one.",
  })
  businessId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Left out: the only open cohort that offers the course, if there is one.',
  })
  cohortId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Somebody who completed the course takes it once more, as a new cycle. Not needed after a withdrawal or an expiry.',
  })
  again?: boolean | null;
}

@ObjectType()
class EnrollmentCreatePayload extends MutationPayload {
  @Field(() => Enrollment, { nullable: true })
  enrollment?: Enrollment;
}

@Resolver(() => Enrollment)
export class EnrollmentResolver {
  constructor(
    private readonly enrollments: EnrollmentService,
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @Access('SIGNED_IN')
  @Mutation(() => EnrollmentCreatePayload, {
    description:
      'Enrolls the viewer; asked again, gives the same enrollment. After one that ended, begins a new cycle.',
  })
  async enrollmentCreate(@Args('input') input: EnrollmentCreateInput, @CurrentViewer() viewer: Viewer) {
    return { enrollment: await this.enrollments.enroll(viewer, input) };
  }

  @ResolveField(() => Course)
  async course(@Parent() { courseId }: Enrollment, @Context() { loaders }: GraphqlContext): Promise<Course> {
    const course = await loaders.load(findCourses, courseId, (ids) =>
      this.database.read((tx) => findCourses(tx, ids)),
    );
    return course!;
  }

  @ResolveField(() => CourseVersion, { description: 'The version that the learner is pinned to.' })
  async version(@Parent() { versionId }: Enrollment): Promise<CourseVersion> {
    return (await this.outlines.require(versionId)).version;
  }

  @ResolveField(() => Business, { nullable: true })
  async business(@Parent() { businessId }: Enrollment, @Context() { loaders }: GraphqlContext) {
    if (!businessId) return null;
    return loaders.load(findBusinesses, businessId, (ids) =>
      this.database.read((tx) => findBusinesses(tx, ids)),
    );
  }

  @ResolveField(() => Cohort, { nullable: true, description: 'The intake that it belongs to.' })
  async cohort(@Parent() { cohortId }: Enrollment, @Context() { loaders }: GraphqlContext) {
    if (!cohortId) return null;
    return loaders.load(findCohorts, cohortId, (ids) => this.database.read((tx) => findCohorts(tx, ids)));
  }
}

@Resolver(() => ViewerProfile)
export class ViewerEnrollmentsResolver {
  constructor(private readonly service: EnrollmentService) {}

  @ResolveField(() => [Enrollment], { description: 'Newest first.' })
  enrollments(@CurrentViewer() viewer: Viewer): Promise<Enrollment[]> {
    return this.service.listOf(viewer);
  }
}
