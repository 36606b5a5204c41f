import { Context, Field, Int, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Database } from '../../platform/database/database.js';
import type { GraphqlContext } from '../../platform/graphql/context.js';
import { Course } from '../catalog/course.entity.js';
import { requireTrainerToRead } from '../catalog/course.policies.js';
import { countCourseLearners, type LearnerCounts } from './learning.queries.js';

@ObjectType({
  description: 'How many people take a course. Test accounts and people with a role are left out.',
})
class CourseLearners {
  @Field(() => Int)
  inProgress!: number;

  @Field(() => Int, { description: 'Somebody who takes it again is in both.' })
  completed!: number;
}

@Resolver(() => Course)
export class CourseLearnersResolver {
  constructor(private readonly database: Database) {}

  @ResolveField(() => CourseLearners, { description: 'In all versions. For its trainers.' })
  async learners(@Parent() { id }: Course, @Context() context: GraphqlContext): Promise<LearnerCounts> {
    await requireTrainerToRead(this.database, context, id);
    const counted = await context.loaders.load(countCourseLearners, id, (ids) =>
      this.database.read((tx) => countCourseLearners(tx, ids)),
    );
    return counted ?? { inProgress: 0, completed: 0 };
  }
}
