import { ArgsType, Field, Int, ObjectType } from '@nestjs/graphql';
import { PageArgs, PageInfo, type ConnectionOf } from '../../platform/graphql/connection.js';
import { Course } from './course.entity.js';
import type { CourseCounts, CourseFilter } from './course-search.queries.js';

@ArgsType()
export class CourseSearchArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description:
      'Words that a course must hold, all of them, in whatever form and with or without accents: its title, summary, outcomes, ' +
      "modules and lessons are searched, in `locale` or else in the viewer's language. Of what is long the first 200 characters count.",
  })
  search?: string | null;

  @Field(() => String, { nullable: true, description: 'One of those that its version names.' })
  topic?: string | null;

  @Field(() => String, { nullable: true, description: 'BCP 47 tag of a language that the course has.' })
  locale?: string | null;

  @Field(() => Int, { nullable: true, description: 'Of the required lessons; 1 or more.' })
  maxMinutes?: number | null;
}

@ObjectType({ description: 'How many courses a list would have with a topic.' })
export class TopicCount {
  @Field(() => String, { description: 'As courses name it.' })
  topic!: string;

  @Field(() => Int)
  courseCount!: number;
}

@ObjectType({ description: 'How many courses a list would have in a language.' })
export class LocaleCount {
  @Field(() => String, { description: 'BCP 47 tag.' })
  locale!: string;

  @Field(() => Int)
  courseCount!: number;
}

@ObjectType({ description: 'A piece of plain text.' })
export class ExcerptPart {
  @Field(() => String)
  text!: string;

  @Field(() => Boolean, { description: 'Whether this is what was searched for.' })
  highlighted!: boolean;
}

@ObjectType()
export class CourseEdge {
  @Field(() => String)
  cursor!: string;

  @Field(() => Course)
  node!: Course;

  @Field(() => [ExcerptPart], {
    nullable: true,
    description:
      'Where what was searched for stands in its texts. Null without a search, and when it stands in the title only.',
  })
  excerpt!: ExcerptPart[] | null;
}

/** As of any list that can grow; its edges say where what was searched for stands. */
@ObjectType()
export class CourseConnection implements ConnectionOf<Course> {
  @Field(() => [Course])
  nodes!: Course[];

  @Field(() => [CourseEdge])
  edges!: CourseEdge[];

  @Field(() => PageInfo)
  pageInfo!: PageInfo;

  /** What the counts are of. */
  filter!: CourseFilter;

  /** Read once for all that ask for them. */
  counts?: Promise<CourseCounts>;
}
