import {
  Args,
  Context,
  Field,
  ID,
  InputType,
  Int,
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
import { JSONObject } from '../../platform/graphql/scalars.js';
import { MutationInput } from '../../platform/graphql/user-error.js';
import { stored } from '../../platform/locale.js';
import { CourseVersionPayload } from './authoring.resolver.js';
import type { BlockDocument } from '../catalog/block-document.js';
import { CourseSettingsService } from './course-settings.service.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { requireTrainerToRead } from '../catalog/course.policies.js';
import { markdownFromBlocks } from '../formats/import/markdown-from-blocks.js';

@ObjectType({
  description: 'What a version says of itself in one language, as it is stored: nothing falls back.',
})
class CourseTranslation {
  @Field(() => String, { nullable: true })
  title!: string | null;

  @Field(() => String, { nullable: true, description: 'One sentence.' })
  summary!: string | null;

  @Field(() => [String])
  outcomes!: string[];

  @Field(() => JSONObject, { nullable: true, description: 'A block tree in the ProseMirror shape.' })
  description!: BlockDocument | null;

  @Field(() => String, { nullable: true, description: 'The description as Markdown.' })
  descriptionMarkdown!: string | null;
}

@InputType()
class CourseCreateInput extends MutationInput {
  @Field(() => String)
  title!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'What its address ends with: lower case, digits and hyphens. Made from the title when left out.',
  })
  slug?: string;

  @Field(() => String, { description: 'BCP 47 tag of the language it is written in first.' })
  defaultLocale!: string;
}

@InputType()
class CourseVersionUpdateInput extends MutationInput {
  @Field(() => ID, { description: 'A draft. What is left out stays.' })
  versionId!: string;

  @Field(() => String, { description: 'BCP 47 tag of the language that the texts are in.' })
  locale!: string;

  @Field(() => String, { nullable: true })
  title?: string;

  @Field(() => String, { nullable: true, description: 'One sentence; empty: none.' })
  summary?: string;

  @Field(() => [String], { nullable: true, description: 'What the learner will be able to do, 20 at most.' })
  outcomes?: string[];

  @Field(() => JSONObject, { nullable: true, description: 'A block tree in the ProseMirror shape.' })
  description?: object;

  @Field(() => String, {
    nullable: true,
    description: 'The description as Markdown, in place of `description`; empty: none.',
  })
  descriptionMarkdown?: string;

  @Field(() => [String], { nullable: true, description: 'The same in every language; 20 at most.' })
  topics?: string[];

  @Field(() => String, { nullable: true, description: 'SPDX license expression; empty: none.' })
  license?: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the course may be published although its translation into `locale` is incomplete.',
  })
  partial?: boolean;

  @Field(() => Int, {
    nullable: true,
    description:
      'The `revision` that was opened: refused with VERSION_CHANGED when somebody saved since. Left out: saved anyway.',
  })
  expectedRevision?: number;
}

@InputType({ isAbstract: true })
abstract class LocaleOfDraftInput extends MutationInput {
  @Field(() => ID, { description: 'A draft.' })
  versionId!: string;

  @Field(() => String, { description: 'BCP 47 tag.' })
  locale!: string;
}

@InputType()
class CourseLocaleAddInput extends LocaleOfDraftInput {}

@InputType()
class CourseLocaleRemoveInput extends LocaleOfDraftInput {}

/** Courses made from nothing, and what their drafts say of themselves. */
@Resolver(() => CourseVersion)
export class CourseSettingsResolver {
  constructor(
    private readonly settings: CourseSettingsService,
    private readonly database: Database,
  ) {}

  @ResolveField(() => CourseTranslation, { description: 'For the trainers of its course.' })
  async translation(
    @Parent() version: CourseVersion,
    @Args('locale', { type: () => String, description: 'BCP 47 tag.' }) locale: string,
    @Context() context: GraphqlContext,
  ): Promise<CourseTranslation> {
    await requireTrainerToRead(this.database, context, version.courseId);
    const description = stored(version.descriptions, locale);
    return {
      title: stored(version.titles, locale),
      summary: stored(version.summaries, locale),
      outcomes: stored(version.outcomes, locale) ?? [],
      description,
      descriptionMarkdown: description && markdownFromBlocks(description),
    };
  }

  @Access('SIGNED_IN')
  @Mutation(() => CourseVersionPayload, {
    description: 'Makes a course with an empty draft. For people with the role TRAINER, who then train it.',
  })
  async courseCreate(@Args('input') input: CourseCreateInput, @CurrentViewer() viewer: Viewer) {
    return { version: await this.settings.create(viewer, input) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => CourseVersionPayload, { description: 'Changes what a draft says of itself.' })
  async courseVersionUpdate(@Args('input') input: CourseVersionUpdateInput, @CurrentViewer() viewer: Viewer) {
    const { versionId, ...changes } = input;
    return { version: await this.settings.update(viewer, versionId, changes) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => CourseVersionPayload, {
    description: 'Adds a language to a draft, as partial: publishing does not wait for its translation.',
  })
  async courseLocaleAdd(@Args('input') input: CourseLocaleAddInput, @CurrentViewer() viewer: Viewer) {
    return { version: await this.settings.addLocale(viewer, input.versionId, input.locale) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => CourseVersionPayload, {
    description: 'Takes a language out of a draft with its texts; published versions keep theirs.',
  })
  async courseLocaleRemove(@Args('input') input: CourseLocaleRemoveInput, @CurrentViewer() viewer: Viewer) {
    return { version: await this.settings.removeLocale(viewer, input.versionId, input.locale) };
  }
}
