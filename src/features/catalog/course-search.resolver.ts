import { Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { COMPETENCE_AREAS } from './competence-areas.js';
import { CourseSearchService } from './course-search.service.js';
import { CourseConnection, LocaleCount, TopicCount } from './course-search.types.js';

/** What a list of courses says of itself as a whole. The list itself is asked for where all that narrows it is known. */
@Resolver(() => CourseConnection)
export class CourseSearchResolver {
  constructor(private readonly courses: CourseSearchService) {}

  @ResolveField(() => Int)
  async totalCount(@Parent() list: CourseConnection): Promise<number> {
    return (await this.courses.counts(list)).total;
  }

  @ResolveField(() => [TopicCount], {
    description:
      'How many courses the list would have with each competence area of DigComp 2.2 (`information-and-data-literacy`, ' +
      '`communication-and-collaboration`, `digital-content-creation`, `safety`, `problem-solving`) as its topic.',
  })
  async topicCounts(@Parent() list: CourseConnection): Promise<TopicCount[]> {
    const { topics } = await this.courses.counts(list);
    return COMPETENCE_AREAS.map((topic) => ({ topic, courseCount: topics.get(topic) ?? 0 }));
  }

  @ResolveField(() => [LocaleCount], {
    description:
      'How many courses the list would have in each language, the most first. What is searched for is searched in each.',
  })
  async localeCounts(@Parent() list: CourseConnection): Promise<LocaleCount[]> {
    const { locales } = await this.courses.counts(list);
    return [...locales]
      .map(([locale, courseCount]) => ({ locale, courseCount }))
      .sort((a, b) => b.courseCount - a.courseCount || (a.locale < b.locale ? -1 : 1));
  }

  @ResolveField(() => String, {
    nullable: true,
    description:
      'What may have been meant, where nothing was found: a word stands in no course and a similar one does.',
  })
  suggestion(@Parent() list: CourseConnection): Promise<string | null> {
    return this.courses.suggestion(list);
  }
}
