import { Args, Context, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { together } from '../../platform/database/together.js';
import { BadInputError } from '../../platform/errors.js';
import { CurrentViewer, MaybeViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { inLocale } from '../../platform/locale.js';
import { ViewerProfile } from '../identity/identity.resolver.js';
import { renderBlockDocument } from './block-document.html.js';
import { CourseVersion } from './course-version.entity.js';
import { Course } from './course.entity.js';
import { mayReadDrafts, requireTrainerToRead } from './course.policies.js';
import { findCoursesBySlug, findCoursesOfTrainer, findVersions } from './course.queries.js';
import { Outlines, type Outline } from './outlines.js';
import { findPrerequisites } from './prerequisite.queries.js';

/** Its fields take what GraphQL.js gives: Nest calls methods without parameter decorators directly, and every page asks these. */
@Resolver(() => Course)
export class CourseResolver {
  private readonly bySlug = together((slugs: readonly string[]) =>
    this.database.read((tx) => findCoursesBySlug(tx, slugs)),
  );

  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @Access('PUBLIC')
  @Query(() => Course, {
    nullable: true,
    description: 'Null when there is no such course, or none that the viewer may see.',
  })
  async course(@Args('slug', { type: () => String }) slug: string, @MaybeViewer() viewer: Viewer | null) {
    if (slug.includes('\0')) throw new BadInputError('slug: has a character that cannot be stored.');
    const course = await this.bySlug(slug);
    if (!course || course.publishedVersionId) return course;
    return viewer && (await this.database.read((tx) => mayReadDrafts(tx, viewer, course))) ? course : null;
  }

  @ResolveField(() => String)
  async title(course: Course, _args: unknown, context: GraphqlContext) {
    const { version } = await this.outline(course, context);
    return inLocale(version.titles, context.locale, version.defaultLocale) ?? course.slug;
  }

  @ResolveField(() => String, { description: 'One sentence.' })
  async summary(course: Course, _args: unknown, context: GraphqlContext) {
    const { version } = await this.outline(course, context);
    return inLocale(version.summaries, context.locale, version.defaultLocale) ?? '';
  }

  @ResolveField(() => [String], { description: 'What the learner will be able to do.' })
  async outcomes(course: Course, _args: unknown, context: GraphqlContext) {
    const { version } = await this.outline(course, context);
    return inLocale(version.outcomes, context.locale, version.defaultLocale) ?? [];
  }

  @ResolveField(() => String, { description: 'Safe HTML.' })
  async descriptionHtml(course: Course, _args: unknown, context: GraphqlContext) {
    const { version } = await this.outline(course, context);
    const description = inLocale(version.descriptions, context.locale, version.defaultLocale);
    return description ? renderBlockDocument(description, context.locale) : '';
  }

  @ResolveField(() => CourseVersion, {
    description: 'What new learners get; for an unpublished course, its draft.',
  })
  async version(course: Course, _args: unknown, context: GraphqlContext): Promise<CourseVersion> {
    return (await this.outline(course, context)).version;
  }

  @ResolveField(() => Int, { description: 'Of the required lessons.' })
  async estimatedMinutes(course: Course, _args: unknown, context: GraphqlContext): Promise<number> {
    const { lessons } = await this.outline(course, context);
    return lessons
      .filter((lesson) => lesson.required)
      .reduce((sum, lesson) => sum + lesson.estimatedMinutes, 0);
  }

  @ResolveField(() => Int)
  async lessonCount(course: Course, _args: unknown, context: GraphqlContext): Promise<number> {
    return (await this.outline(course, context)).lessons.length;
  }

  /** Not async: where the course was read with them, what hangs on them is asked for together with what hangs on the course. */
  @ResolveField(() => [Course], {
    description:
      'What has to be completed before one may enroll in it. Who is enrolled already is not held up.',
  })
  prerequisites({ id, prerequisites }: Course, _args: unknown, { loaders }: GraphqlContext) {
    return (
      prerequisites ??
      loaders.load(findPrerequisites, id, (ids) => this.database.read((tx) => findPrerequisites(tx, ids)))
    );
  }

  @ResolveField(() => [CourseVersion], { description: 'Newest first. For its trainers.' })
  async versions(@Parent() { id }: Course, @Context() context: GraphqlContext): Promise<CourseVersion[]> {
    await requireTrainerToRead(this.database, context, id);
    return this.versionsOf(id, context);
  }

  @ResolveField(() => CourseVersion, {
    nullable: true,
    description: 'The version that is being written, if there is one. For its trainers.',
  })
  async draft(@Parent() course: Course, @Context() context: GraphqlContext): Promise<CourseVersion | null> {
    const [newest] = await this.versions(course, context);
    return newest && !newest.publishedAt ? newest : null;
  }

  private async outline(course: Course, context: GraphqlContext): Promise<Outline> {
    if (course.publishedVersionId) return this.outlines.require(course.publishedVersionId);
    return this.outlines.require((await this.versionsOf(course.id, context))[0]!.id);
  }

  private async versionsOf(id: string, { loaders }: GraphqlContext): Promise<CourseVersion[]> {
    const versions = await loaders.load(findVersions, id, (ids) =>
      this.database.read((tx) => findVersions(tx, ids)),
    );
    return versions ?? [];
  }
}

@Resolver(() => ViewerProfile)
export class ViewerCoursesResolver {
  constructor(private readonly database: Database) {}

  @ResolveField(() => [Course], {
    description: 'The courses that the viewer works on, as author, editor or reviewer.',
  })
  authoredCourses(@CurrentViewer() viewer: Viewer): Promise<Course[]> {
    return this.database.read((tx) => findCoursesOfTrainer(tx, viewer.personId));
  }
}
