import {
  Context,
  Field,
  ObjectType,
  Parent,
  registerEnumType,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { Database } from '../../platform/database/database.js';
import type { GraphqlContext } from '../../platform/graphql/context.js';
import { findPeople } from '../identity/identity.queries.js';
import { Person } from '../identity/person.entity.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { requireTrainerToRead } from '../catalog/course.policies.js';
import { findVersions } from '../catalog/course.queries.js';
import { contentHash } from '../catalog/course.rules.js';
import { CourseModule, Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { PUBLISH_CHECK_CODES, publishChecklist, type PublishCheckCode } from './publish-checklist.rules.js';
import { readContentsToPublish } from '../catalog/version-content.js';

const PublishCheckCodeEnum = Object.fromEntries(PUBLISH_CHECK_CODES.map((code) => [code, code]));
registerEnumType(PublishCheckCodeEnum, {
  name: 'PublishCheckCode',
  description: 'What is looked at before a draft is published; also the code of the refusal.',
});

@ObjectType('PublishCheck', {
  description: 'A line of the list that must be well before a draft is published.',
})
class PublishCheckType {
  @Field(() => PublishCheckCodeEnum)
  code!: PublishCheckCode;

  @Field(() => Boolean)
  ok!: boolean;

  @Field(() => String, { description: 'What is well, or what is wrong and how to mend it.' })
  message!: string;

  @Field(() => Lesson, { nullable: true, description: 'Where to mend it, if it is in a lesson.' })
  lesson!: Lesson | null;

  @Field(() => CourseModule, { nullable: true, description: 'Where to mend it, if it is a module.' })
  module!: CourseModule | null;

  @Field(() => String, { nullable: true, description: 'BCP 47 tag of the language that it is about.' })
  locale!: string | null;
}

/** What a trainer reads before publishing a version, and after. */
@Resolver(() => CourseVersion)
export class PublishChecklistResolver {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @ResolveField(() => [PublishCheckType], {
    description:
      'What is well and what must be mended before this draft can be published. Empty when it is published. For the trainers of its course.',
  })
  async publishChecklist(
    @Parent() version: CourseVersion,
    @Context() context: GraphqlContext,
  ): Promise<PublishCheckType[]> {
    await requireTrainerToRead(this.database, context, version.courseId);
    if (version.publishedAt) return [];
    const [content, versions, outline] = await Promise.all([
      context.loaders.load(readContentsToPublish, version.id, (ids) =>
        this.database.read((tx) => readContentsToPublish(tx, ids)),
      ),
      context.loaders.load(findVersions, version.courseId, (ids) =>
        this.database.read((tx) => findVersions(tx, ids)),
      ),
      this.outlines.require(version.id),
    ]);
    const modules = outline.modulesIn(context.locale);
    const lessons = new Map(outline.lessonsIn(context.locale).map((lesson) => [lesson.key, lesson]));
    const published = versions!.find(({ publishedAt }) => publishedAt); // newest first
    const checks = publishChecklist({
      content: content!,
      partialLocales: version.partialLocales,
      contentHash: contentHash(content),
      publishedHash: published?.contentHash ?? null,
    });
    return checks.map(({ code, ok, sentence, moduleKey, lessonKey, locale }) => ({
      code,
      ok,
      message: sentence(context.locale),
      lesson: lessons.get(lessonKey ?? '') ?? null,
      module: modules.find(({ key }) => key === moduleKey) ?? null,
      locale: locale ?? null,
    }));
  }

  @ResolveField(() => Person, {
    nullable: true,
    description: 'Null for a draft. For the trainers of its course.',
  })
  async publishedBy(
    @Parent() version: CourseVersion,
    @Context() context: GraphqlContext,
  ): Promise<Person | null> {
    await requireTrainerToRead(this.database, context, version.courseId);
    const { publishedBy } = version;
    if (!publishedBy) return null;
    const person = await context.loaders.load(findPeople, publishedBy, (ids) =>
      this.database.read((tx) => findPeople(tx, ids)),
    );
    return person ?? null;
  }
}
