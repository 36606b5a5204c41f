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
import { CurrentLocale, CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { DateTime } from '../../platform/graphql/scalars.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { inLocale, type Localized } from '../../platform/locale.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { requireTrainerToRead } from '../catalog/course.policies.js';
import { CourseModule } from '../catalog/lesson.entity.js';
import { ModuleStructureService, type DraftModule } from './module-structure.service.js';
import { findTrashOfVersions } from './outline-trash.queries.js';
import { Outlines } from '../catalog/outlines.js';

@InputType()
class ModuleCreateInput extends MutationInput {
  @Field(() => ID, { description: 'A draft.' })
  versionId!: string;

  @Field(() => String)
  title!: string;

  @Field(() => String, { nullable: true })
  summary?: string;

  @Field(() => String, {
    nullable: true,
    description: "BCP 47 tag of the language of the texts; the course's own when left out.",
  })
  locale?: string;

  @Field(() => Int, { nullable: true, description: 'From 0; last when left out.' })
  position?: number;
}

@InputType()
class ModuleUpdateInput extends MutationInput {
  @Field(() => ID, { description: 'A module of a draft. What is left out stays.' })
  moduleId!: string;

  @Field(() => String, {
    nullable: true,
    description: "BCP 47 tag of the language of the texts; the course's own when left out.",
  })
  locale?: string;

  @Field(() => String, { nullable: true })
  title?: string;

  @Field(() => String, { nullable: true, description: 'Empty: none.' })
  summary?: string;
}

@InputType({ isAbstract: true })
abstract class OneModuleInput extends MutationInput {
  @Field(() => ID, { description: 'A module of a draft.' })
  moduleId!: string;
}

@InputType()
class ModuleMoveInput extends OneModuleInput {
  @Field(() => Int, { description: 'Among the other modules, from 0; beyond the end means last.' })
  position!: number;
}

@InputType()
class ModuleDeleteInput extends OneModuleInput {}

@InputType()
class ModuleRestoreInput extends OneModuleInput {}

@ObjectType()
export class ModuleStructurePayload extends MutationPayload implements Partial<DraftModule> {
  moduleId?: string;

  @Field(() => CourseVersion, { nullable: true, description: 'The draft.' })
  version?: CourseVersion;
}

@ObjectType({ description: 'A lesson, or a module with its lessons, that was deleted from a draft.' })
class DeletedPart {
  @Field(() => ID, { description: 'For `lessonRestore` or `moduleRestore`.' })
  id!: string;

  @Field(() => Boolean, { description: 'Whether it is a module.' })
  isModule!: boolean;

  @Field(() => String)
  title!: string;

  @Field(() => DateTime)
  deletedAt!: Date;
}

/** The modules of a draft. Which drafts are the viewer's, the service asks. */
@Resolver(() => ModuleStructurePayload)
export class ModuleStructureResolver {
  constructor(
    private readonly modules: ModuleStructureService,
    private readonly outlines: Outlines,
  ) {}

  @ResolveField(() => CourseModule, { nullable: true, description: 'Null when it was deleted.' })
  async module(
    @Parent() { version, moduleId }: ModuleStructurePayload,
    @CurrentLocale() locale: string,
  ): Promise<CourseModule | null> {
    if (!version) return null;
    const outline = await this.outlines.require(version.id);
    return outline.modulesIn(locale).find(({ id }) => id === moduleId) ?? null;
  }

  @Access('SIGNED_IN')
  @Mutation(() => ModuleStructurePayload, { description: 'Adds a module to a draft.' })
  moduleCreate(@Args('input') input: ModuleCreateInput, @CurrentViewer() viewer: Viewer) {
    const { versionId, ...module } = input;
    return this.modules.create(viewer, versionId, module);
  }

  @Access('SIGNED_IN')
  @Mutation(() => ModuleStructurePayload, {
    description: 'Changes the texts of a module of a draft, in one language.',
  })
  moduleUpdate(@Args('input') input: ModuleUpdateInput, @CurrentViewer() viewer: Viewer) {
    const { moduleId, ...changes } = input;
    return this.modules.update(viewer, moduleId, changes);
  }

  @Access('SIGNED_IN')
  @Mutation(() => ModuleStructurePayload, {
    description: 'Puts a module with its lessons elsewhere in its draft.',
  })
  moduleMove(@Args('input') input: ModuleMoveInput, @CurrentViewer() viewer: Viewer) {
    return this.modules.move(viewer, input.moduleId, input.position);
  }

  @Access('SIGNED_IN')
  @Mutation(() => ModuleStructurePayload, {
    description:
      'Takes a module with its lessons out of a draft. Until the draft is published, `moduleRestore` brings it back.',
  })
  moduleDelete(@Args('input') input: ModuleDeleteInput, @CurrentViewer() viewer: Viewer) {
    return this.modules.delete(viewer, input.moduleId);
  }

  @Access('SIGNED_IN')
  @Mutation(() => ModuleStructurePayload, {
    description: 'Brings a deleted module back with its lessons, to its place.',
  })
  moduleRestore(@Args('input') input: ModuleRestoreInput, @CurrentViewer() viewer: Viewer) {
    return this.modules.restore(viewer, input.moduleId);
  }
}

@Resolver(() => CourseVersion)
export class DeletedPartsResolver {
  constructor(private readonly database: Database) {}

  @ResolveField(() => [DeletedPart], {
    description:
      'What was deleted from the draft and can be brought back, the latest first. For its trainers.',
  })
  async deletedParts(
    @Parent() { id, courseId, defaultLocale }: CourseVersion,
    @Context() context: GraphqlContext,
  ): Promise<DeletedPart[]> {
    await requireTrainerToRead(this.database, context, courseId);
    const trash = await context.loaders.load(findTrashOfVersions, id, (ids) =>
      this.database.read((tx) => findTrashOfVersions(tx, ids)),
    );
    return (trash ?? []).map(({ id: partId, deletedAt, content: { module, lessons } }) => {
      const row = (module ?? lessons[0]!) as { key: string; titles: Localized };
      const title = inLocale(row.titles, context.locale, defaultLocale) ?? row.key;
      return { id: partId, isModule: module !== null, title, deletedAt };
    });
  }
}
