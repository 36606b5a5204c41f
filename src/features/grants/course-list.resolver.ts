import { Args, ArgsType, Field, ID, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import { CurrentLocale } from '../../platform/graphql/context.js';
import type { Locale } from '../../platform/locale.js';
import { CourseSearchService } from '../catalog/course-search.service.js';
import { CourseConnection, CourseSearchArgs } from '../catalog/course-search.types.js';
import { GrantCallService } from './grant-call.service.js';

@ArgsType()
class CourseListArgs extends CourseSearchArgs {
  @Field(() => ID, {
    nullable: true,
    description: 'A call that asks for the badge of the course; none does once it is closed.',
  })
  opensCall?: string | null;
}

/** The catalog. It is here because grants are the last of what narrows it. */
@Resolver()
export class CourseListResolver {
  constructor(
    private readonly search: CourseSearchService,
    private readonly calls: GrantCallService,
  ) {}

  @Access('PUBLIC')
  @Query(() => CourseConnection, {
    description: 'Published courses: with `search` the best match first, otherwise the oldest first.',
  })
  async courses(
    @Args() { opensCall, ...args }: CourseListArgs,
    @CurrentLocale() locale: Locale,
  ): Promise<CourseConnection> {
    const courseIds = opensCall == null ? null : await this.calls.findCoursesAskedBy(opensCall);
    return this.search.list(args, locale, courseIds);
  }
}
