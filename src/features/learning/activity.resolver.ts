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
import { BadInputError } from '../../platform/errors.js';
import { CurrentLocale, CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { ActivitySubmission } from './activity-submission.entity.js';
import { findOwnSubmissions } from './activity.queries.js';
import { ActivityFileService } from './activity-file.service.js';
import { ActivityService } from './activity.service.js';

@InputType()
class ActivityInput extends MutationInput {
  @Field(() => ID)
  enrollmentId!: string;

  @Field(() => ID, { description: 'An activity.' })
  lessonId!: string;
}

@InputType()
class ActivitySaveInput extends ActivityInput {
  @Field(() => String, { description: 'Plain text, up to 20,000 characters.' })
  text!: string;
}

@InputType()
class ActivityFileAddInput extends ActivityInput {
  @Field(() => String, { description: "The file's name." })
  name!: string;

  @Field(() => String, {
    description:
      'The file in Base64 (RFC 4648, section 4); up to 10 MB decoded, and over HTTP 2 MB with the request around it.',
  })
  contentBase64!: string;
}

@InputType()
class ActivityFileRemoveInput extends ActivityInput {
  @Field(() => ID)
  fileId!: string;
}

@InputType()
class ActivitySubmitInput extends ActivityInput {
  @Field(() => String, { nullable: true, description: 'Saved first; left out, what was saved is handed in.' })
  text?: string | null;
}

@ObjectType()
class ActivityPayload extends MutationPayload {
  @Field(() => Lesson, { nullable: true })
  lesson?: Lesson;
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Activities, for the learner. */
@Resolver(() => Lesson)
export class ActivityResolver {
  constructor(
    private readonly activities: ActivityService,
    private readonly files: ActivityFileService,
    private readonly database: Database,
    private readonly outlines: Outlines,
  ) {}

  @Access('SIGNED_IN')
  @Mutation(() => ActivityPayload, {
    description: 'Keeps the draft of an activity. After a return it begins the next turn.',
  })
  async activitySave(
    @Args('input') input: ActivitySaveInput,
    @CurrentViewer() viewer: Viewer,
    @CurrentLocale() locale: string,
  ) {
    return { lesson: await this.inLanguage(await this.activities.save(viewer, input), locale) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => ActivityPayload, {
    description:
      'Adds a picture or a document to the draft, five at most; the same file again is no second one.',
  })
  async activityFileAdd(
    @Args('input') { contentBase64, ...input }: ActivityFileAddInput,
    @CurrentViewer() viewer: Viewer,
    @CurrentLocale() locale: string,
  ) {
    if (!BASE64.test(contentBase64)) throw new BadInputError('contentBase64: is not Base64.');
    const content = Buffer.from(contentBase64, 'base64');
    return {
      lesson: await this.inLanguage(await this.files.add(viewer, { ...input, content }), locale),
    };
  }

  @Access('SIGNED_IN')
  @Mutation(() => ActivityPayload, { description: 'Takes a file out of the draft.' })
  async activityFileRemove(
    @Args('input') input: ActivityFileRemoveInput,
    @CurrentViewer() viewer: Viewer,
    @CurrentLocale() locale: string,
  ) {
    return { lesson: await this.inLanguage(await this.files.remove(viewer, input), locale) };
  }

  @Access('SIGNED_IN')
  @Mutation(() => ActivityPayload, {
    description:
      'Hands the draft in; until a trainer returns it, it does not change. Done again, it is the same.',
  })
  async activitySubmit(
    @Args('input') input: ActivitySubmitInput,
    @CurrentViewer() viewer: Viewer,
    @CurrentLocale() locale: string,
  ) {
    return { lesson: await this.inLanguage(await this.activities.submit(viewer, input), locale) };
  }

  @ResolveField(() => [ActivitySubmission], {
    description: "The viewer's own, in their newest enrollment, newest first. Empty for what is no activity.",
  })
  async submissions(
    @Parent() lesson: Lesson,
    @Context() { viewer, loaders }: GraphqlContext,
  ): Promise<ActivitySubmission[]> {
    if (!viewer || lesson.kind !== 'ACTIVITY') return [];
    const found = await loaders.load(findOwnSubmissions, lesson.id, (ids) =>
      this.database.read((tx) => findOwnSubmissions(tx, viewer.personId, ids)),
    );
    return found ?? [];
  }

  private async inLanguage(lesson: Lesson, locale: string): Promise<Lesson> {
    const outline = await this.outlines.require(lesson.versionId);
    return outline.lessonsIn(locale).find(({ id }) => id === lesson.id)!;
  }
}
