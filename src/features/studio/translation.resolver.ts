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
  registerEnumType,
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
import { stored, TRANSLATION_STATES, translationState, type TranslationState } from './lesson-save.rules.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines, type Outline } from '../catalog/outlines.js';
import { OUTLINE_FIELDS, TranslationService, type OutlineField } from './translation.service.js';

const TranslationStateEnum = Object.fromEntries(TRANSLATION_STATES.map((state) => [state, state]));
registerEnumType(TranslationStateEnum, {
  name: 'TranslationState',
  description: 'How a translation stands to the text in the default language.',
  valuesMap: {
    MISSING: { description: 'A title or a text is not there: learners read the default language.' },
    OUT_OF_DATE: {
      description: 'The text in the default language is another one than when it was translated.',
    },
  },
});
const OutlineFieldEnum = Object.fromEntries(OUTLINE_FIELDS.map((field) => [field, field]));
registerEnumType(OutlineFieldEnum, { name: 'OutlineField' });

@ObjectType({ description: 'A title or a summary beside its translation.' })
class TranslatedText {
  @Field(() => ID, { nullable: true, description: 'Null for the course itself.' })
  moduleId!: string | null;

  @Field(() => OutlineFieldEnum)
  field!: OutlineField;

  @Field(() => String, { description: 'In the default language.' })
  source!: string;

  @Field(() => String, { nullable: true, description: 'Exactly as it is stored: nothing falls back.' })
  text!: string | null;
}

@ObjectType({ description: 'How far a lesson is translated.' })
class TranslatedLesson {
  @Field(() => Lesson)
  lesson!: Lesson;

  @Field(() => TranslationStateEnum)
  state!: TranslationState;
}

@ObjectType({ description: 'How far a version is translated into one of its languages.' })
class TranslationProgress {
  @Field(() => String, { description: 'BCP 47 tag.' })
  locale!: string;

  @Field(() => [TranslatedText], { description: 'Of the course, then of its modules, in their order.' })
  texts!: TranslatedText[];

  @Field(() => [TranslatedLesson], { description: 'In the order of the course.' })
  lessons!: TranslatedLesson[];

  @Field(() => Int, { description: 'Of texts and lessons: those that are there and up to date.' })
  completeCount!: number;

  @Field(() => Int, { description: 'Of texts and lessons.' })
  totalCount!: number;
}

@InputType()
class TranslatedTextInput {
  @Field(() => ID, { nullable: true, description: 'Null for the course itself.' })
  moduleId?: string;

  @Field(() => OutlineFieldEnum)
  field!: OutlineField;

  @Field(() => String, {
    description: 'A title up to 200 characters, a summary up to 1,000. Empty: no translation.',
  })
  text!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'What was stored when it was opened: refused with TRANSLATION_CHANGED when it is another text now.',
  })
  expected?: string;
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
    const ids = outline.lessons.map((lesson) => lesson.id);
    const texts = await this.database.read((tx) => findLessonsWithBodies(tx, ids));
    const saves = await this.database.read((tx) => findLastSaves(tx, courseId, null));
    const last = new Map(saves.map((save) => [`${save.lessonKey} ${save.locale}`, save]));
    const { locales, defaultLocale } = outline.version;
    const stateOf = (lesson: Lesson, locale: string): TranslationState =>
      translationState(
        texts.get(lesson.id) ?? lesson,
        { locale, defaultLocale },
        last.get(`${lesson.key} ${locale}`),
      );
    return locales
      .filter((locale) => locale !== defaultLocale)
      .map((locale) => courseTranslation(outline, locale, (lesson) => stateOf(lesson, locale)));
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

function courseTranslation(
  outline: Outline,
  locale: string,
  stateOf: (lesson: Lesson) => TranslationState,
): TranslationProgress {
  const { version } = outline;
  const modules = outline.modulesIn(version.defaultLocale);
  const textsOf = (
    moduleId: string | null,
    { titles, summaries }: Pick<CourseVersion, 'titles' | 'summaries'>,
  ): TranslatedText[] =>
    OUTLINE_FIELDS.flatMap((field) => {
      const all = field === 'TITLE' ? titles : summaries;
      const source = stored(all, version.defaultLocale) ?? '';
      const text = stored(all, locale);
      return source || text ? [{ moduleId, field, source, text }] : [];
    });
  const texts = [...textsOf(null, version), ...modules.flatMap((module) => textsOf(module.id, module))];
  const lessons = modules.flatMap((module) =>
    module.lessons.map((lesson) => ({ lesson, state: stateOf(lesson) })),
  );
  return {
    locale,
    texts,
    lessons,
    completeCount:
      texts.filter(({ text }) => text).length + lessons.filter(({ state }) => state === 'COMPLETE').length,
    totalCount: texts.length + lessons.length,
  };
}
