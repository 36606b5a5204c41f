import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Access } from '../../platform/access/access.js';
import { Database } from '../../platform/database/database.js';
import { NotFoundError } from '../../platform/errors.js';
import { CurrentLocale, type GraphqlContext } from '../../platform/graphql/context.js';
import { JSONObject } from '../../platform/graphql/scalars.js';
import { parseId } from '../../platform/ids.js';
import { inLocale } from '../../platform/locale.js';
import { renderWithIds } from './block-document.html.js';
import type { BlockDocument } from './block-document.js';
import { CourseVersion } from './course-version.entity.js';
import { Course } from './course.entity.js';
import { requireTrainerToRead } from './course.policies.js';
import { findCourses, findLessonsWithBodies } from './course.queries.js';
import { CourseModule, Lesson } from './lesson.entity.js';
import { Outlines } from './outlines.js';

@Resolver(() => CourseVersion)
export class CourseVersionResolver {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @Access('SIGNED_IN')
  @Query(() => CourseVersion, {
    description: 'Any version, drafts included. For the trainers of its course.',
  })
  async courseVersion(@Args('id', { type: () => ID }) id: string, @Context() context: GraphqlContext) {
    const version = await this.database.read((tx) => tx.findOneBy(CourseVersion, { id: parseId(id) }));
    if (!version) throw new NotFoundError();
    await requireTrainerToRead(this.database, context, version.courseId);
    return version;
  }

  @ResolveField(() => String)
  title(@Parent() version: CourseVersion, @CurrentLocale() locale: string): string {
    return inLocale(version.titles, locale, version.defaultLocale) ?? '';
  }

  @ResolveField(() => Course)
  async course(
    @Parent() { courseId }: CourseVersion,
    @Context() { loaders }: GraphqlContext,
  ): Promise<Course> {
    const course = await loaders.load(findCourses, courseId, (ids) =>
      this.database.read((tx) => findCourses(tx, ids)),
    );
    return course!;
  }

  @ResolveField(() => [CourseModule])
  async modules(
    @Parent() version: CourseVersion,
    @Args('locale', {
      type: () => String,
      nullable: true,
      description: "BCP 47 tag of the language of the titles; the viewer's when left out.",
    })
    wanted: string | null,
    @CurrentLocale() locale: string,
  ): Promise<CourseModule[]> {
    return (await this.outlines.require(version.id)).modulesIn(wanted ?? locale);
  }
}

@Resolver(() => Lesson)
export class LessonResolver {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @ResolveField(() => CourseVersion)
  async version(@Parent() { versionId }: Lesson): Promise<CourseVersion> {
    return (await this.outlines.require(versionId)).version;
  }

  @ResolveField(() => String, {
    nullable: true,
    description:
      'The text as safe HTML; its outermost blocks have the ids `block-0`, `block-1` and so on. Null for a quiz; visitors may read the first lesson of a course only.',
  })
  async bodyHtml(@Parent() lesson: Lesson, @Context() context: GraphqlContext): Promise<string | null> {
    const body = await this.readBody(lesson, context);
    return body && renderWithIds(body, context.locale);
  }

  @ResolveField(() => JSONObject, {
    nullable: true,
    description: 'The text as a block tree in the ProseMirror shape. Null where `bodyHtml` is.',
  })
  async body(@Parent() lesson: Lesson, @Context() context: GraphqlContext): Promise<BlockDocument | null> {
    return this.readBody(lesson, context);
  }

  @ResolveField(() => String, {
    nullable: true,
    description:
      'BCP 47 tag of the language that the text is in: the default one of the course where it is not translated.',
  })
  async bodyLocale(@Parent() lesson: Lesson, @Context() context: GraphqlContext): Promise<string | null> {
    const body = await this.readBody(lesson, context);
    const { bodies } = (await this.readTexts(lesson, context)) ?? {};
    return Object.keys(bodies ?? {}).find((locale) => bodies?.[locale] === body) ?? null;
  }

  private async readBody(lesson: Lesson, context: GraphqlContext): Promise<BlockDocument | null> {
    const { viewer, locale } = context;
    if (lesson.kind === 'QUIZ') return null;
    const { version, lessons } = await this.outlines.require(lesson.versionId);
    if (!viewer && lessons[0]!.id !== lesson.id) return null;
    const read = await this.readTexts(lesson, context);
    return read?.bodies ? (inLocale(read.bodies, locale, version.defaultLocale) ?? null) : null;
  }

  private readTexts({ id }: Lesson, { loaders }: GraphqlContext): Promise<Lesson | undefined> {
    return loaders.load(findLessonsWithBodies, id, (ids) =>
      this.database.read((tx) => findLessonsWithBodies(tx, ids)),
    );
  }
}
