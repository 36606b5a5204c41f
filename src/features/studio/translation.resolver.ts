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
import { CurrentViewer, type GraphqlContext } from '../../platform/graphql/context.js';
import { MutationInput, MutationPayload } from '../../platform/graphql/user-error.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { requireTrainerToRead } from '../catalog/course.policies.js';
import { findLessonsWithBodies } from '../catalog/course.queries.js';
import { findLastSaves } from './lesson-save.queries.js';
import { translationState } from './lesson-save.rules.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { findBases, findQuestionsToTranslate } from './translation.queries.js';
import type { OutlineField } from './outline-texts.rules.js';
import type { TranslationState } from './translation.rules.js';
import { TranslationService } from './translation.service.js';
import { OutlineFieldEnum, TranslationProgress } from './translation.types.js';
import { progressIn } from './translation-progress.rules.js';

@InputType()
class TranslatedTextInput {
  @Field(() => ID, { nullable: true, description: 'Null for the course itself.' })
  moduleId?: string;

  @Field(() => OutlineFieldEnum)
  field!: OutlineField;

  @Field(() => String, {
    description:
      'A title up to 200 characters, a summary up to 1,000; outcomes one per line, a description as Markdown. Empty: no translation.',
  })
  text!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'What was stored when it was opened: refused with TRANSLATION_CHANGED when it is another text now.',
  })
  expected?: string;

  @Field(() => String, {
    nullable: true,
    description:
      'The text in the default language that was translated. When it is another one by now, the translation is out of date at once. Null: the one that is stored.',
  })
  source?: string;
}

@InputType()
class CourseOutlineTranslateInput extends MutationInput {
  @Field(() => ID, { description: 'A draft.' })
  versionId!: string;

  @Field(() => String, { description: 'BCP 47 tag: one of the languages of the course.' })
  locale!: string;

  @Field(() => [TranslatedTextInput])
  texts!: TranslatedTextInput[];
}

@ObjectType()
class CourseOutlineTranslatePayload extends MutationPayload {
  @Field(() => CourseVersion, { nullable: true })
  version?: CourseVersion;
}

@Resolver(() => CourseVersion)
export class TranslationResolver {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
    private readonly translations: TranslationService,
  ) {}

  @ResolveField(() => [TranslationProgress], {
    name: 'translations',
    description: 'In each language but the default. For the trainers of its course.',
  })
  async translationsOf(
    @Parent() { id, courseId }: CourseVersion,
    @Context() context: GraphqlContext,
  ): Promise<TranslationProgress[]> {
    await requireTrainerToRead(this.database, context, courseId);
    const outline = await this.outlines.require(id);
    const { locales, defaultLocale } = outline.version;
    const ids = outline.lessons.map((lesson) => lesson.id);
    const [texts, saves, questions, basisOf] = await this.database.read((tx) =>
      Promise.all([
        findLessonsWithBodies(tx, ids),
        findLastSaves(tx, courseId, null),
        findQuestionsToTranslate(tx, { id, courseId }),
        findBases(tx, courseId),
      ]),
    );
    const last = new Map(saves.map((save) => [`${save.lessonKey} ${save.locale}`, save]));
    const lessonState = (lesson: Lesson, locale: string): TranslationState =>
      translationState(
        texts.get(lesson.id) ?? lesson,
        { locale, defaultLocale },
        last.get(`${lesson.key} ${locale}`),
      );
    return locales
      .filter((locale) => locale !== defaultLocale)
      .map((locale) => progressIn(locale, { outline, questions, basisOf, lessonState }));
  }

  @Access('SIGNED_IN')
  @Mutation(() => CourseOutlineTranslatePayload, {
    description: 'Changes titles and summaries of a draft and its modules, in one language.',
  })
  async courseOutlineTranslate(
    @Args('input') { versionId, locale, texts }: CourseOutlineTranslateInput,
    @CurrentViewer() viewer: Viewer,
  ) {
    return { version: await this.translations.translateOutline(viewer, versionId, { locale, texts }) };
  }
}
