import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Lesson } from '../catalog/lesson.entity.js';
import { OUTLINE_FIELDS, type OutlineField } from './outline-texts.rules.js';
import { TRANSLATION_STATES, type TranslationState } from './translation.rules.js';

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
export const OutlineFieldEnum = Object.fromEntries(OUTLINE_FIELDS.map((field) => [field, field]));
registerEnumType(OutlineFieldEnum, {
  name: 'OutlineField',
  valuesMap: {
    OUTCOMES: { description: 'Of a course: one per line, 20 of 300 characters at most.' },
    DESCRIPTION: { description: 'Of a course, as Markdown.' },
  },
});

@ObjectType({ description: 'What a course or a module says of itself, beside its translation.' })
export class TranslatedText {
  @Field(() => ID, { nullable: true, description: 'Null for the course itself.' })
  moduleId!: string | null;

  @Field(() => OutlineFieldEnum)
  field!: OutlineField;

  @Field(() => String, { description: 'In the default language.' })
  source!: string;

  @Field(() => String, { nullable: true, description: 'Only what is stored: nothing falls back.' })
  text!: string | null;

  @Field(() => TranslationStateEnum)
  state!: TranslationState;
}

@ObjectType({ description: 'How far a lesson is translated.' })
export class TranslatedLesson {
  @Field(() => Lesson)
  lesson!: Lesson;

  @Field(() => TranslationStateEnum)
  state!: TranslationState;
}

@ObjectType({ description: 'How far a question is translated, as the bank has it now.' })
export class TranslatedQuestion {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'Unique in the course, and the same in every version.' })
  key!: string;

  @Field(() => String, {
    description: 'The first 140 characters of the prompt in the default language, without formatting.',
  })
  excerpt!: string;

  @Field(() => Boolean, { description: 'Whether the version asks it, of everybody or by drawing it.' })
  asked!: boolean;

  @Field(() => TranslationStateEnum)
  state!: TranslationState;
}

@ObjectType({ description: 'How far a version is translated into one of its languages.' })
export class TranslationProgress {
  @Field(() => String, { description: 'BCP 47 tag.' })
  locale!: string;

  @Field(() => [TranslatedText], { description: 'Of the course, then of its modules, in their order.' })
  texts!: TranslatedText[];

  @Field(() => [TranslatedLesson], { description: 'In the order of the course.' })
  lessons!: TranslatedLesson[];

  @Field(() => [TranslatedQuestion], {
    description: 'Those that the version asks, in its order; then what else the bank offers.',
  })
  questions!: TranslatedQuestion[];

  @Field(() => Int, {
    description: 'Of texts, lessons and the questions that are asked: those that are there and up to date.',
  })
  completeCount!: number;

  @Field(() => Int, { description: 'Of texts, lessons and the questions that are asked.' })
  totalCount!: number;
}
